"""The unit that is indexed, ranked and cited."""

from dataclasses import dataclass, field
from typing import Literal

from advisor.records.document import Cell
from advisor.text.values import Value

PassageKind = Literal["sentence", "item", "fact"]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, list item or fact of a document at `[start, end)`, with what it is about.

    `own` are the concepts of its words, `near` those of its heading, caption or the sentence
    it goes on from, `far` those of the headings above; likewise for `terms` (stems).
    `specialisations` is empty for what concerns the whole programme.
    """

    id: str
    document: str
    number: int
    kind: PassageKind
    start: int
    end: int
    text: str
    language: str
    paragraph: int
    headings: tuple[str, ...] = ()
    label: str = ""
    cells: tuple[Cell, ...] = ()
    table: int = 0
    head: tuple[int, int] | None = None
    level: int = 0
    continues: bool = False
    specialisations: frozenset[str] = _NONE
    own: frozenset[str] = _NONE
    near: frozenset[str] = _NONE
    far: frozenset[str] = _NONE
    terms: frozenset[str] = _NONE
    near_terms: frozenset[str] = _NONE
    facets: tuple[tuple[str, str], ...] = ()
    values: tuple[Value, ...] = field(default=())

    @property
    def section(self) -> str:
        """The heading right above."""
        return self.headings[-1] if self.headings else ""


@dataclass(frozen=True, slots=True)
class Specialisation:
    """A track of a programme, by the name that the page gives it."""

    document: str
    name: str
