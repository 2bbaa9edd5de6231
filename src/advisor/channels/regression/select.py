"""Which of the cases run."""

import argparse
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from advisor.channels.regression.cases import Case
from advisor.channels.regression.memory import remembered
from advisor.channels.regression.revisions import changed_files


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
        help="only the cases of question files that differ from a git revision (default: HEAD)",
    )  # fmt: skip


def selected(cases: Sequence[Case], options: argparse.Namespace) -> list[Case]:
    """Return the cases that the options choose, in order."""
    failed = remembered() if options.failed else None
    changed = changed_files(options.changed) if options.changed else None
    return [
        c
        for c in cases
        if _tagged(c, options.tag or ())
        and _named(c, options.id)
        and (failed is None or c.id in failed)
        and (changed is None or Path(c.path).resolve() in changed)
    ]


def _tagged(case: Case, tags: Sequence[str]) -> bool:
    """Whether a case has one of the wanted tags and none of the unwanted."""
    wanted = {t for t in tags if not t.startswith("!")}
    unwanted = {t[1:] for t in tags if t.startswith("!")}
    own = set(case.tags)
    return (not wanted or bool(own & wanted)) and not own & unwanted


def _named(case: Case, patterns: Sequence[str] | None) -> bool:
    return not patterns or any(fnmatchcase(case.id, pattern) for pattern in patterns)
