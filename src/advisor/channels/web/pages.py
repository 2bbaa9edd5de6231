"""Pages for people: a document with the quoted passage marked, and the demo page."""

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from itertools import groupby
from string import Template
from typing import Any
from urllib.parse import quote as quoted
from urllib.parse import urlsplit

from advisor import Advisor, Document
from advisor.channels.web.assets import STATIC, strings

_CELL = " | "
Span = tuple[int, int]


class Pages:
    """Writes HTML around text of the corpus, all of it escaped."""

    def __init__(self) -> None:
        self._strings = strings()
        self.languages = tuple(self._strings)
        self._page = Template((STATIC / "page.html").read_text(encoding="utf-8"))
        self._demo = Template((STATIC / "demo.html").read_text(encoding="utf-8"))

    def document(self, document: Document, span: Span | None, language: str, root: str) -> str:
        """Return a document as a page, the span marked and anchored as #quote."""
        words = self._strings[language]["page"]
        text = _Body(document, span).html()
        heading = "" if "<h1>" in text else _heading(document)
        about = _about(document, self._strings[language])
        skip = f'<p class="skip"><a href="#quote">{escape(words["skip"])}</a></p>' if span else ""
        marked = f'<p class="note">{escape(words["marked"])}</p>' if span else ""
        return self._page.substitute(
            language=escape(language),
            root=escape(root),
            title=escape(document.title),
            back=escape(words["back"]),
            before=skip,
            body=f"{heading}<dl>{about}</dl>{marked}<article{_lang(document)}>{text}</article>",
        )

    def unknown(self, language: str, root: str) -> str:
        """Return the page for a document that is not there."""
        words = self._strings[language]["page"]
        return self._page.substitute(
            language=escape(language),
            root=escape(root),
            title=escape(words["unknown"]),
            back=escape(words["back"]),
            before="",
            body=f"<h1>{escape(words['unknown'])}</h1><p>{escape(words['unknown_hint'])}</p>",
        )

    def demo(self, advisor: Advisor, language: str, root: str, address: str) -> str:
        """Return the demo page: the programmes, the widget, and how to embed it."""
        words: Mapping[str, str] = self._strings[language]["demo"]
        snippet = (
            f'<script type="module" src="{address}/widget.js"></script>\n'
            f'<programme-advisor lang="{language}"></programme-advisor>'
        )
        return self._demo.substitute(
            {name: escape(text) for name, text in words.items()},
            language=escape(language),
            root=escape(root),
            items="".join(_entry(d, root) for d in advisor.documents),
            snippet=escape(snippet),
        )


def _heading(document: Document) -> str:
    """Return the page's title as its first heading, for a text that does not hold one."""
    institution = f" – {escape(document.institution)}" if document.institution else ""
    return f"<h1{_lang(document)}>{escape(document.title)}{institution}</h1>"


def _entry(document: Document, root: str) -> str:
    name = escape(document.title)
    address = f"{escape(root)}/v1/documents/{quoted(document.id, safe='')}"
    institution = f" <span>{escape(document.institution)}</span>" if document.institution else ""
    return f'<li{_lang(document)}><a href="{address}">{name}</a>{institution}</li>'


def _lang(document: Document) -> str:
    language = document.provenance.language
    return f' lang="{escape(language)}"' if language else ""


def _about(document: Document, words: Mapping[str, Any]) -> str:
    said = document.provenance
    facts = [
        (words["origin"], said.source or said.institution),
        (words["edition"], said.edition),
        (words["updated"], said.last_updated),
    ]
    lines = [f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in facts if value]
    if said.url and urlsplit(said.url).scheme in {"http", "https"}:
        link = f'<a href="{escape(said.url)}" rel="noopener">{escape(said.url)}</a>'
        lines.append(f"<div><dt>{escape(words['original'])}</dt><dd>{link}</dd></div>")
    return "".join(lines)


class _Body:
    """The text of a document, block by block, with one span marked."""

    def __init__(self, document: Document, span: Span | None) -> None:
        self._text = document.text
        self._blocks = document.blocks
        self._span = span or (0, 0)
        self._anchored = False

    def html(self) -> str:
        """Return the blocks as HTML; the bare text where they do not hold the whole span."""
        if not self._is_covered():
            return f"<pre>{self._marked(0, len(self._text))}</pre>"
        return "".join(self._groups())

    def _is_covered(self) -> bool:
        start, end = self._span
        inside = set[int]()
        for block in self._blocks:
            inside.update(range(max(start, block.start), min(end, block.end)))
        return all(i in inside or not self._text[i].isalnum() for i in range(start, end))

    def _groups(self) -> Iterator[str]:
        alike = groupby(self._blocks, key=lambda b: (b.kind, b.level if b.kind == "heading" else 0, b.table))
        for (kind, level, _), blocks in alike:
            spans = [(b.start, b.end) for b in blocks]
            if kind == "heading":
                yield self._each(f"h{min(max(level, 1), 6)}", spans)
            elif kind == "item":
                yield f"<ul>{self._each('li', spans)}</ul>"
            elif kind in {"row", "fact"}:
                rows = "".join(self._row(s) for s in spans)
                yield f'<div class="table" tabindex="0"><table>{rows}</table></div>'
            else:
                yield self._each("p", spans)

    def _each(self, tag: str, spans: Iterable[Span]) -> str:
        return "".join(f"<{tag}>{self._marked(*span)}</{tag}>" for span in spans)

    def _row(self, span: Span) -> str:
        cells, start = [], span[0]
        for cell in self._text[slice(*span)].split(_CELL):
            cells.append(f"<td>{self._marked(start, start + len(cell))}</td>")
            start += len(cell) + len(_CELL)
        return f"<tr>{''.join(cells)}</tr>"

    def _marked(self, start: int, end: int) -> str:
        left = min(max(self._span[0], start), end)
        right = min(max(self._span[1], left), end)
        before, inside, after = (
            escape(self._text[a:b]) for a, b in ((start, left), (left, right), (right, end))
        )
        if not inside:
            return before + after
        anchor = "" if self._anchored else ' id="quote"'
        self._anchored = True
        return f"{before}<mark{anchor}>{inside}</mark>{after}"
