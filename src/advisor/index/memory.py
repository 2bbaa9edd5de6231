"""rank-bm25 in memory: the engine for up to a few thousand passages, with nothing to build or keep."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Plus

from advisor.index.scorer import DELTA, K1, ROUNDING, B, Scorer


class MemoryIndex:
    """All passages of a small corpus; an empty corpus is allowed and finds nothing."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        bm25 = BM25Plus([list(p) for p in passages], k1=K1, b=B, delta=DELTA) if passages else None
        self._counts: Sequence[Mapping[str, int]] = bm25.doc_freqs if bm25 else ()
        self._lengths = np.array(bm25.doc_len if bm25 else (), dtype=np.float64)
        self.size = len(passages)
        self.mean = float(bm25.avgdl) if bm25 else 0.0
        self._postings: dict[str, list[int]] = {}
        for number, counts in enumerate(self._counts):
            for term in counts:
                self._postings.setdefault(term, []).append(number)
        self._columns = lru_cache(maxsize=1024)(self._column)
        self._scorer = Scorer(self)

    def frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""
        return len(self._postings.get(term, ()))

    def counts(self, number: int) -> Mapping[str, int]:
        """Return how often a passage holds each of its terms."""
        return self._counts[number]

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        return set().union(*(self._postings.get(t, ()) for t in terms)) if terms else set()

    def rank(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number."""
        weights = self._scorer.weights(terms)
        if not weights:
            return []
        tables = {t: self._columns(t) for t, _ in weights}
        numbers = np.unique(np.concatenate([numbers for numbers, _ in tables.values()]))
        length = K1 * (1 - B + B * self._lengths[numbers] / self.mean)
        scores = np.zeros(len(numbers))
        for term, idf in weights:
            tf = np.zeros(len(numbers))
            holding, counts = tables[term]
            tf[np.searchsorted(numbers, holding)] = counts
            scores += idf * (DELTA + (tf * (K1 + 1)) / (length + tf))
        if len(scores) > most:
            numbers = numbers[scores >= np.partition(scores, -most)[-most] - ROUNDING]
        return self._scorer.best(terms, numbers.tolist(), most)

    def _column(self, term: str) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return the numbers of the passages that hold a term, and how often each does."""
        numbers = self._postings[term]
        counts = [self._counts[n][term] for n in numbers]
        return np.array(numbers, dtype=np.int64), np.array(counts, dtype=np.float64)
