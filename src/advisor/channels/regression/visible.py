"""Text of pages and files on its way to a terminal: letters, never commands."""

INSTEAD = "\N{REPLACEMENT CHARACTER}"
_LAYOUT = "\n\t"
# Not "printable" for Python, yet common on pages: no-break and thin spaces.
_SPACES = "\u00a0\u2009\u202f\u00ad"


def visible(text: str) -> str:
    """Return a text without what a terminal would obey or hide: escapes, controls, turns of direction."""
    if text.isprintable():
        return text
    return "".join(c if c in _LAYOUT or c in _SPACES or c.isprintable() else INSTEAD for c in text)
