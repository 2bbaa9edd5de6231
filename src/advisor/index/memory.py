"""rank-bm25 in memory: the engine for up to a few thousand passages, with nothing to build or keep."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from advisor.index.scorer import DELTA, K1, RANKED_DIGITS, B, ranking_idf, rounded_length

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Counted(NamedTuple):
    """How often each passage holds which term, their mean length, and which passages hold a term."""

    counts: Sequence[Mapping[str, int]]
    mean: float
    postings: Mapping[str, Sequence[int]]


def count(passages: Sequence[Sequence[str]]) -> Counted:
    """Return what rank-bm25 counts in the terms of passages."""
    if not passages:
        return Counted((), 0.0, {})
    from rank_bm25 import BM25Plus

    bm25 = BM25Plus([list(p) for p in passages], k1=K1, b=B, delta=DELTA)
    postings: dict[str, list[int]] = {}
    for number, counts in enumerate(bm25.doc_freqs):
        for term in counts:
            postings.setdefault(term, []).append(number)
    return Counted(bm25.doc_freqs, float(bm25.avgdl), postings)


class MemoryIndex:
    """All passages of a small corpus; an empty corpus is allowed and finds nothing."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        self._take(count(passages))

    @classmethod
    def restore(cls, counted: Counted) -> "MemoryIndex":
        """Return the index over passages whose terms are counted already."""
        index = cls.__new__(cls)
        index._take(counted)
        return index

    def _take(self, counted: Counted) -> None:
        self._counts, self.mean, self._postings = counted
        self.size = len(self._counts)
        self._columns = lru_cache(maxsize=1024)(self._column)

    def frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""
        return len(self._postings.get(term, ()))

    def counts(self, number: int) -> Mapping[str, int]:
        """Return how often a passage holds each of its terms."""
        return self._counts[number]

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        return set().union(*(self._postings.get(t, ()) for t in terms)) if terms else set()

    def holding_among(self, terms: Sequence[str], numbers: Sequence[int]) -> set[int]:
        """Return which of the passages, numbered in rising order, hold any of the terms."""
        if not numbers:
            return set()
        first, last = numbers[0], numbers[-1]
        found: set[int] = set()
        for term in terms:
            holding = self._postings.get(term, ())
            found.update(holding[bisect_left(holding, first) : bisect_right(holding, last)])
        return found if len(numbers) == last - first + 1 else found.intersection(numbers)

    def rank(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number."""
        known = [t for t in terms if t in self._postings]
        if not known:
            return []
        import numpy as np  # here, for not every question asks for a ranking of all passages

        tables = {t: self._columns(t) for t in known}
        numbers = np.unique(np.concatenate([numbers for numbers, _ in tables.values()]))
        length = K1 * (1 - B + B * self._lengths[numbers] / self.mean)
        scores = np.zeros(len(numbers))
        for term in known:
            holding, counts = tables[term]
            tf = np.zeros(len(numbers))
            tf[np.searchsorted(numbers, holding)] = counts
            scores += ranking_idf(self.size, len(holding)) * (K1 + 1) * tf / (tf + length)
        scores = np.round(scores, RANKED_DIGITS)
        best = np.lexsort((numbers, -scores))[:most]
        return [(int(numbers[i]), float(scores[i])) for i in best]

    @cached_property
    def _lengths(self) -> "NDArray[np.float64]":
        import numpy as np

        return np.array([rounded_length(sum(c.values())) for c in self._counts], dtype=np.float64)

    def _column(self, term: str) -> "tuple[NDArray[np.int64], NDArray[np.float64]]":
        """Return the numbers of the passages that hold a term, and how often each does."""
        import numpy as np

        numbers = self._postings[term]
        counts = [self._counts[n][term] for n in numbers]
        return np.array(numbers, dtype=np.int64), np.array(counts, dtype=np.float64)
