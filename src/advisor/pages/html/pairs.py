"""Tell key facts: two boxes of which one is a label and the other its value."""

import re
from itertools import islice

from lxml.html import HtmlElement

from advisor.pages.build import MOST_LABEL_WORDS
from advisor.pages.html.furniture import HEADINGS, furniture, text_of, words_of
from advisor.pages.html.inline import BLOCKS, BREAK, LISTS, SENTENCE_END, has_blocks, has_text, inline_text

_BOXES = frozenset({"div", "span", "p", "strong", "b", "h4", "h5", "h6", "dt", "dd"})
VALUE_START = re.compile(r"^[^\w\s]{0,3}\s?\d")
MOST_VALUE_WORDS = 22
# How many boxes to each side are looked at.
NEAR = 3


def fact_of(first: HtmlElement, second: HtmlElement, box: HtmlElement | None) -> tuple[str, str] | None:
    """Return label and value, when that is what two boxes are, in whichever order."""
    if any(e.tag not in _BOXES or _has_several_blocks(e) for e in (first, second)):
        return None
    a, b = (inline_text(e).replace(BREAK, " ") for e in (first, second))
    is_swapped = _is_swapped(first, second, a, b)
    if is_swapped:
        a, b = b, a
    if not is_label(a) or not is_value(b) or not _is_fact(first, second, box, is_swapped, b):
        return None
    return a.rstrip(": "), b


def _is_swapped(first: HtmlElement, second: HtmlElement, a: str, b: str) -> bool:
    if has_role(first, furniture().value) and has_role(second, furniture().label):
        return True
    if has_role(first, furniture().label):
        return False
    return bool(VALUE_START.match(a)) and not VALUE_START.match(b)


def _is_fact(
    first: HtmlElement, second: HtmlElement, box: HtmlElement | None, is_swapped: bool, value: str
) -> bool:
    label, holder = (second, first) if is_swapped else (first, second)
    if has_role(label, furniture().label) and has_role(holder, furniture().value):
        return True
    if SENTENCE_END.search(value):
        return bool(VALUE_START.match(value)) and len(value.split()) <= 8
    if any(e.tag in {"p", *HEADINGS} for e in (label, holder)):
        return len(value.split()) <= 8 and (bool(VALUE_START.match(value)) or _alike(box) > 2)
    return bool(VALUE_START.match(value)) or _alike(box) > 1 or _is_named(first, box)


def has_role(element: HtmlElement, role: frozenset[str]) -> bool:
    """Whether an element's class or id holds one of the words."""
    return bool(words_of(element) & role)


def is_label(text: str) -> bool:
    """Whether a text is short enough for a label, and no sentence."""
    is_short = 0 < len(text.split()) <= MOST_LABEL_WORDS + 2 and len(text) <= 80
    return is_short and not re.search(r"[.!?;]$", text)


def is_value(text: str) -> bool:
    """Whether a text is short enough for a value."""
    return 0 < len(text.split()) <= MOST_VALUE_WORDS and len(text) <= 180


def _is_named(first: HtmlElement, box: HtmlElement | None) -> bool:
    """Whether a list item begins with what only names the rest: bold, or for screen readers."""
    is_item = box is not None and box.tag == "li"
    is_unseen = bool(words_of(first) & {"sr", "visually"})
    return is_item and (first.tag in {"b", "strong"} or is_unseen)


def _alike(box: HtmlElement | None) -> int:
    """Return how many boxes like this one stand right beside it, itself included, as key facts do."""
    while box is not None:
        parent = box.getparent()
        if parent is None or not _has_other_text(box, parent):
            box = parent
            continue
        beside = (*islice(box.itersiblings(preceding=True), NEAR), *islice(box.itersiblings(), NEAR))
        return 1 + sum(_shape(sibling) == _shape(box) for sibling in beside)
    return 0


def _shape(element: HtmlElement) -> tuple[str, str | None, int]:
    return str(element.tag), element.get("class"), len(element)


def _has_other_text(box: HtmlElement, parent: HtmlElement) -> bool:
    """Whether a parent holds more words than one of its children."""
    others = (c for c in parent if c is not box)
    return any(any(t.strip() for t in c.itertext()) for c in others) or has_text(parent)


def _has_several_blocks(element: HtmlElement) -> bool:
    count = 0
    for inner in element.iterdescendants():
        if inner.tag in {*LISTS, "table", "dl"}:
            return True
        count += inner.tag in BLOCKS and not has_blocks(inner) and bool(text_of(inner))
        if count > 1:
            return True
    return False
