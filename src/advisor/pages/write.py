"""Write a document as a Markdown page that loads back to the same blocks."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import yaml

from advisor.pages.build import squeeze
from advisor.pages.markdown import read_markdown
from advisor.records.document import Block, Document

_SPECIAL = re.compile(r"([\\`*_\[\]<>~|&#+!^:=-])")
_NUMBERED = re.compile(r"^(\d+)([.)])")
_INDENT = "  "


def as_markdown(document: Document) -> str:
    """Return the page as Markdown under its front matter; what is unknown is left out."""
    known = document.provenance.model_dump(exclude_none=True, mode="json")
    front = {key: value for key, value in known.items() if value}
    head = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=1000)
    return f"---\n{head}---\n\n{as_body(document.text, document.blocks)}"


def as_body(text: str, blocks: Sequence[Block]) -> str:
    """Return blocks as Markdown."""
    return _Writer(text, blocks).write()


class _Writer:
    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.text = text
        self.blocks = blocks
        self.lines: list[str] = []
        self.marker = "-"
        self.lists: list[int] = []
        self.item = ""

    def write(self) -> str:
        for key, members in groupby(self.blocks, key=_kinship):
            if key[0] == "row":
                self._table(list(members))
                self.lists = []
            else:
                for block in members:
                    self._block(block)
        return "\n".join(self.lines).strip("\n") + "\n"

    def _shown(self, block: Block) -> str:
        return squeeze(self.text[block.start : block.end])

    def _values(self, block: Block) -> list[str]:
        return [squeeze(self.text[c.start : c.end]) for c in block.cells]

    def _block(self, block: Block) -> None:
        if block.table and block.kind in {"item", "fact"}:
            self._item(block)
        elif block.kind == "paragraph" and self.item and (block.level or block.context == self.item):
            indent = _INDENT * len(self.lists)
            self.lines += ["", indent + _safe(self._shown(block), ""), ""]
        else:
            self.lists, self.item = [], ""
            self._alone(block)

    def _alone(self, block: Block) -> None:
        if block.kind == "heading":
            mark = "#" * min(max(block.level, 1), 6) + " "
            self.lines += ["", mark + _safe(self._shown(block), mark)]
        elif block.kind == "fact":
            for value in self._values(block):
                self.lines += ["", *_fact(block.label, value, block.context)]
        elif block.kind == "item":
            self.lines += ["", "- " + _safe(self._shown(block), "- ")]
        else:
            self.lines += ["", _safe(self._shown(block), "")]

    def _item(self, block: Block) -> None:
        depth = self._enter(block)
        shown = (
            f"{block.label}: {'; '.join(self._values(block))}" if block.kind == "fact" else self._shown(block)
        )
        self.lines.append(f"{_INDENT * depth}{self.marker} {_safe(shown, '- ')}")
        self.item = shown

    def _enter(self, block: Block) -> int:
        """Open or go on with the list of an item; two lists in a row get different marks."""
        if block.table in self.lists:
            del self.lists[self.lists.index(block.table) + 1 :]
        else:
            depth = min(block.level, len(self.lists))
            if depth < len(self.lists) and depth == 0:
                self.marker = "*" if self.marker == "-" else "-"
            del self.lists[depth:]
            if not depth and self.lines and self.lines[-1]:
                self.lines.append("")
            self.lists.append(block.table)
        return len(self.lists) - 1

    # -- tables ---------------------------------------------------------------------------

    def _table(self, rows: Sequence[Block]) -> None:
        columns = list(_columns(rows))
        has_labels = any(row.label for row in rows)
        heads = (
            [rows[0].context if has_labels else "", *columns] if has_labels or len(columns) > 1 else columns
        )
        self.lines += ["", _cells(heads), "|" + " --- |" * len(heads)]
        for row in rows:
            values = self._placed(row, columns)
            self.lines.append(_cells([row.label, *values] if len(heads) > len(columns) else values))
        self.lines.append("")

    def _placed(self, row: Block, columns: Sequence[str]) -> list[str]:
        """Return a row's values, each below its column's head."""
        values = [""] * len(columns)
        at = 0
        for cell, value in zip(row.cells, self._values(row), strict=True):
            while at < len(columns) and columns[at] != cell.column:
                at += 1
            if at == len(columns):
                break
            values[at] = value
            at += 1
        return values


def _kinship(block: Block) -> tuple[str, int, str]:
    return (block.kind, block.table, block.context) if block.kind == "row" else ("", 0, "")


def _columns(rows: Sequence[Block]) -> Iterator[str]:
    """Yield the column heads in order; a row without a value in one still has its place."""
    widest = max(rows, key=lambda row: len(row.cells))
    yield from (c.column for c in widest.cells)
    known = {c.column for c in widest.cells}
    yield from dict.fromkeys(c.column for row in rows for c in row.cells if c.column not in known)


def _cells(texts: Sequence[str]) -> str:
    return "| " + " | ".join(_safe(t, "").replace("|", r"\|").replace(r"\\|", r"\|") for t in texts) + " |"


def _fact(label: str, value: str, context: str) -> list[str]:
    """Return a fact as a line, or as what keeps its label and context apart from its value."""
    line = _safe(f"{label}: {value}", "")
    if not context and _reads_as(line, label, value):
        return [line]
    definition = [_safe(label, ""), f":   {_safe(value, '')}"]
    if not context and _reads_as("\n".join(definition), label, value):
        return definition
    return [_cells([context, ""]), "| --- | --- |", _cells([label, value]), ""]


def _reads_as(markdown: str, label: str, value: str) -> bool:
    page = read_markdown(markdown)
    if len(page.blocks) != 1 or page.blocks[0].kind != "fact":
        return False
    block = page.blocks[0]
    return block.label == label and page.text[block.cells[0].start : block.cells[0].end] == value


def _safe(text: str, mark: str) -> str:
    """Return the text with just the escapes without which it would read as markup."""
    if _survives(text, text, mark):
        return text
    return _NUMBERED.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _survives(text: str, markdown: str, mark: str) -> bool:
    page = read_markdown(mark + markdown)
    return len(page.blocks) <= 1 and page.text == text
