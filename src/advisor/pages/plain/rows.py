"""Rows of values under column heads."""

import re

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line
from advisor.pages.plain.sheet import Sheet
from advisor.records.document import Block, Cell

_COLUMNS = re.compile(r"\t+| {3,}| ?\| ?")
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
        if len(group) < 2 or any(line.is_bullet for line in group):
            return False
        counts = {len(fields(line.text)) for line in group}
        return len(counts) == 1 and counts.pop() >= 2

    def read_table(self, group: list[Line]) -> None:
        """Add the rows of a table."""
        self.sheet.table += 1
        heads = [group[0].text[a:b].strip() for a, b in fields(group[0].text)]
        has_heads = not group[0].values or not any(v.start == 0 for v in group[0].values)
        for line in group[1 if has_heads else 0 :]:
            spans = fields(line.text)
            cells = tuple(
                Cell(column=heads[i] if has_heads else "", start=line.start + a, end=line.start + b)
                for i, (a, b) in enumerate(spans)
                if i and b > a
            )
            label = line.text[slice(*spans[0])]
            self.sheet.blocks.append(
                Block(kind="row", start=line.start, end=line.end, label=label, cells=cells, line=line.number,
                      table=self.sheet.table, context=heads[0] if has_heads else "",
                      head=(group[0].start, group[0].end) if has_heads else None)
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


def fields(text: str) -> list[tuple[int, int]]:
    """Return the spans of a row's fields; a bar at either end of the line parts nothing."""
    parts = list(_COLUMNS.finditer(text))
    spans = list(zip([0, *(p.end() for p in parts)], [*(p.start() for p in parts), len(text)], strict=True))
    if len(spans) > 1 and text.startswith("|"):
        spans = spans[1:]
    return spans[:-1] if len(spans) > 1 and text.endswith("|") else spans
