"""Write a page's text and its blocks side by side, for formats whose markup is left out."""

import re

from advisor.records.document import Block, Cell

_SPACE = re.compile(r"\s+")
_PAIR = re.compile(r"^(?P<label>[^\n:.?!;|]{2,60}?)\s*:\s+(?P<value>\S.{0,160})$")
MOST_LABEL_WORDS = 7


def squeeze(text: str) -> str:
    """Return the text on one line with single spaces."""
    return _SPACE.sub(" ", text).strip()


def pair(text: str) -> tuple[int, int] | None:
    """Return where the label ends and the value starts in a `Label: value` line, if it is one."""
    match = _PAIR.match(text)
    if not match or len(match["label"].split()) > MOST_LABEL_WORDS:
        return None
    if match["label"][0].islower() or len(match["value"].split()) > 22:
        return None
    return match.end("label"), match.start("value")


class PageBuilder:
    """Collects blocks; every span points into `text`."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self.blocks: list[Block] = []
        self._table = 0
        self._heads: dict[int, tuple[int, int]] = {}

    @property
    def text(self) -> str:
        """The page's text so far."""
        return "".join(self._pieces)

    def _write(self, line: str, gap: str) -> tuple[int, int]:
        if self._pieces:
            self._pieces.append(gap)
            self._length += len(gap)
        start = self._length
        self._pieces.append(line)
        self._length += len(line)
        return start, self._length

    def heading(self, text: str, level: int, line: int | None = None) -> None:
        """Add a heading of a level from 1."""
        text = squeeze(text)
        if text:
            start, end = self._write(text, "\n\n")
            self.blocks.append(Block(kind="heading", start=start, end=end, level=level, line=line))

    def paragraph(self, text: str, line: int | None = None, context: str = "") -> None:
        """Add a paragraph; a `Label: value` line becomes a fact."""
        text = squeeze(text)
        if text and not self._as_fact(text, "\n\n", 0, line, context):
            start, end = self._write(text, "\n\n")
            self.blocks.append(Block(kind="paragraph", start=start, end=end, line=line, context=context))

    def item(self, text: str, depth: int, line: int | None = None, context: str = "", group: int = 0) -> None:
        """Add a list item at a depth from 0; `group` tells lists apart."""
        text = squeeze(text)
        if text and not self._as_fact(text, "\n", depth, line, context, group):
            start, end = self._write(text, "\n" if group else "\n\n")
            self.blocks.append(
                Block(kind="item", start=start, end=end, level=depth, line=line, context=context, table=group)
            )

    def fact(self, label: str, value: str, line: int | None = None, context: str = "") -> None:
        """Add a label with its value."""
        label, value = squeeze(label).rstrip(":").rstrip(), squeeze(value)
        if label and value:
            start, end = self._write(f"{label}: {value}", "\n")
            cell = Cell(column="", start=end - len(value), end=end)
            self.blocks.append(
                Block(
                    kind="fact", start=start, end=end, label=label, cells=(cell,), line=line, context=context
                )
            )

    def _as_fact(
        self, text: str, gap: str, depth: int, line: int | None, context: str, group: int = 0
    ) -> bool:
        parts = pair(text)
        if parts is None:
            return False
        label, value = text[: parts[0]], text[parts[1] :]
        start, end = self._write(f"{label}: {value}", gap)
        cell = Cell(column="", start=end - len(value), end=end)
        self.blocks.append(
            Block(
                kind="fact", start=start, end=end, label=label, cells=(cell,), level=depth,
                line=line, context=context, table=group,
            )
        )  # fmt: skip
        return True

    def new_group(self) -> int:
        """Return a number for the next table or list."""
        self._table += 1
        return self._table

    def row(
        self,
        label: str,
        values: list[tuple[str, str]],
        table: int,
        line: int | None = None,
        context: str = "",
    ) -> None:
        """Add a table row: its head, and (column head, value) for each cell."""
        label = squeeze(label)
        if table not in self._heads and any(c for c, _ in values):
            self._heads[table] = self._write(" | ".join(squeeze(c) for c, _ in values), "\n\n")
        cells = [(squeeze(c), squeeze(v)) for c, v in values]
        shown = [v for _, v in cells]
        whole = " | ".join([label, *shown] if label else shown)
        if not whole.strip(" |"):
            return
        start, end = self._write(whole, "\n")
        here = start + (len(label) + 3 if label else 0)
        placed = []
        for column, value in cells:
            placed.append(Cell(column=column, start=here, end=here + len(value)))
            here += len(value) + 3
        filled = tuple(c for c in placed if c.end > c.start)
        self.blocks.append(
            Block(
                kind="row", start=start, end=end, label=label, cells=filled, table=table,
                head=self._heads.get(table), line=line, context=squeeze(context),
            )
        )  # fmt: skip
