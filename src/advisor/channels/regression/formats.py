"""Outcomes for programs: JSON, JUnit, Markdown; and what a later run makes of an earlier one."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from advisor import ContentError, Problem
from advisor.channels.regression import metrics
from advisor.channels.regression.play import Outcome
from advisor.channels.regression.report import counts, mistakes, rate, summary, told

VERSION = 1


def as_data(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return outcomes as plain data; the form that `--baseline` reads."""
    return {
        "version": VERSION,
        "counts": counts(outcomes),
        "passed_percent": round(rate(outcomes), 1),
        "mistakes": mistakes(outcomes),
        "metrics": metrics.as_data(outcomes),
        "cases": [_case(o) for o in outcomes],
    }


def _case(outcome: Outcome) -> dict[str, Any]:
    case = outcome.case
    turns = [
        {
            "ask": p.turn.ask,
            "line": p.turn.line,
            "reply": p.reply.model_dump(mode="json") if p.reply else None,
            "faults": [{"rule": f.rule, "expected": f.expected, "got": f.got} for f in p.faults],
            "why": list(p.why),
            "crash": p.crash or None,
        }
        for p in outcome.played
    ]
    return {
        "id": case.id, "path": case.path, "line": case.line, "tags": list(case.tags),
        "status": outcome.status, "xfail": case.xfail, "turns": turns,
    }  # fmt: skip


def as_json(outcomes: Sequence[Outcome]) -> str:
    """Return outcomes as JSON."""
    return json.dumps(as_data(outcomes), ensure_ascii=False, indent=1)


def as_junit(outcomes: Sequence[Outcome]) -> str:
    """Return outcomes as the XML that build servers read."""
    number = counts(outcomes)
    bad, skipped = number["failed"] + number["xpassed"], number["xfailed"]
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<testsuites><testsuite name="advisor test" tests="{len(outcomes)}" failures="{bad}"'
        f' errors="{number["crashed"]}" skipped="{skipped}">',
    ]
    for outcome in outcomes:
        case = outcome.case
        lines.append(
            f"<testcase classname={_attribute(case.path)} name={_attribute(case.id)}"
            f" file={_attribute(case.path)} line={_attribute(str(case.line))}>"
            f"{_junit_body(outcome)}</testcase>"
        )
    return "\n".join([*lines, "</testsuite></testsuites>", ""])


def _junit_body(outcome: Outcome) -> str:
    if outcome.status == "passed":
        return ""
    if outcome.status == "xfailed":
        return f"<skipped message={_attribute(outcome.case.xfail or '')}/>"
    tag = "error" if outcome.status == "crashed" else "failure"
    text = told(outcome)
    return f"<{tag} message={_attribute(text.splitlines()[0])}>{escape(_printable(text))}</{tag}>"


def _attribute(text: str) -> str:
    return quoteattr(_printable(text))


def _printable(text: str) -> str:
    """Return a text without what XML 1.0 cannot hold."""
    return "".join(
        c
        if c in "\t\n" or (c >= " " and not 0xD800 <= ord(c) <= 0xDFFF and c not in "\ufffe\uffff")
        else "\ufffd"
        for c in text
    )


def as_markdown(outcomes: Sequence[Outcome], compared: "Mapping[str, Sequence[str]] | None" = None) -> str:
    """Return outcomes as Markdown, for a comment or a build summary."""
    bad = [o for o in outcomes if not o.is_good]
    lines = [
        "## Questions and expected answers",
        "",
        *(f"{line}  " for line in summary(outcomes).splitlines()),
        "",
    ]
    for name, ids in (compared or {}).items():
        lines.append(
            f"- {name}: {len(ids)}"
            + (f" ({', '.join(f'`{i}`' for i in ids[:20])})" if ids and name != "unchanged" else "")
        )
    for outcome in bad:
        fence = "`" * 4
        lines += ["", f"### `{outcome.case.id}`", "", f"{fence}text", told(outcome), fence]
    return "\n".join([*lines, ""])


def compare(baseline: Path, outcomes: Sequence[Outcome]) -> dict[str, list[str]]:
    """Return the ids that were fixed, broken, are unchanged or new since an earlier `--json` run.

    Raises ContentError when the file is not such a report.
    """
    try:
        earlier = {
            str(c["id"]): str(c["status"]) for c in json.loads(baseline.read_text(encoding="utf-8"))["cases"]
        }
    except OSError as error:
        raise ContentError([Problem(str(baseline), None, f"cannot be read: {error.strerror}")]) from error
    except (ValueError, KeyError, TypeError) as error:
        raise ContentError([Problem(str(baseline), None, "not a report of `advisor test --json`")]) from error
    found: dict[str, list[str]] = {"broken": [], "fixed": [], "unchanged": [], "new": []}
    for outcome in outcomes:
        before = earlier.get(outcome.case.id)
        if before is None:
            found["new"].append(outcome.case.id)
        elif (before in {"passed", "xfailed"}) == outcome.is_good:
            found["unchanged"].append(outcome.case.id)
        else:
            found["fixed" if outcome.is_good else "broken"].append(outcome.case.id)
    return found
