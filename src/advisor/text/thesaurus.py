"""Find the senses of words: what pages and students put differently, beside any concept.

A concept can be what a question is about; a sense cannot. It only lets a word of a question be
found where a page uses another word, of either language, and a word may have several.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from advisor.text.phrasebook import PhraseBook
from advisor.text.tokens import Token

# What senses begin with among the terms of an index; no stem begins so.
MARK = "~"


class SenseWords(Protocol):
    """The words of one sense."""

    @property
    def en(self) -> tuple[str, ...]:
        """English wordings."""
        ...

    @property
    def nl(self) -> tuple[str, ...]:
        """Dutch wordings."""
        ...


class Thesaurus:
    """The senses of the content folder, ready to be found in text."""

    def __init__(
        self, entries: Mapping[str, SenseWords], languages: Sequence[str], book: PhraseBook | None = None
    ) -> None:
        self._terms = tuple(MARK + name for name in entries)
        wordings = (
            (owner, language, phrase)
            for owner, entry in enumerate(entries.values())
            for language in languages
            for phrase in getattr(entry, language)
        )
        self._matcher = (book or PhraseBook(languages)).matcher("senses", wordings)

    def find(self, tokens: Sequence[Token], language: str | None = None) -> dict[int, frozenset[str]]:
        """Return the senses of the tokens at each position that has any, marked as terms.

        With a `language`, only its words count: "rank" is slender in Dutch.
        """
        found: dict[int, frozenset[str]] = {}
        for hit in self._matcher.find(tokens, language):
            for position in hit.used:
                found[position] = found.get(position, frozenset()) | {self._terms[hit.owner]}
        return found
