"""`advisor gaps`: which topics the pages state, leave open, or contradict themselves on."""

import argparse
import csv
import io
import shutil
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from advisor import Advisor
from advisor.channels.regression.age import parse_age
from advisor.channels.regression.missed import Missed, missed
from advisor.channels.regression.survey import SIGNS, STATES, WORDS, Survey, survey
from advisor.channels.regression.visible import visible, write

LONGEST_NAME = 44
MOST_QUESTIONS = 5
NO_TOPIC = "about no topic that is known"


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "--state", action="append", choices=STATES, help="only topics with this state; may be repeated"
    )
    parser.add_argument(
        "--older-than", type=_age, metavar="AGE", help="tell pages apart that are older, such as 2y or 18m"
    )
    parser.add_argument(
        "--on", type=date.fromisoformat, metavar="DATE", help="count ages from this day (default: today)"
    )
    parser.add_argument(
        "--lang", default="en", metavar="LANGUAGE", help="language of the topics' names (en or nl)"
    )
    parser.add_argument(
        "--journal", action="append", type=Path, default=[], metavar="FOLDER",
        help="add the questions without an answer that a service or chat kept here; may be repeated",
    )  # fmt: skip
    parser.add_argument("--csv", action="store_true", help="print a line for each topic and programme as CSV")
    parser.add_argument(
        "--html", type=Path, metavar="FILE", help="write a page with the passages behind each cell"
    )


def _age(text: str) -> timedelta:
    try:
        return parse_age(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def run(options: argparse.Namespace) -> int:
    """Print the table; returns the exit code."""
    advisor = Advisor.load(options.corpus, options.intents)
    if options.lang not in advisor.content.languages:
        known = ", ".join(advisor.content.languages)
        print(f"advisor gaps: unknown language {options.lang!r}; known are {known}", file=sys.stderr)
        return 2
    found = survey(advisor, options.lang, options.older_than, options.on or date.today())
    unanswered = missed(advisor, options.journal, options.lang)
    if options.state:
        wanted = set(options.state)
        found = replace(found, rows=tuple(r for r in found.rows if any(c.state in wanted for c in r.cells)))
    if options.html:
        from advisor.channels.regression.gap_page import gap_page

        write(options.html, gap_page(found, unanswered))
    if options.csv:
        print(visible(as_csv(found, unanswered)), end="")
    elif not options.html:
        print(visible(as_table(found)))
        if options.journal:
            print("\n" + visible(as_list(unanswered)))
    return 0


def as_table(found: Survey) -> str:
    """Return the table for a terminal: words where they fit, else a sign for each state."""
    name = min(max([len(r.name) for r in found.rows] or [0]), LONGEST_NAME)
    column = max(len(w) for w in WORDS.values())
    room = shutil.get_terminal_size((100, 24)).columns
    has_words = name + (column + 2) * len(found.documents) <= room
    words = WORDS if has_words else SIGNS
    width = column if has_words else 3
    lines = [
        f"{n}: {d.title}{f', {d.institution}' if d.institution else ''} ({d.id})"
        for n, d in enumerate(found.documents, 1)
    ]
    if not has_words:
        lines.append(", ".join(f"{SIGNS[s]} {WORDS[s]}" for s in STATES))
    lines += ["", _line(" " * name, [str(n) for n in range(1, len(found.documents) + 1)], width)]
    lines += [_line(f"{r.name[:name]:<{name}}", [words[c.state] for c in r.cells], width) for r in found.rows]
    lines.append("")
    for number, document in enumerate(found.documents):
        counted = ", ".join(f"{n} {WORDS[s]}" for s, n in found.counts(number).items() if n)
        lines.append(f"{document.id}: {counted}")
    return "\n".join(lines)


def _line(head: str, cells: Sequence[str], width: int) -> str:
    return "  ".join([head, *(f"{c:<{width}}" for c in cells)]).rstrip()


def as_list(unanswered: Sequence[Missed]) -> str:
    """Return the questions without an answer for a terminal, by topic, those asked most often."""
    total = sum(m.times for m in unanswered)
    lines = [f"asked and not answered: {total} questions about {len(unanswered)} topics"]
    for group in unanswered:
        lines += ["", f"{group.name or NO_TOPIC}: {group.times}"]
        lines += [f"  {count:>3} x  {said}" for said, count in group.questions[:MOST_QUESTIONS]]
        rest = len(group.questions) - MOST_QUESTIONS
        lines += [f"         and {rest} others (--csv and --html show all)"] if rest > 0 else []
    return "\n".join(lines)


def as_csv(found: Survey, unanswered: Sequence[Missed] = ()) -> str:
    """Return a line for each topic and programme, with the number of passages and the first of them.

    Questions without an answer follow, with how often each was asked.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["topic", "name", "document", "state", "number", "section", "text"])
    for row in found.rows:
        for document, cell in zip(found.documents, row.cells, strict=True):
            first = cell.pieces[0] if cell.pieces else None
            shown = (_inert(first.section), _inert(first.text)) if first else ("", "")
            writer.writerow([row.topic, row.name, document.id, cell.state, len(cell.pieces), *shown])
    for group in unanswered:
        for said, count in group.questions:
            writer.writerow([group.topic, group.name, "", "unanswered", count, "", _inert(said)])
    return out.getvalue()


def _inert(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
