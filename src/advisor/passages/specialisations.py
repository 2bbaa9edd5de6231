"""Recognise a programme's specialisations and what on its page is about which."""

import re
from collections.abc import Iterable, Sequence

from advisor.records.document import Document
from advisor.text.lexicon import Lexicon
from advisor.text.normalise import fold
from advisor.text.tokens import Token, tokenise

SPECIALISATION = "specialisation"
_NAME = r"[A-ZÀ-Ý][\w&'’-]*(?:[ ]+(?:[A-ZÀ-Ý&][\w&'’-]*|of|and|en|van|de|in|for|voor|the|[a-z]+(?=\s[A-Z])))*"
_MOST_NAME_WORDS = 7
# An item that names and then describes: "Youth Care - you work with children".
_ITEM_HEAD = re.compile(r"\W*(?P<name>[A-ZÀ-Ý][^.:;–—]{2,60}?)\W*(?:\s[-–—]\s|:\s)\w")


def find_specialisations(document: Document, lexicon: Lexicon) -> tuple[str, ...]:
    """Return the names of the document's specialisations in order of appearance."""
    names: dict[str, str] = {}
    for name in _candidates(document, lexicon):
        clean = re.sub(r"\s*\([^()]*\)?$", "", name).strip(" *.:;–-“”\"'()")
        words = clean.split()
        if words and len(words) <= _MOST_NAME_WORDS and len(clean) > 2 and not clean[0].isdigit():
            names.setdefault(fold(clean), clean)
    return tuple(names.values())


def _candidates(document: Document, lexicon: Lexicon) -> Iterable[str]:
    text = document.text
    above: list[tuple[int, bool]] = []
    for block in document.blocks:
        body = text[block.start : block.end]
        if block.kind == "heading":
            while above and above[-1][0] >= block.level:
                above.pop()
            about = _is_about(body, lexicon)
            if above and above[-1][1] and not about and len(body.split()) <= _MOST_NAME_WORDS:
                yield body
            if about:
                yield from _named_in_heading(body, lexicon)
            above.append((block.level, _is_heading_of_list(body, lexicon)))
        elif block.kind == "fact":
            is_under = bool(above) and above[-1][1] and len(block.label.split()) <= _MOST_NAME_WORDS
            if is_under and block.table and block.label[:1].isupper():
                yield block.label
            if _is_heading_of_list(block.label, lexicon) and block.cells:
                yield from _split_values(text[block.cells[0].start : block.cells[0].end])
        elif block.kind == "item" and len(body.split()) <= _MOST_NAME_WORDS and _is_about(body, lexicon):
            yield from _named_in_heading(body, lexicon)
        elif block.kind == "item" and above and above[-1][1] and (head := _ITEM_HEAD.match(body)):
            yield head["name"]
        elif block.kind in {"paragraph", "item"}:
            yield from _listed(body, lexicon)


def _is_about(text: str, lexicon: Lexicon) -> bool:
    return bool(lexicon.spots(tokenise(text), SPECIALISATION))


def _is_heading_of_list(text: str, lexicon: Lexicon) -> bool:
    """Whether the words are little more than a word for specialisations."""
    tokens = tokenise(text)
    used = {i for f in lexicon.spots(tokens, SPECIALISATION) for i in f.used}
    return SPECIALISATION in lexicon.in_head(text) or (bool(used) and len(tokens) - len(used) <= 2)


def _named_in_heading(text: str, lexicon: Lexicon) -> Iterable[str]:
    """Yield the name in `Specialisation Communication`, `Track: Forensics`, `Profile Youth Care`."""
    tokens = tokenise(text)
    used = {i for f in lexicon.spots(tokens, SPECIALISATION) for i in f.used}
    rest = [t for i, t in enumerate(tokens) if i not in used]
    if not used or not rest or len(used) > 2:
        return
    first, last = min(used), max(used)
    if last == len(used) - 1 or first == len(tokens) - len(used):
        part = text[rest[0].start : rest[-1].end]
    else:
        return
    part = re.sub(r"^[A-Z0-9]\s*[:–-]\s+", "", part)
    if part[:1].isupper() and not _is_enumeration(part):
        yield part


def _is_enumeration(text: str) -> bool:
    return "," in text or ":" in text


def _split_values(text: str) -> Iterable[str]:
    parts = [p.strip() for p in re.split(r"\s*[,;|]\s*|\s+(?:and|en)\s+(?=[A-ZÀ-Ý])", text) if p.strip()]
    for part in parts:
        yield part.rsplit(": ", 1)[-1] if len(parts) > 1 else part


def _listed(text: str, lexicon: Lexicon) -> Iterable[str]:
    """Yield names from `our specialisations, A, B and C` and `choose from three tracks: A, B or C`."""
    tokens = tokenise(text)
    for found in lexicon.spots(tokens, SPECIALISATION):
        rest = text[tokens[found.end - 1].end :]
        match = re.match(
            r"\s*(?:[:,–-]|are|zijn|\((?=[A-Z])|of the [\w ]{2,30} are|van de [\w ]{2,30} zijn)\s*"
            rf"(?P<list>{_NAME}\*?(?:\s*,\s*{_NAME}\*?)*\s*,?\s+(?:and|en|or|of|&)\s+{_NAME}\*?)",
            rest,
        )
        if match:
            names = [
                n.strip() for n in re.split(r"\s*,\s*|\s+(?:and|en|or|of|&)\s+(?=[A-ZÀ-Ý])", match["list"])
            ]
            if len(names) > 1:
                yield from names


class Scopes:
    """Tells which specialisations a text is about."""

    def __init__(self, names: Sequence[str], lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.names = {name: tuple(t.fold for t in tokenise(name)) for name in names}

    def heading(self, text: str) -> frozenset[str]:
        """Return the specialisations that a heading names."""
        words = [t.fold for t in tokenise(text)]
        found = set()
        for name, parts in self.names.items():
            at = _position(words, parts)
            if at is not None and (
                len(words) - len(parts) <= 2 or self._beside(tokenise(text), at, len(parts))
            ):
                found.add(name)
        return frozenset(found)

    def sentence(self, text: str) -> frozenset[str]:
        """Return the specialisations that a sentence names as such."""
        if not self.names:
            return frozenset()
        tokens = tokenise(text)
        words = [t.fold for t in tokens]
        found = set()
        for name, parts in self.names.items():
            for at in _positions(words, parts):
                is_long = len(parts) > 1 and tokens[at].text[0].isupper()
                if is_long or self._beside(tokens, at, len(parts)):
                    found.add(name)
        return frozenset(found)

    def _beside(self, tokens: Sequence[Token], at: int, length: int) -> bool:
        """Whether a word for specialisations stands right before or behind."""
        window = tokens[max(0, at - 2) : at + length + 2]
        spots = {i + max(0, at - 2) for f in self.lexicon.spots(window, SPECIALISATION) for i in f.used}
        return bool(spots & {at - 1, at + length}) or bool(
            spots & {at - 2} and at >= 1 and not tokens[at - 1].text[0].isupper()
        )


def _positions(words: Sequence[str], parts: Sequence[str]) -> list[int]:
    size = len(parts)
    return (
        [i for i in range(len(words) - size + 1) if tuple(words[i : i + size]) == tuple(parts)]
        if size
        else []
    )


def _position(words: Sequence[str], parts: Sequence[str]) -> int | None:
    found = _positions(words, parts)
    return found[0] if found else None
