"""A reply as lines for a screen: text, comparison, sources, and what to ask next."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from advisor.channels.repl.lines import (
    DIM,
    FIGURE,
    MARK,
    NAME,
    PLAIN,
    RAW,
    USER,
    Fragment,
    Line,
    clean,
    line,
    wrap,
)
from advisor.channels.repl.strings import say
from advisor.channels.repl.table import rest_of_text, table_lines
from advisor.channels.repl.terminal import Terminal

if TYPE_CHECKING:
    from advisor import Advisor, Citation, Reply

_MARK = r"\[\d+\]"
_FIGURE = r"(?:[€$£]\s?)?(?<![\w.])\d+(?:[.,:/–-]\d+)*(?:\s?%)?(?!\w)"


class Renderer:
    """Draws for one terminal, with the names of one corpus standing out."""

    def __init__(self, terminal: Terminal, names: Iterable[str] = ()) -> None:
        self.terminal = terminal
        self.names = tuple(sorted({clean(n) for n in names if len(n) > 1}, key=len, reverse=True))

    @cached_property
    def _special(self) -> re.Pattern[str]:
        """Marks, names and figures, in this order of precedence."""
        parts = [f"(?P<mark>{_MARK})"]
        if self.names:
            parts.append(f"(?P<name>(?<!\\w)(?:{'|'.join(map(re.escape, self.names))})(?!\\w))")
        return re.compile("|".join([*parts, f"(?P<figure>{_FIGURE})"]))

    def spotted(self, text: str) -> Line:
        """Return a text with its figures, names and citation marks styled."""
        result: list[Fragment] = []
        text, end = clean(text), 0
        styles = {"mark": MARK, "name": NAME, "figure": FIGURE}
        for found in self._special.finditer(text):
            if found.start() > end:
                result.append((PLAIN, text[end : found.start()]))
            result.append((styles[found.lastgroup or "mark"], found.group()))
            end = found.end()
        if text[end:]:
            result.append((PLAIN, text[end:]))
        return tuple(result)

    def paragraphs(self, text: str) -> list[Line]:
        """Return a text wrapped, each line of it a paragraph of its own."""
        lines: list[Line] = []
        for own in text.split("\n"):
            lines += wrap(self.spotted(own), self.terminal.width)
        return lines

    def reply(self, reply: "Reply", language: str) -> list[Line]:
        """Return a whole reply, from its text to the questions that may follow."""
        lines = [self._speaker(language)] if self.terminal.plain else []
        lines += self.body(reply)
        if reply.citations:
            lines.append(())
            if self.terminal.plain:
                lines.append(line(say("sources", reply.language) + ":"))
            for citation in reply.citations:
                lines += self.source(citation, reply.language)
        return lines + self.offers(reply)

    def _speaker(self, language: str) -> Line:
        return line(say("adviser", language) + ":", USER)

    def body(self, reply: "Reply") -> list[Line]:
        """Return the reply's text, with its comparison as a table where it has one."""
        if reply.table is None:
            return self.paragraphs(reply.text)
        rest = rest_of_text(reply)
        if rest is None:
            return self.paragraphs(reply.text)
        before, after = rest
        lines = self.paragraphs(before) if before else []
        lines += table_lines(reply.table, self.terminal, self.spotted)
        return [*lines, *(self.paragraphs(after) if after else [])]

    def source(self, citation: "Citation", language: str) -> list[Line]:
        """Return a citation: number, page and institution (a link where it has an address), section, date."""
        dot = f" {self.terminal.glyphs.dot} "
        title = ", ".join(clean(p) for p in (citation.title, citation.institution) if p)
        fragments = self.link(title, citation.url, DIM)
        parts = [clean(citation.section)] if citation.section else []
        parts.append(date_words(citation, language))
        fragments += [(DIM, dot + dot.join(parts))]
        if citation.url and not self.terminal.links:
            fragments.append((DIM, f" {clean(citation.url)}"))
        return wrap(
            [(MARK, f"[{citation.number}]"), (PLAIN, " "), *fragments], self.terminal.width, "", "    "
        )

    def link(self, text: str, url: str | None, style: str = NAME) -> list[Fragment]:
        """Return a name, as a hyperlink (OSC 8) where it has a web address and the terminal shows links."""
        if not (self.terminal.links and url and is_web_address(url)):
            return [(style, text)]
        return [(RAW, f"\x1b]8;;{url}\x1b\\"), (style, text), (RAW, "\x1b]8;;\x1b\\")]

    def offers(self, reply: "Reply") -> list[Line]:
        """Return the choices and suggestions, numbered through."""
        lines: list[Line] = []
        number = 0
        for key, texts in (("choose.how", reply.choices), ("ask.next", reply.suggestions)):
            if texts:
                lines += [(), *wrap(line(say(key, reply.language), DIM), self.terminal.width)]
            for text in texts:
                number += 1
                lines += self.numbered(number, text)
        return lines

    def numbered(self, number: int, text: str) -> list[Line]:
        """Return something that is picked by its number."""
        return wrap(line(text, USER), self.terminal.width, f"  {number}) ")


def is_web_address(url: str) -> bool:
    """Tell whether an address is one of the web, with nothing in it that could end the link early."""
    return (
        url.casefold().startswith(("http://", "https://"))
        and url.isascii()
        and url.isprintable()
        and " " not in url
    )


def date_words(citation: "Citation", language: str) -> str:
    """Return how old a citation's page is, in words."""
    return page_date(citation.last_updated, citation.edition, language)


def page_date(last_updated: str | None, edition: str | None, language: str) -> str:
    """Return a page's date or edition in words, or that it has none."""
    if last_updated:
        return say("dated", language, date=clean(last_updated))
    if edition:
        return say("edition", language, edition=clean(edition))
    return say("undated", language)


def names_of(advisor: "Advisor") -> list[str]:
    """Return the names that stand out in replies: institutions, titles and specialisations."""
    names: list[str] = []
    for document in advisor.documents:
        names += [n for n in (document.institution, document.title) if n]
        names += specialisations(advisor, document.id)
    return names


def specialisations(advisor: "Advisor", document: str) -> Sequence[str]:
    """Return the names of a programme's specialisations, as its page gives them."""
    return tuple(advisor.programmes.specialisations.get(document, ()))
