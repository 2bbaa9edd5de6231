"""Lines of a group that belong together by their shape, and the headings that they show."""

import re
from collections.abc import Sequence
from itertools import pairwise

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line, leads
from advisor.pages.plain.outline import Outline
from advisor.pages.plain.rows import Rows, fields, find_separator
from advisor.pages.plain.sheet import Sheet

_SMALL_PAIR = re.compile(r"([a-zà-ÿ][^\n:.?!;|]{1,30}):\s+(\S.*)$")
_BRACKETS = re.compile(r"\s*\([^()]*\)$")
_LISTED = re.compile(r"[(–-]\s*$")
FEWEST_PAIRS = 2
FEWEST_TOLD = 3
MOST_LABEL_WORDS = 5


class Runs:
    """Reads lines of one shape, and a heading right above them."""

    def __init__(self, sheet: Sheet, rows: Rows, outline: Outline) -> None:
        self.sheet = sheet
        self.rows = rows
        self.outline = outline

    def read(self, group: list[Line], at: int) -> int:
        """Read lines of one shape that start here, or a heading above them; return how many were taken."""
        rows = run_of_rows(group, at)
        if rows:
            self.rows.read_table(group[at : at + rows])
            return rows
        if self._heads_what_follows(group, at):
            if at or is_numbered(group[at]):
                # The second in one group stands under the first.
                self.sheet.heads = []
                self.sheet.heading(group[at], 3)
            else:
                self.outline.take(group[at], alone=True)
            return 1
        listed = run_of_listed(group, at)
        if listed:
            self.sheet.table += 1
            for line in group[at : at + listed]:
                self.sheet.add("item", line, line.end)
            return listed
        pairs = run_of_pairs(group, at)
        lead = group[at - 1].text if at and group[at - 1].is_sentence else ""
        for k in range(at, at + pairs, 2):
            self.sheet.fact(group[k], [group[k + 1]], group[k].text, lead)
        if pairs:
            return pairs
        count = run_of_told(group, at)
        if count >= FEWEST_TOLD or (count and any(is_parted(line) for line in group[at : at + count])):
            for line in group[at : at + count]:
                self.sheet.stated(line, told(line) or (0, 0))
            return count
        values = run_of_values(group, at)
        for k in range(at, at + values, 2):
            self.sheet.fact(group[k + 1], [group[k]], group[k + 1].text)
        return values

    def _heads_what_follows(self, group: list[Line], at: int) -> bool:
        """Whether a line is the heading of lines of one shape, or of a sentence, right under it."""
        line = group[at]
        if at == 0 and is_numbered(line):
            return True
        if line.is_lead:
            return not leads(line)
        if not line.is_heading or self.outline.is_remark(line) or at + 1 >= len(group):
            return False
        if run_of_values(group, at + 1):
            return True
        if line.values and line.values[0].kind not in {"year", "number"}:
            return False
        return bool(
            run_of_listed(group, at + 1)
            or (told(line) is None and run_of_told(group, at + 1))
            or (run_of_rows(group, at + 1) and len(fields(line.text)) == 1)
            or is_told_under(group, at)
            or is_told_under(group, at + 1)
        )


def run_of_rows(group: Sequence[Line], at: int) -> int:
    """Return how many lines from a place are rows of one table: two at least, of as many fields; or 0."""
    count = len(fields(group[at].text))
    if count < FEWEST_PAIRS:
        return 0
    end = at
    while end < len(group) and not group[end].is_bullet and len(fields(group[end].text)) == count:
        end += 1
    is_table = end - at >= FEWEST_PAIRS and find_separator(list(group[at:end])) is not None
    return end - at if is_table else 0


def run_of_pairs(group: Sequence[Line], at: int) -> int:
    """Return how many lines from a place are labels and bare values in turn: two pairs at least; or 0."""
    end = at
    while end + 1 < len(group):
        label, value = group[end], group[end + 1]
        if label.values or label.is_bullet or not label.is_heading or pair(label.text) is not None:
            break
        if not value.is_value or value.is_bullet:
            break
        end += 2
    # A value more belongs to the last label.
    is_cut = end == len(group) or not group[end].is_value
    return end - at if is_cut and end - at >= 2 * FEWEST_PAIRS else 0


