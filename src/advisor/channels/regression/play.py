"""Hold the conversations of cases and judge each turn."""

import threading
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Literal

from advisor import Reply
from advisor.channels.regression.ask import SECONDS, Adviser
from advisor.channels.regression.cases import Case, Turn
from advisor.channels.regression.grade import Fault, grade

Status = Literal["passed", "failed", "crashed", "xfailed", "xpassed"]
GOOD: tuple[Status, ...] = ("passed", "xfailed")


@dataclass(frozen=True, slots=True)
class Played:
    """A turn as it went; `crash` holds the traceback when there was no reply."""

    turn: Turn
    reply: Reply | None
    faults: tuple[Fault, ...] = ()
    why: tuple[str, ...] = ()
    crash: str = ""

    @property
    def is_good(self) -> bool:
        """Whether the reply is what was expected."""
        return self.reply is not None and not self.faults


@dataclass(frozen=True, slots=True)
class Outcome:
    """A case as it went."""

    case: Case
    played: tuple[Played, ...]

    @property
    def status(self) -> Status:
        """The verdict; a crash is a failure even where a failure is expected."""
        if any(p.crash for p in self.played):
            return "crashed"
        is_met = all(p.is_good for p in self.played)
        if self.case.xfail is not None:
            return "xpassed" if is_met else "xfailed"
        return "passed" if is_met else "failed"

    @property
    def is_good(self) -> bool:
        """Whether the case counts as passed: it did, or it failed as it was said to."""
        return self.status in GOOD

    @property
    def failing(self) -> Played | None:
        """The first turn that went wrong."""
        return next((p for p in self.played if not p.is_good), None)


def play(case: Case, adviser: Adviser) -> Outcome:
    """Hold a case's conversation to its end, or to a crash."""
    played: list[Played] = []
    try:
        talk = adviser.talk(case.corpus)
        for turn in case.turns:
            played.append(Played(turn, None))
            reply = talk.ask(turn.ask)
            faults = grade(turn.expect, reply, talk.held())
            played[-1] = Played(turn, reply, faults, talk.why() if faults else ())
    except Exception as error:  # A crash of any kind is a failed case, never the end of the run.
        turn = case.turns[max(len(played) - 1, 0)]
        lines = traceback.format_exception(error)
        played[-1:] = [Played(turn, None, crash=f"{type(error).__name__}: {error}\n{''.join(lines[-4:])}")]
    return Outcome(case, tuple(played))


def play_within(case: Case, adviser: Adviser, seconds: float) -> Outcome:
    """Hold a case's conversation; one that takes longer is a crash, and is left to itself."""
    found: list[Outcome] = []
    thread = threading.Thread(target=lambda: found.append(play(case, adviser)), daemon=True)
    thread.start()
    thread.join(seconds)
    if found:
        return found[0]
    crash = f"no end after {seconds:g} seconds; --timeout allows more"
    return Outcome(case, (Played(case.turns[0], None, crash=crash),))


def play_all(
    cases: Sequence[Case],
    adviser: Adviser,
    *,
    seconds: float = SECONDS,
    jobs: int = 1,
    is_short: bool = False,
    tick: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Return the outcomes in the order of the cases; with `is_short`, up to the first bad one."""
    found: list[Outcome] = []
    for outcome in _outcomes(cases, adviser, jobs, seconds):
        found.append(outcome)
        tick()
        if is_short and not outcome.is_good:
            break
    return found


def _outcomes(cases: Sequence[Case], adviser: Adviser, jobs: int, seconds: float) -> Iterator[Outcome]:
    if jobs <= 1:
        yield from (play_within(case, adviser, seconds) for case in cases)
        return
    with ThreadPoolExecutor(jobs) as pool:
        waiting = [pool.submit(play_within, case, adviser, seconds) for case in cases]
        try:
            for future in waiting:
                yield future.result()
        finally:
            for future in waiting:
                future.cancel()
