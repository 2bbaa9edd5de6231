"""What the student gets."""

from typing import Literal

from pydantic import Field

from advisor.records.document import Record

ReplyKind = Literal["answer", "no_answer", "clarify", "out_of_scope", "smalltalk"]
SCHEMA = 1


class Citation(Record):
    """A passage that the reply rests on: `document.text[start:end] == quote`."""

    number: int = Field(ge=1)
    document: str
    title: str
    institution: str | None = None
    section: str | None = None
    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    language: str | None = None
    url: str | None = None
    source: str | None = None
    last_updated: str | None = None
    edition: str | None = None


class TableRow(Record):
    """A row of a comparison: what is compared, and a cell for each column."""

    head: str
    cells: tuple[str, ...]


class Table(Record):
    """A comparison side by side; the same words as in the reply's text."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


class Reply(Record):
    """An answer with its proof, or a plain word that there is none.

    `text` is plain text with marks such as [1]; `kind` says what it is; `language` is the
    language of the question; `choices` come with a question back.
    """

    schema_version: int = SCHEMA
    kind: ReplyKind
    text: str
    language: str
    intent: str | None = None
    citations: tuple[Citation, ...] = ()
    suggestions: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    table: Table | None = None
