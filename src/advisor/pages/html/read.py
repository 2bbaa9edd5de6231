"""Read a web page: its content without the furniture, and what its head says about it."""

import codecs
import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml.etree import ParserError, iterwalk
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from advisor.errors import ContentError, Problem
from advisor.pages.build import PageBuilder, squeeze
from advisor.pages.html.blocks import write_blocks
from advisor.pages.html.furniture import clear, text_of
from advisor.pages.html.metadata import Head
from advisor.pages.html.tables import MOST_CELLS, TooManyCells
from advisor.records.document import Provenance
from advisor.text.normalise import fold

DEEPEST = 200
MOST_TAGS = 100_000
# A <main> with less than this share of the body's text is not where the content is.
MAIN_SHARE = 0.2
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The content of a web page, what its head says, and the text of its margin."""

    builder: PageBuilder
    known: Provenance | None
    margin: str


def read_html(raw: bytes, path: Path) -> HtmlPage:
    """Return the content of a web page; raises ContentError for one that cannot be read as such."""
    tree = _parse(raw, path)
    head = Head(tree)
    found = tree.find("body")
    body = found if found is not None else tree
    _name_panels(body)
    margin = clear(body)
    builder = PageBuilder()
    try:
        write_blocks(_content(body), builder)
    except TooManyCells:
        raise _problem(path, f"a table of more than {MOST_CELLS:,} cells; split it") from None
    _questions(head, builder)
    known = head.provenance(_first_heading(builder), margin)
    return HtmlPage(builder, known, "\n".join([*head.hints(), *margin]))


def _problem(path: Path, message: str, line: int | None = None) -> ContentError:
    return ContentError([Problem(str(path), line, message)])


def _parse(raw: bytes, path: Path) -> HtmlElement:
    text = _CONTROL.sub("", _decode(raw, path))
    if text.count("<") > MOST_TAGS:
        raise _problem(path, f"more than {MOST_TAGS:,} tags; this is not a page for readers")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except ParserError as error:
        raise _problem(path, "no text in this page") from error
    depth = 0
    for event, element in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise _problem(path, f"tags nested more than {DEEPEST} deep", element.sourceline)
    return tree


def _decode(raw: bytes, path: Path) -> str:
    """Return the text by its byte-order mark, its declared charset, or as UTF-8."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif b"\0" in raw[:4096]:
        raise _problem(path, "a binary file, not a web page")
    else:
        declared = _CHARSET.search(raw[:4096])
        encoding = _known_encoding(declared.group(1).decode("ascii")) if declared else "utf-8-sig"
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        name = encoding.removesuffix("-sig").upper()
        raise _problem(path, f"not {name} text; save the file as UTF-8 or name its charset", line) from error


def _known_encoding(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return "utf-8-sig"
    # Browsers read these as the superset that people really use.
    superset = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8": "utf-8-sig", "utf-16": "utf-8-sig"}
    return superset.get(found, found)


def _name_panels(body: HtmlElement) -> None:
    """Write on each tab's panel what its tab is called; the tabs themselves are furniture."""
    names = {e.get("id"): squeeze(text_of(e)) for e in body.iter() if e.get("role") == "tab" and e.get("id")}
    for panel in body.iter():
        if panel.get("role") == "tabpanel":
            panel.set("data-advisor-tab", names.get(panel.get("aria-labelledby"), ""))


def _content(body: HtmlElement) -> list[HtmlElement]:
    """Return the elements that hold the content: the main one, and the title's when outside it."""
    root = _main(body)
    titles = list(body.iter("h1"))
    if not titles or any(a is root for t in titles for a in (t, *t.iterancestors())):
        return [root]
    above = {a: child for child, a in pairwise([titles[0], *titles[0].iterancestors()])}
    for child, parent in pairwise([root, *root.iterancestors()]):
        if parent in above:
            children = list(parent)
            return [*children[children.index(above[parent]) : children.index(child)], root]
    return [root]


def _main(body: HtmlElement) -> HtmlElement:
    whole = max(1, len(text_of(body)))
    mains = [e for e in body.iter() if e.tag == "main" or e.get("role") == "main"]
    articles = list(body.iter("article"))
    candidates = mains or (articles if len(articles) == 1 else [])
    return next((e for e in candidates if len(text_of(e)) / whole >= MAIN_SHARE), body)


def _first_heading(builder: PageBuilder) -> str | None:
    first = next((b for b in builder.blocks if b.kind == "heading" and b.level == 1), None)
    return builder.text[first.start : first.end] if first else None


def _questions(head: Head, builder: PageBuilder) -> None:
    """Add the questions of the page's data that its text does not hold."""
    shown = fold(squeeze(builder.text))
    for question, answer in head.questions():
        if fold(answer)[:120] not in shown and fold(question) not in shown:
            builder.heading(question, 2)
            builder.paragraph(answer)
