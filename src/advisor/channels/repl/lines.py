"""Lines of styled text: cleaned, wrapped to a width by what characters measure on a screen."""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

Fragment = tuple[str, str]
Line = tuple[Fragment, ...]

# Style classes; what they look like is decided in one place, by the prompt's style sheet.
PLAIN = ""
FIGURE, NAME, MARK, QUOTE = "class:figure", "class:name", "class:mark", "class:quote"
DIM, HEAD, USER = "class:dim", "class:head", "class:user"
RAW = "[ZeroWidthEscape]"

_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
# A sign of money keeps its amount, and what is cited keeps its mark.
_WORD = re.compile(r"(?:[€$£]\s(?=\d))?\S+(?:\s\[\d+\]\S*)*\s*|\s+")


def clean(text: str) -> str:
    """Return a text without what could steer a terminal: control characters, direction marks, half signs."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\t", "    ")


def cells(text: str) -> int:
    """Return how many columns a text takes on a screen."""
    from wcwidth import wcwidth

    return sum(max(0, wcwidth(c)) for c in text)


def text_of(line: Iterable[Fragment]) -> str:
    """Return a line without its styles."""
    return "".join(text for style, text in line if style != RAW)


def length(line: Iterable[Fragment]) -> int:
    """Return how many columns a line takes on a screen."""
    return cells(text_of(line))


def line(text: str = "", style: str = PLAIN) -> Line:
    """Return a line of one style, cleaned; an empty one where there is no text."""
    return ((style, clean(text)),) if text else ()


def wrap(fragments: Sequence[Fragment], width: int, first: str = "", rest: str | None = None) -> list[Line]:
    """Return a line as lines of at most `width` columns, each with its indent; words too long are cut."""
    rest = " " * cells(first) if rest is None else rest
    lines: list[list[Fragment]] = []
    current: list[Fragment] = []
    used = room = 0
    for word in _words(fragments, max(1, width - max(cells(first), cells(rest)))):
        indent = rest if lines or current else first
        room = width - cells(indent)
        size = cells(text_of(word).rstrip())
        if current and used + size > room:
            lines.append(current)
            current, used = [], 0
        current += word
        used += length(word)
    lines.append(current)
    return [_indented(_trimmed(own), rest if number else first) for number, own in enumerate(lines)]


def _words(fragments: Sequence[Fragment], most: int) -> Iterable[list[Fragment]]:
    """Yield the words of a line with the space behind them, styled; one over `most` columns in pieces."""
    text = text_of(fragments)
    styles = [style for style, own in fragments if style != RAW for _ in own]
    raws: dict[int, list[str]] = {}
    at = 0
    for style, own in fragments:
        if style == RAW:
            raws.setdefault(at, []).append(own)
        else:
            at += len(own)
    for found in _WORD.finditer(text):
        for start, end in _pieces(text, found.start(), found.end(), most):
            yield _styled(text, styles, raws, start, end)
    if text and len(text) in raws:
        yield [(RAW, raw) for raw in raws[len(text)]]


def _pieces(text: str, start: int, end: int, most: int) -> Iterable[tuple[int, int]]:
    solid = text[start:end].rstrip()
    if cells(solid) <= most:
        yield start, end
        return
    begin = start
    widths = list(accumulate(cells(c) for c in text[start:end]))
    spent = 0
    for position, total in enumerate(widths):
        if total - spent > most and start + position > begin:
            yield begin, start + position
            begin, spent = start + position, widths[position - 1]
    yield begin, end


def _styled(
    text: str, styles: Sequence[str], raws: dict[int, list[str]], start: int, end: int
) -> list[Fragment]:
    result: list[Fragment] = []
    for position in range(start, end):
        result += [(RAW, raw) for raw in raws.get(position, ())]
        if result and result[-1][0] == styles[position]:
            result[-1] = (styles[position], result[-1][1] + text[position])
        else:
            result.append((styles[position], text[position]))
    return result


def _trimmed(fragments: list[Fragment]) -> list[Fragment]:
    """Return a line without the space at its end."""
    result = _joined(fragments)
    for position in range(len(result) - 1, -1, -1):
        style, text = result[position]
        if style == RAW:
            continue
        result[position] = (style, text.rstrip())
        if result[position][1]:
            break
    return [f for f in result if f[1]]


def _joined(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Return fragments with neighbours of one style put together."""
    result: list[Fragment] = []
    for style, text in fragments:
        if result and result[-1][0] == style != RAW:
            result[-1] = (style, result[-1][1] + text)
        else:
            result.append((style, text))
    return result


def _indented(fragments: list[Fragment], indent: str) -> Line:
    return tuple([(PLAIN, indent), *fragments] if indent else fragments)
