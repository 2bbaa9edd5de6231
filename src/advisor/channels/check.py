"""`advisor check`: look for problems in pages and intents.

Exit codes: 0 nothing found, 1 problems found, 2 broken content.
"""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import date

from advisor.editing import KINDS, Finding, Inspection, inspect_content

FINE, FOUND, BROKEN = 0, 1, 2
VERSION = 1


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument(
        "--keep-going", action="store_true", help="look at the other pages when one is broken"
    )
    parser.add_argument(
        "--older-than",
        type=_years,
        metavar="YEARS",
        help="name pages last updated longer ago (default: do not look)",
    )
    parser.add_argument(
        "--today",
        type=_day,
        metavar="DATE",
        help="the day that ages count from, as 2026-11-24 (default: today)",
    )
    kinds = ", ".join(KINDS)
    parser.add_argument(
        "--ignore", action="append", default=[], choices=KINDS, metavar="KIND",
        help=f"leave out a kind of finding; may be repeated ({kinds})",
    )  # fmt: skip
    parser.add_argument("--notes", action="store_true", help="list the notes one by one")
    parser.add_argument("--strict", action="store_true", help="count notes as problems")


def run(options: argparse.Namespace) -> int:
    """Look and tell; returns the exit code."""
    found = inspect_content(
        options.corpus,
        options.intents,
        keep_going=options.keep_going,
        older_than=options.older_than,
        today=options.today,
    )
    kept = [f for f in found.findings if f.kind not in options.ignore]
    problems = [f for f in kept if options.strict or not f.is_note]
    notes = [f for f in kept if f not in problems]
    if options.json:
        print(json.dumps(_data(found, problems, notes), ensure_ascii=False, indent=1))
    else:
        _tell(found, problems, notes, options.notes)
    if found.broken:
        return BROKEN
    return FOUND if problems else FINE


def _years(text: str) -> float:
    years = float(text)
    if not 0 <= years < 1000:
        raise argparse.ArgumentTypeError("a number of years from 0 to 1000 is needed")
    return years


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no date such as 2026-11-24") from error


def _tell(found: Inspection, problems: Sequence[Finding], notes: Sequence[Finding], is_full: bool) -> None:
    for problem in found.broken:
        print(f"{problem} [broken]")
    for finding in problems:
        print(f"{finding} [{finding.kind}]")
    for finding in notes if is_full else ():
        print(f"{finding} [note: {finding.kind}]")
    for kind, count in Counter(f.kind for f in notes if not is_full).items():
        print(f"{count} note(s) of the kind {kind}; --notes lists them", file=sys.stderr)
    pages = f"{len(found.documents)} page(s)"
    print(
        f"{pages}: {len(found.broken)} broken, {len(problems)} problem(s), {len(notes)} note(s)",
        file=sys.stderr,
    )


def _data(found: Inspection, problems: Sequence[Finding], notes: Sequence[Finding]) -> dict[str, object]:
    return {
        "version": VERSION,
        "documents": list(found.documents),
        "broken": [p._asdict() for p in found.broken],
        "problems": [f.model_dump() for f in problems],
        "notes": [f.model_dump() for f in notes],
    }
