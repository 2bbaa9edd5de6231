"""Draw the picture of the chat from the running program: `python docs/make_screen.py [SVG]`.

The program runs in a pseudo-terminal; a terminal emulator reads what it writes; its screen is drawn
as SVG, so that the picture never shows what the program does not.
"""

import sys
import tempfile
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from xml.sax.saxutils import escape

import pyte.screens

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.repl.pseudo import TAB, Pseudo  # noqa: E402

COLUMNS, ROWS = 80, 54
WIDTH, HEIGHT, MARGIN, SIZE = 8.4, 18, 18, 14
TITLE = "A conversation with the adviser in a terminal"
FONT = "DejaVu Sans Mono, Menlo, Consolas, monospace"
BACK, FORE = "#1b1f27", "#d8dee9"
COLOURS = {
    "default": FORE, "black": "#1b1f27", "red": "#ff8a80", "green": "#8fd694", "brown": "#e6c07b",
    "blue": "#82aaff", "magenta": "#f0a6ff", "cyan": "#7fdbca", "white": FORE, "brightblack": "#8a94a6",
}  # fmt: skip


class Style(NamedTuple):
    """What a run of characters looks like."""

    ink: str
    ground: str
    is_bold: bool
    is_underlined: bool


def main() -> None:
    """Hold the conversation and write the picture."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "chat.svg"
    with tempfile.TemporaryDirectory() as home:
        pseudo = Pseudo(Path(home), (), COLUMNS, ROWS, {})
        try:
            pseudo.see("4)")
            pseudo.at_prompt()
            pseudo.enter("What does it cost in Leiden?")
            pseudo.enter("and compare the duration")
            pseudo.type(TAB)
            pseudo.until(lambda: len(pseudo.line) > 2)
            place.write_text(picture(pseudo.cells), "utf-8")
            print(pseudo.screen)
        finally:
            pseudo.close()


def picture(rows: list[list[pyte.screens.Char]]) -> str:
    """Return the screen as SVG."""
    width, height = COLUMNS * WIDTH + 2 * MARGIN, len(rows) * HEIGHT + 2 * MARGIN
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{TITLE}">',
        f"<title>{TITLE}</title>",
        f'<rect width="100%" height="100%" rx="8" fill="{BACK}"/>',
        f'<g font-family="{FONT}" font-size="{SIZE}">',
        *(part for number, row in enumerate(rows) for part in drawn(number, row)),
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def drawn(number: int, row: list[pyte.screens.Char]) -> Iterator[str]:
    """Yield a row's pieces, each of one style, held to the width of its cells."""
    column = 0
    for style, run in groupby(row, style_of):
        text = "".join(char.data for char in run)
        y, words = MARGIN + number * HEIGHT, text.strip()
        if style.ground != BACK:
            x, width = MARGIN + column * WIDTH, len(text) * WIDTH
            yield f'<rect x="{x:g}" y="{y}" width="{width:g}" height="{HEIGHT}" fill="{style.ground}"/>'
        if words:
            x, width = MARGIN + (column + text.index(words)) * WIDTH, len(words) * WIDTH
            weight = ' font-weight="bold"' if style.is_bold else ""
            line = ' text-decoration="underline"' if style.is_underlined else ""
            # Spaces that may not be drawn together: each cell keeps its place.
            shown = escape(words).replace(" ", "\N{NO-BREAK SPACE}")
            yield (
                f'<text x="{x:g}" y="{y + 13.5:g}" fill="{style.ink}" textLength="{width:g}" '
                f'lengthAdjust="spacingAndGlyphs"{weight}{line}>{shown}</text>'
            )
        column += len(text)


def style_of(char: pyte.screens.Char) -> Style:
    """Return what a character looks like."""
    ink = COLOURS.get(char.fg, f"#{char.fg}")
    ground = BACK if char.bg == "default" else COLOURS.get(char.bg, f"#{char.bg}")
    return (
        Style(ground, ink, char.bold, char.underscore)
        if char.reverse
        else Style(ink, ground, char.bold, char.underscore)
    )


if __name__ == "__main__":
    main()
