"""Write the content of a web page, cleared of furniture, as headings, prose, items, facts, rows."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from advisor.pages.build import MOST_LABEL_WORDS, PageBuilder, pair, squeeze
from advisor.pages.html.furniture import HEADINGS, furniture, text_of, words_of
from advisor.pages.html.tables import is_layout, write_table

_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
_LISTS = frozenset({"ul", "ol", "menu"})
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VALUE_START = re.compile(r"^[^\w\s]{0,3}\s?\d")
_SENTENCE_END = re.compile(r"[.!?:;…][\"'”’)]*$")
_BREAK = "\n"
MOST_VALUE_WORDS = 22
MOST_HEADING_WORDS = 14
DEEPEST = 6


def write_blocks(root: HtmlElement, builder: PageBuilder) -> None:
    """Write the blocks of an element in reading order; raises TooManyCells for an absurd table."""
    _Writer(builder).container(root)


def has_blocks(element: HtmlElement) -> bool:
    """Whether an element holds anything that starts on a line of its own."""
    return any(e.tag in _BLOCKS for e in element.iterdescendants())


def inline_text(element: HtmlElement) -> str:
    """Return the words of an element as a browser shows them; `\\n` stands for a forced break."""
    pieces: list[str] = []
    _collect(element, pieces)
    return _tidy("".join(pieces))


def _tidy(text: str) -> str:
    lines = (squeeze(_INVISIBLE.sub("", line)) for line in text.split(_BREAK))
    return _BREAK.join(line for line in lines if line)


def _flat(text: str | None) -> str:
    return (text or "").replace("\n", " ").replace("\r", " ")


def _collect(element: HtmlElement, pieces: list[str]) -> None:
    """Add an element's text; adjoining boxes get a space, superscript figures never touch others."""
    pieces.append(_flat(element.text))
    previous: HtmlElement | None = None
    for child in element:
        if isinstance(child.tag, str):
            if child.tag == "br":
                pieces.append(_BREAK)
            elif child.tag in {"sup", "sub"}:
                _raised(child, pieces)
            elif child.tag not in {"img", "wbr"}:
                is_box = child.tag in _BLOCKS or (previous is not None and not previous.tail)
                if is_box and child.tag not in {"b", "i", "em", "strong"}:
                    pieces.append(" ")
                _collect(child, pieces)
                if child.tag in _BLOCKS:
                    pieces.append(" ")
        pieces.append(_flat(child.tail))
        previous = child if isinstance(child.tag, str) and child.tag in {"span", "a"} else None


def _raised(element: HtmlElement, pieces: list[str]) -> None:
    text = squeeze(text_of(element))
    before = next((p[-1] for p in reversed(pieces) if p), "")
    is_note = next(element.iter("a"), None) is not None or not text.strip("*†‡()[]")
    if element.tag == "sup" and is_note:
        return
    # "2,601" with a raised 1 is not 26,011.
    pieces.append(f"^{text}" if before.isdigit() and text[:1].isdigit() else text)


