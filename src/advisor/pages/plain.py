"""Recover the structure of plain text as copied from a web page.

Spans point into the text as loaded. A line is read by its shape: a bullet, a bare value, a
value with its label before or behind it, a row of values, a heading, or prose; blank lines
part blocks. What is navigation is left out.
"""

import re
from dataclasses import dataclass, field
from typing import Protocol

from advisor.pages.build import pair
from advisor.records.document import Block, Cell
from advisor.text.tokens import tokenise
from advisor.text.values import Value

_BULLET = re.compile(r"\s*(?:[•▪◦‣·*]|[-–](?=\s)|\d{1,2}[.)](?=\s+\S))\s+")
_CRUMBS = re.compile(r"\S\s+[>›»/|]\s+\S.*\S\s+[>›»/|]\s+\S")
_SWITCH = re.compile(r"[A-Z]{2}(?:\s*[|/]\s*[A-Z]{2})+$")
_TEASER = re.compile(r"\s*(?:\.\.\.|…)?\s*(?:Read more|Read less|Lees meer|Lees minder)\s*$", re.IGNORECASE)
_END = re.compile(r"[.!?…:;,][\"'”’)]*$")
_COLUMNS = re.compile(r"\t+| {3,}| ?\| ?")
_MOST_HEADING_WORDS = 10
MOST_CARD_WORDS = 5
FEWEST_IN_MENU = 3
MOST_MENU_WORDS = 3
_ROW_KINDS = {"score", "percentage", "money", "number", "credits", "hours"}


class Recogniser(Protocol):
    """What the reader asks of the lexicon and the value finder."""

    def values(self, text: str) -> list[Value]:
        """Return the typed values of a text."""
        ...

    def is_label(self, text: str) -> bool:
        """Whether the line is a label."""
        ...

    def is_column(self, text: str) -> bool:
        """Whether the line heads a column."""
        ...

    def is_interface(self, text: str) -> bool:
        """Whether the line is a button."""
        ...

    def is_related(self, text: str) -> bool:
        """Whether a heading says that other programmes follow."""
        ...

    def updated(self, text: str) -> str | None:
        """Return the date behind a word for updated."""
        ...

    def is_variants(self, text: str) -> bool:
        """Whether a heading says that a programme's specialisations follow."""
        ...

    def institutions(self, text: str) -> list[str]:
        """Return the institutions named."""
        ...


@dataclass(slots=True)
class _Line:
    text: str
    start: int
    end: int
    number: int
    values: list[Value] = field(default_factory=list)
    indent: int = 0
    is_bullet: bool = False
    is_value: bool = False

    @property
    def words(self) -> int:
        return len(self.text.split())

    @property
    def is_short(self) -> bool:
        """Whether it could be a heading or a label: few words, no punctuation at its end."""
        return (
            self.words <= _MOST_HEADING_WORDS
            and len(self.text) <= 90
            and not re.search(r"[.!,;]$", self.text)
        )

    @property
    def is_heading(self) -> bool:
        return self.is_short and not self.is_value and not self.is_bullet and not self.text[0].islower()

    @property
    def is_sentence(self) -> bool:
        return bool(_END.search(self.text)) or self.words > _MOST_HEADING_WORDS


def read_plain(text: str, recogniser: Recogniser) -> list[Block]:
    """Return the blocks of a plain text."""
    return _Reader(text, recogniser).read()