def run_of_values(group: Sequence[Line], at: int) -> int:
    """Return how many lines from a place are bare values with their labels under them, in turn; or 0."""
    if at and group[at - 1].is_value:
        return 0
    end = at
    while end + 1 < len(group) and group[end].is_value:
        label = group[end + 1]
        if label.is_value or label.is_bullet or not label.is_short:
            break
        end += 2
    is_cut = end == len(group) or not group[end].is_value
    return end - at if is_cut and end - at >= 2 * FEWEST_PAIRS else 0


def run_of_listed(group: Sequence[Line], at: int) -> int:
    """Return how many lines from a place end with their size: `Cells and Genes (30 credits)`; or 0."""
    end = at
    while end < len(group) and _is_listed(group[end]):
        end += 1
    return end - at if end - at >= FEWEST_PAIRS else 0


def _is_listed(line: Line) -> bool:
    if line.is_bullet or len(line.values) != 1 or line.values[0].kind != "credits":
        return False
    value = line.values[0]
    rest = line.text[value.end :].strip(" )")
    return not rest and bool(_LISTED.search(line.text[: value.start]))


def is_told_under(group: Sequence[Line], at: int) -> bool:
    """Whether a short line has a sentence of its own under it, so that it heads that."""
    if at + 1 >= len(group):
        return False
    line, below = group[at], group[at + 1]
    if line.text.endswith("?") and not line.is_bullet and not below.is_bullet:
        # A question has its answer under it, be it a word.
        return line.is_short and not below.text.endswith("?") and below.is_sentence
    return (
        line.is_heading
        and not line.values
        and not line.is_sentence
        and pair(line.text) is None
        and not below.is_bullet
        and bool(re.search(r"[.!?]$", below.text))
        and below.words > line.words
    )


def is_numbered(line: Line) -> bool:
    """Whether a line is `Course 2: Cleaning and Counting`: a part of the whole by its number."""
    parts = pair(line.text)
    if parts is None or line.is_bullet:
        return False
    label = line.text[: parts[0]]
    # The number itself may be all the values there are.
    return label[-1].isdigit() and not any(v.start >= parts[1] for v in line.values)


def mark_leads(lines: Sequence[Line | None]) -> None:
    """Mark short lines with a list right under them, so that they head it: `Year 2 (60 credits)`."""
    for line, below in pairwise(lines):
        if line is None or below is None or line.is_bullet or not line.number:
            continue
        is_open = line.is_heading and not line.is_sentence and pair(line.text) is None
        if is_open and below.is_bullet and below.number == line.number + 1:
            line.is_lead = True


def run_of_told(group: Sequence[Line], at: int) -> int:
    """Return how many lines from a place are `Label: value`: two at least; or 0."""
    end = at
    while end < len(group) and not group[end].is_bullet and told(group[end]) is not None:
        end += 1
    return end - at if end - at >= FEWEST_PAIRS else 0


def is_parted(line: Line) -> bool:
    """Whether a colon parts a line's label from its value."""
    return pair(line.text) is not None or bool(_SMALL_PAIR.match(line.text))


def told(line: Line) -> tuple[int, int] | None:
    """Return where a line's label ends and its value starts: `jaar 1: one day a week`, `EC 240`, or None."""
    parts = pair(line.text)
    if parts is not None:
        return parts
    small = _SMALL_PAIR.match(line.text)
    if small:
        return small.end(1), small.start(2)
    if not line.values or line.is_value or line.is_sentence:
        return None
    # The values at the end of the line, what stands in brackets behind them included.
    tail = len(_BRACKETS.sub("", line.text).rstrip())
    first = line.values[-1]
    for value in reversed(line.values):
        if value.end == tail:
            first, tail = value, value.start
            break
    label = line.text[: first.start].rstrip(" -–|")
    is_named = bool(label) and len(label.split()) <= MOST_LABEL_WORDS and label[0].isalpha()
    return (len(label), first.start) if tail == first.start and is_named else None