class _Writer:
    def __init__(self, builder: PageBuilder) -> None:
        self.builder = builder
        self.words = furniture()
        self.level = 1
        self.lead = ""

    # -- containers -----------------------------------------------------------------------

    def container(self, element: HtmlElement, context: str = "") -> None:
        """Write what an element holds: runs of inline text as paragraphs, blocks as what they are."""
        run = [_flat(element.text)]
        line = element.sourceline
        skipped: set[HtmlElement] = set()
        for child in element:
            if isinstance(child.tag, str) and child not in skipped:
                if child.tag in _BLOCKS or has_blocks(child):
                    self._flush(run, line, context)
                    skipped |= self._block(child, context)
                    line = child.sourceline
                else:
                    holder: list[str] = []
                    _collect_one(child, holder, element)
                    run += holder
            run.append(_flat(child.tail))
        self._flush(run, line, context)

    def _flush(self, run: list[str], line: int | None, context: str) -> None:
        text = _tidy("".join(run))
        run.clear()
        if text:
            self._prose(text, line, context)

    def _block(self, element: HtmlElement, context: str) -> set[HtmlElement]:
        """Write a block; returns following siblings that were written with it."""
        tag = element.tag
        if tag in HEADINGS:
            self._heading(inline_text(element), int(tag[1]), element.sourceline)
        elif tag in _LISTS:
            self._list(element, 0, self.lead)
            self.lead = ""
        elif tag == "dl":
            self._definitions(element)
        elif tag == "table" and not is_layout(element):
            write_table(element, self.builder, lambda e: inline_text(e).replace(_BREAK, " "), self.lead)
            self.lead = ""
        elif tag == "details":
            self._details(element)
        elif tag == "p":
            self._paragraph(element, context)
        elif tag == "pre":
            for row in "".join(element.itertext()).splitlines():
                self.builder.paragraph(row, element.sourceline, context)
        else:
            return self._box(element, context)
        return set()

    def _box(self, element: HtmlElement, context: str) -> set[HtmlElement]:
        """Write a div or the like: a key fact, a question, or whatever it holds."""
        parts = self._parts(element)
        if len(parts) == 2 and not has_text(element) and self._pair(parts[0], parts[1], element):
            return set()
        follower = next((s for s in element.itersiblings() if isinstance(s.tag, str)), None)
        if not has_blocks(element) and follower is not None and follower.tag not in HEADINGS:
            if self._is_question(element) and text_of(follower):
                self._lower(inline_text(element).replace(_BREAK, " "), element.sourceline)
                return set()
            if self._has_role(element, self.words.label) and self._has_role(follower, self.words.value):
                if self._pair(element, follower, None):
                    return {follower}
        if element.get("role") == "tabpanel":
            self._panel_heading(element)
        level = self.level
        self.container(element, context)
        if element.tag in {"section", "article"}:
            self.level = min(self.level, level) if _opens_lower(element, level) else self.level
        return set()

    # -- headings -------------------------------------------------------------------------

    def _heading(self, text: str, level: int, line: int | None) -> None:
        self.lead = ""
        self.level = level
        self.builder.heading(text.replace(_BREAK, " "), level, line)

    def _lower(self, text: str, line: int | None) -> None:
        """Write a heading one level below the current one, which stays the current one."""
        self.lead = ""
        self.builder.heading(text, min(self.level + 1, DEEPEST), line)

    def _details(self, element: HtmlElement) -> None:
        summary = next(element.iterchildren("summary"), None)
        if summary is None:
            self.container(element)
            return
        inner = next(summary.iter(*HEADINGS), None)
        level = self.level
        if inner is None:
            self._lower(inline_text(summary).replace(_BREAK, " "), summary.sourceline)
            self.level = min(level + 1, DEEPEST)
        else:
            self._heading(inline_text(summary), int(inner.tag[1]), summary.sourceline)
        tail = summary.tail
        element.remove(summary)
        element.text = (element.text or "") + (tail or "")
        self.container(element)
        if inner is None:
            self.level = level

    def _panel_heading(self, panel: HtmlElement) -> None:
        """Write the name of the tab that opens a panel, unless the panel says it itself."""
        name = panel.get("data-advisor-tab")
        first = next(panel.iter(*HEADINGS), None)
        if name and (first is None or squeeze(text_of(first)) != name):
            self._heading(name, 2, panel.sourceline)

    def _is_question(self, element: HtmlElement) -> bool:
        text = inline_text(element)
        return text.endswith("?") and _BREAK not in text and len(text.split()) <= 25

    # -- prose ----------------------------------------------------------------------------

    def _paragraph(self, element: HtmlElement, context: str) -> None:
        if has_blocks(element):
            self.container(element, context)
            return
        text = inline_text(element)
        bold = _leading_bold(element)
        if bold and bold == text and len(text.split()) <= MOST_HEADING_WORDS and _is_title(text):
            if pair(text) is None and element.getnext() is not None:
                self._lower(text, element.sourceline)
                return
        lines = text.split(_BREAK)
        if bold and len(lines) == 2 and lines[0] == bold and _is_label(bold) and _is_value(lines[1]):
            self.builder.fact(lines[0], lines[1], element.sourceline, context)
            return
        if text:
            self._prose(text, element.sourceline, context)

    def _prose(self, text: str, line: int | None, context: str = "") -> None:
        for piece in _lines(text):
            self.builder.paragraph(piece, line, context)
            self.lead = piece if piece.endswith(":") else ""

    # -- lists ----------------------------------------------------------------------------

    def _list(self, element: HtmlElement, depth: int, lead: str) -> None:
        group = self.builder.new_group()
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in _LISTS:
                self._list(child, depth + 1, lead)
            elif _is_rich(child):
                self.container(child)
            else:
                self._item(child, depth, lead, group)

    def _item(self, element: HtmlElement, depth: int, lead: str, group: int) -> None:
        parts = self._parts(element)
        if len(parts) == 2 and not has_text(element) and self._pair(parts[0], parts[1], element):
            return
        texts, nested = _item_parts(element)
        first = texts[0] if texts else ""
        for number, text in enumerate(texts):
            if number == 0:
                self.builder.item(text, depth, element.sourceline, lead, group)
            else:
                self.builder.paragraph(text, element.sourceline, first)
        for inner in nested:
            self._list(inner, depth + 1, first.rstrip(":"))

    # -- facts ----------------------------------------------------------------------------

    def _definitions(self, element: HtmlElement) -> None:
        terms: list[str] = []
        is_open = False
        for child in element.iter("dt", "dd"):
            if next((a for a in child.iterancestors("dl")), None) is not element:
                continue
            if child.tag == "dt":
                terms = [*terms, inline_text(child)] if is_open else [inline_text(child)]
                is_open = True
            elif terms:
                self._definition(" / ".join(t.replace(_BREAK, " ") for t in terms if t), child)
                is_open = False

    def _definition(self, term: str, element: HtmlElement) -> None:
        values = [t for p in _leaves(element) for t in p.split(_BREAK)]
        value = "; ".join(values) if all(_is_value(v) for v in values) else " ".join(values)
        if not term.endswith("?") and _is_value(value):
            self.builder.fact(term, value, element.sourceline)
        elif term and value:
            self._lower(term, element.sourceline)
            self.container(element)

    def _parts(self, element: HtmlElement) -> list[HtmlElement]:
        return [c for c in element if isinstance(c.tag, str) and (text_of(c) or c.tag == "table")]

    def _pair(self, first: HtmlElement, second: HtmlElement, box: HtmlElement | None) -> bool:
        """Write two boxes as a fact, when one is a label and the other its value."""
        if any(e.tag not in {"div", "span", "p", "strong", "b", "h4", "h5", "h6", "dt", "dd"} for e in (first, second)):
            return False
        if any(_has_several_blocks(e) for e in (first, second)):
            return False
        a, b = (inline_text(e).replace(_BREAK, " ") for e in (first, second))
        is_swapped = self._is_swapped(first, second, a, b)
        if is_swapped:
            a, b = b, a
        if not _is_label(a) or not _is_value(b) or not self._is_fact(first, second, box, is_swapped, b):
            return False
        self.builder.fact(a, b, first.sourceline)
        return True

    def _has_role(self, element: HtmlElement, role: frozenset[str]) -> bool:
        return bool(words_of(element) & role)

    def _is_swapped(self, first: HtmlElement, second: HtmlElement, a: str, b: str) -> bool:
        if self._has_role(first, self.words.value) and self._has_role(second, self.words.label):
            return True
        if self._has_role(first, self.words.label):
            return False
        return bool(_VALUE_START.match(a)) and not _VALUE_START.match(b)

    def _is_fact(
        self, first: HtmlElement, second: HtmlElement, box: HtmlElement | None, is_swapped: bool, value: str
    ) -> bool:
        label, holder = (second, first) if is_swapped else (first, second)
        if self._has_role(label, self.words.label) and self._has_role(holder, self.words.value):
            return True
        if _SENTENCE_END.search(value) or any(e.tag in {"p", *HEADINGS} for e in (label, holder)):
            return bool(_VALUE_START.match(value)) and len(value.split()) <= 8
        return bool(_VALUE_START.match(value)) or _is_repeated(box)


