"""Write a PDF's lines, in reading order, as headings, paragraphs, items, facts and rows."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from advisor.pages.build import PageBuilder, pair
from advisor.pages.grid import naming_columns, row_label
from advisor.pages.others import is_about_others
from advisor.pages.pdf.layout import Grid, Line, Pair, Part
from advisor.pages.recognise import Recogniser

_BULLET = re.compile(r"^([•▪◦‣·●○■□➢✓*]|[-–](?=\s))\s*")
_END = re.compile(r"[.!?:;…][\"'”’)]*$")
_HYPHEN = re.compile(r"([^\W\d_]{2,})[-\u00ad\u2010]$")
_LETTERS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# A line is a heading when it is so much larger than the text around it.
LARGER = 1.12
MOST_HEADING_WORDS = 14
DEEPEST = 6


class PdfWriter:
    """Writes parts one after the other; `blocks` and `text` are the builder's."""

    def __init__(self, parts: Sequence[Part], recogniser: Recogniser) -> None:
        self.builder = PageBuilder()
        self.recogniser = recogniser
        self.parts = parts
        lines = [p for p in parts if isinstance(p, Line)]
        self.body = _most_common([(round(ln.size * 2) / 2, len(ln.text)) for ln in lines]) or 10.0
        self.leading = _leading(lines, self.body)
        self.levels = self._levels(lines)
        self.words = Counter(w.lower() for ln in lines for w in _LETTERS.findall(ln.text))
        self.indents = sorted({round(ln.x0 / 4) for ln in lines if _BULLET.match(ln.text)})
        self.waiting: list[Line] = []
        self.group = 0
        self.lead = ""
        self.grid: Grid | None = None
        self.heads: list[str] = []

    def write(self) -> PageBuilder:
        """Write everything; returns the builder."""
        is_skipping = False
        for part in self.parts:
            if isinstance(part, Line) and self._is_heading(part) and is_about_others(part.text):
                self._flush()
                is_skipping = True
            elif not is_skipping or self._ends_list(part):
                is_skipping = False
                self._part(part)
        self._flush()
        return self.builder

    def _ends_list(self, part: Part) -> bool:
        """Whether a part is a heading or starts a paragraph, so that a list before it has ended."""
        if not isinstance(part, Line):
            return False
        is_plain = not _BULLET.match(part.text) and not part.text[:1].islower() and pair(part.text) is None
        return is_plain or self._is_heading(part)

    def _part(self, part: Part) -> None:
        if isinstance(part, Grid):
            self._flush()
            self._table(part)
        elif isinstance(part, Pair):
            self._flush()
            self.builder.fact(part.label.text, part.value.text)
        else:
            if self.waiting and not self._goes_on(self.waiting[-1], part):
                self._flush()
            self.waiting.append(part)

    # -- lines ----------------------------------------------------------------------------

    def _levels(self, lines: Sequence[Line]) -> dict[tuple[float, bool], int]:
        """Return the level of each kind of heading: larger before smaller, bold before plain."""
        kinds = {(ln.size, ln.is_bold) for ln in lines if self._could_be_heading(ln)}
        if any(bold for _, bold in kinds):
            kinds = {k for k in kinds if k[1]}
        ranked = sorted(kinds, reverse=True)
        return {kind: min(number, DEEPEST) for number, kind in enumerate(ranked, 1)}

    def _could_be_heading(self, line: Line) -> bool:
        text = line.text
        if len(text.split()) > MOST_HEADING_WORDS or re.search(r"[.,;:]$", text) or _BULLET.match(text):
            return False
        return (line.size >= self.body * LARGER or line.is_bold) and any(c.isalpha() for c in text)

    def _is_heading(self, line: Line) -> bool:
        is_kind = self._could_be_heading(line) and (line.size, line.is_bold) in self.levels
        return is_kind and pair(line.text) is None and not self.recogniser.updated(line.text)

    def _goes_on(self, above: Line, line: Line) -> bool:
        """Whether a line goes on with what the one above it says."""
        if self._is_heading(above) or self._is_heading(line):
            is_wrapped = abs(line.top - above.top) < 1.5 * line.size and line.page == above.page
            return is_wrapped and (above.size, above.is_bold) == (line.size, line.is_bold)
        if _BULLET.match(line.text) or abs(above.size - line.size) > 0.6:
            return False
        starts_low = line.text[:1].islower() or bool(_HYPHEN.search(above.text))
        distance = line.top - above.top
        if line.page != above.page or distance <= 0:
            return starts_low and not _END.search(above.text)
        is_near = distance <= 1.2 * self.leading
        if _BULLET.match(self.waiting[0].text):
            return is_near and line.x0 > self.waiting[0].x0 + 2
        return is_near and not self._is_labelled(line)

    @staticmethod
    def _is_labelled(line: Line) -> bool:
        """Whether a line starts with a bold label and a colon."""
        return line.bold.endswith(":") and line.bold != line.text

    def _flush(self) -> None:
        if not self.waiting:
            return
        first, text = self.waiting[0], self._joined()
        self.waiting = []
        bullet = _BULLET.match(text)
        if bullet:
            self.group = self.group or self.builder.new_group()
            depth = self.indents.index(round(first.x0 / 4)) if round(first.x0 / 4) in self.indents else 0
            self.builder.item(text[bullet.end() :], min(depth, 3), None, self.lead, self.group)
            return
        self.group = 0
        if self._is_heading(first) and len(text.split()) <= 2 * MOST_HEADING_WORDS:
            self.lead = ""
            self.builder.heading(text, self.levels[first.size, first.is_bold])
        else:
            self.builder.paragraph(text)
            self.lead = text if text.endswith(":") else ""

    def _joined(self) -> str:
        """Return the waiting lines as one, with words put together that were cut at a line's end."""
        text = ""
        for line in self.waiting:
            cut = _HYPHEN.search(text)
            if cut and line.text[:1].islower():
                text = self._rejoined(text, cut.group(1), line.text)
            elif text.endswith("-"):
                text += line.text
            else:
                text = f"{text} {line.text}" if text else line.text
        return text

    def _rejoined(self, text: str, first: str, after: str) -> str:
        """Join a cut word; the hyphen stays when the page uses both halves as words of their own."""
        following = _LETTERS.match(after)
        second = following.group().lower() if following else ""
        whole, first = f"{first.lower()}{second}", first.lower()
        is_compound = self.words[f"{first}-{second}"] > 0 or (
            self.words[first] > 0 and self.words[second] > 1
        )
        if text.endswith("\u00ad") or self.words[whole] > 0 or not is_compound:
            return text[:-1] + after
        return text + after

    # -- tables ---------------------------------------------------------------------------

    def _table(self, grid: Grid) -> None:
        rows = [list(row) for row in grid.rows]
        if not rows:
            return
        above = self.grid
        if above is not None and above.edges == grid.edges and above.page + 1 == grid.page:
            rows = rows[1:] if rows[0] == self.heads else rows
        elif len(rows) > 1 and _is_head(rows):
            self.heads, rows = rows[0], rows[1:]
        else:
            self.heads = []
        self.grid = grid
        if not self.heads and len(rows[0]) == 2:
            for label, value in rows:
                self.builder.fact(label, value)
        else:
            self._rows(self.heads or [""] * max(len(row) for row in rows), rows)
        self.lead = ""
        self.group = 0

    def _rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        table = self.builder.new_group()
        count = naming_columns(rows)
        context = self.lead or ", ".join(h for h in heads[:count] if h)
        for row in rows:
            values = list(zip(heads[count:], row[count:], strict=False))
            self.builder.row(row_label(heads, row, count), values, table, None, context)


def _is_head(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: it holds fewer figures than the others."""
    figures = [sum(any(c.isdigit() for c in cell) for cell in row) for row in rows]
    if len(rows[0]) == 2:
        return figures[0] == 0 and all(f > 0 for f in figures[1:])
    return figures[0] == 0 or figures[0] < min(figures[1:])


def _most_common(weighted: Sequence[tuple[float, int]]) -> float | None:
    counts: Counter[float] = Counter()
    for value, weight in weighted:
        counts[value] += weight
    return counts.most_common(1)[0][0] if counts else None


def _leading(lines: Sequence[Line], body: float) -> float:
    """Return the usual distance from one line of text to the next."""
    distances: Counter[float] = Counter()
    for above, line in pairwise(lines):
        distance = line.top - above.top
        if above.page == line.page and body <= distance <= 2.2 * body:
            distances[round(distance * 2) / 2] += 1
    if not distances:
        return 1.3 * body
    most = max(distances.values())
    return min(d for d, count in distances.items() if count >= most / 2)
