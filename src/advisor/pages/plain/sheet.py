"""The blocks of a page as they are found."""

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line, Recogniser, labelled
from advisor.records.document import Block, Cell


class Sheet:
    """Collects the blocks of a text, and what the lines above say of those below."""

    def __init__(self, text: str, recogniser: Recogniser) -> None:
        self.text = text
        self.recogniser = recogniser
        self.blocks: list[Block] = []
        self.table = 0
        self.has_title = False
        self.heads: list[str] = []
        self.labels: set[str] = set()

    @property
    def above(self) -> Block | None:
        """The last block."""
        return self.blocks[-1] if self.blocks else None

    def is_last_heading(self, line: Line) -> bool:
        """Whether a line became the heading that stands last."""
        return self.above is not None and self.above.kind == "heading" and self.above.start == line.start

    def heading(self, line: Line, level: int) -> None:
        """Add a heading."""
        self.blocks.append(
            Block(kind="heading", start=line.start, end=line.end, level=level, line=line.number)
        )

    def add(self, kind: str, line: Line, end: int) -> None:
        """Add an item or a paragraph, or the fact that it states."""
        text = self.text[line.start : end]
        parts = pair(text)
        if parts is not None:
            cell = Cell(column="", start=line.start + parts[1], end=end)
            self.blocks.append(
                Block(
                    kind="fact",
                    start=line.start,
                    end=end,
                    label=text[: parts[0]],
                    cells=(cell,),
                    line=line.number,
                )
            )
            return
        found = labelled(line) if end == line.end else None
        if found is not None:
            label, value = found
            cell = Cell(column="", start=line.start + value.start, end=line.start + value.end)
            self.blocks.append(
                Block(kind="fact", start=line.start, end=end, label=label, cells=(cell,), line=line.number)
            )
            return
        self.blocks.append(
            Block(
                kind="item" if kind == "item" else "paragraph", start=line.start, end=end, line=line.number,
                table=self.table if kind == "item" else 0, level=self._depth(kind, line),
            )
        )  # fmt: skip

    def stated(self, line: Line, parts: tuple[int, int]) -> None:
        """Add the fact that a line states, given where its label ends and its value starts."""
        cell = Cell(column="", start=line.start + parts[1], end=line.end)
        label = line.text[: parts[0]]
        self.blocks.append(
            Block(
                kind="fact", start=line.start, end=line.end, label=label, cells=(cell,), line=line.number
            )
        )  # fmt: skip

    def fact(self, label: Line, values: list[Line], name: str, context: str = "") -> None:
        """Add a fact of a label and the lines with its values."""
        start = min(label.start, *(v.start for v in values))
        end = max(label.end, *(v.end for v in values))
        if self.is_last_heading(label):
            self.blocks.pop()
        # A label stands above several values: each value's proof is then its own line.
        if end - start > 400 or any(b.start >= start and b.kind == "fact" for b in self.blocks[-1:]):
            start, end = values[0].start, values[-1].end
        self.labels.add(name)
        cells = tuple(Cell(column="", start=v.start, end=v.end) for v in values)
        self.blocks.append(
            Block(
                kind="fact", start=start, end=end, label=name, cells=cells, line=label.number, context=context
            )
        )  # fmt: skip

    def fact_below(self, label: Line, value: Line) -> None:
        """Add a fact whose label became the heading above it."""
        cell = Cell(column="", start=value.start, end=value.end)
        self.blocks.append(
            Block(
                kind="fact", start=value.start, end=value.end, label=label.text, cells=(cell,),
                line=value.number,
            )
        )  # fmt: skip

    def _depth(self, kind: str, line: Line) -> int:
        """Return 1 for an indented paragraph that goes on with the list item above it."""
        if kind == "item" or not line.indent or not self.blocks:
            return 0
        above = self.blocks[-1]
        return int(above.kind == "item" or (above.kind == "paragraph" and above.level == 1))
