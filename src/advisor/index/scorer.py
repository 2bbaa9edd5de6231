"""BM25 scores of passages from the statistics of an index, the same for every engine.

BM25Plus (Lv and Zhai 2011) weighs a term found in df of N passages by log((N + 1) / df);
BM25Okapi would give a term found in half of them the weight 0. A passage without the term
still gets `delta`, as in rank-bm25: a constant that leaves the order as it is.

A ranking of all passages, by which engines find, is BM25 as tantivy and Lucene compute it.
"""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache

from advisor.index.protocol import Index

K1 = 1.2
B = 0.75
DELTA = 1.0
EXACT = 24
MOST_MEASURED = 50_000  # passages of which the length is remembered
DIGITS = 6
RANKED_DIGITS = 4
SLACK = 2
MOST_RANKED = 4096


class Scorer:
    """Scores passages for terms."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self._length = lru_cache(maxsize=MOST_MEASURED)(self._measured)

    def idf(self, term: str) -> float:
        """Return the weight of a term; 0 for one that no passage holds."""
        frequency = self.index.frequency(term)
        return math.log((self.index.size + 1) / frequency) if frequency else 0.0

    def weights(self, terms: Sequence[str]) -> list[tuple[str, float]]:
        """Return the terms that some passage holds with their weights; a term said twice counts twice."""
        idf = {t: self.idf(t) for t in dict.fromkeys(terms)}
        return [(t, idf[t]) for t in terms if idf[t]]

    def scores(self, terms: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        """Return the BM25 score of each passage asked for, by its number."""
        weights = self.weights(terms)
        return {n: round(self._score(weights, n), DIGITS) for n in numbers}

    def _score(self, weights: Sequence[tuple[str, float]], number: int) -> float:
        counts = self.index.counts(number)
        length = self._length(number)
        score = 0.0
        for term, idf in weights:
            tf = counts.get(term, 0)
            score += idf * (DELTA + (tf * (K1 + 1)) / (length + tf)) if tf else idf * DELTA
        return score

    def _measured(self, number: int) -> float:
        """Return the formula's share of a passage's length: k1 (1 - b + b |p| / mean)."""
        return K1 * (1 - B + B * sum(self.index.counts(number).values()) / self.index.mean)

    def explain(self, terms: Sequence[str], number: int) -> list[tuple[str, int, float, float, float]]:
        """Return (term, tf, idf, length factor, score) of each term that adds to a passage's score."""
        counts = self.index.counts(number)
        rows = []
        for term in dict.fromkeys(terms):
            tf = counts.get(term, 0)
            if tf:
                idf, length = self.idf(term), self._length(number)
                rows.append((term, tf, idf, length, idf * (DELTA + tf * (K1 + 1) / (length + tf))))
        return rows


def ranking_idf(size: int, frequency: int) -> float:
    """Return the weight of a term in a ranking of all passages, as tantivy and Lucene have it."""
    return math.log(1 + (size - frequency + 0.5) / (frequency + 0.5))


def rounded_length(length: int) -> int:
    """Return a passage's length as tantivy and Lucene keep it in a byte: three bits behind the first.

    Lengths up to 40 are exact, longer ones are rounded down.
    """
    rest = length - EXACT
    if rest < 8:
        return length
    shift = rest.bit_length() - 4
    return EXACT + ((rest >> shift) << shift)


def ranked(
    find: Callable[[int], list[tuple[int, float]]], most: int, is_in_order: bool
) -> list[tuple[int, float]]:
    """Return the best (number, score) that `find` gives when asked for so many, ties by number.

    Unless the engine itself orders ties so, more are taken than asked for, until what follows is no tie.
    """
    taken = most if is_in_order else most + SLACK
    while most > 0:
        found = find(taken)
        is_all = is_in_order or len(found) < taken or taken >= MOST_RANKED
        if is_all or found[-1][1] < found[most - 1][1]:
            return sorted(found, key=lambda hit: (-hit[1], hit[0]))[:most]
        taken = min(4 * taken, MOST_RANKED)  # ties go on behind the last one taken
    return []
