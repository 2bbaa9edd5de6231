"""`advisor test --repeat`: the same questions must get the same replies, every time and in any order."""

from collections.abc import Callable, Sequence

from advisor.channels.regression.ask import Adviser
from advisor.channels.regression.play import Outcome, play_all


def unsteady(
    outcomes: Sequence[Outcome],
    adviser: Adviser,
    times: int,
    jobs: int = 1,
    tick: Callable[[], None] = lambda: None,
) -> list[Outcome]:
    """Return the outcomes that came out differently when their cases were held again.

    Each other time the cases are held from the last to the first, so that one that hangs on what
    went before it shows.
    """
    found: dict[str, Outcome] = {}
    for number in range(times - 1):
        cases = [o.case for o in outcomes]
        again = play_all(cases[::-1] if number % 2 == 0 else cases, adviser, jobs=jobs, tick=tick)
        replies = {o.case.id: [p.reply for p in o.played] for o in again}
        for outcome in outcomes:
            if replies[outcome.case.id] != [p.reply for p in outcome.played]:
                found.setdefault(outcome.case.id, outcome)
    return list(found.values())
