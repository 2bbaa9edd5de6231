"""Make a new expectation from the answer that came, changing only what no longer holds."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from advisor import Reply
from advisor.channels.regression.cases import Expectation
from advisor.channels.regression.grade import Fault, grade, holds, normal, page_words

FIGURE = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)*(?:\s?%)?")
_MARK = re.compile(r"\[\d+\]")
_SWAPPED = str.maketrans(",.", ".,")
MOST_WORDS = 12
ALIKE = 0.6


def renewed(expect: Expectation, reply: Reply, faults: Sequence[Fault]) -> Expectation | None:
    """Return the expectation that the reply meets, or None when no honest one was found.

    A group of words that is missed gets the figure or the wording of the cited passages that
    comes closest. What only concerns answers goes when the new reply is none.
    """
    rules = {fault.rule for fault in faults}
    changed = expect
    if "slots" in rules:
        return None
    if "choices" in rules:
        changed = replace(changed, choices=reply.choices)
    if "kind" in rules:
        changed = replace(changed, kind=(reply.kind,))
    if "language" in rules:
        changed = replace(changed, language=reply.language)
    if "intent" in rules:
        changed = replace(changed, intent=reply.intent)
    if "lacks" in rules:
        text = normal(reply.text)
        changed = replace(changed, lacks=tuple(w for w in expect.lacks if not holds(text, w)))
    if "max_words" in rules:
        changed = replace(changed, max_words=len(normal(reply.text).split()))
    if reply.kind == "answer":
        changed = _proved(changed, reply)
    elif "kind" in rules:
        changed = replace(changed, contains=(), cites=(), cites_not=(), section=None)
    return changed if not grade(changed, reply) else None


def _proved(expect: Expectation, reply: Reply) -> Expectation:
    """Renew what concerns the content of an answer: words, pages, section."""
    text = normal(reply.text)
    groups: list[tuple[str, ...]] = []
    for group in expect.contains:
        if any(holds(text, words) for words in group):
            groups.append(group)
        else:
            taken = [w for g in (*groups, *expect.contains) for w in g]
            groups.append(nearest(group, reply, taken) or group)
    pages = [page_words(c) for c in reply.citations]
    kept = tuple(page for page in expect.cites if any(page in w or normal(page) in w for w in pages))
    lost = len(kept) < len(expect.cites)
    sections = [c.section for c in reply.citations if c.section]
    section = expect.section
    if section and not any(normal(section) in normal(s) for s in sections):
        section = sections[0] if sections else None
    return replace(
        expect,
        contains=tuple(groups),
        cites=(*kept, *dict.fromkeys(c.document for c in reply.citations)) if lost else kept,
        cites_not=tuple(p for p in expect.cites_not if not any(p in w or normal(p) in w for w in pages)),
        section=section,
    )


def nearest(group: Sequence[str], reply: Reply, taken: Iterable[str] = ()) -> tuple[str, ...]:
    """Return what stands in the reply in the place of words that are gone: a figure, or a wording."""
    if any(any(c.isdigit() for c in words) for words in group):
        figures = [f for f in figures_of(reply) if not any(normal(f) == normal(t) for t in taken)]
        if figures:
            return _written_alike(max(figures, key=lambda f: _alike(f, group)), group)
    length = min(max(len(group[0].split()), 1), MOST_WORDS)
    words = [w for c in reply.citations for w in _windows(c.quote, length)] or _windows(reply.text, length)
    shown = [w for w in words if holds(normal(reply.text), w)]
    best = max(shown, key=lambda w: _alike(w, group), default="")
    return (best,) if best and _alike(best, group) >= ALIKE else ()


def figures_of(reply: Reply) -> list[str]:
    """Return the figures that a reply says and its quotes prove, in order."""
    proof = {_digits(m.group()) for c in reply.citations for m in FIGURE.finditer(c.quote)}
    found = [m.group() for m in FIGURE.finditer(_MARK.sub(" ", reply.text))]
    return [f for f in dict.fromkeys(found) if _digits(f) in proof]


def _digits(figure: str) -> str:
    return "".join(c for c in figure if c.isdigit())


def _alike(words: str, group: Sequence[str]) -> float:
    return max(SequenceMatcher(None, normal(words), normal(other)).ratio() for other in group)


def _written_alike(figure: str, group: Sequence[str]) -> tuple[str, ...]:
    """Return a figure, in both ways of writing where the old one was given in both."""
    other = figure.translate(_SWAPPED)
    written = {w.translate(_SWAPPED) for w in group} & set(group)
    return (figure, other) if written and other != figure else (figure,)


def _windows(text: str, length: int) -> list[str]:
    words = text.split()
    return [
        " ".join(words[n : n + length]).strip(".,;:!?()\"“”'") for n in range(max(len(words) - length + 1, 1))
    ]
