"""`advisor test --mutate`: spoil each fact a case rests on, in memory; the case must then fail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advisor import Advisor, Citation
from advisor.channels.regression.ask import GivenAdviser, LocalAdviser
from advisor.channels.regression.bar import Bar
from advisor.channels.regression.cases import Case
from advisor.channels.regression.holdings import Piece, pieces, touched
from advisor.channels.regression.play import Outcome, play, play_all
from advisor.channels.regression.spoil import alike, has_figures, with_other_figures, without
from advisor.channels.regression.visible import visible

OK, FAILED = 0, 1
Spoil = Callable[[Advisor, Sequence[Piece]], Advisor]
WAYS: tuple[tuple[str, Spoil], ...] = (("taken out", without), ("other figures", with_other_figures))


@dataclass(slots=True)
class Trial:
    """A passing case, the passages it rests on, and what it did not notice."""

    case: Case
    rests_on: tuple[Piece, ...]
    noticed: int = 0
    unnoticed: list[tuple[str, Piece]] = field(default_factory=list)


def mutate(cases: Sequence[Case], adviser: LocalAdviser) -> int:
    """Print which cases notice nothing; returns 1 when there are any."""
    green: list[Trial] = []
    trials: list[Trial] = []
    for corpus in dict.fromkeys(c.corpus for c in cases):
        advisor = adviser.advisor(corpus)
        own = _trials(advisor, [c for c in cases if c.corpus == corpus], adviser)
        green += survey(advisor, own)
        trials += own
    print(visible(_told(trials, green, len(cases))))
    return FAILED if green else OK


def survey(advisor: Advisor, trials: Sequence[Trial]) -> list[Trial]:
    """Spoil every passage that trials rest on; returns those that stay green whatever is done."""
    resting: dict[tuple[str, str], tuple[Piece, list[Trial]]] = {}
    for trial in trials:
        for piece in trial.rests_on:
            resting.setdefault((piece.document, piece.text), (piece, []))[1].append(trial)
    with Bar(len(resting), "spoiling") as bar:
        for piece, over in resting.values():
            for way, spoil in WAYS:
                if way == "taken out" or has_figures(piece):
                    _spoil(advisor, piece, way, spoil, over)
            bar.tick()
    return [t for t in trials if t.rests_on and not t.noticed and not _fails_without_all(advisor, t)]


def _spoil(advisor: Advisor, piece: Piece, way: str, spoil: Spoil, trials: Sequence[Trial]) -> None:
    spoilt = GivenAdviser(spoil(advisor, alike(advisor, piece)))
    for trial in trials:
        if play(trial.case, spoilt).is_good:
            trial.unnoticed.append((way, piece))
        else:
            trial.noticed += 1


def _fails_without_all(advisor: Advisor, trial: Trial) -> bool:
    """Whether a case fails when all that it rests on is gone at once."""
    gone = [other for piece in trial.rests_on for other in alike(advisor, piece)]
    return not play(trial.case, GivenAdviser(without(advisor, gone))).is_good


def _trials(advisor: Advisor, cases: Sequence[Case], adviser: LocalAdviser) -> list[Trial]:
    """Return a trial for each case that passes; what fails already proves nothing either way."""
    by_id = {p.id: p for p in pieces(advisor)}
    found = []
    for outcome in play_all(cases, adviser):
        if outcome.status == "passed":
            ids = touched(advisor, _citations(outcome))
            rests_on = {(by_id[i].document, by_id[i].text): by_id[i] for i in sorted(ids)}
            found.append(Trial(outcome.case, tuple(rests_on.values())))
    return found


def _citations(outcome: Outcome) -> list[Citation]:
    return [c for p in outcome.played if p.reply and not p.turn.expect.is_empty for c in p.reply.citations]


def _told(trials: Sequence[Trial], green: Sequence[Trial], asked: int) -> str:
    resting = [t for t in trials if t.rests_on]
    noticed = sum(t.noticed for t in resting)
    done = noticed + sum(len(t.unnoticed) for t in resting)
    lines = []
    for trial in resting:
        if trial not in green and trial.unnoticed:
            lines.append(f"{trial.case.where}  {trial.case.id}")
            lines += [
                f"  does not notice ({way}): {p.document}: {p.text[:120]}" for way, p in trial.unnoticed
            ]
    if green:
        lines += ["", "stay green whatever is done to what they rest on:"]
        lines += [f"  {t.case.where}  {t.case.id}" for t in green]
    failing, citeless = asked - len(trials), len(trials) - len(resting)
    lines.append(f"{noticed} of {done} spoilt passages noticed")
    lines.append(
        f"{len(green)} of {len(resting)} cases stay green"
        f" (left out: {failing} cases that do not pass, {citeless} that cite nothing)"
    )
    return "\n".join(lines)
