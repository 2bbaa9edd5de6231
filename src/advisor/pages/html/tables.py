"""Read an HTML table: spans expanded, heads told from values."""

from collections.abc import Callable
from dataclasses import dataclass

from lxml.html import HtmlElement

from advisor.pages.build import PageBuilder, squeeze
from advisor.pages.grid import naming_columns, row_label
from advisor.pages.html.inline import leading_bold

MOST_CELLS = 5000
JOIN = " – "
Text = Callable[[HtmlElement], str]


class TooManyCells(Exception):
    """A table is larger than any table of a programme page."""


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    is_head: bool
    source: HtmlElement


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[_Cell, ...]
    line: int | None
    is_head: bool

    @property
    def texts(self) -> list[str]:
        return [c.text for c in self.cells]

    @property
    def is_one_cell(self) -> bool:
        """Whether a single cell spans the whole row."""
        return len({id(c.source) for c in self.cells}) == 1


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only places things on the page."""
    if table.get("role") in {"presentation", "none"}:
        return True
    inner = table.iterdescendants("table", "h1", "h2", "h3", "h4", "form")
    if next(inner, None) is not None:
        return True
    return all(len(row) < 2 for row in table.iter("tr"))


def write_table(table: HtmlElement, builder: PageBuilder, text: Text, lead: str) -> None:
    """Write a table's rows; raises TooManyCells for an absurd one."""
    rows = _grid(table, text)
    caption = next((squeeze(text(c)) for c in table.iterchildren("caption")), "") or lead
    heads, body, title = _split(rows)
    _Writer(builder, heads, caption or title).write(body)


def _grid(table: HtmlElement, text: Text) -> list[_Row]:
    """Return the rows with every span expanded."""
    rows: list[_Row] = []
    hanging: dict[int, tuple[int, _Cell]] = {}
    count = 0
    for tr in table.iter("tr"):
        cells: list[_Cell] = []
        fresh: dict[int, tuple[int, _Cell]] = {}
        for source in tr.iterchildren("td", "th"):
            _hang(cells, hanging)
            cell = _Cell(squeeze(text(source)), source.tag == "th", source)
            rows_left = _span(source.get("rowspan")) - 1
            width = _span(source.get("colspan"))
            if count + width > MOST_CELLS:
                raise TooManyCells
            if rows_left:
                fresh.update({len(cells) + i: (rows_left, cell) for i in range(width)})
            cells += [cell] * width
        _hang(cells, hanging)
        count += len(cells)
        if count > MOST_CELLS:
            raise TooManyCells
        hanging = {column: (left - 1, cell) for column, (left, cell) in hanging.items() if left > 1} | fresh
        if any(c.text for c in cells):
            parent = tr.getparent()
            is_head = (parent is not None and parent.tag == "thead") or all(c.is_head for c in cells)
            is_head = is_head or (not rows and all(_is_bold(c) for c in cells))
            rows.append(_Row(tuple(cells), tr.sourceline, is_head))
    return rows


def _is_bold(cell: _Cell) -> bool:
    return bool(cell.text) and leading_bold(cell.source) == cell.text


def _hang(cells: list[_Cell], hanging: dict[int, tuple[int, _Cell]]) -> None:
    """Place the cells that reach down from rows above."""
    while len(cells) in hanging:
        cells.append(hanging[len(cells)][1])


def _span(given: str | None) -> int:
    try:
        return min(max(int(given or 1), 1), MOST_CELLS + 1)
    except ValueError:
        return 1


def _split(rows: list[_Row]) -> tuple[list[str], list[_Row], str]:
    """Return the column heads, the rows below them, and a title that spans the table."""
    above = 0
    while above < len(rows) - 1 and rows[above].is_head:
        above += 1
    heads = rows[:above]
    titles = [r.texts[0] for r in heads if r.is_one_cell and len(r.cells) > 1]
    heads = [r for r in heads if not (r.is_one_cell and len(r.cells) > 1)]
    if not heads and _looks_headed(rows[above:]):
        heads, above = [rows[above]], above + 1
    width = max((len(r.cells) for r in rows), default=0)
    columns = [JOIN.join(_column(heads, i)) for i in range(width)] if heads else []
    return columns, rows[above:], JOIN.join(titles)


def _column(heads: list[_Row], column: int) -> list[str]:
    return list(dict.fromkeys(r.texts[column] for r in heads if column < len(r.cells) and r.texts[column]))


def _looks_headed(rows: list[_Row]) -> bool:
    """Whether the first of rows without heads is one in all but name: no figure, only below it."""
    if len(rows) < 2 or len(rows[0].cells) < 3 or not all(rows[0].texts[1:]):
        return False
    if any(c.is_head for r in rows for c in r.cells):
        return False
    figures = [[any(ch.isdigit() for ch in t) for t in r.texts[1:]] for r in rows]
    return not any(figures[0]) and all(any(f) for f in figures[1:])


def _leading_heads(row: _Row) -> int:
    """Return how many cells at the start of a row are heads; all of them are none."""
    return next((i for i, cell in enumerate(row.cells) if not cell.is_head), 0)


class _Writer:
    def __init__(self, builder: PageBuilder, heads: list[str], context: str) -> None:
        self.builder = builder
        self.heads = heads
        self.context = context
        self.group = ""
        self.naming = 1
        self.table = builder.new_group()

    def write(self, rows: list[_Row]) -> None:
        full = [row for row in rows if len(row.cells) > 1 and not row.is_one_cell]
        least = min((_leading_heads(row) for row in full), default=1)
        self.naming = naming_columns([row.texts for row in full], max(1, least))
        for row in rows:
            if row.is_one_cell and len(row.cells) > 1:
                self._across(row)
            elif row.is_head and len(row.cells) > 1 and all(c.is_head for c in row.cells):
                self.heads = row.texts
            else:
                self._row(row)

    def _across(self, row: _Row) -> None:
        """Read a cell as wide as the table: a heading of the rows below, or a remark."""
        text = row.texts[0]
        if len(text.split()) > 10 or text.endswith("."):
            self.builder.paragraph(text, row.line)
        else:
            self.group = text

    def _row(self, row: _Row) -> None:
        texts = row.texts
        context = JOIN.join(filter(None, (self.context, self.group)))
        if not self.heads and len(texts) == 2:
            if all(texts):
                self.builder.fact(texts[0], texts[1], row.line, context)
            return
        heads = self.heads or [""] * len(texts)
        if len(texts) < 2:
            self.builder.row("", list(zip(heads, texts, strict=False)), self.table, row.line, context)
            return
        count = self.naming
        values = list(zip(heads[count:], texts[count:], strict=False))
        named = context or ", ".join(h for h in heads[:count] if h)
        self.builder.row(row_label(heads, texts, count), values, self.table, row.line, named)
