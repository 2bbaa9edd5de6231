"""Read a PDF: headings by their size, columns in order, tables as rows."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber

from advisor.errors import ContentError, Problem
from advisor.pages.build import PageBuilder, squeeze
from advisor.pages.pdf.layout import Grid, Line, Part, in_reading_order, lines_of, without_running_heads
from advisor.pages.pdf.write import PdfWriter
from advisor.pages.recognise import Recogniser

MOST_PAGES = 200
_NAMELESS = re.compile(r"(?:\(cid:\d+\))+|[\ue000-\uf8ff]")
MOST_WORDS = 300_000
# Finding tables compares rules with each other; drawings have thousands.
MOST_RULES = 1500


def read_pdf(raw: bytes, path: Path, recogniser: Recogniser) -> PageBuilder:
    """Return the content of a PDF; raises ContentError for one that is encrypted, broken or a scan."""
    try:
        with pdfplumber.open(BytesIO(raw)) as pdf:
            if len(pdf.pages) > MOST_PAGES:
                raise _problem(path, f"more than {MOST_PAGES} pages; take the pages of one programme")
            parts = _parts(pdf.pages, path)
    except ContentError:
        raise
    except Exception as error:  # A damaged file makes the library raise nearly anything.
        raise _problem(path, _reason(error)) from error
    if not parts:
        raise _problem(
            path, "no text in this PDF; if it is a scan, let a text recognition (OCR) program read it"
        )
    return PdfWriter(parts, recogniser).write()


def _problem(path: Path, message: str) -> ContentError:
    return ContentError([Problem(str(path), None, message)])


def _reason(error: BaseException) -> str:
    names = []
    cause: BaseException | None = error
    while cause is not None:
        names += [type(cause).__name__, *(type(a).__name__ for a in cause.args if isinstance(a, Exception))]
        cause = cause.__cause__ or cause.__context__
    if any("Password" in n or "Encrypt" in n for n in names):
        return "an encrypted PDF; save it without a password"
    return "not a PDF that can be read; open it, print it to a new PDF and try again"


def _parts(pages: list[Any], path: Path) -> list[Part]:
    lines: list[list[Line]] = []
    grids: list[list[Grid]] = []
    count = 0
    for number, page in enumerate(pages):
        words = list(_words(page))
        count += len(words)
        if count > MOST_WORDS:
            raise _problem(path, f"more than {MOST_WORDS:,} words; take the pages of one programme")
        found = list(_grids(page, number))
        grids.append(found)
        lines.append(lines_of((w for w in words if not any(_is_in(w, g) for g in found)), number))
        page.close()
    kept = without_running_heads(lines, [float(p.height) for p in pages])
    ordered: list[Part] = []
    for page_lines, page_grids in zip(kept, grids, strict=True):
        ordered += in_reading_order([*page_lines, *page_grids])
    return ordered


def _words(page: Any) -> Iterator[dict[str, Any]]:
    """Yield the words; a sign that its font does not name is a bullet at most."""
    for word in page.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.15):
        word["text"] = "•" if _NAMELESS.fullmatch(word["text"]) else _NAMELESS.sub("", word["text"])
        if word["text"]:
            yield word


def _is_in(word: dict[str, Any], grid: Grid) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(grid.x0 <= x <= grid.x1 and grid.top <= y <= grid.bottom)


def _grids(page: Any, number: int) -> Iterator[Grid]:
    """Yield the ruled tables of a page; a box of one column is a frame, not a table."""
    if len(page.lines) + len(page.rects) + len(page.curves) > MOST_RULES:
        return
    for table in page.find_tables():
        rows = [_filled(row) for row in table.extract()]
        rows = [row for row in rows if any(row)]
        if len(rows) < 2 or max(len(row) for row in rows) < 2:
            continue
        edges = tuple(sorted({round(cell[0]) for cell in table.cells}))
        x0, top, x1, bottom = table.bbox
        yield Grid(tuple(tuple(row) for row in rows), edges, x0, x1, top, bottom, number)


def _filled(row: list[str | None]) -> list[str]:
    """Return a row whose joined cells repeat their text."""
    filled: list[str] = []
    for cell in row:
        filled.append(squeeze(cell) if cell is not None else (filled[-1] if filled else ""))
    return filled
