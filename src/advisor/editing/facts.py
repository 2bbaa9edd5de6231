"""Find facts of one page that say a thing twice, or say two things."""

from collections.abc import Iterator
from dataclasses import dataclass

from advisor.advisor import Advisor
from advisor.pages.build import squeeze
from advisor.records.document import Cell, Document
from advisor.records.passage import Passage
from advisor.text.normalise import fold


@dataclass(frozen=True, slots=True)
class Clash:
    """Two values under the same label and qualifiers."""

    path: str
    line: int | None
    label: str
    value: str
    other: str
    other_line: int | None

    @property
    def is_same(self) -> bool:
        """Whether both say the same."""
        return fold(self.value) == fold(self.other)

    @property
    def message(self) -> str:
        """Both values, and where the first one stands."""
        where = f"line {self.other_line}" if self.other_line else "above"
        if self.is_same:
            return f"“{self.label}”: “{self.value}” is said already ({where})"
        return f"“{self.label}”: “{self.value}” here, “{self.other}” before ({where})"


@dataclass(frozen=True, slots=True)
class _Said:
    value: str
    line: int | None


def clashes(advisor: Advisor) -> Iterator[Clash]:
    """Yield the clashes within each page, in order."""
    for document in advisor.documents:
        said: dict[tuple[object, ...], _Said] = {}
        for number in advisor.store.of(document.id):
            passage = advisor.store.passages[number]
            if passage.kind == "fact":
                yield from _of(document, passage, said)


def _of(document: Document, passage: Passage, said: dict[tuple[object, ...], _Said]) -> Iterator[Clash]:
    line = document.blocks[passage.paragraph].line
    names, values = _parted(document, passage)
    for cell in values:
        value = _text(document, cell)
        key = (*_qualifiers(document, passage), fold(passage.label), fold(cell.column), names)
        before = said.setdefault(key, _Said(value, line))
        if before.line != line or (line is None and fold(before.value) != fold(value)):
            label = " · ".join(filter(None, [passage.label, *names, cell.column]))
            yield Clash(document.path, line, label, value, before.value, before.line)


def _qualifiers(document: Document, passage: Passage) -> tuple[object, ...]:
    """Return what a fact holds for: the headings above, what stands over it, its specialisation, year ..."""
    block = document.blocks[passage.paragraph]
    return (passage.headings, fold(block.context), passage.specialisations, passage.facets)


def _parted(document: Document, passage: Passage) -> tuple[tuple[str, ...], tuple[Cell, ...]]:
    """Return the cells that only name what a row is about, and those that hold its values."""
    if len(passage.cells) < 2:
        return (), passage.cells
    texts = [_text(document, c) for c in passage.cells]
    values = tuple(c for c, t in zip(passage.cells, texts, strict=True) if any(ch.isdigit() for ch in t))
    return tuple(t for t in texts if not any(ch.isdigit() for ch in t)), values


def _text(document: Document, cell: Cell) -> str:
    return squeeze(document.text[cell.start : cell.end])
