"""Recover the structure of plain text as copied from a web page.

Spans point into the text as loaded. A line is read by its shape: a bullet, a bare value, a
value with its label before or behind it, a row of values, a heading, or prose; blank lines
part blocks. What is navigation is left out.
"""

import re

from advisor.pages.build import pair
from advisor.pages.plain.furniture import drop_navigation, without_buttons, without_site
from advisor.pages.plain.lines import WRAPPED, Line, Recogniser, cut_lines, leads, shape
from advisor.pages.plain.masthead import find_masthead
from advisor.pages.plain.outline import Outline
from advisor.pages.plain.pairs import Pairs
from advisor.pages.plain.rows import Rows
from advisor.pages.plain.runs import (
    FEWEST_TOLD,
    Runs,
    is_parted,
    mark_leads,
    run_of_told,
    run_of_values,
    told,
)
from advisor.pages.plain.sections import ITEM, TOLD, VALUE, cut_sections
from advisor.pages.plain.sheet import Sheet
from advisor.records.document import Block

# So many headings with blank lines around them, and those without stand below them.
FEWEST_APART = 3
# Where a line is longer than this, lines are not broken to fit a width.
UNWRAPPED = 140


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
        self.is_unwrapped = False

    def read(self) -> list[Block]:
        groups = self._groups()
        self.pairs.count(groups)
        at = self._masthead(groups)
        self.outline.are_sections_apart = sum(_is_apart(group) for group in groups[at:]) >= FEWEST_APART
        self.is_unwrapped = any(len(line.text) > UNWRAPPED for group in groups for line in group)
        while at < len(groups):
            at += self._group(groups, at)
        return self.sheet.blocks

    def _masthead(self, groups: list[list[Line]]) -> int:
        """Read the lines that name the programme and who offers it; return how many groups they took."""
        found = find_masthead(groups, self.sheet.recogniser)
        if found is None:
            return 0
        self.sheet.has_title = True
        self.sheet.heading(found.title, 1)
        for line in found.rest:
            self.sheet.add("paragraph", line, line.end)
        return found.groups

    def _groups(self) -> list[list[Line]]:
        """Return the lines between blank lines, without navigation and teasers."""
        lines = cut_lines(self.sheet.text)
        drop_navigation(lines, self.sheet.recogniser)
        for line in lines:
            if line is not None:
                shape(line, self.sheet.recogniser)
        mark_leads(lines)
        groups: list[list[Line]] = [[]]
        for line in lines:
            if line is None:
                groups.append([])
                continue
            is_of_list = bool(groups[-1]) and groups[-1][0].is_bullet
            if groups[-1] and (line.is_lead if is_of_list else line.is_bullet):
                groups.append([])
            groups[-1].append(line)
        groups = without_buttons([g for g in groups if g], self.sheet.recogniser)
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
        """Read the lines of a group: as a whole where they are laid out alike, else one by one."""
        if group[0].is_bullet:
            self.sheet.table += 1
        if self.sheet.has_title and (self.rows.rated(group) or self._sections(group) or self._beside(group)):
            return
        at = 0
        if self.sheet.recogniser.is_related(group[0].text) and group[0].is_heading:
            self.outline.take(group[0], alone=True)
            at = 1
        while at < len(group):
            is_headed = run_of_values(group, at + 1) > 0 or run_of_told(group, at + 1) >= FEWEST_TOLD
            if self.sheet.has_title and not is_headed and self.pairs.alternates(group[at:]):
                for label, value in zip(group[at::2], group[at + 1 :: 2], strict=True):
                    self.rows.columned(label, value)
                return
            at += self._next(group, at)

    def _next(self, group: list[Line], at: int) -> int:
        """Read what starts at a line of a group; return how many lines it took."""
        line = group[at]
        if line.is_bullet:
            return self._rated(line) or self._bullet(group, at)
        following = group[at + 1] if at + 1 < len(group) else None
        is_followed = self.sheet.has_title and following is not None and not following.is_bullet
        run = self.runs.read(group, at) if is_followed else 0
        if run:
            return run
        taken = self._rated(line)
        if taken:
            return taken + (is_followed and following is not None and self.rows.difference(following))
        if self.rows.is_head(line):
            self.sheet.heads.append(line.text)
            return 1
        return (is_followed and self.pairs.read(group, at)) or self._prose(group, at)

    def _rated(self, line: Line) -> int:
        return int(self.rows.row(line))

    def _beside(self, group: list[Line]) -> bool:
        """Read a label with its value beside groups that have a heading each: it is on a level with these."""
        if not (self.outline.is_below and len(group) == 2 and self.pairs.is_labelled(*group)):
            return False
        self.outline.head(group[0])
        self.sheet.fact_below(*group)
        return True

    def _sections(self, group: list[Line]) -> bool:
        """Read a group in which some lines head those below them."""
        head, sections = cut_sections(group)
        has_lists = any(section.is_list for section in sections)
        if not sections or (self.pairs.alternates(group) and not has_lists):
            return False
        if head is not None:
            self.outline.head(head)
        for section in sections:
            valued = section.lines[: len(section.kinds.rstrip(TOLD))]
            if set(section.kinds[: len(valued)]) <= {VALUE, ITEM} and valued and not has_lists:
                for line in valued:
                    self.sheet.fact(section.label, [line], section.label.text)
                for line in section.lines[len(valued) :]:
                    self.sheet.add("paragraph", line, line.end)
                continue
            self.outline.head(section.label, below=head)
            self.sheet.table += 1
            for kind, line in zip(section.kinds, section.lines, strict=True):
                parts = told(line) if kind == ITEM and is_parted(line) else None
                if parts is not None:
                    self.sheet.stated(line, parts)
                    continue
                self.sheet.add("item" if kind == ITEM else "paragraph", line, line.end)
        return True

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
            is_wrapped = len(last.text) >= WRAPPED and not re.search(r"[.!?:]$", last.text)
            is_wrapped = is_wrapped and not (self.is_unwrapped and later.text[0].isupper())
            is_wrapped = is_wrapped or (later.text[0].islower() and last.text.endswith(("...", "…")))
            is_own = later.is_bullet or later.is_value or pair(last.text) or pair(later.text)
            if not is_wrapped or is_own or leads(last) or leads(later):
                break
            end = later.end
            taken += 1
        if taken > 1:
            self.sheet.add("paragraph", line, end)
        else:
            is_last = at + 1 == len(group) and group[at - 1].is_sentence and not line.values
            self._line(line, alone=at == 0 or is_last)
        return taken

    def _line(self, line: Line, alone: bool) -> None:
        self.outline.take(line, alone)
        self.rows.take_heads(line)


def _is_apart(group: list[Line]) -> bool:
    """Whether a group is one line that has the shape of a heading and no value."""
    return len(group) == 1 and group[0].is_heading and not group[0].values and pair(group[0].text) is None
