"""What every index of passages can do."""

from collections.abc import Collection, Sequence
from typing import Protocol


class Index(Protocol):
    """Ranks passages by BM25 for terms that are analysed already."""

    def scores(self, terms: Sequence[str], numbers: Sequence[int]) -> dict[int, float]:
        """Return the BM25 score of each passage asked for, by its number."""
        ...

    def rank(
        self, terms: Sequence[str], most: int, within: Collection[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages, ties by number."""
        ...
