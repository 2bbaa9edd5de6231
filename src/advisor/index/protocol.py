"""What every index of passages can do."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Index(Protocol):
    """Knows which passages hold which terms; terms are analysed already, passages go by their number.

    `mean` is the mean length of a passage in terms. Engines only find: the final score of a
    passage is the scorer's, from these statistics, so that all engines give the same order.
    """

    @property
    def size(self) -> int:
        """How many passages there are."""
        ...

    @property
    def mean(self) -> float:
        """The mean length of a passage in terms; 0 for none."""
        ...

    def frequency(self, term: str) -> int:
        """Return in how many passages a term occurs."""
        ...

    def counts(self, number: int) -> Mapping[str, int]:
        """Return how often a passage holds each of its terms."""
        ...

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        ...

    def holding_among(self, terms: Sequence[str], numbers: Sequence[int]) -> set[int]:
        """Return which of the passages, numbered in rising order, hold any of the terms."""
        ...

    def rank(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number."""
        ...
