"""A cited passage in its page, with the quote marked."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.channels.repl.lines import DIM, HEAD, MARK, PLAIN, QUOTE, Fragment, Line, clean, line, wrap
from advisor.channels.repl.render import Renderer, date_words
from advisor.channels.repl.strings import say

if TYPE_CHECKING:
    from advisor import Citation, Document

AROUND = 500


def passage_lines(
    citation: "Citation", document: "Document", renderer: Renderer, language: str
) -> list[Line]:
    """Return the passage's surroundings up to its section's ends, the quoted lines marked in the margin."""
    start, end = _surroundings(citation, document)
    terminal = renderer.terminal
    lines = [*_heading(citation, renderer, language), ()]
    if terminal.plain:
        return lines + _spoken(citation, document.text, (start, end), terminal.width, language)
    note = say("open.marked", language, mark=terminal.glyphs.quoted)
    lines += [*wrap(line(note, DIM), terminal.width), ()]
    position = start
    for own in document.text[start:end].split("\n"):
        lines += _marked(own, position, citation, renderer)
        position += len(own) + 1
    return lines


def _heading(citation: "Citation", renderer: Renderer, language: str) -> list[Line]:
    width = renderer.terminal.width
    title = ", ".join(clean(p) for p in (citation.title, citation.institution) if p)
    number = (MARK, f"[{citation.number}]")
    lines = wrap([number, (PLAIN, " "), *renderer.link(title, citation.url)], width, "", "    ")
    dot = f" {renderer.terminal.glyphs.dot} "
    about = dot.join((clean(citation.section or say("open.top", language)), date_words(citation, language)))
    lines += wrap(line(about, DIM), width, "    ")
    address = citation.url or citation.source
    return lines + (wrap(line(address, DIM), width, "    ") if address else [])


def _surroundings(citation: "Citation", document: "Document") -> tuple[int, int]:
    """Return the part of the page to show: the section of the quote, at most so many characters around it."""
    edges = [b.start for b in document.blocks if b.kind == "heading"]
    begin = max((e for e in edges if e <= citation.start), default=0)
    close = min((e for e in edges if e >= citation.end), default=len(document.text))
    begin = max(begin, _line_before(document.text, citation.start))
    close = min(close, _line_after(document.text, citation.end))
    text = document.text[begin:close]
    return begin + len(text) - len(text.lstrip("\n")), begin + len(text.rstrip())


def _line_before(text: str, start: int) -> int:
    """Return where a line starts some way before a quote: always at or before the quote's own line."""
    far = max(start - AROUND, 0)
    inside = text.find("\n", far, start)
    return (inside if inside >= 0 and far else text.rfind("\n", 0, far)) + 1


def _line_after(text: str, end: int) -> int:
    """Return where a line ends some way after a quote: always at or after the end of the quote's own line."""
    far = end + AROUND
    inside = text.rfind("\n", end, far)
    if far >= len(text):
        return len(text)
    following = inside if inside >= 0 else text.find("\n", far)
    return following if following >= 0 else len(text)


def _marked(text: str, position: int, citation: "Citation", renderer: Renderer) -> list[Line]:
    """Return a line of the page; what is quoted of it is styled, and its lines have a mark in the margin."""
    low = min(max(citation.start - position, 0), len(text))
    high = min(max(citation.end - position, 0), len(text))
    pieces: Sequence[Fragment] = [
        (style, clean(own))
        for style, own in ((PLAIN, text[:low]), (QUOTE, text[low:high]), (PLAIN, text[high:]))
        if own
    ]
    mark = renderer.terminal.glyphs.quoted
    lines: list[Line] = []
    for own_line in wrap(pieces, renderer.terminal.width - 2):
        is_quoted = any(style == QUOTE for style, _ in own_line)
        lines.append(((QUOTE if is_quoted else PLAIN, f"{mark} " if is_quoted else "  "), *own_line))
    return lines


def _spoken(citation: "Citation", text: str, span: tuple[int, int], width: int, language: str) -> list[Line]:
    """Return what stands before, the quote, and what stands after, each named."""
    lines: list[Line] = []
    parts = (
        ("open.before", text[span[0] : citation.start]),
        ("open.quote", text[citation.start : citation.end]),
        ("open.after", text[citation.end : span[1]]),
    )
    for key, own in parts:
        if own.strip():
            lines.append(line(say(key, language) + ":", HEAD))
            for each in own.strip().split("\n"):
                lines += wrap(line(each), width)
    return lines
