"""How many turns went right, and how the others went wrong: by tag, topic, language and kind of reply."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass

from advisor.channels.regression.play import Outcome, Played
from advisor.channels.regression.report import (
    CRASHED,
    FALSE_ANSWER,
    FALSE_SILENCE,
    WRONG_PAGE,
    mistake,
)  # fmt: skip

BY = ("tag", "topic", "language", "kind")


@dataclass(slots=True)
class Score:
    """Counts of turns; what is wrong in no way named here is missing words, length or language."""

    turns: int = 0
    right: int = 0
    false_answers: int = 0
    false_silences: int = 0
    wrong_pages: int = 0
    crashes: int = 0

    def add(self, played: Played) -> None:
        """Count one turn."""
        self.turns += 1
        if played.is_good:
            self.right += 1
            return
        how = mistake(played)
        self.false_answers += how == FALSE_ANSWER
        self.false_silences += how == FALSE_SILENCE
        self.wrong_pages += how == WRONG_PAGE
        self.crashes += how == CRASHED


def metrics(outcomes: Iterable[Outcome]) -> dict[str, dict[str, Score]]:
    """Return the scores of the turns by each way of sorting them, names in order."""
    found: dict[str, dict[str, Score]] = {by: {} for by in BY}
    for outcome in outcomes:
        for played in outcome.played:
            for by, name in _names(outcome, played):
                found[by].setdefault(name, Score()).add(played)
    return {by: dict(sorted(scores.items())) for by, scores in found.items()}


def _names(outcome: Outcome, played: Played) -> Iterator[tuple[str, str]]:
    """Yield what a turn counts under; its topic and language as expected, else as replied."""
    expect, reply = played.turn.expect, played.reply
    yield from (("tag", tag) for tag in outcome.case.tags)
    yield "topic", expect.intent or (reply.intent if reply else None) or "(none)"
    yield "language", expect.language or (reply.language if reply else None) or "(none)"
    yield "kind", " or ".join(expect.kind) or "(any)"


def as_data(outcomes: Sequence[Outcome]) -> dict[str, dict[str, dict[str, int]]]:
    """Return the scores as plain data."""
    return {by: {n: asdict(s) for n, s in scores.items()} for by, scores in metrics(outcomes).items()}


def as_table(outcomes: Sequence[Outcome]) -> str:
    """Return the scores for a terminal; of the topics, only those where something is wrong."""
    lines = [f"{'':<30}{'right':>12}{'answered':>10}{'silent':>8}{'wrong page':>12}"]
    for by, scores in metrics(outcomes).items():
        shown = {n: s for n, s in scores.items() if by != "topic" or s.right < s.turns}
        lines += ["", f"by {by}{', where something is wrong' if by == 'topic' else ''}"] if shown else []
        lines += [
            f"  {name[:27]:<28}{f'{s.right}/{s.turns}':>12}{s.false_answers or '':>10}"
            f"{s.false_silences or '':>8}{s.wrong_pages or '':>12}".rstrip()
            for name, s in shown.items()
        ]
    note = "answered: where no answer was expected; silent: where one was"
    return "\n".join([*lines, "", note])
