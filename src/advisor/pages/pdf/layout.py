"""Put the words of a PDF page into lines, and the lines into reading order."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Any

# In points: words further apart stand in different columns or cells.
GAP = 12.0
SAME_LINE = 3.0
_STEP = 2
_DIGITS = re.compile(r"\d+")
_BOLD = re.compile(r"bold|black|heavy|demi", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """Words that stand next to each other; `bold` is what of it is bold at its start."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: str
    page: int

    @property
    def is_bold(self) -> bool:
        """Whether all of it is bold."""
        return self.bold == self.text


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its rows of cell texts and its box."""

    rows: tuple[tuple[str, ...], ...]
    edges: tuple[int, ...]
    x0: float
    x1: float
    top: float
    bottom: float
    page: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A label and a value that stand side by side without rules around them."""

    label: Line
    value: Line

    @property
    def top(self) -> float:
        """The top of the higher one."""
        return min(self.label.top, self.value.top)


Part = Line | Grid | Pair


def lines_of(words: Iterable[dict[str, Any]], page: int) -> list[Line]:
    """Return the words joined to lines; a wide gap parts two lines of one height."""
    lines: list[Line] = []
    for row in _rows(words):
        run: list[dict[str, Any]] = []
        for word in row:
            if run and word["x0"] - run[-1]["x1"] > max(GAP, 1.2 * word["size"]):
                lines.append(_line(run, page))
                run = []
            run.append(word)
        lines.append(_line(run, page))
    return lines


def _rows(words: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Return the words of each baseline, from left to right."""
    rows: list[list[dict[str, Any]]] = []
    for word in sorted(words, key=lambda w: (w["bottom"], w["x0"])):
        if rows and abs(rows[-1][0]["bottom"] - word["bottom"]) <= SAME_LINE:
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=lambda w: float(w["x0"])) for row in rows]


def _line(words: Sequence[dict[str, Any]], page: int) -> Line:
    bold: list[str] = []
    for word in words:
        if not _BOLD.search(word["fontname"]):
            break
        bold.append(word["text"])
    sizes: Counter[float] = Counter()
    for word in words:
        sizes[round(word["size"], 1)] += len(word["text"])
    return Line(
        text=" ".join(w["text"] for w in words),
        x0=words[0]["x0"],
        x1=words[-1]["x1"],
        top=min(w["top"] for w in words),
        bottom=max(w["bottom"] for w in words),
        size=sizes.most_common(1)[0][0],
        bold=" ".join(bold),
        page=page,
    )


def without_running_heads(pages: Sequence[list[Line]], heights: Sequence[float]) -> list[list[Line]]:
    """Return the lines without page numbers and what repeats above or below every page."""

    def place(line: Line) -> tuple[str, int]:
        return _DIGITS.sub("#", line.text), round(line.top / 8)

    repeated: Counter[tuple[str, int]] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        repeated.update({place(line) for line in lines if _is_edge(line, height)})
    often = max(2, len(pages) // 2)
    return [
        [
            line
            for line in lines
            if not _is_edge(line, height)
            or not (repeated[place(line)] >= often or re.fullmatch(r"\W*\d{1,3}\W*", line.text))
        ]
        for lines, height in zip(pages, heights, strict=True)
    ]


def _is_edge(line: Line, height: float) -> bool:
    return line.top < 0.09 * height or line.bottom > 0.91 * height


def in_reading_order(parts: Sequence[Line | Grid]) -> list[Part]:
    """Return the parts of a page column by column; what is wider than a column stays in place."""
    gutter = _gutter(parts)
    if gutter is None:
        return _downwards(parts)
    ordered: list[Part] = []
    band: list[Line | Grid] = []
    for part in sorted(parts, key=lambda p: (p.top, p.x0)):
        if part.x0 < gutter < part.x1:
            ordered += [*_columns(band, gutter), part]
            band = []
        else:
            band.append(part)
    return [*ordered, *_columns(band, gutter)]


def _columns(band: Sequence[Line | Grid], gutter: float) -> list[Part]:
    left = [p for p in band if p.x1 <= gutter]
    right = [p for p in band if p.x0 >= gutter]
    pairs = _pairs(left, right)
    if pairs is not None:
        return list(pairs)
    return [*in_reading_order(left), *in_reading_order(right)] if left and right else _downwards(band)


def _downwards(parts: Sequence[Line | Grid]) -> list[Part]:
    return [*sorted(parts, key=lambda p: (round(p.top), p.x0))]


def _pairs(left: Sequence[Line | Grid], right: Sequence[Line | Grid]) -> list[Pair] | None:
    """Return labels with the values beside them, when that is what two columns are."""
    if len(left) < 2 or len(left) != len(right):
        return None
    pairs = []
    for a, b in zip(sorted(left, key=lambda p: p.top), sorted(right, key=lambda p: p.top), strict=True):
        if not isinstance(a, Line) or not isinstance(b, Line) or abs(a.bottom - b.bottom) > SAME_LINE:
            return None
        pairs.append(Pair(a, b))
    return pairs if fmean(len(p.label.text.split()) for p in pairs) <= 4 else None


def _gutter(parts: Sequence[Line | Grid]) -> float | None:
    """Return where two columns part: what crosses it least, with lines on both sides."""
    if len(parts) < 4:
        return None
    low, high = min(p.x0 for p in parts), max(p.x1 for p in parts)
    found: list[tuple[int, int, float, float]] = []
    for step in range(int(low + 0.15 * (high - low)), int(low + 0.85 * (high - low)), _STEP):
        x = float(step)
        left = sum(p.x1 <= x - 3 for p in parts)
        right = sum(p.x0 >= x + 3 for p in parts)
        crossing = len(parts) - left - right
        if min(left, right) >= 3 and crossing <= (left + right) / 4:
            found.append((-crossing, min(left, right), -abs(x - (low + high) / 2), x))
    return max(found)[-1] if found else None
