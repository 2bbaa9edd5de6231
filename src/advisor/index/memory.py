"""rank-bm25 in memory, with an idf that stays positive.

BM25Plus (Lv and Zhai 2011) weighs a term found in df of N passages by log((N + 1) / df);
BM25Okapi would give a term found in half of them the weight 0.
"""

from collections.abc import Collection, Sequence

from rank_bm25 import BM25Plus

K1 = 1.2
B = 0.75


class MemoryIndex:
    """All passages of a small corpus; an empty corpus is allowed and finds nothing."""

    def __init__(self, passages: Sequence[Sequence[str]]) -> None:
        self.size = len(passages)
        self._postings: dict[str, set[int]] = {}
        for number, terms in enumerate(passages):
            for term in terms:
                self._postings.setdefault(term, set()).add(number)
        self._bm25 = BM25Plus([list(p) for p in passages], k1=K1, b=B) if any(passages) else None

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        return set().union(*(self._postings.get(t, set()) for t in terms)) if terms else set()

    def frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""
        return len(self._postings.get(term, ()))

    def scores(self, terms: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        """Return the BM25 score of each passage asked for, by its number."""
        if self._bm25 is None or not numbers:
            return {}
        known = [t for t in terms if t in self._postings]
        if not known:
            return dict.fromkeys(numbers, 0.0)
        values = self._bm25.get_batch_scores(known, list(numbers))
        return {n: round(float(v), 6) for n, v in zip(numbers, values, strict=True)}

    def explain(self, terms: Sequence[str], number: int) -> list[tuple[str, int, float, float, float]]:
        """Return (term, tf, idf, length factor, score) of each term that adds to a passage's score."""
        if self._bm25 is None:
            return []
        bm25 = self._bm25
        counts = bm25.doc_freqs[number]
        length = K1 * (1 - B + B * float(bm25.doc_len[number]) / bm25.avgdl)
        rows = []
        for term in dict.fromkeys(terms):
            tf = counts.get(term, 0)
            if tf:
                idf = float(bm25.idf[term])
                rows.append((term, tf, idf, length, idf * (bm25.delta + tf * (K1 + 1) / (length + tf))))
        return rows

    def rank(
        self, terms: Sequence[str], most: int, within: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number."""
        candidates = self.holding(terms)
        if within is not None:
            candidates &= set(within)
        scored = self.scores(terms, sorted(candidates))
        return sorted(scored.items(), key=lambda item: (-item[1], item[0]))[:most]