class _Reader:
    def __init__(self, text: str, recogniser: Recogniser) -> None:
        self.text = text
        self.recogniser = recogniser
        self.blocks: list[Block] = []
        self.table = 0
        self.has_title = False
        self.heads: list[str] = []
        self.groups = 0
        self.numbered: list[str] = []
        self.is_of_others = False
        self.is_of_variants = False
        self.is_in_group = False
        self.sibling = ""

    def read(self) -> list[Block]:
        groups = self._groups()
        self.groups = len(groups)
        at = 0
        while at < len(groups):
            at += self._group(groups, at)
        return self.blocks

    def _groups(self) -> list[list[_Line]]:
        """Return the lines between blank lines, without navigation and teasers."""
        lines: list[_Line | None] = []
        here = 0
        for number, raw in enumerate(self.text.splitlines(keepends=True), 1):
            body = raw.rstrip("\r\n")
            start = here + len(body) - len(body.lstrip())
            end = here + len(body.rstrip())
            here += len(raw)
            indent = start - (here - len(raw))
            lines.append(
                _Line(self.text[start:end], start, end, number, indent=indent) if end > start else None
            )
        self._drop_navigation(lines)
        groups: list[list[_Line]] = [[]]
        for line in lines:
            if line is None:
                groups.append([])
            elif line.number:
                self._shape(line)
                if line.is_bullet and groups[-1] and not groups[-1][0].is_bullet:
                    groups.append([])
                groups[-1].append(line)
        groups = [g for g in groups if g]
        while len(groups) > 1 and _is_menu(groups[0]):
            del groups[0]
        return groups

    def _drop_navigation(self, lines: list[_Line | None]) -> None:
        bodies = [line.text for line in lines if line is not None]
        for line in lines:
            if line is None:
                continue
            if (
                self.recogniser.is_interface(line.text)
                or _SWITCH.match(line.text)
                or (_CRUMBS.search(line.text) and line.words <= 25 and not self.recogniser.values(line.text))
            ):
                line.number = 0
                continue
            tail = _TEASER.search(line.text)
            if tail:
                head = line.text[: tail.start()]
                is_repeated = any(b is not line.text and b.startswith(head) for b in bodies)
                if head and "..." in tail.group() and is_repeated:
                    line.number = 0
                else:
                    line.end = line.start + tail.start()
                    line.text = head
                    line.number = line.number if head else 0

    def _shape(self, line: _Line) -> None:
        bullet = _BULLET.match(line.text)
        if bullet and bullet.end() < len(line.text):
            line.is_bullet = True
            line.start += bullet.end()
            line.text = line.text[bullet.end() :]
        line.values = self.recogniser.values(line.text)
        line.is_value = self._is_bare(line)

    @staticmethod
    def _is_bare(line: _Line) -> bool:
        if not line.values or len(line.text) > 90:
            return False
        kinds = [v.kind for v in line.values]
        if len(kinds) > 1 and len(set(kinds)) == 1 and kinds[0] in {"score", "percentage"}:
            return False
        rest = line.text
        for value in reversed(line.values):
            rest = rest[: value.start] + " " + rest[value.end :]
        rest = re.sub(r"\([^()]*\)", " ", rest)
        left = [t for t in tokenise(rest) if len(t.fold) > 1]
        starts = line.values[0].start <= 1 or kinds[0] == "date" or (kinds[0] == "year" and not left)
        most = 0 if kinds == ["number"] else 1
        return starts and len(left) <= most and not line.text.endswith(".")

    # -- groups ---------------------------------------------------------------------------

    def _group(self, groups: list[list[_Line]], at: int) -> int:
        """Read the group at a place; return how many groups it took."""
        group = groups[at]
        self.is_in_group = len(group) > 1
        if self._is_table(group):
            self._tab_table(group)
            return 1
        if len(group) == 1 and not group[0].is_bullet:
            return self._single(groups, at)
        self._several(group)
        return 1

    def _single(self, groups: list[list[_Line]], at: int) -> int:
        line = group_line = groups[at][0]
        if line.is_value and self.has_title:
            label = self._label_above(groups, at)
            if label is not None:
                self._fact(label, [line], label.text)
                return 1
            below = groups[at + 1] if at + 1 < len(groups) else []
            if len(below) == 1 and below[0].is_short and not below[0].is_value and not below[0].is_bullet:
                self._fact(below[0], [group_line], below[0].text)
                return 2
        self._line(line, alone=True)
        return 1

    def _label_above(self, groups: list[list[_Line]], at: int) -> _Line | None:
        """Return the heading right above, or above one sentence, that this value belongs to."""
        if at >= 1 and len(groups[at - 1]) == 1:
            above = groups[at - 1][0]
            if above.is_heading and self._is_last_heading(above) and self.blocks[-1].level > 1:
                return above
            if at >= 2 and len(groups[at - 2]) == 1 and above.is_sentence and not above.is_value:
                upper = groups[at - 2][0]
                if upper.is_heading and not upper.values:
                    return upper
        return None

    def _is_last_heading(self, line: _Line) -> bool:
        return bool(self.blocks) and self.blocks[-1].kind == "heading" and self.blocks[-1].start == line.start

    def _several(self, group: list[_Line]) -> None:
        at = 0
        if group[0].is_bullet:
            self.table += 1
        while at < len(group):
            if self.has_title and self._alternates(group[at:]):
                for label, value in zip(group[at::2], group[at + 1 :: 2], strict=True):
                    self._columned(label, value)
                return
            line = group[at]
            following = group[at + 1] if at + 1 < len(group) else None
            if not line.is_bullet and self.has_title and following is not None and not following.is_bullet:
                if self._row(line):
                    at += 1
                    if self._difference(following):
                        at += 1
                    continue
                if self._is_head_line(line):
                    self.heads.append(line.text)
                    at += 1
                    continue
                taken = self._pairs(group, at)
                if taken:
                    at += taken
                    continue
            if self._row(line):
                at += 1
                continue
            if self._is_head_line(line):
                self.heads.append(line.text)
                at += 1
                continue
            at += self._prose(group, at) if not line.is_bullet else self._bullet(group, at)

    @staticmethod
    def _alternates(group: list[_Line]) -> bool:
        """Whether a group is labels and values in turn, whatever these are: `Title / Bachelor of Arts`."""
        if len(group) < 6 or len(group) % 2 or any(line.is_bullet for line in group):
            return False
        labels, values = group[::2], group[1::2]
        if not all(line.is_short and len(line.values) < 2 and pair(line.text) is None for line in labels):
            return False
        typed = sum(1 for line in values if line.values)
        mistaken = sum(1 for line in labels if line.is_value)
        return typed * 5 >= len(values) * 2 and mistaken * 5 <= len(labels)

    def _columned(self, label: _Line, value: _Line) -> None:
        """Add a fact; a value such as `4,1 | 3,9` has a cell for each column."""
        parts = [m for m in re.finditer(r"[^|]+", value.text) if m.group().strip()]
        heads = self._columns(len(parts)) if len(parts) > 1 else [""]
        cells = tuple(
            Cell(
                column=head,
                start=value.start + m.start() + len(m.group()) - len(m.group().lstrip()),
                end=value.start + m.start() + len(m.group().rstrip()),
            )
            for head, m in zip(heads, parts, strict=True)
        )
        self.blocks.append(
            Block(
                kind="fact", start=label.start, end=value.end, label=label.text, cells=cells,
                line=label.number, table=self.table if len(cells) > 1 else 0,
            )
        )  # fmt: skip

    def _heads_in(self, line: _Line) -> None:
        """Take the heads of columns from `Student survey (this programme | national)`."""
        inside = re.search(r"\(([^()|]+(?:\|[^()|]+)+)\)", line.text)
        if inside and self.recogniser.is_column(inside.group(1)):
            self.heads = [part.strip() for part in inside.group(1).split("|")]
            self.table += 1

    def _pairs(self, group: list[_Line], at: int) -> int:
        """Read label and value lines that start here; return how many lines they took."""
        line, following = group[at], group[at + 1]
        if self._is_parted(line, following):
            self._parted(line, following)
            return 2
        if line.is_value and following.is_short and not following.is_value and pair(following.text) is None:
            self._fact(following, [line], following.text)
            return 2
        if (
            not line.is_heading
            or pair(line.text)
            or _leads(line)
            or not (following.is_value or following.is_short or _leads(following))
        ):
            return 0
        is_told = len(group) == 2 and not line.values and self.has_title
        if following.values and not following.is_value and _leads(following):
            if not is_told:
                return 0
            self._fact(line, [following], line.text)
            return 2
        is_card = len(group) == 2 and max(line.words, following.words) <= MOST_CARD_WORDS and self.groups > 1
        is_labelled = is_card or self.recogniser.is_label(line.text)
        if not following.is_value and not (is_labelled and pair(following.text) is None):
            return 0
        values = [following]
        for later in group[at + 2 :]:
            is_next_label = not later.is_value and self.recogniser.is_label(later.text)
            if later.is_bullet or is_next_label or not (later.is_value or later.is_short) or _leads(later):
                break
            values.append(later)
        for value in values:
            self._fact(line, [value], line.text)
        return 1 + len(values)

    # -- rows -----------------------------------------------------------------------------

    def _is_head_line(self, line: _Line) -> bool:
        return line.is_short and not line.values and self.has_title and self.recogniser.is_column(line.text)

    def _row(self, line: _Line) -> bool:
        """Read `label value value` with values of one kind."""
        kinds = {v.kind for v in line.values}
        if len(line.values) < 2 or len(kinds) != 1 or not kinds <= _ROW_KINDS or pair(line.text):
            return False
        first, last = line.values[0], line.values[-1]
        between = [line.text[a.end : b.start] for a, b in zip(line.values, line.values[1:], strict=False)]
        if last.end != len(line.text) or any(b.strip(" |;,") for b in between):
            return False
        label = line.text[: first.start].strip(" :|")
        heads = self._columns(len(line.values))
        cells = tuple(
            Cell(column=head, start=line.start + v.start, end=line.start + v.end)
            for head, v in zip(heads, line.values, strict=True)
        )
        self.table = self.table or 1
        self.blocks.append(
            Block(
                kind="row",
                start=line.start,
                end=line.end,
                label=label,
                cells=cells,
                line=line.number,
                table=self.table,
            )
        )
        return True

    def _columns(self, count: int) -> list[str]:
        heads = list(dict.fromkeys(self.heads))
        return heads[:count] if len(heads) >= count else [""] * count

    def _difference(self, line: _Line) -> bool:
        """Add a line such as `0.2 less than the national average` to the row above it."""
        if not line.values or line.values[0].start != 0 or not self.recogniser.is_column(line.text):
            return False
        above = self.blocks.pop()
        cell = Cell(column="", start=line.start, end=line.end)
        self.blocks.append(above.model_copy(update={"end": line.end, "cells": (*above.cells, cell)}))
        return True

    def _is_table(self, group: list[_Line]) -> bool:
        if len(group) < 2 or any(line.is_bullet for line in group):
            return False
        counts = {len(_COLUMNS.split(line.text)) for line in group}
        return len(counts) == 1 and counts.pop() >= 2

    def _tab_table(self, group: list[_Line]) -> None:
        self.table += 1
        heads = [c.strip() for c in _COLUMNS.split(group[0].text)]
        has_heads = not group[0].values or not any(v.start == 0 for v in group[0].values)
        for line in group[1 if has_heads else 0 :]:
            parts = list(_COLUMNS.finditer(line.text))
            starts = [0, *(p.end() for p in parts)]
            ends = [*(p.start() for p in parts), len(line.text)]
            cells = tuple(
                Cell(column=heads[i] if has_heads else "", start=line.start + a, end=line.start + b)
                for i, (a, b) in enumerate(zip(starts, ends, strict=True))
                if i and b > a
            )
            label = line.text[starts[0] : ends[0]]
            self.blocks.append(
                Block(kind="row", start=line.start, end=line.end, label=label, cells=cells, line=line.number,
                      table=self.table, context=heads[0] if has_heads else "",
                      head=(group[0].start, group[0].end) if has_heads else None)
            )  # fmt: skip

    # -- single lines ---------------------------------------------------------------------

    def _fact(self, label: _Line, values: list[_Line], name: str) -> None:
        start = min(label.start, *(v.start for v in values))
        end = max(label.end, *(v.end for v in values))
        if self._is_last_heading(label):
            self.blocks.pop()
        # A label stands above several values: each value's proof is then its own line.
        if end - start > 400 or any(b.start >= start and b.kind == "fact" for b in self.blocks[-1:]):
            start, end = values[0].start, values[-1].end
        cells = tuple(Cell(column="", start=v.start, end=v.end) for v in values)
        self.blocks.append(
            Block(kind="fact", start=start, end=end, label=name, cells=cells, line=label.number)
        )

    def _bullet(self, group: list[_Line], at: int) -> int:
        line = group[at]
        taken = 1
        end = line.end
        while (
            at + taken < len(group)
            and not group[at + taken].is_bullet
            and group[at + taken].text[0].islower()
        ):
            end = group[at + taken].end
            taken += 1
        self._block("item", line, end)
        return taken

    def _prose(self, group: list[_Line], at: int) -> int:
        """Read a line, joined with those that it was wrapped into."""
        line = group[at]
        taken = 1
        end = line.end
        while at + taken < len(group):
            last, later = group[at + taken - 1], group[at + taken]
            is_wrapped = len(last.text) >= 50 and not re.search(r"[.!?:]$", last.text)
            is_wrapped = is_wrapped or (later.text[0].islower() and last.text.endswith(("...", "…")))
            is_own = later.is_bullet or later.is_value or pair(last.text) or pair(later.text)
            if not is_wrapped or is_own or _leads(last) or _leads(later):
                break
            end = later.end
            taken += 1
        if taken > 1:
            self._block("paragraph", line, end)
        else:
            is_edge = at == 0 or at + 1 == len(group)
            self._line(line, alone=is_edge)
        return taken

    def _line(self, line: _Line, alone: bool) -> None:
        self._take(line, alone)
        self._heads_in(line)

    def _take(self, line: _Line, alone: bool) -> None:
        if not self.has_title and line.is_short and not line.is_bullet:
            self.has_title = True
            self.blocks.append(
                Block(kind="heading", start=line.start, end=line.end, level=1, line=line.number)
            )
        elif alone and line.is_heading and not _leads(line) and not self._is_remark(line):
            self.heads = []
            level = self._level(line.text)
            if self.recogniser.is_variants(line.text):
                self.is_of_variants = True
            elif (
                self.is_of_variants
                and (self.is_in_group or not self.recogniser.is_label(line.text))
                and "?" not in line.text
            ):
                level = 3
            else:
                self.is_of_variants = False
                level = self._under(line.text, level)
            if self.recogniser.is_related(line.text):
                self.is_of_others, level = True, 2
            elif self.is_of_others and self.recogniser.is_label(line.text):
                self.is_of_others = False
            elif self.is_of_others:
                # What follows are the names of other programmes, until a heading with words of this one's.
                level = 3
            self.blocks.append(
                Block(kind="heading", start=line.start, end=line.end, level=level, line=line.number)
            )
        else:
            self._block("item" if line.is_bullet else "paragraph", line, line.end)

    @staticmethod
    def _is_parted(line: _Line, following: _Line) -> bool:
        """Whether a value with its label was broken in two lines: `24 students / in a group`."""
        return _leads(line) and following.text[0].islower() and following.is_short and not following.values

    def _parted(self, line: _Line, following: _Line) -> None:
        found = _labelled(line)
        if found is None:
            return
        label, value = found
        cell = Cell(column="", start=line.start + value.start, end=line.start + value.end)
        self.blocks.append(
            Block(
                kind="fact", start=line.start, end=following.end, label=f"{label} {following.text}",
                cells=(cell,), line=line.number,
            )
        )  # fmt: skip

    def _level(self, text: str) -> int:
        """Return 3 for numbered headings (`Semester 1`) under one that has nothing of its own, else 2."""
        words = text.split()
        if not any(w.strip("(),.:").isdigit() for w in words):
            self.numbered = []
            return 2
        above = self.blocks[-1] if self.blocks else None
        if above is not None and above.kind == "heading" and above.level == 2:
            self.numbered = words
        alike = sum(a == b for a, b in zip(words, self.numbered, strict=False))
        is_sibling = len(words) == len(self.numbered) and alike * 3 >= len(words) - 1
        return 3 if is_sibling else 2

    def _under(self, text: str, level: int) -> int:
        """Return 3 for a heading right under another, and for those that begin as it does."""
        first = text.split()[0]
        above = self.blocks[-1] if self.blocks else None
        is_bare = above is not None and above.kind == "heading" and above.level == 2
        if (
            level == 2
            and is_bare
            and above is not None
            and not self.text[above.start : above.end].startswith(first)
        ):
            self.sibling = first
            return 3
        if level == 2 and first != self.sibling:
            self.sibling = ""
        return 3 if level == 2 and self.sibling else level

    def _is_remark(self, line: _Line) -> bool:
        """Whether a short line is a fact, a date of the page or a name, so that it heads nothing."""
        if pair(line.text) is not None or self.recogniser.updated(line.text):
            return True
        return self.recogniser.institutions(line.text) == [line.text]

    def _block(self, kind: str, line: _Line, end: int) -> None:
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
        found = _labelled(line) if end == line.end else None
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

    def _depth(self, kind: str, line: _Line) -> int:
        """Return 1 for an indented paragraph that goes on with the list item above it."""
        if kind == "item" or not line.indent or not self.blocks:
            return 0
        above = self.blocks[-1]
        return int(above.kind == "item" or (above.kind == "paragraph" and above.level == 1))


def _leads(line: _Line) -> bool:
    """Whether the line is `value label` or `label value`."""
    return _labelled(line) is not None


def _labelled(line: _Line) -> tuple[str, Value] | None:
    """Return label and value of a short line that begins or ends with its only leading value."""
    if not line.values or line.is_value or line.words > 22 or re.search(r"[.!?]$", line.text):
        return None
    first, last = line.values[0], line.values[-1]
    if first.start == 0 and first.kind in {
        "number",
        "percentage",
        "money",
        "hours",
        "credits",
        "duration",
        "score",
    }:
        rest = line.text[first.end :].strip(" :-")
        return (rest, first) if (rest and first.text[0].isdigit()) or first.text[0] in "€£$" else None
    if last.end == len(line.text) and last.kind in {"percentage", "money", "score"}:
        return line.text[: last.start].strip(" :-|"), last
    return None


def _is_menu(group: list[_Line]) -> bool:
    """Whether the lines at the top of a page are a menu: several, of a word or three each."""
    return len(group) >= FEWEST_IN_MENU and all(
        line.words <= MOST_MENU_WORDS and not line.values and not line.is_bullet and line.is_short
        for line in group
    )
