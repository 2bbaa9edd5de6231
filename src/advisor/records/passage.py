"""The unit that is indexed, ranked and cited."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from advisor.records.document import Cell
from advisor.text.values import Value

PassageKind = Literal["sentence", "item", "fact"]
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence, list item or fact of a document at `[start, end)`, with what it is about.

    `own` are the concepts of its words, `near` those of its heading, caption or the sentence
    it goes on from, `far` those of the headings above; likewise for `terms` (stems) and
    `senses` (what the words mean, by the thesaurus).
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
    senses: frozenset[str] = _NONE
    near_senses: frozenset[str] = _NONE
    facets: tuple[tuple[str, str], ...] = ()
    values: tuple[Value, ...] = field(default=())

    @property
    def section(self) -> str:
        """The heading right above."""
        return self.headings[-1] if self.headings else ""

    def plain(self) -> dict[str, Any]:
        """Return the passage as plain data."""
        data = {f.name: getattr(self, f.name) for f in fields(self)}
        data["cells"] = tuple((c.column, c.start, c.end) for c in self.cells)
        data["values"] = tuple(tuple(v) for v in self.values)
        return data

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> "Passage":
        """Return the passage that `plain` gave."""
        cells = tuple(Cell(column=column, start=start, end=end) for column, start, end in data["cells"])
        values = tuple(Value(*v) for v in data["values"])
        return cls(**{**data, "cells": cells, "values": values})


@dataclass(frozen=True, slots=True)
class Specialisation:
    """A track of a programme, by the name that the page gives it."""

    document: str
    name: str
