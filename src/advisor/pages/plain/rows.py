"""Rows of values under column heads."""

import re

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line
from advisor.pages.plain.sheet import Sheet
from advisor.records.document import Block, Cell

COLUMNS = re.compile(r"\t+| {3,}| ?\| ?")
# What parts columns, and how many there must be.
_SEPARATORS = (
    (COLUMNS, 2),
    (re.compile(r"\t+| {2,}"), 2),
    (re.compile(r" / "), 3),
)
_RATED = re.compile(
    r"(?P<label>[^\d(]{3,60}?)\s*[–:-]?\s+(?P<own>\d[\d.,]*\s?%?)"
    r"(?:\s*\((?P<column>[^\d()]+)(?P<other>\d[\d.,]*\s?%?)\))?$"
)
_RATINGS = {"number", "percentage", "score"}
FEWEST_RATED = 3
_HEADLESS = {"money", "percentage", "score"}
_ROW_KINDS = {"score", "percentage", "money", "number", "credits", "hours"}


class Rows:
    """Reads tables, and lists of ratings."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet

    def take_heads(self, line: Line) -> None:
        """Take the heads of columns from `Student survey (this programme | national)`."""
        inside = re.search(r"\(([^()|]+(?:\|[^()|]+)+)\)", line.text)
        if inside and self.sheet.recogniser.is_column(inside.group(1)):
            self.sheet.heads = [part.strip() for part in inside.group(1).split("|")]
            self.sheet.table += 1

    def is_head(self, line: Line) -> bool:
        """Whether a line heads a column."""
        return (
            line.is_short
            and not line.values
            and self.sheet.has_title
            and self.sheet.recogniser.is_column(line.text)
        )

    def row(self, line: Line) -> bool:
        """Read `label value value` with values of one kind."""
        kinds = {v.kind for v in line.values}
        if len(line.values) < 2 or len(kinds) != 1 or not kinds <= _ROW_KINDS or pair(line.text):
            return False
        first, last = line.values[0], line.values[-1]
        between = [line.text[a.end : b.start] for a, b in zip(line.values, line.values[1:], strict=False)]
        if last.end != len(line.text) or any(b.strip(" |;,") for b in between):
            return False
        label = line.text[: first.start].strip(" :|")
        heads = self._columns(len(line.values))
        cells = tuple(
            Cell(column=head, start=line.start + v.start, end=line.start + v.end)
            for head, v in zip(heads, line.values, strict=True)
        )
        self.sheet.table = self.sheet.table or 1
        self.sheet.blocks.append(
            Block(
                kind="row",
                start=line.start,
                end=line.end,
                label=label,
                cells=cells,
                line=line.number,
                table=self.sheet.table,
            )
        )
        return True

    def rated(self, group: list[Line]) -> bool:
        """Read `label value` lines of one kind, each with another column's value in brackets or without."""
        found = [_RATED.match(line.text) for line in group]
        kinds = {v.kind for line in group for v in line.values}
        if len(group) < FEWEST_RATED or len(kinds) != 1 or not kinds <= _RATINGS:
            return False
        if any(
            match is None or match.start("own") not in _starts(line)
            for match, line in zip(found, group, strict=True)
        ):
            return False
        columns = [m["column"] for m in found if m and m["column"]]
        if not all(self.sheet.recogniser.is_column(column) for column in columns):
            return False
        self.sheet.table += 1
        for match, line in zip(found, group, strict=True):
            if match is not None:
                self._rating(match, line)
        return True

    def _rating(self, match: re.Match[str], line: Line) -> None:
        spans = [("", match.span("own"))]
        if match["column"]:
            spans.append((match["column"].strip(" :"), match.span("other")))
        cells = tuple(Cell(column=c, start=line.start + a, end=line.start + b) for c, (a, b) in spans)
        self.sheet.blocks.append(
            Block(
                kind="row", start=line.start, end=line.end, label=match["label"], cells=cells,
                line=line.number, table=self.sheet.table,
            )
        )  # fmt: skip

    def _columns(self, count: int) -> list[str]:
        heads = list(dict.fromkeys(self.sheet.heads))
        return heads[:count] if len(heads) >= count else [""] * count

    def difference(self, line: Line) -> bool:
        """Add a line such as `0.2 less than the national average` to the row above it."""
        if not line.values or line.values[0].start != 0 or not self.sheet.recogniser.is_column(line.text):
            return False
        above = self.sheet.blocks.pop()
        cell = Cell(column="", start=line.start, end=line.end)
        self.sheet.blocks.append(above.model_copy(update={"end": line.end, "cells": (*above.cells, cell)}))
        return True

    def is_table(self, group: list[Line]) -> bool:
        """Whether the lines of a group have as many columns each."""
        return find_separator(group) is not None

    def read_table(self, group: list[Line]) -> None:
        """Add the rows of a table."""
        separator = find_separator(group)
        if separator is None:
            return
        self.sheet.table += 1
        top = group[0]
        heads = [top.text[a:b].strip() for a, b in fields(top.text, separator)]
        lacks_corner = len(heads) < len(fields(group[1].text, separator))
        has_heads = lacks_corner or _is_head(top, group[1], separator)
        if lacks_corner:
            heads = ["", *heads]
        for line in group[1 if has_heads else 0 :]:
            spans = fields(line.text, separator)
            cells = tuple(
                Cell(column=heads[i] if has_heads else "", start=line.start + a, end=line.start + b)
                for i, (a, b) in enumerate(spans)
                if i and b > a
            )
            label = line.text[slice(*spans[0])]
            self.sheet.blocks.append(
                Block(
                    kind="row", start=line.start, end=line.end, label=label, cells=cells, line=line.number,
                    table=self.sheet.table, context=heads[0] if has_heads else "",
                    head=(top.start, top.end) if has_heads else None,
                )
            )  # fmt: skip

    def columned(self, label: Line, value: Line) -> None:
        """Add a fact; a value such as `4,1 | 3,9` has a cell for each column."""
        parts = [m for m in re.finditer(r"[^|]+", value.text) if m.group().strip()]
        heads = self._columns(len(parts)) if len(parts) > 1 else [""]
        cells = tuple(
            Cell(
                column=head,
                start=value.start + m.start() + len(m.group()) - len(m.group().lstrip()),
                end=value.start + m.start() + len(m.group().rstrip()),
            )
            for head, m in zip(heads, parts, strict=True)
        )
        self.sheet.blocks.append(
            Block(
                kind="fact", start=label.start, end=value.end, label=label.text, cells=cells,
                line=label.number, table=self.sheet.table if len(cells) > 1 else 0,
            )
        )  # fmt: skip


