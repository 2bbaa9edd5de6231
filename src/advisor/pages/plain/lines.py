"""The lines of a copied page, and what the shape of one says."""

import re
from dataclasses import dataclass, field
from typing import Protocol

from advisor.text.tokens import tokenise
from advisor.text.values import Value

_BULLET = re.compile(r"\s*(?:[•▪◦‣·*]|[-–](?=\s)|\d{1,2}[.)](?=\s+\S))\s+")
_END = re.compile(r"[.!?…:;,][\"'”’)]*$")
# `M.Sc.` and `B.A.` end in a stop, but end no sentence.
_ABBREVIATED = re.compile(r"\b(?:\w{1,3}\.){2,}$")
_QUOTES = "\"“‘«'"
_ASIDE = re.compile(r"\([^()]*\)")
_MOST_HEADING_WORDS = 10
# A line of so many characters may go on in the next.
WRAPPED = 50


class Recogniser(Protocol):
    """What the reader asks of the lexicon and the value finder."""

    def values(self, text: str) -> list[Value]:
        """Return the typed values of a text."""
        ...

    def teaser(self, text: str) -> re.Match[str] | None:
        """Return where a line ends in words that lead to a full text, if it does."""
        ...

    def is_label(self, text: str) -> bool:
        """Whether the line is a label."""
        ...

    def is_column(self, text: str) -> bool:
        """Whether the line heads a column."""
        ...

    def is_interface(self, text: str) -> bool:
        """Whether the line is a button."""
        ...

    def is_related(self, text: str) -> bool:
        """Whether a heading says that other programmes follow."""
        ...

    def updated(self, text: str) -> str | None:
        """Return the date behind a word for updated."""
        ...

    def is_variants(self, text: str) -> bool:
        """Whether a heading says that a programme's specialisations follow."""
        ...

    def is_generic(self, text: str) -> bool:
        """Whether the line holds only words that any programme's name may hold."""
        ...

    def is_promotion(self, text: str) -> bool:
        """Whether the line is an advertisement, or says how busy the site is."""
        ...

    def institutions(self, text: str) -> list[str]:
        """Return the institutions named."""
        ...


@dataclass(slots=True)
class Line:
    """A line at `[start, end)` without its bullet; `number` counts from 1, 0 for what is left out."""

    text: str
    start: int
    end: int
    number: int
    values: list[Value] = field(default_factory=list)
    indent: int = 0
    is_bullet: bool = False
    is_value: bool = False
    is_lead: bool = False

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def is_short(self) -> bool:
        """Whether it could be a heading or a label: few words, no punctuation at its end."""
        return (
            len(_ASIDE.sub(" ", self.text).split()) <= _MOST_HEADING_WORDS
            and len(self.text) <= 90
            and (not re.search(r"[.!,;]$", self.text) or bool(_ABBREVIATED.search(self.text)))
        )

    @property
    def is_heading(self) -> bool:
        """Whether it has the shape of a heading."""
        return (
            self.is_short
            and not self.is_value
            and not self.is_bullet
            and not self.text[0].islower()
            and self.text[0] not in _QUOTES
        )

    @property
    def is_sentence(self) -> bool:
        """Whether it is told: with punctuation at its end, or many words."""
        return bool(_END.search(self.text)) or self.words > _MOST_HEADING_WORDS


def cut_lines(text: str) -> list[Line | None]:
    """Return the lines of a text in order, None for blank ones."""
    lines: list[Line | None] = []
    here = 0
    for number, raw in enumerate(text.splitlines(keepends=True), 1):
        body = raw.rstrip("\r\n")
        start = here + len(body) - len(body.lstrip())
        end = here + len(body.rstrip())
        here += len(raw)
        indent = start - (here - len(raw))
        lines.append(Line(text[start:end], start, end, number, indent=indent) if end > start else None)
    return lines


def shape(line: Line, recogniser: Recogniser) -> None:
    """Note whether a line is a bullet or a bare value, and its values."""
    bullet = _BULLET.match(line.text)
    if bullet and bullet.end() < len(line.text):
        line.is_bullet = True
        line.start += bullet.end()
        line.text = line.text[bullet.end() :]
    line.values = recogniser.values(line.text)
    line.is_value = _is_bare(line)


def _is_bare(line: Line) -> bool:
    if not line.values or len(line.text) > 90:
        return False
    kinds = [v.kind for v in line.values]
    if len(kinds) > 1 and len(set(kinds)) == 1 and kinds[0] in {"score", "percentage"}:
        return False
    rest = line.text
    for value in reversed(line.values):
        rest = rest[: value.start] + " " + rest[value.end :]
    rest = re.sub(r"\([^()]*\)", " ", rest)
    left = [t for t in tokenise(rest) if len(t.fold) > 1]
    starts = line.values[0].start <= 1 or kinds[0] == "date" or (kinds[0] == "year" and not left)
    most = 0 if kinds == ["number"] else 1
    return starts and len(left) <= most and not line.text.endswith(".")


def leads(line: Line) -> bool:
    """Whether the line is `value label` or `label value`."""
    return labelled(line) is not None


def labelled(line: Line) -> tuple[str, Value] | None:
    """Return label and value of a short line that begins or ends with its only leading value."""
    if not line.values or line.is_value or line.words > 22 or re.search(r"[.!?]$", line.text):
        return None
    first, last = line.values[0], line.values[-1]
    if first.start == 0 and first.kind in {
        "number",
        "percentage",
        "money",
        "hours",
        "credits",
        "duration",
        "score",
    }:
        rest = line.text[first.end :].strip(" :-")
        return (rest, first) if (rest and first.text[0].isdigit()) or first.text[0] in "€£$" else None
    if last.end == len(line.text) and last.kind in {"percentage", "money", "score"}:
        return line.text[: last.start].strip(" :-|"), last
    return None
