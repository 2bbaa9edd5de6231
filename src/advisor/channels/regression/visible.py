"""Text of pages and files on its way out: to a terminal as letters, never commands; or into a file."""

import sys
from pathlib import Path

from advisor import AdvisorError

INSTEAD = "\N{REPLACEMENT CHARACTER}"
_LAYOUT = "\n\t"
# Not "printable" for Python, yet common on pages: no-break and thin spaces.
_SPACES = "\u00a0\u2009\u202f\u00ad"


def visible(text: str) -> str:
    """Return a text without what a terminal would obey or hide: escapes, controls, turns of direction."""
    if text.isprintable():
        return text
    return "".join(c if c in _LAYOUT or c in _SPACES or c.isprintable() else INSTEAD for c in text)


def write(path: Path, text: str) -> None:
    """Write a report and say where; raises AdvisorError when that cannot be."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise AdvisorError(f"{path}: cannot be written: {error.strerror}") from error
    print(f"written: {path}", file=sys.stderr)
