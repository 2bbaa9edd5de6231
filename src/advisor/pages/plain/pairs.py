"""Labels and values on lines of their own."""

from collections.abc import Sequence

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line, labelled, leads
from advisor.pages.plain.sheet import Sheet
from advisor.records.document import Block, Cell

MOST_CARD_WORDS = 5
# A page with so many labels over values, two lines each, is laid out in such cards.
FEWEST_CARDS = 4
MOST_TOLD_WORDS = 14


class Pairs:
    """Joins labels with the values before, behind, above or below them."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.groups = self.cards = 0

    def count(self, groups: Sequence[list[Line]]) -> None:
        """Note how many groups a page has, and how many are a label over a value."""
        self.groups = len(groups)
        self.cards = sum(len(g) == 2 and g[0].is_heading and g[0].words <= MOST_CARD_WORDS for g in groups)

    def label_above(self, groups: Sequence[list[Line]], at: int) -> Line | None:
        """Return the heading right above, or above one sentence, that this value belongs to."""
        if at >= 1 and len(groups[at - 1]) == 1:
            above = groups[at - 1][0]
            if above.is_heading and self.sheet.is_last_heading(above) and self.sheet.blocks[-1].level > 1:
                return above
            if at >= 2 and len(groups[at - 2]) == 1 and above.is_sentence and not above.is_value:
                upper = groups[at - 2][0]
                if upper.is_heading and not upper.values and upper.start > self.sheet.blocks[0].start:
                    return upper
        return None

    def read(self, group: list[Line], at: int) -> int:
        """Read label and value lines that start here; return how many lines they took."""
        line, following = group[at], group[at + 1]
        if self._is_parted(line, following):
            self._parted(line, following)
            return 2
        if line.is_value and following.is_short and not following.is_value and pair(following.text) is None:
            self.sheet.fact(following, [line], following.text)
            return 2
        if len(group) == 2 and line.text in self.sheet.labels and following.is_heading:
            # What labelled values before labels words as well: `Part-time is not open to them`.
            self.sheet.fact(line, [following], line.text)
            return 2
        if (
            not line.is_heading
            or pair(line.text)
            or leads(line)
            or not (following.is_value or following.is_short or leads(following))
        ):
            return 0
        is_told = len(group) == 2 and not line.values and self.sheet.has_title
        if following.values and not following.is_value and leads(following):
            if not is_told:
                return 0
            self.sheet.fact(line, [following], line.text)
            return 2
        is_card = len(group) == 2 and line.words <= MOST_CARD_WORDS and self.groups > 1
        most = MOST_TOLD_WORDS if self.cards >= FEWEST_CARDS else MOST_CARD_WORDS
        is_card = is_card and following.words <= most
        is_labelled = is_card or line.text in self.sheet.labels or self.sheet.recogniser.is_label(line.text)
        if not following.is_value and not (is_labelled and pair(following.text) is None):
            return 0
        values = [following]
        for later in group[at + 2 :]:
            is_next_label = not later.is_value and self.sheet.recogniser.is_label(later.text)
            if later.is_bullet or is_next_label or not (later.is_value or later.is_short) or leads(later):
                break
            values.append(later)
        for value in values:
            self.sheet.fact(line, [value], line.text)
        return 1 + len(values)

    @staticmethod
    def is_labelled(line: Line, following: Line) -> bool:
        """Whether two lines are a label and a bare value."""
        return line.is_heading and pair(line.text) is None and following.is_value and not leads(line)

    @staticmethod
    def _is_parted(line: Line, following: Line) -> bool:
        """Whether a value with its label was broken in two lines: `24 students / in a group`."""
        return leads(line) and following.text[0].islower() and following.is_short and not following.values

    def _parted(self, line: Line, following: Line) -> None:
        found = labelled(line)
        if found is None:
            return
        label, value = found
        cell = Cell(column="", start=line.start + value.start, end=line.start + value.end)
        self.sheet.blocks.append(
            Block(
                kind="fact", start=line.start, end=following.end, label=f"{label} {following.text}",
                cells=(cell,), line=line.number,
            )
        )  # fmt: skip

    @staticmethod
    def alternates(group: list[Line]) -> bool:
        """Whether a group is labels and values in turn, whatever these are: `Title / Bachelor of Arts`."""
        if len(group) < 6 or len(group) % 2 or any(line.is_bullet for line in group):
            return False
        labels, values = group[::2], group[1::2]
        if not all(line.is_short and len(line.values) < 2 and pair(line.text) is None for line in labels):
            return False
        typed = sum(1 for line in values if line.values)
        mistaken = sum(1 for line in labels if line.is_value)
        return typed * 5 >= len(values) * 2 and mistaken * 5 <= len(labels)
