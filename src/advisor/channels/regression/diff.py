"""`advisor diff OLD NEW`: which answers two corpora give differently, grouped by the change behind it."""

import argparse
import shutil
import sys
import tempfile
import textwrap
from collections.abc import Sequence
from pathlib import Path

from advisor import Advisor, Reply
from advisor.channels.regression.bar import Bar
from advisor.channels.regression.cases import Case
from advisor.channels.regression.compare import Comparison, Difference, Group, compare, questions
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.revisions import corpus_at
from advisor.channels.regression.visible import visible

OK, FAILED = 0, 1
NARROWEST = 90
MOST = 3
MOST_LETTERS = 700


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("old", metavar="OLD", help="a folder or file of pages, or a git REVISION[:FOLDER]")
    parser.add_argument("new", metavar="NEW", help="the same after the change")
    parser.add_argument(
        "--questions",
        action="append",
        metavar="PATH",
        help="question files, or folders of them, to ask (default: this folder); may be repeated",
    )
    parser.add_argument("--most", type=int, default=MOST, metavar="N", help="show N answers a change in full")
    parser.add_argument(
        "--markdown", action="store_true", help="print Markdown, for a pull request's comment"
    )
    parser.add_argument("--exit-code", action="store_true", help="exit with 1 when any answer changed")


def run(options: argparse.Namespace) -> int:
    """Compare; returns the exit code."""
    if options.corpus:
        print("advisor diff: the pages are OLD and NEW; leave out --corpus", file=sys.stderr)
        return 2
    cases = load_cases(options.questions) if options.questions else _nearby((options.old, options.new))
    with tempfile.TemporaryDirectory() as scratch:
        old, new = (
            Advisor.load(corpus_at(place, Path(scratch, side), other), options.intents)
            for place, side, other in (
                (options.old, "old", options.new),
                (options.new, "new", options.old),
            )
        )
    total = sum(len(c.turns) for c in cases) + len(questions(old, new))
    with Bar(total, "asking both") as bar:
        comparison = compare(old, new, cases, bar.tick)
    print(visible((markdown if options.markdown else told)(comparison, options.most)))
    return FAILED if options.exit_code and not comparison.is_same else OK


def _nearby(places: Sequence[str]) -> list[Case]:
    """Return the cases of this folder, without those that are about other pages than the ones compared."""
    own = {Path(place).resolve() for place in places}
    return [c for c in load_cases(["."]) if not c.corpus or own & {Path(p).resolve() for p in c.corpus}]


def summary(comparison: Comparison) -> str:
    """Return the outcome on one line."""
    changed = sum(len(g.differences) for g in comparison.groups)
    quiet = f"; {len(comparison.quiet)} change(s) of the pages show in no answer" if comparison.quiet else ""
    return f"{changed} of {comparison.asked} questions are answered differently{quiet}."


def told(comparison: Comparison, most: int = MOST) -> str:
    """Return a comparison for a terminal, the answers side by side where there is room."""
    width = shutil.get_terminal_size((100, 24)).columns
    lines = []
    for group in comparison.groups:
        lines += textwrap.wrap(f"{group.change.cause.upper()}  {group.change}", width, subsequent_indent="  ")
        for difference in group.differences[:most]:
            lines += ["", *_pair(difference, width)]
        rest = group.differences[most:]
        lines += ["", *(f"  also: {d.question}{_at(d)}" for d in rest), ""]
    if comparison.quiet:
        lines.append("CHANGED ON THE PAGES, SHOWN IN NO ANSWER")
        for change in comparison.quiet:
            lines += textwrap.wrap(
                f"{change.cause}: {change}", width, initial_indent="  ", subsequent_indent="    "
            )
        lines.append("")
    return "\n".join([*lines, summary(comparison)])


def _at(difference: Difference) -> str:
    return f"  ({difference.where})" if difference.where else ""


def _pair(difference: Difference, width: int) -> list[str]:
    lines = [f"  ? {difference.question}{_at(difference)}"]
    before, after = _shown(difference.before), _shown(difference.after)
    if width < NARROWEST:
        for mark, text in (("-", before), ("+", after)):
            lines += textwrap.wrap(text, width - 6, initial_indent=f"  {mark} ", subsequent_indent="    ")
        return lines
    half = (width - 7) // 2
    left, right = textwrap.wrap(before, half), textwrap.wrap(after, half)
    height = max(len(left), len(right))
    left, right = (side + [""] * (height - len(side)) for side in (left, right))
    return [*lines, *(f"  {a:<{half}} | {b}".rstrip() for a, b in zip(left, right, strict=True))]


def _shown(reply: Reply) -> str:
    text = " ".join(reply.text.split())
    return f"({reply.kind}) {text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + '...'}"


def markdown(comparison: Comparison, most: int = MOST) -> str:
    """Return a comparison as Markdown; what pages and questions say stands in code, never as markup."""
    lines = ["## Answers that change", "", summary(comparison)]
    for group in comparison.groups:
        lines += ["", *_section(group, most)]
    if comparison.quiet:
        lines += ["", "<details><summary>Changed on the pages, shown in no answer</summary>", ""]
        lines += [f"- {change.cause}: {code(str(change))}" for change in comparison.quiet]
        lines += ["", "</details>"]
    return "\n".join(lines)


def _section(group: Group, most: int) -> list[str]:
    lines = [f"### {group.change.cause.capitalize()}", "", code(str(group.change))]
    for difference in group.differences[:most]:
        text = f"- {_shown(difference.before)}\n+ {_shown(difference.after)}"
        fence = "`" * max(3, _longest_run(text) + 1)
        lines += ["", f"{code(difference.question)}{_at(difference)}", "", f"{fence}diff", text, fence]
    rest = group.differences[most:]
    if rest:
        lines += ["", f"<details><summary>{len(rest)} more</summary>", ""]
        lines += [*(f"- {code(d.question)}{_at(d)}" for d in rest), "", "</details>"]
    return lines


def code(text: str) -> str:
    """Return a text as inline code, whatever backticks it holds."""
    marks = "`" * (_longest_run(text) + 1)
    space = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{marks}{space}{' '.join(text.split())}{space}{marks}"


def _longest_run(text: str) -> int:
    longest = run_length = 0
    for letter in text:
        run_length = run_length + 1 if letter == "`" else 0
        longest = max(longest, run_length)
    return longest
