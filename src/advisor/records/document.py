"""A page of the corpus: its text, its outline, where it came from."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

BlockKind = Literal["heading", "paragraph", "item", "row", "fact"]


class Record(BaseModel):
    """A frozen value; unknown keys are errors."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Provenance(Record):
    """Where a page came from and when; None where the page does not say."""

    title: str
    institution: str | None = None
    aliases: tuple[str, ...] = ()
    language: str | None = None
    source: str | None = None
    url: str | None = None
    last_updated: str | None = None
    edition: str | None = None
    supersedes: str | None = None


class Cell(Record):
    """A value of a row, with its column head; the span points into the page's text."""

    column: str
    start: int
    end: int


class Block(Record):
    """A heading, paragraph, list item, table row or fact at `text[start:end]`.

    `level` is the heading's level or the list item's depth; a fact or row has a `label`
    and `cells`; `context` are words that stand above it and belong to it (a caption,
    the sentence before a list); `head` is the span of a table's row of column heads.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    label: str = ""
    cells: tuple[Cell, ...] = ()
    context: str = ""
    table: int = 0
    head: tuple[int, int] | None = None
    line: int | None = None


class Document(Record):
    """A page: the text that spans point into, its blocks in order, its provenance."""

    id: str
    path: str
    format: str
    text: str
    blocks: tuple[Block, ...]
    provenance: Provenance

    @property
    def title(self) -> str:
        """The page's title."""
        return self.provenance.title

    @property
    def institution(self) -> str | None:
        """The institution that offers the programme, where known."""
        return self.provenance.institution
