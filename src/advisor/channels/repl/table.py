"""A comparison as a table: columns where they fit, one block a row where they do not."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from advisor.channels.repl.lines import DIM, HEAD, PLAIN, Fragment, Line, cells, clean, length, line, wrap
from advisor.channels.repl.terminal import Terminal

if TYPE_CHECKING:
    from advisor import Reply, Table

NARROWEST = 17
GAP = 2
_MARK = re.compile(r"\[\d+\]")
_SENTENCE = re.compile(r"^\s*[.;]?\s*(\(?[A-Z].*)$")
Spotted = Callable[[str], Line]


def rest_of_text(reply: "Reply") -> tuple[str, str] | None:
    """Return what of a reply's text stands before and after its table; None where a source would be lost.

    The text says the table's cells again, one line a programme; those lines are left out.
    """
    if reply.table is None:
        return None
    before: list[str] = []
    after: list[str] = []
    met = False
    for own in reply.text.split("\n"):
        column = next((c for c in reply.table.columns if own.startswith(f"{c}:")), None)
        head = next((r.head for r in reply.table.rows if own.rstrip(":") == r.head), None)
        if column is None and head is None:
            (after if met else before).append(own)
            continue
        met = True
        if column is not None:
            after += _left_over(own.removeprefix(f"{column}:"), column, reply.table)
    kept = "\n".join((*before, *after, *(c for row in reply.table.rows for c in row.cells)))
    if set(_MARK.findall(reply.text)) - set(_MARK.findall(kept)):
        return None
    return "\n".join(before).strip("\n"), "\n".join(after).strip("\n")


def _left_over(text: str, column: str, table: "Table") -> list[str]:
    """Return the sentences of a programme's line that its cells do not say."""
    at = table.columns.index(column)
    for row in table.rows:
        if at < len(row.cells) and row.cells[at] and row.cells[at] in text:
            text = text.replace(row.cells[at], "", 1)
            break
    else:
        return []
    found = _SENTENCE.match(text)
    return [f"{column}: {found.group(1)}"] if found else []


def table_lines(table: "Table", terminal: Terminal, spotted: Spotted) -> list[Line]:
    """Return a comparison as lines within the terminal's width."""
    if terminal.plain:
        return _spoken(table, terminal, spotted)
    widths = _widths(table, terminal.width)
    if min(widths[1:], default=0) < NARROWEST:
        return _stacked(table, terminal, spotted)
    rule = terminal.glyphs.rule
    head: list[Line] = [line(""), *(line(c, HEAD) for c in table.columns)]
    between: Line = ((DIM, (" " * GAP).join(rule * w for w in widths)),)
    lines = [*_row(head, widths), between]
    for row in table.rows:
        lines += _row([line(row.head, HEAD), *map(spotted, _padded(row.cells, table))], widths)
        lines.append(between)
    return lines


def _padded(row: Sequence[str], table: "Table") -> list[str]:
    """Return as many cells as there are columns."""
    return [row[i] if i < len(row) else "" for i in range(len(table.columns))]


def _widths(table: "Table", total: int) -> list[int]:
    """Return the width of the heads and of each column; what columns do not need goes to the others."""
    heads = [clean(r.head) for r in table.rows]
    longest = max((cells(word) for h in heads for word in h.split()), default=0)
    first = min(max((cells(h) for h in heads), default=0), max(longest, total // 5), total // 3)
    count = len(table.columns)
    left = total - first - GAP * count
    needs = [
        max(cells(clean(text)) for text in (column, *(_padded(r.cells, table)[i] for r in table.rows)))
        for i, column in enumerate(table.columns)
    ]
    widths = [0] * count
    for rank, index in enumerate(sorted(range(count), key=needs.__getitem__)):
        widths[index] = min(needs[index], left // (count - rank))
        widths[index] = max(widths[index], min(NARROWEST, left // (count - rank)))
        left -= widths[index]
    return [first, *widths]


def _row(fields: Sequence[Line], widths: Sequence[int]) -> list[Line]:
    """Return cells side by side, each wrapped in its column."""
    columns = [wrap(field, width) if field else [()] for field, width in zip(fields, widths, strict=True)]
    lines: list[Line] = []
    for height in range(max(map(len, columns))):
        fragments: list[Fragment] = []
        for own, width in zip(columns, widths, strict=True):
            part = own[height] if height < len(own) else ()
            fragments += [*part, (PLAIN, " " * (width - length(part) + GAP))]
        lines.append(tuple(fragments[:-1]))
    return lines


def _stacked(table: "Table", terminal: Terminal, spotted: Spotted) -> list[Line]:
    """Return a block for each row: its head, and below it each programme with its cell."""
    lines: list[Line] = []
    for row in table.rows:
        lines += wrap(line(row.head, HEAD), terminal.width)
        for column, cell in zip(table.columns, _padded(row.cells, table), strict=True):
            lines += wrap((*spotted(column), (PLAIN, ": "), *spotted(cell)), terminal.width, "  ", "    ")
    return lines


def _spoken(table: "Table", terminal: Terminal, spotted: Spotted) -> list[Line]:
    """Return a sentence for each cell, to be read aloud."""
    lines: list[Line] = []
    for row in table.rows:
        for column, cell in zip(table.columns, _padded(row.cells, table), strict=True):
            lines += wrap(line(f"{row.head}, {column}: {cell}"), terminal.width)
    return lines
