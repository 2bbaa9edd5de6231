"""The words of an element as a browser shows them, line by line."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from advisor.pages.build import squeeze
from advisor.pages.html.furniture import HEADINGS, text_of

BLOCKS = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
    }
    | {"dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "legend"}
    | {"li", "main", "menu", "nav", "ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td"}
    | {"tfoot", "th", "thead", "tr", "ul", *HEADINGS}
)
LISTS = frozenset({"ul", "ol", "menu"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)]*$")
BREAK = "\n"


def has_blocks(element: HtmlElement) -> bool:
    """Whether an element holds anything that starts on a line of its own."""
    return any(e.tag in BLOCKS for e in element.iterdescendants())


def inline_text(element: HtmlElement) -> str:
    """Return the words of an element as a browser shows them, a forced break as a line break."""
    pieces: list[str] = []
    _collect(element, pieces)
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Return the lines of a text without invisible characters and spare spaces."""
    lines = (squeeze(_INVISIBLE.sub("", line)) for line in text.split(BREAK))
    return BREAK.join(line for line in lines if line)


def flat(text: str | None) -> str:
    """Return text of the source, whose own line breaks mean nothing."""
    return (text or "").replace("\n", " ").replace("\r", " ")


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    """Add an element's text; adjoining boxes get a space, superscript figures never touch others."""
    pieces.append(flat(element.text))
    previous: HtmlElement | None = None
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                pieces.append(BREAK)
            elif child.tag in {"sup", "sub"}:
                _raised(child, pieces)
            elif child.tag not in {"img", "wbr"}:
                is_box = child.tag in BLOCKS or (previous is not None and not previous.tail)
                if is_box and child.tag not in {"b", "i", "em", "strong"}:
                    pieces.append(" ")
                _collect(child, pieces)
                if child.tag in BLOCKS:
                    pieces.append(" ")
        pieces.append(flat(child.tail))
        previous = child if isinstance(child.tag, str) and child.tag in {"span", "a"} else None


def _raised(element: HtmlElement, pieces: list[str]) -> None:
    text = squeeze(text_of(element))
    before = next((p[-1] for p in reversed(pieces) if p), "")
    is_note = next(element.iter("a"), None) is not None or not text.strip("*†‡()[]")
    if element.tag == "sup" and is_note:
        return
    # "2,601" with a raised 1 is not 26,011.
    pieces.append(f"^{text}" if before.isdigit() and text[:1].isdigit() else text)


def has_text(element: HtmlElement) -> bool:
    """Whether an element has text of its own, outside its children."""
    return bool(squeeze("".join([element.text or "", *(c.tail or "" for c in element)])))


def collect_child(child: HtmlElement, pieces: list[str], parent: HtmlElement) -> None:
    """Add an inline child of a container, with a space when it adjoins another box."""
    if child.tag == "br":
        pieces.append(BREAK)
        return
    if child.tag in {"sup", "sub"}:
        before = child.getprevious()
        pieces.append(flat(before.tail if before is not None else parent.text)[-1:])
        _raised(child, pieces)
        pieces.pop(0)
        return
    before = child.getprevious()
    if before is not None and not before.tail and before.tag in {"span", "a"} and child.tag in {"span", "a"}:
        pieces.append(" ")
    _collect(child, pieces)


def shown_lines(text: str) -> Iterable[str]:
    """Yield the lines of a text, joining those that were only broken for looks."""
    whole = ""
    for line in text.split(BREAK):
        if whole and (line[:1].islower() and not SENTENCE_END.search(whole)):
            whole = f"{whole} {line}"
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def leading_bold(element: HtmlElement) -> str:
    """Return the bold text that an element begins with."""
    if squeeze(element.text or "") or not len(element):
        return ""
    first = element[0]
    return inline_text(first) if first.tag in {"b", "strong"} else ""


def leaves(element: HtmlElement) -> list[str]:
    """Return the text of each innermost block of an element."""
    if not has_blocks(element):
        return [t for t in [inline_text(element)] if t]
    found = [squeeze(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            found += leaves(child)
        found.append(squeeze(child.tail or ""))
    return [t for t in found if t]


def item_parts(element: HtmlElement) -> tuple[list[str], list[HtmlElement]]:
    """Return the lines of a list item, and the lists nested in it."""
    nested = [e for e in element.iterdescendants(*LISTS) if _inside(e, element)]
    texts: list[str] = []
    run = [flat(element.text)]
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in BLOCKS or has_blocks(child):
                texts.append(tidy("".join(run)))
                run = []
                if child.tag not in LISTS:
                    texts += leaves(_without(child, nested))
            else:
                collect_child(child, run, element)
        run.append(flat(child.tail))
    texts.append(tidy("".join(run)))
    return [line for t in texts if t for line in shown_lines(t)], nested


def _inside(inner: HtmlElement, item: HtmlElement) -> bool:
    """Whether a list is nested in this item itself, not in another list of it."""
    for parent in inner.iterancestors():
        if parent is item:
            return True
        if parent.tag in LISTS:
            return False
    return False


def _without(element: HtmlElement, nested: list[HtmlElement]) -> HtmlElement:
    for inner in nested:
        if any(a is element for a in inner.iterancestors()):
            inner.drop_tree()
    return element
