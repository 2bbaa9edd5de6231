"""All that editors wrote, read and checked."""

from advisor.shelf import Shelf
from advisor.text.phrasebook import PhraseBook
from advisor.topics.schema import ActEntry, ConceptEntry, LanguageEntry, SenseEntry, SpeechEntry, TopicEntry

LANGUAGES = ("en", "nl")


class Content:
    """Everything that editors wrote about topics, words and replies."""

    def __init__(self, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf()
        self.languages: dict[str, LanguageEntry] = {}
        self.concepts: dict[str, ConceptEntry] = {}
        self.senses: dict[str, SenseEntry] = {}
        self.topics: dict[str, TopicEntry] = {}
        self.acts: dict[str, ActEntry] = {}
        self.smalltalk: dict[str, SpeechEntry] = {}
        self.outside: dict[str, SpeechEntry] = {}
        self.overall: tuple[str, ...] = ()
        self.unsaid: dict[str, str] = {}
        self.same: tuple[tuple[str, ...], ...] = ()
        self.templates: dict[str, dict[str, str]] = {}
        self.places: dict[str, tuple[str, int | None]] = {}
        self.hash = ""
        self.book = PhraseBook(LANGUAGES, self.shelf)
        self.words: dict[str, frozenset[str]] = {}
