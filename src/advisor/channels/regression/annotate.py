"""Outcomes as annotations, which GitHub shows beside the lines of the question files."""

from collections.abc import Sequence

from advisor.channels.regression.play import Outcome
from advisor.channels.regression.report import told

_TEXT = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_FIELD = {**_TEXT, ":": "%3A", ",": "%2C"}


def annotations(outcomes: Sequence[Outcome]) -> list[str]:
    """Return a line for each bad outcome, at the turn that went wrong."""
    found = []
    for outcome in outcomes:
        if not outcome.is_good:
            line = outcome.failing.turn.line if outcome.failing else outcome.case.line
            place = f"file={_escaped(outcome.case.path, _FIELD)},line={line}"
            title = _escaped(f"{outcome.status}: {outcome.case.id}", _FIELD)
            found.append(f"::error {place},title={title}::{_escaped(told(outcome), _TEXT)}")
    return found


def _escaped(text: str, letters: dict[str, str]) -> str:
    return "".join(letters.get(c, c) for c in text)
