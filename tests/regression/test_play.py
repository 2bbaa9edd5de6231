"""Cases are independent conversations: any order, any number at a time, a crash is a failure."""

import random
from collections.abc import Sequence

import pytest

from advisor import Advisor, Reply
from advisor.channels.regression.ask import GivenAdviser, Talk
from advisor.channels.regression.cases import Case, Expectation, Turn
from advisor.channels.regression.play import play, play_all

ANSWER = Expectation(kind=("answer",))
SILENCE = Expectation(kind=("no_answer",))


def case(name: str, *turns: tuple[str, Expectation], xfail: str | None = None) -> Case:
    return Case(name, "x.qa.yaml", 1, tuple(Turn(ask, expect, 1) for ask, expect in turns), xfail=xfail)


FEE = case("fee", ("What does Marine Biology cost for EU students?", ANSWER), ("and the deadline?", ANSWER))
POOL = case("pool", ("Is there a swimming pool?", SILENCE))
WRONG = case("wrong", ("Is there a swimming pool?", ANSWER))


class Breaking:
    """A service that goes away after the first question."""

    def __init__(self) -> None:
        self._times = 0

    def talk(self, corpus: Sequence[str] = ()) -> Talk:
        del corpus
        return self

    def ask(self, text: str) -> Reply:
        self._times += 1
        if self._times > 1:
            raise ConnectionError("the service went away")
        return Reply(kind="smalltalk", text=text, language="en")

    def why(self) -> tuple[str, ...]:
        return ()

    def held(self) -> None:
        return None


def test_verdicts(marine: Advisor) -> None:
    """Passing, failing, and both with a failure expected are four verdicts."""
    adviser = GivenAdviser(marine)
    expected = case("x", *[(t.ask, t.expect) for t in WRONG.turns], xfail="known")
    mended = case("y", *[(t.ask, t.expect) for t in POOL.turns], xfail="known")
    found = [play(c, adviser) for c in (FEE, WRONG, expected, mended)]
    assert [o.status for o in found] == ["passed", "failed", "xfailed", "xpassed"]
    assert [o.is_good for o in found] == [True, False, True, False]


def test_a_crash_is_a_failure_that_says_where() -> None:
    """The turns before a crash are kept, and it fails even where a failure is expected."""
    outcome = play(case("x", ("a", Expectation()), ("b", Expectation()), xfail="known"), Breaking())
    assert outcome.status == "crashed"
    assert [p.turn.ask for p in outcome.played] == ["a", "b"]
    assert "the service went away" in outcome.played[1].crash
    assert outcome.failing is outcome.played[1]


@pytest.mark.parametrize("jobs", [1, 4])
def test_order_and_number_do_not_matter(marine: Advisor, jobs: int) -> None:
    """Shuffled or in parallel, each case has the same replies."""
    adviser = GivenAdviser(marine)
    cases = [FEE, POOL, WRONG, case("hi", ("hello", Expectation()), ("what does it cost?", ANSWER))]
    plain = {o.case.id: o for o in play_all(cases, adviser)}
    shuffled = cases * 3
    random.Random(7).shuffle(shuffled)
    for outcome in play_all(shuffled, adviser, jobs=jobs):
        assert plain[outcome.case.id] == outcome


def test_the_first_failure_can_end_the_run(marine: Advisor) -> None:
    """With `is_short` nothing is asked after it."""
    assert [o.case.id for o in play_all([POOL, WRONG, FEE], GivenAdviser(marine), is_short=True)] == [
        "pool",
        "wrong",
    ]