def has_text(element: HtmlElement) -> bool:
    """Whether an element has text of its own, outside its children."""
    return bool(squeeze("".join([element.text or "", *(c.tail or "" for c in element)])))


def _collect_one(child: HtmlElement, pieces: list[str], parent: HtmlElement) -> None:
    """Add an inline child of a container, with a space when it adjoins another box."""
    if child.tag == "br":
        pieces.append(_BREAK)
        return
    if child.tag in {"sup", "sub"}:
        before = child.getprevious()
        pieces.append(_flat(before.tail if before is not None else parent.text)[-1:])
        _raised(child, pieces)
        pieces.pop(0)
        return
    before = child.getprevious()
    if before is not None and not before.tail and before.tag in {"span", "a"} and child.tag in {"span", "a"}:
        pieces.append(" ")
    _collect(child, pieces)


def _lines(text: str) -> Iterable[str]:
    """Yield the lines of a text, joining those that were only broken for looks."""
    whole = ""
    for line in text.split(_BREAK):
        if whole and (line[:1].islower() and not _SENTENCE_END.search(whole)):
            whole = f"{whole} {line}"
        else:
            if whole:
                yield whole
            whole = line
    if whole:
        yield whole


def _leading_bold(element: HtmlElement) -> str:
    """Return the bold text that an element begins with."""
    if squeeze(element.text or "") or not len(element):
        return ""
    first = element[0]
    return inline_text(first) if first.tag in {"b", "strong"} else ""


