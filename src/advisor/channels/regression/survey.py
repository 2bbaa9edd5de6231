"""Which topic which page states, leaves open, says that it lacks, or contradicts itself on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from advisor import Advisor, Document
from advisor.channels.regression.age import latest_day
from advisor.channels.regression.holdings import Piece, programmes, standing, topic_name, topics

State = Literal["stated", "old", "contradictory", "lacking", "silent"]
STATES: tuple[State, ...] = get_args(State)
WORDS: Mapping[State, str] = {
    "stated": "stated", "old": "stated, old", "contradictory": "contradictory",
    "lacking": "says it lacks data", "silent": "silent",
}  # fmt: skip
SIGNS: Mapping[State, str] = {"stated": "+", "old": "o", "contradictory": "!", "lacking": "?", "silent": "-"}


@dataclass(frozen=True, slots=True)
class Cell:
    """How one page stands on one topic, with the passages that say so."""

    state: State
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One topic across the programmes."""

    topic: str
    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """The table of topics and programmes."""

    documents: tuple[Document, ...]
    rows: tuple[Row, ...]

    def counts(self, column: int) -> dict[State, int]:
        """Return how often each state stands in a programme's column."""
        return {state: sum(r.cells[column].state == state for r in self.rows) for state in STATES}


def survey(advisor: Advisor, language: str, oldest: timedelta | None, today: date) -> Survey:
    """Return the table; with `oldest`, what stands on pages older than that is told apart."""
    documents = programmes(advisor)
    old = {d.id for d in documents if oldest is not None and _is_old(advisor, d, today - oldest)}
    rows = []
    for topic in topics(advisor):
        cells = tuple(_cell(advisor, topic, d.id, is_old=d.id in old) for d in documents)
        rows.append(Row(topic, topic_name(advisor, topic, language), cells))
    return Survey(documents, tuple(sorted(rows, key=lambda r: r.topic)))


def _cell(advisor: Advisor, topic: str, document: str, *, is_old: bool) -> Cell:
    found = standing(advisor, topic, document)
    if found.evidence:
        if found.is_contradictory:
            return Cell("contradictory", found.evidence)
        return Cell("old" if is_old else "stated", found.evidence)
    return Cell("lacking", (found.lacking,)) if found.lacking else Cell("silent")


def _is_old(advisor: Advisor, document: Document, limit: date) -> bool:
    """Whether a page says that it was changed last before a day; one without a date is not old."""
    said = document.provenance.last_updated
    months = {
        name.casefold(): n for entry in advisor.content.languages.values() for name, n in entry.months.items()
    }
    day = latest_day(said, months) if said else None
    return day is not None and day < limit