def fields(text: str, separator: re.Pattern[str] = COLUMNS) -> list[tuple[int, int]]:
    """Return the spans of a row's fields; a bar at either end of the line parts nothing."""
    parts = list(separator.finditer(text))
    spans = list(zip([0, *(p.end() for p in parts)], [*(p.start() for p in parts), len(text)], strict=True))
    if len(spans) > 1 and text.startswith("|"):
        spans = spans[1:]
    return spans[:-1] if len(spans) > 1 and text.endswith("|") else spans


def find_separator(group: list[Line]) -> re.Pattern[str] | None:
    """Return what parts the lines of a group into as many columns each, if anything does."""
    if len(group) < 2 or any(line.is_bullet for line in group) or all(pair(line.text) for line in group):
        return None
    for separator, fewest in _SEPARATORS:
        counts = [len(fields(line.text, separator)) for line in group]
        # Nothing needs to head the labels, but then the heads begin above the second column.
        first = {counts[1], counts[1] - 1} if group[0].indent and len(group) > fewest else {counts[1]}
        if min(counts[1:]) >= fewest and len(set(counts[1:])) == 1 and counts[0] in first:
            return separator
    return None


def _is_head(top: Line, below: Line, separator: re.Pattern[str]) -> bool:
    """Whether the first line names the columns: `Year 1` above `Year 2` does not, nor does an amount."""
    words = [line.text[slice(*fields(line.text, separator)[0])].split()[:1] for line in (top, below)]
    is_valued = any(v.start == 0 or v.kind in _HEADLESS for v in top.values)
    return not is_valued and not (top.values and words[0] == words[1])


def _starts(line: Line) -> set[int]:
    return {v.start for v in line.values}