def _is_title(text: str) -> bool:
    return not re.search(r"[.!,;:]$", text) and _BREAK not in text and not _VALUE_START.match(text)


def _is_label(text: str) -> bool:
    return 0 < len(text.split()) <= MOST_LABEL_WORDS + 2 and not re.search(r"[.!?;]$", text) and len(text) <= 80


def _is_value(text: str) -> bool:
    return 0 < len(text.split()) <= MOST_VALUE_WORDS and len(text) <= 180


def _is_rich(element: HtmlElement) -> bool:
    """Whether a list item is a section of the page rather than a line."""
    return next(element.iterdescendants("table", "dl", "details", *HEADINGS), None) is not None


def _has_several_blocks(element: HtmlElement) -> bool:
    inner = [e for e in element.iterdescendants() if e.tag in _BLOCKS and not has_blocks(e) and text_of(e)]
    return len(inner) > 1 or any(e.tag in {*_LISTS, "table", "dl"} for e in element.iterdescendants())


def _leaves(element: HtmlElement) -> list[str]:
    """Return the text of each innermost block of an element."""
    if not has_blocks(element):
        return [t for t in [inline_text(element)] if t]
    found = [squeeze(element.text or "")]
    for child in element:
        if isinstance(child.tag, str):
            found += _leaves(child)
        found.append(squeeze(child.tail or ""))
    return [t for t in found if t]


def _item_parts(element: HtmlElement) -> tuple[list[str], list[HtmlElement]]:
    """Return the lines of a list item, and the lists nested in it."""
    nested = [e for e in element.iterdescendants(*_LISTS) if _inside(e, element)]
    texts: list[str] = []
    run = [_flat(element.text)]
    for child in element:
        if isinstance(child.tag, str):
            if child.tag in _BLOCKS or has_blocks(child):
                texts.append(_tidy("".join(run)))
                run = []
                if child.tag not in _LISTS:
                    texts += [t for t in _leaves(_without(child, nested))]
            else:
                _collect_one(child, run, element)
        run.append(_flat(child.tail))
    texts.append(_tidy("".join(run)))
    return [line for t in texts if t for line in _lines(t)], nested


def _inside(inner: HtmlElement, item: HtmlElement) -> bool:
    """Whether a list is nested in this item itself, not in another list of it."""
    for parent in inner.iterancestors():
        if parent is item:
            return True
        if parent.tag in _LISTS:
            return False
    return False


def _without(element: HtmlElement, nested: list[HtmlElement]) -> HtmlElement:
    for inner in nested:
        if any(a is element for a in inner.iterancestors()):
            inner.drop_tree()
    return element


def _is_repeated(box: HtmlElement | None) -> bool:
    """Whether boxes like this one stand in a row, as key facts do."""
    parent = box.getparent() if box is not None else None
    if box is None or parent is None:
        return False
    alike = [c for c in parent if c.tag == box.tag and c.get("class") == box.get("class") and len(c) == len(box)]
    return len(alike) > 1


def _opens_lower(element: HtmlElement, level: int) -> bool:
    first = next(element.iter(*HEADINGS), None)
    return first is not None and int(first.tag[1]) > level
