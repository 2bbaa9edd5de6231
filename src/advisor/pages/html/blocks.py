"""Write the content of a web page, cleared of furniture, as headings, prose, items, facts, rows."""

import re
from collections.abc import Iterable

from lxml.html import HtmlElement

from advisor.pages.build import PageBuilder, pair, squeeze
from advisor.pages.html.furniture import HEADINGS, furniture, heading_level, text_of
from advisor.pages.html.inline import (
    BLOCKS,
    BREAK,
    LISTS,
    collect_child,
    flat,
    has_blocks,
    has_text,
    inline_text,
    item_parts,
    leading_bold,
    leaves,
    shown_lines,
    tidy,
)
from advisor.pages.html.pairs import VALUE_START, fact_of, has_role, is_label, is_value
from advisor.pages.html.tables import is_layout, write_table

MOST_HEADING_WORDS = 14
DEEPEST = 6


def write_blocks(parts: Iterable[HtmlElement], builder: PageBuilder) -> None:
    """Write the blocks of elements in reading order; raises TooManyCells for an absurd table."""
    writer = _Writer(builder)
    for part in parts:
        writer.part(part)


class _Writer:
    def __init__(self, builder: PageBuilder) -> None:
        self.builder = builder
        self.words = furniture()
        self.level = 1
        self.lead = ""

    def part(self, element: HtmlElement) -> None:
        """Write an element that stands on its own."""
        if element.tag in {"body", "main"} or element.tag not in BLOCKS:
            self.container(element)
        else:
            self._block(element, "")

    # -- containers -----------------------------------------------------------------------

    def container(self, element: HtmlElement, context: str = "") -> None:
        """Write what an element holds: runs of inline text as paragraphs, blocks as what they are."""
        run = [flat(element.text)]
        line = element.sourceline
        skipped: set[HtmlElement] = set()
        for child in element:
            if isinstance(child.tag, str) and child not in skipped:
                if child.tag in BLOCKS or has_blocks(child):
                    self._flush(run, line, context)
                    skipped |= self._block(child, context)
                    line = child.sourceline
                else:
                    holder: list[str] = []
                    collect_child(child, holder, element)
                    run += holder
            run.append(flat(child.tail))
        self._flush(run, line, context)

    def _flush(self, run: list[str], line: int | None, context: str) -> None:
        text = tidy("".join(run))
        run.clear()
        if text:
            self._prose(text, line, context)

    def _block(self, element: HtmlElement, context: str) -> set[HtmlElement]:
        """Write a block; returns following siblings that were written with it."""
        tag = element.tag
        if tag in HEADINGS:
            self._heading(inline_text(element), heading_level(element), element.sourceline)
        elif tag in LISTS or element.get("role") == "list":
            self._list(element, 0, self.lead)
            self.lead = ""
        elif tag == "dl":
            self._definitions(element)
        elif tag == "table" and not is_layout(element):
            write_table(element, self.builder, lambda e: inline_text(e).replace(BREAK, " "), self.lead)
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
        if len(parts) == 2 and not has_text(element) and self._fact(parts[0], parts[1], element):
            return set()
        follower = next((s for s in element.itersiblings() if isinstance(s.tag, str)), None)
        if not has_blocks(element) and follower is not None and follower.tag not in HEADINGS:
            if self._is_question(element) and text_of(follower):
                self._lower(inline_text(element).replace(BREAK, " "), element.sourceline)
                return set()
            is_pair = has_role(element, self.words.label) and has_role(follower, self.words.value)
            if is_pair and self._fact(element, follower, None):
                return {follower}
        if element.get("role") == "tabpanel":
            self._panel_heading(element)
        self.container(element, context)
        return set()

    # -- headings -------------------------------------------------------------------------

    def _heading(self, text: str, level: int, line: int | None) -> None:
        self.lead = ""
        self.level = level
        self.builder.heading(text.replace(BREAK, " "), level, line)

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
            self._lower(inline_text(summary).replace(BREAK, " "), summary.sourceline)
            self.level = min(level + 1, DEEPEST)
        else:
            self._heading(inline_text(summary), heading_level(inner), summary.sourceline)
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
        return text.endswith("?") and BREAK not in text and len(text.split()) <= 25

    # -- prose ----------------------------------------------------------------------------

    def _paragraph(self, element: HtmlElement, context: str) -> None:
        if has_blocks(element):
            self.container(element, context)
            return
        text = inline_text(element)
        bold = leading_bold(element)
        is_bold = bool(bold) and bold == text and len(text.split()) <= MOST_HEADING_WORDS
        if is_bold and _is_title(text) and pair(text) is None and element.getnext() is not None:
            self._lower(text, element.sourceline)
            return
        lines = text.split(BREAK)
        if bold and len(lines) == 2 and lines[0] == bold and is_label(bold) and is_value(lines[1]):
            self.builder.fact(lines[0], lines[1], element.sourceline, context)
            return
        if text:
            self._prose(text, element.sourceline, context)

    def _prose(self, text: str, line: int | None, context: str = "") -> None:
        for piece in shown_lines(text):
            self.builder.paragraph(piece, line, context)
            self.lead = piece if piece.endswith(":") else ""

    # -- lists ----------------------------------------------------------------------------

    def _list(self, element: HtmlElement, depth: int, lead: str) -> None:
        group = self.builder.new_group()
        for child in element:
            if not isinstance(child.tag, str):
                continue
            if child.tag in LISTS:
                self._list(child, depth + 1, lead)
            elif _is_rich(child):
                self.container(child)
            else:
                self._item(child, depth, lead, group)

    def _item(self, element: HtmlElement, depth: int, lead: str, group: int) -> None:
        parts = self._parts(element)
        found = fact_of(parts[0], parts[1], element) if len(parts) == 2 and not has_text(element) else None
        if found:
            self.builder.item(f"{found[0]}: {found[1]}", depth, element.sourceline, lead, group)
            return
        bold = leading_bold(element)
        texts, nested = item_parts(element)
        first = texts[0] if texts else ""
        if len(texts) == 2 and first == bold and is_label(first) and is_value(texts[1]) and not nested:
            texts = [f"{first.rstrip(':')}: {texts[1]}"]
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
                self._definition(" / ".join(t.replace(BREAK, " ") for t in terms if t), child)
                is_open = False

    def _definition(self, term: str, element: HtmlElement) -> None:
        values = [t for p in leaves(element) for t in p.split(BREAK)]
        value = "; ".join(values) if all(is_value(v) for v in values) else " ".join(values)
        if not term.endswith("?") and is_value(value):
            self.builder.fact(term, value, element.sourceline)
        elif term and value:
            self._lower(term, element.sourceline)
            self.container(element)

    def _parts(self, element: HtmlElement) -> list[HtmlElement]:
        return [c for c in element if isinstance(c.tag, str) and any(t.strip() for t in c.itertext())]

    def _fact(self, first: HtmlElement, second: HtmlElement, box: HtmlElement | None) -> bool:
        found = fact_of(first, second, box)
        if found:
            self.builder.fact(*found, first.sourceline)
        return found is not None


def _is_title(text: str) -> bool:
    return not re.search(r"[.!,;:]$", text) and BREAK not in text and not VALUE_START.match(text)


def _is_rich(element: HtmlElement) -> bool:
    """Whether a list item is a section of the page rather than a line."""
    return next(element.iterdescendants("table", "dl", "details", *HEADINGS), None) is not None
