"""Outcomes for people: the dialogue up to where it went wrong, expected against got, and why."""

import textwrap
from collections.abc import Iterable, Sequence

from advisor.channels.regression.play import Outcome, Played

WIDTH = 100
MOST_QUOTE = 200
CRASHED = "crashed"
FALSE_ANSWER = "answered where no answer was expected"
FALSE_SILENCE = "silent where an answer was expected"
WRONG_PAGE = "rest on a wrong page"
WRONG_CONTENT = "answered with something missing or wrong"
WRONG_FORM = "of another kind, language or length"
_WORD = {"failed": "FAIL", "crashed": "CRASH", "xpassed": "PASSES, THOUGH A FAILURE WAS EXPECTED"}


def told(outcome: Outcome) -> str:
    """Return a bad outcome in full."""
    case = outcome.case
    failing = outcome.failing
    line = failing.turn.line if failing else case.line
    lines = [f"{_WORD.get(outcome.status, outcome.status)}  {case.path}:{line}  {case.id}"]
    if outcome.status == "xpassed":
        return "\n".join(
            [*lines, f"  xfail says: {case.xfail}", "  take the xfail away; the case passes now"]
        )
    for played in outcome.played:
        lines += _dialogue(played)
        if played is failing:
            lines += _verdict(played)
            break
    return "\n".join(lines)


def _dialogue(played: Played) -> list[str]:
    lines = _wrapped("you      ", played.turn.ask)
    if played.reply is None:
        return lines
    reply = played.reply
    lines += _wrapped("adviser  ", f"({reply.kind}) {reply.text}")
    for citation in reply.citations if played.faults else ():
        quote = " ".join(citation.quote.split())
        shown = quote if len(quote) <= MOST_QUOTE else quote[:MOST_QUOTE] + "..."
        section = f", {citation.section}" if citation.section else ""
        lines += _wrapped("         ", f"[{citation.number}] {citation.document}{section}: “{shown}”")
    return lines


def _verdict(played: Played) -> list[str]:
    if played.crash:
        return textwrap.indent(played.crash.rstrip(), "  ! ").splitlines()
    lines = []
    for fault in played.faults:
        lines += _wrapped("expected ", f"{fault.rule}: {fault.expected}")
        lines += _wrapped("got      ", fault.got)
    for number, line in enumerate(played.why):
        lines += _wrapped("why      " if number == 0 else "         ", line)
    return lines


def _wrapped(head: str, text: str) -> list[str]:
    """Return a text wrapped beside a head of nine characters."""
    pieces = [p for line in text.splitlines() or [""] for p in textwrap.wrap(line, WIDTH) or [""]]
    indents = ["  " + head, *["  " + " " * len(head)] * (len(pieces) - 1)]
    return [(indent + piece).rstrip() for indent, piece in zip(indents, pieces, strict=True)]


def counts(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Return how many outcomes there are of each verdict."""
    found: dict[str, int] = {"passed": 0, "failed": 0, "crashed": 0, "xfailed": 0, "xpassed": 0}
    for outcome in outcomes:
        found[outcome.status] += 1
    return found


def rate(outcomes: Sequence[Outcome]) -> float:
    """Return the share of good outcomes in percent; the one number behind summary and gate."""
    return 100.0 * sum(o.is_good for o in outcomes) / len(outcomes) if outcomes else 0.0


def summary(outcomes: Sequence[Outcome]) -> str:
    """Return the last lines of a run."""
    number = counts(outcomes)
    words = {
        "passed": "passed", "failed": "failed", "crashed": "crashed",
        "xfailed": "failed as expected", "xpassed": "passed unexpectedly",
    }  # fmt: skip
    said = ", ".join(f"{n} {words[s]}" for s, n in number.items() if n) or "nothing ran"
    turns = [p for o in outcomes for p in o.played]
    right = sum(p.is_good for p in turns)
    lines = [
        f"{said}: {rate(outcomes):.1f} % of {len(outcomes)} conversations;"
        f" {right} of {len(turns)} turns right"
    ]
    wrong = mistakes(outcomes)
    if any(wrong.values()):
        lines.append("of the turns that went wrong: " + ", ".join(f"{n} {w}" for w, n in wrong.items() if n))
    lines += [
        f"expected failure: {o.case.where} {o.case.id}: {o.case.xfail}"
        for o in outcomes
        if o.status == "xfailed"
    ]
    return "\n".join(lines)


def mistakes(outcomes: Iterable[Outcome]) -> dict[str, int]:
    """Return how many turns went wrong in each way; each turn counts once, under the gravest."""
    found = dict.fromkeys((CRASHED, FALSE_ANSWER, FALSE_SILENCE, WRONG_PAGE, WRONG_CONTENT, WRONG_FORM), 0)
    for played in (p for o in outcomes for p in o.played if not p.is_good):
        found[mistake(played)] += 1
    return found


def mistake(played: Played) -> str:
    """Return in which way a bad turn went wrong, the gravest where there are several."""
    if played.reply is None:
        return CRASHED
    rules = {fault.rule for fault in played.faults}
    if "kind" in rules and played.reply.kind == "answer":
        return FALSE_ANSWER
    if "kind" in rules and "answer" in played.turn.expect.kind:
        return FALSE_SILENCE
    if rules & {"cites", "cites_not", "section"}:
        return WRONG_PAGE
    return WRONG_CONTENT if rules & {"contains", "lacks", "intent"} else WRONG_FORM
