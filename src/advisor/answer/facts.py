"""What pages state by topic, as amounts and words that programmes can be picked by."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple, Protocol

from advisor.answer.evidence import Evidence, Judge
from advisor.records.state import Query
from advisor.text.normalise import fold
from advisor.text.tokens import tokenise
from advisor.text.values import Value, ValueFinder

TESTS: dict[str, Callable[[float, float], bool]] = {
    "equal": lambda value, wanted: value == wanted,
    "below": lambda value, wanted: value < wanted,
    "at-most": lambda value, wanted: value <= wanted,
    "above": lambda value, wanted: value > wanted,
    "at-least": lambda value, wanted: value >= wanted,
}


class Statement(NamedTuple):
    """One thing that a page states: `has`, `month`, `word:english`, `money:`, `duration:year`."""

    kind: str
    amount: float


class Facts(Protocol):
    """Finds the programmes whose pages state a thing of a topic."""

    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> set[str]:
        """Return the programmes with a statement of the kind whose amount compares so."""
        ...

    def states(self, topic: str, document: str) -> bool | None:
        """Return whether a page says anything about a topic, or None where that was not worked out."""
        ...


class Stated:
    """Reads off evidence what it states."""

    def __init__(
        self,
        judge: Judge,
        finder: ValueFinder,
        day: Callable[[Value], float | None],
        same: Iterable[Sequence[str]],
    ) -> None:
        self.judge = judge
        self.finder = finder
        self.day = day
        self._same = {fold(w): fold(group[0]) for group in same for w in group}

    def evidence(self, topic: str, document: str) -> tuple[Evidence, ...]:
        """Return what a page says about a topic when nothing else is asked."""
        return self.judge.find(Query(topic=topic, programmes=(document,)), document).evidence

    def of_page(self, topic: str, document: str) -> list[Statement]:
        """Return what a page states of a topic, in order; empty when it says nothing."""
        evidence = self.evidence(topic, document)
        found = {s for e in evidence for s in self.of_evidence(e)}
        return [Statement("has", 0.0), *sorted(found)] if evidence else []

    def of_evidence(self, evidence: Evidence) -> set[Statement]:
        """Return what one passage, or its cells that were asked for, states."""
        text, start = evidence.passage.text, evidence.passage.start
        cells = evidence.cells or evidence.passage.cells
        found: set[Statement] = set()
        for piece in [text[c.start - start : c.end - start] for c in cells] or [text]:
            for value in self.finder.find(piece):
                amount = self.day(value) if value.kind == "date" else value.amount
                if amount is not None:
                    found.add(Statement(f"{value.kind}:{self.unit(value.text.split())}", amount))
            for token in tokenise(piece):
                month = self.finder.month(token.text)
                if month is not None:
                    found.add(Statement("month", float(month)))
                if token.fold in self._same:
                    found.add(Statement(f"word:{self._same[token.fold]}", 0.0))
        return found

    def unit(self, words: Iterable[str]) -> str:
        """Return the word by which a unit is known, the first of those that mean the same; else empty."""
        return next((self._same[w] for w in map(fold, words) if w in self._same), "")


class FactTable:
    """What the pages of a corpus in memory state, read topic by topic when it is first asked for."""

    def __init__(self, stated: Stated, order: Sequence[str]) -> None:
        self._stated = stated
        self._order = order
        self._told: dict[str, dict[str, list[tuple[float, str]]]] = {}  # by topic and kind, rising

    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> set[str]:
        """Return the programmes with a statement of the kind whose amount compares so."""
        if topic not in self._told:
            told: dict[str, list[tuple[float, str]]] = {}
            for document in self._order:
                for statement in self._stated.of_page(topic, document):
                    told.setdefault(statement.kind, []).append((statement.amount, document))
            self._told[topic] = {kind: sorted(statements) for kind, statements in told.items()}
        statements = self._told[topic].get(kind, [])
        first = bisect_left(statements, amount, key=itemgetter(0))
        last = bisect_right(statements, amount, key=itemgetter(0))
        inside = {"equal": slice(first, last), "below": slice(first), "at-most": slice(last),
                  "above": slice(last, None), "at-least": slice(first, None)}  # fmt: skip
        return {document for _, document in statements[inside[bound]]}

    def states(self, topic: str, document: str) -> bool | None:
        """Return None: the page itself is to be asked."""
        return None
