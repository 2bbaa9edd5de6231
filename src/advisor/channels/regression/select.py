"""Which of the cases run."""

import argparse
import sys
from collections.abc import Sequence
from fnmatch import fnmatchcase
from itertools import zip_longest
from pathlib import Path

from advisor.channels.regression.cases import Case
from advisor.channels.regression.memory import remembered
from advisor.channels.regression.revisions import changed_files, changed_lines


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that choose question files and cases."""
    parser.add_argument(
        "path", nargs="*", metavar="PATH",
        help="question files (.qa.yaml .qa.csv .qa.jsonl), or folders of them; default: this folder",
    )  # fmt: skip
    parser.add_argument(
        "--tag",
        action="append",
        metavar="TAG",
        help="only cases with this tag (!TAG: without it); may be repeated",
    )
    parser.add_argument(
        "--id", action="append", metavar="PATTERN", help="only cases with this id; * stands for anything"
    )
    parser.add_argument(
        "--failed", action="store_true", help="only the cases that failed when they last ran here"
    )
    parser.add_argument(
        "--changed", nargs="?", const="HEAD", metavar="REVISION",
        help="only cases that differ from a git revision, or whose own pages do (default: HEAD)",
    )  # fmt: skip


def selected(cases: Sequence[Case], options: argparse.Namespace) -> list[Case]:
    """Return the cases that the options choose, in order."""
    failed = remembered() if options.failed else None
    changed = _changed(cases, options.changed) if options.changed else None
    return [
        c
        for c in cases
        if _tagged(c, options.tag or ())
        and _named(c, options.id)
        and (failed is None or c.id in failed)
        and (changed is None or c.id in changed)
    ]


def _changed(cases: Sequence[Case], revision: str) -> set[str]:
    """Return the ids of cases with lines that differ from a revision, or with pages that do."""
    files = changed_files(revision)
    found = {c.id for c in cases if any(_lies_in(file, c.corpus) for file in files)}
    for path in dict.fromkeys(c.path for c in cases):
        if Path(path).resolve() not in files:
            continue
        own = sorted((c for c in cases if c.path == path), key=lambda c: c.line)
        lines = changed_lines(revision, Path(path))
        for case, following in zip_longest(own, own[1:]):
            end = following.line if following else sys.maxsize
            if lines is None or any(r.start < end and r.stop > case.line for r in lines):
                found.add(case.id)
    return found


def _lies_in(file: Path, places: Sequence[str]) -> bool:
    return any(file.is_relative_to(Path(place).resolve()) for place in places)


def _tagged(case: Case, tags: Sequence[str]) -> bool:
    """Whether a case has one of the wanted tags and none of the unwanted."""
    wanted = {t for t in tags if not t.startswith("!")}
    unwanted = {t[1:] for t in tags if t.startswith("!")}
    own = set(case.tags)
    return (not wanted or bool(own & wanted)) and not own & unwanted


def _named(case: Case, patterns: Sequence[str] | None) -> bool:
    return not patterns or any(fnmatchcase(case.id, pattern) for pattern in patterns)
