"""The passages of a corpus with the index over them."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from advisor.index.memory import Counted, MemoryIndex, count
from advisor.index.protocol import Index
from advisor.index.scorer import Scorer
from advisor.records.passage import Passage
from advisor.shelf import Shelf

OWN_WEIGHT = 2
# Words that stand in more passages than this tell no programme from another.
MOST_HOLDING = 2000


def index_terms(passage: Passage, widened: Callable[[Iterable[str]], frozenset[str]]) -> list[str]:
    """Return the terms under which a passage is indexed: stems, senses and concepts, its own twice."""
    own = [*sorted(passage.terms | passage.senses), *("#" + c for c in sorted(widened(passage.own)))]
    near = [
        *sorted((passage.near_terms | passage.near_senses) - passage.terms - passage.senses),
        *("#" + c for c in sorted(passage.near | passage.far)),
    ]
    return own * OWN_WEIGHT + near


class PassageStore:
    """All passages, by document and by what they are about."""

    def __init__(
        self,
        passages: Sequence[Passage],
        widened: Callable[[Iterable[str]], frozenset[str]],
        shelf: Shelf | None = None,
    ) -> None:
        """Take the passages; on the shelf what their terms come to is kept."""
        self.passages: Sequence[Passage] = tuple(passages)
        self.widened = widened
        counted: Sequence[Any] = (shelf or Shelf()).part("terms", lambda: [*count(self._terms())])
        self.index: Index = MemoryIndex.restore(Counted(*counted))
        self.scorer = Scorer(self.index)
        spans: dict[str, list[int]] = {}
        for number, passage in enumerate(self.passages):
            spans.setdefault(passage.document, []).append(number)
        self._numbers: Mapping[str, list[int]] = spans
        self.number: Mapping[str, int] = {p.id: n for n, p in enumerate(self.passages)}
        self._own = [widened(p.own) for p in self.passages]
        self._near = [widened(p.near) for p in self.passages]
        self._far = [widened(p.far) for p in self.passages]

    def _terms(self) -> list[list[str]]:
        return [index_terms(p, self.widened) for p in self.passages]

    def of(self, document: str) -> Sequence[int]:
        """Return the numbers of a document's passages in order."""
        return self._numbers.get(document, ())

    def ahead(self, documents: Iterable[str]) -> None:
        """Read together what will soon be asked of documents; in memory there is nothing to do."""

    def document_of(self, number: int) -> str:
        """Return the document of a passage."""
        return self.passages[number].document

    def holding(self, terms: Sequence[str], numbers: Sequence[int]) -> set[int]:
        """Return which of the passages, numbered in rising order, hold any of the terms."""
        return self.index.holding_among(terms, numbers)

    def is_used(self, terms: Sequence[str], documents: Sequence[str] = ()) -> bool:
        """Whether any passage, or one of the documents named, holds any of the terms."""
        if documents:
            return any(self.holding(terms, self.of(d)) for d in documents)
        return any(self.index.frequency(t) for t in terms)

    def documents_with(self, terms: Sequence[str]) -> set[str] | None:
        """Return the documents that hold any of the terms, or None when they are too common to tell."""
        if sum(self.index.frequency(t) for t in terms) > MOST_HOLDING:
            return None
        return {self.document_of(n) for n in self.index.holding(terms)}

    def get(self, identifier: str) -> Passage | None:
        """Return a passage by its id."""
        number = self.number.get(identifier)
        return None if number is None else self.passages[number]

    def _about(self, number: int) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        """Return a passage's own concepts, those near it and those further up, with the broader ones."""
        return self._own[number], self._near[number], self._far[number]

    def strength(self, number: int, concept: str) -> float:
        """Return how strongly a passage is about a concept: 1 in its own words, less by its headings."""
        own, near, far = self._about(number)
        if concept in own:
            return 1.0
        if concept in near:
            return 0.7
        return 0.4 if concept in far else 0.0

    def own(self, number: int) -> frozenset[str]:
        """Return the concepts of a passage's own words, with the broader ones."""
        return self._about(number)[0]

    def rarity(self, term: str) -> float:
        """Return the idf of a term, log(1 + N / (1 + df))."""
        return math.log(1.0 + self.index.size / (1.0 + self.index.frequency(term)))
