"""What every index of passages can do."""

from collections.abc import Collection, Sequence
from typing import Protocol


class Index(Protocol):
    """Ranks passages by BM25 for terms that are analysed already, passages by their number."""

    size: int

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        ...

    def frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""
        ...

    def scores(self, terms: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        """Return the BM25 score of each passage asked for, by its number."""
        ...

    def rank(
        self, terms: Sequence[str], most: int, within: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages, ties by number."""
        ...

    def explain(self, terms: Sequence[str], number: int) -> list[tuple[str, int, float, float, float]]:
        """Return (term, tf, idf, length factor, score) of each term that adds to a passage's score."""
        ...
