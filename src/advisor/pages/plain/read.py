"""Recover the structure of plain text as copied from a web page.

Spans point into the text as loaded. A line is read by its shape: a bullet, a bare value, a
value with its label before or behind it, a row of values, a heading, or prose; blank lines
part blocks. What is navigation is left out.
"""

import re

from advisor.pages.build import pair
from advisor.pages.plain.furniture import drop_navigation, without_site
from advisor.pages.plain.lines import Line, Recogniser, cut_lines, leads, shape
from advisor.pages.plain.outline import Outline
from advisor.pages.plain.pairs import Pairs
from advisor.pages.plain.rows import Rows
from advisor.pages.plain.runs import Runs, mark_leads, run_of_values
from advisor.pages.plain.sheet import Sheet
from advisor.records.document import Block


def read_plain(text: str, recogniser: Recogniser) -> list[Block]:
    """Return the blocks of a plain text."""
    return _Reader(text, recogniser).read()


class _Reader:
    def __init__(self, text: str, recogniser: Recogniser) -> None:
        self.sheet = Sheet(text, recogniser)
        self.rows = Rows(self.sheet)
        self.pairs = Pairs(self.sheet)
        self.outline = Outline(self.sheet)
        self.runs = Runs(self.sheet, self.rows, self.outline)

    def read(self) -> list[Block]:
        groups = self._groups()
        self.pairs.count(groups)
        at = 0
        while at < len(groups):
            at += self._group(groups, at)
        return self.sheet.blocks

    def _groups(self) -> list[list[Line]]:
        """Return the lines between blank lines, without navigation and teasers."""
        lines = cut_lines(self.sheet.text)
        drop_navigation(lines, self.sheet.recogniser)
        for line in lines:
            if line is not None and line.number:
                shape(line, self.sheet.recogniser)
        mark_leads(lines)
        groups: list[list[Line]] = [[]]
        for line in lines:
            if line is None:
                groups.append([])
            elif line.number:
                is_of_list = bool(groups[-1]) and groups[-1][0].is_bullet
                if groups[-1] and (line.is_lead if is_of_list else line.is_bullet):
                    groups.append([])
                groups[-1].append(line)
        groups = [g for g in groups if g]
        return without_site(groups, self.sheet.recogniser)

    def _group(self, groups: list[list[Line]], at: int) -> int:
        """Read the group at a place; return how many groups it took."""
        group = groups[at]
        self.outline.is_in_group = len(group) > 1
        if self.rows.is_table(group):
            self.rows.read_table(group)
            return 1
        if len(group) == 1 and not group[0].is_bullet:
            return self._single(groups, at)
        self._several(group)
        return 1

    def _single(self, groups: list[list[Line]], at: int) -> int:
        line = group_line = groups[at][0]
        if line.is_value and self.sheet.has_title:
            label = self.pairs.label_above(groups, at)
            if label is not None:
                self.sheet.fact(label, [line], label.text)
                return 1
            below = groups[at + 1] if at + 1 < len(groups) else []
            if len(below) == 1 and below[0].is_short and not below[0].is_value and not below[0].is_bullet:
                self.sheet.fact(below[0], [group_line], below[0].text)
                return 2
        self._line(line, alone=True)
        return 1

    def _several(self, group: list[Line]) -> None:
        at = 0
        if group[0].is_bullet:
            self.sheet.table += 1
        while at < len(group):
            is_headed = run_of_values(group, at + 1) > 0
            if self.sheet.has_title and not is_headed and self.pairs.alternates(group[at:]):
                for label, value in zip(group[at::2], group[at + 1 :: 2], strict=True):
                    self.rows.columned(label, value)
                return
            line = group[at]
            following = group[at + 1] if at + 1 < len(group) else None
            if (
                not line.is_bullet
                and self.sheet.has_title
                and following is not None
                and not following.is_bullet
            ):
                taken = self.runs.read(group, at)
                if taken:
                    at += taken
                    continue
                if self.rows.row(line):
                    at += 1
                    if self.rows.difference(following):
                        at += 1
                    continue
                if self.rows.is_head(line):
                    self.sheet.heads.append(line.text)
                    at += 1
                    continue
                taken = self.pairs.read(group, at)
                if taken:
                    at += taken
                    continue
            if self.rows.row(line):
                at += 1
                continue
            if self.rows.is_head(line):
                self.sheet.heads.append(line.text)
                at += 1
                continue
            at += self._prose(group, at) if not line.is_bullet else self._bullet(group, at)

    def _bullet(self, group: list[Line], at: int) -> int:
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
        self.sheet.add("item", line, end)
        return taken

    def _prose(self, group: list[Line], at: int) -> int:
        """Read a line, joined with those that it was wrapped into."""
        line = group[at]
        taken = 1
        end = line.end
        while at + taken < len(group):
            last, later = group[at + taken - 1], group[at + taken]
            is_wrapped = len(last.text) >= 50 and not re.search(r"[.!?:]$", last.text)
            is_wrapped = is_wrapped or (later.text[0].islower() and last.text.endswith(("...", "…")))
            is_own = later.is_bullet or later.is_value or pair(last.text) or pair(later.text)
            if not is_wrapped or is_own or leads(last) or leads(later):
                break
            end = later.end
            taken += 1
        if taken > 1:
            self.sheet.add("paragraph", line, end)
        else:
            is_edge = at == 0 or at + 1 == len(group)
            self._line(line, alone=is_edge)
        return taken

    def _line(self, line: Line, alone: bool) -> None:
        self.outline.take(line, alone)
        self.rows.take_heads(line)
