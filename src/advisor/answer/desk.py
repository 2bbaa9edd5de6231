"""What every kind of reply is made with: the pages, the judge, the words, the names of things."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from advisor.answer.cite import Citations
from advisor.answer.evidence import Findings, Judge
from advisor.answer.render import Renderer
from advisor.answer.words import Words
from advisor.index.store import PassageStore
from advisor.records.document import Document
from advisor.records.reply import ReplyKind, Table
from advisor.records.state import Query, Word
from advisor.topics.schema import TopicEntry

MOST_PLACES = 3
MOST_LISTED = 5
SPECIALISATION = "specialisation"


@dataclass(slots=True)
class Draft:
    """A reply in the making: one part of it, or all."""

    kind: ReplyKind
    text: str
    topic: str | None = None
    programmes: tuple[str, ...] = ()
    specialisations: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()
    table: Table | None = None
    findings: tuple[Findings, ...] = field(default=())
    rule: str = ""


class Desk:
    """The adviser's desk, shared by those who write replies."""

    def __init__(
        self,
        *,
        documents: Mapping[str, Document],
        order: Sequence[str],
        specialisations: Mapping[str, Sequence[str]],
        editions: Mapping[str, Sequence[str]],
        store: PassageStore,
        judge: Judge,
        words: Words,
        topics: Mapping[str, TopicEntry],
        overall: Sequence[str],
        among: Callable[[Sequence[str]], tuple[str, ...]],
    ) -> None:
        self.documents = documents
        self.order = tuple(order)
        self.specialisations = specialisations
        self.editions = editions
        self.store = store
        self.judge = judge
        self.words = words
        self.topics = topics
        self.known = frozenset(self.order)
        self.overall = tuple(overall)
        self.among = among
        self.renderer = Renderer(words, judge.is_own_column)

    def place(self, document: str) -> str:
        """Return how a programme is called: its institution, or its title where that tells it apart."""
        provenance = self.documents[document].provenance
        title = provenance.title
        if provenance.edition and provenance.edition in title:
            # Which edition answers is said with the answer, where it can be proven.
            title = title.replace(provenance.edition, "").strip(" ,;:–-()") or title
        if provenance.institution is None:
            return title
        if len(self.order) <= MOST_PLACES:
            same = [d for d in self.order if self.documents[d].institution == provenance.institution]
            if len(same) == 1:
                return provenance.institution
        return f"{title}, {provenance.institution}"

    def places(self, language: str, documents: Sequence[str] | None = None, word: str = "and") -> str:
        """Return the programmes as a list in words."""
        named = documents or self.order
        names = list(dict.fromkeys(self.place(d) for d in named[: MOST_LISTED + 1]))
        if len(named) > MOST_LISTED:
            return self.words.listed([*names[:4], "..."], language, word)
        return self.words.listed(names, language, word)

    def topic_name(self, topic: str | None, language: str) -> str:
        """Return a topic's noun phrase."""
        entry = self.topics.get(topic or "")
        return getattr(entry.name, language) if entry is not None else ""

    def wanted(self, query: Query, language: str) -> str:
        """Return the kind of answer that was wanted, in words: when, how many."""
        key = f"wanted.{query.wanted}"
        return self.words.say(key if self.words.has(key) else "wanted.other", language)

    def is_used(self, word: Word) -> bool:
        """Whether any page uses a word."""
        index = self.store.index
        return bool(index.frequency(word.en) or index.frequency(word.nl))

    def side(self, found: Findings, language: str, cites: Citations) -> str:
        """Return one side of a comparison, empty where the page is silent."""
        if not found.evidence:
            return ""
        return self.renderer.evidence(found.evidence, self.documents[found.document], cites, language)
