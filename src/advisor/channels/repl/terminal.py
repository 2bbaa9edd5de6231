"""What the terminal at hand can show, found out once from the environment."""

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TextIO

Color = Literal["auto", "always", "never"]
NARROW, WIDE = 20, 100


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that the chat draws with."""

    rule: str = "─"
    dot: str = "·"
    quoted: str = "▌"
    prompt: str = "›"


ASCII = Glyphs(rule="-", dot="-", quoted="|", prompt=">")


@dataclass(frozen=True, slots=True)
class Terminal:
    """What a terminal can do: colour, links, boxes, and the signs that its encoding holds."""

    color: bool = True
    links: bool = False
    plain: bool = False
    glyphs: Glyphs = Glyphs()
    size: tuple[int, int] | None = None

    @property
    def width(self) -> int:
        """The columns to wrap to, as of now: never so wide that lines are hard to read."""
        return max(NARROW, min(self.columns, WIDE))

    @property
    def columns(self) -> int:
        """The columns of the screen, as of now."""
        return (self.size or _size())[0]

    @property
    def rows(self) -> int:
        """The rows of the screen, as of now."""
        return (self.size or _size())[1]


def _size() -> tuple[int, int]:
    """Return columns and rows: what the terminal says before what a variable may have said long ago."""
    try:
        columns, rows = os.get_terminal_size(sys.stdout.fileno())
    except (OSError, ValueError, AttributeError):
        columns = rows = 0
    fallback = shutil.get_terminal_size()
    return (columns, rows) if columns and rows else (fallback.columns, fallback.lines)


def is_interactive(
    source: TextIO | None = None, target: TextIO | None = None, environment: Mapping[str, str] = os.environ
) -> bool:
    """Tell whether someone sits at a terminal that can move its cursor, on both ends."""
    source, target = source or sys.stdin, target or sys.stdout
    if source is None or target is None or environment.get("TERM") in {"dumb", "unknown"}:
        return False
    return source.isatty() and target.isatty()


def detect(
    color: Color, plain: bool, encoding: str | None, environment: Mapping[str, str] = os.environ
) -> Terminal:
    """Return what the terminal can do, by the user's wish first and the environment next."""
    colored = color == "always" or (color == "auto" and not environment.get("NO_COLOR"))
    return Terminal(
        color=colored and not plain,
        links=not plain and _shows_links(environment),
        plain=plain,
        glyphs=ASCII if plain or not _holds(Glyphs(), encoding) else Glyphs(),
    )


def _holds(glyphs: Glyphs, encoding: str | None) -> bool:
    try:
        "".join((glyphs.rule, glyphs.dot, glyphs.quoted, glyphs.prompt)).encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _shows_links(environment: Mapping[str, str]) -> bool:
    """Tell whether the terminal is one that is known to show hyperlinks (OSC 8)."""
    if environment.get("FORCE_HYPERLINK"):
        return environment["FORCE_HYPERLINK"] != "0"
    vte = environment.get("VTE_VERSION", "")
    return (
        (vte.isdigit() and int(vte) >= 5000)
        or environment.get("TERM_PROGRAM") in {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper"}
        or environment.get("TERM") in {"xterm-kitty", "alacritty", "foot", "xterm-ghostty", "contour"}
        or any(
            name in environment for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM")
        )
    )
