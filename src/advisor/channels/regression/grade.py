"""Hold a reply against what is expected of it."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from advisor import Citation, Reply
from advisor.channels.regression.cases import Expectation

MOST_WORDS = 150
_MARKUP = dict.fromkeys(map(ord, "*_`#>|"), " ")
_ALIKE = {
    **dict.fromkeys(map(ord, "\N{EN DASH}\N{EM DASH}"), "-"),
    ord("\N{RIGHT SINGLE QUOTATION MARK}"): "'",
    ord("\N{LEFT DOUBLE QUOTATION MARK}"): '"',
    ord("\N{RIGHT DOUBLE QUOTATION MARK}"): '"',
}
_AFTER_CURRENCY = re.compile(r"([€£$])\s+")
_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[\d.,]+")


@dataclass(frozen=True, slots=True)
class Fault:
    """One expectation that a reply does not meet; `number` is the group of `contains` that is missed."""

    rule: str
    expected: str
    got: str
    number: int | None = None

    def __str__(self) -> str:
        return f"{self.rule}: expected {self.expected}, got {self.got}"


def normal(text: str) -> str:
    """Return a text as it is compared: without case, markup, typographic marks, double spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    plain = folded.translate(_MARKUP).translate(_ALIKE)
    return _SPACE.sub(" ", _AFTER_CURRENCY.sub(r"\1", plain))


def holds(text: str, words: str) -> bool:
    """Whether a normalised text holds the words; a bare figure must stand alone in it."""
    wanted = normal(words).strip()
    if not wanted:
        return False
    if _FIGURE.fullmatch(wanted):
        return re.search(rf"(?<![\d.,]){re.escape(wanted)}(?![.,]?\d)", text) is not None
    return wanted in text


def grade(expect: Expectation, reply: Reply, held: Mapping[str, str] | None = None) -> tuple[Fault, ...]:
    """Return the expectations that the reply does not meet; none is a pass.

    `held` is what the conversation is about after the turn, slot by slot; where it is not known,
    nothing is said of slots.
    """
    faults = [*_form(expect, reply)]
    if held is not None:
        faults += _slots(expect, held)
    if reply.kind == "answer" and expect.allows_answer:
        faults += _content(expect, reply)
        faults += _proof(expect, reply)
    return tuple(faults)


def _form(expect: Expectation, reply: Reply) -> Iterator[Fault]:
    """Check what holds for replies of every kind."""
    text = normal(reply.text)
    if expect.kind and reply.kind not in expect.kind:
        yield Fault("kind", " or ".join(expect.kind), reply.kind)
    for words in expect.lacks:
        if holds(text, words):
            yield Fault("lacks", f"no {words!r}", "a reply that says it")
    longest, length = expect.max_words or MOST_WORDS, len(text.split())
    if length > longest:
        yield Fault("max_words", f"at most {longest} words", str(length))
    if expect.language and reply.language and reply.language != expect.language:
        yield Fault("language", expect.language, reply.language)
    offered = [normal(choice) for choice in reply.choices]
    for words in expect.choices:
        if not any(holds(choice, words) for choice in offered):
            yield Fault("choices", f"the choice {words!r}", ", ".join(reply.choices) or "no choices")
    if expect.intent and reply.intent != expect.intent:
        yield Fault("intent", expect.intent, reply.intent or "none")


def _slots(expect: Expectation, held: Mapping[str, str]) -> Iterator[Fault]:
    for slot, words in expect.slots:
        if not holds(normal(held.get(slot, "")), words):
            yield Fault("slots", f"{slot} {words}", held.get(slot) or "nothing")


def _content(expect: Expectation, reply: Reply) -> Iterator[Fault]:
    text = normal(reply.text)
    for number, group in enumerate(expect.contains):
        if not any(holds(text, words) for words in group):
            yield Fault("contains", " or ".join(repr(w) for w in group), "a reply without it", number)


def _proof(expect: Expectation, reply: Reply) -> Iterator[Fault]:
    pages = [page_words(c) for c in reply.citations]
    names = ", ".join(dict.fromkeys(c.document for c in reply.citations)) or "no citation"
    if not pages:
        yield Fault("cites", "a citation", "none")
    for page in expect.cites:
        if not _is_in(page, pages):
            yield Fault("cites", page, names)
    for page in expect.cites_not:
        if _is_in(page, pages):
            yield Fault("cites_not", f"no {page}", names)
    if expect.section and not any(normal(expect.section) in normal(c.section or "") for c in reply.citations):
        got = ", ".join(dict.fromkeys(c.section or "no section" for c in reply.citations))
        yield Fault("section", expect.section, got)


def page_words(citation: Citation) -> str:
    """Return the words by which a cited page may be named in `cites`."""
    said = (citation.document, citation.title, citation.institution, citation.url, citation.source)
    return normal(" ".join(part or "" for part in said))


def _is_in(page: str, pages: Iterable[str]) -> bool:
    return any(page in words or normal(page) in words for words in pages)
