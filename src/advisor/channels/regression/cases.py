"""Cases: conversations with what is expected of every reply."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

Kind = Literal["answer", "no_answer", "clarify", "out_of_scope", "smalltalk"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Place = tuple[str | int, ...]
_NOT_WORD = re.compile(r"[^\w]+")
MOST_SLUG = 48


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a reply must be; `contains` is all of the groups, any of a group's alternatives."""

    kind: tuple[Kind, ...] = ()
    contains: tuple[tuple[str, ...], ...] = ()
    lacks: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    cites_not: tuple[str, ...] = ()
    language: str | None = None
    intent: str | None = None
    section: str | None = None
    max_words: int | None = None
    choices: tuple[str, ...] = ()
    slots: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing is expected."""
        return self == Expectation()

    @property
    def allows_answer(self) -> bool:
        """Whether an answer is among what may come."""
        return not self.kind or "answer" in self.kind


@dataclass(frozen=True, slots=True)
class Turn:
    """One question with its expectation; `place` is where it stands in the file's structure."""

    ask: str
    expect: Expectation
    line: int
    place: Place = ()


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation to hold; `id` stays the same when cases around it come and go."""

    id: str
    path: str
    line: int
    turns: tuple[Turn, ...]
    tags: tuple[str, ...] = ()
    xfail: str | None = None
    corpus: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        """The place to open in an editor."""
        return f"{self.path}:{self.line}"


def identifier(path: str, questions: Sequence[str]) -> str:
    """Return an id made of the file and the words asked, never of the position."""
    stem = Path(path).name.split(".")[0]
    slug = _NOT_WORD.sub("-", questions[0].casefold()).strip("-")[:MOST_SLUG].strip("-")
    digest = hashlib.sha256("\n".join(questions).encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return f"{stem}/{slug or 'question'}-{digest}"
