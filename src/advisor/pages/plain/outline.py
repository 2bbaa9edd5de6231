"""Which lines head what follows, and at which level."""

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line, leads
from advisor.pages.plain.sheet import Sheet


class Outline:
    """Takes single lines as title, heading, item or paragraph."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.numbered: list[str] = []
        self.is_of_others = False
        self.is_of_variants = False
        self.is_in_group = False
        self.are_sections_apart = False
        self.are_variants_named = False
        self.is_below = False
        self.sibling = ""

    def head(self, line: Line, below: Line | None = None) -> None:
        """Add a heading without a blank line behind it, `below` one that heads the whole group."""
        self.sheet.heads = []
        self.are_variants_named = self.is_of_variants
        self.is_below = self.are_sections_apart
        level = 2 + (self.are_sections_apart or self.is_of_variants) + (below is not None)
        self.sheet.heading(line, level)

    def take(self, line: Line, alone: bool) -> None:
        """Add a line that stands alone, or not."""
        if not self.sheet.has_title and line.is_short and not line.is_bullet:
            self.sheet.has_title = True
            self.sheet.heading(line, 1)
        elif alone and line.is_heading and not leads(line) and not self.is_remark(line):
            self.sheet.heads = []
            level = self._level(line.text)
            self.is_below = self.is_in_group and self.are_sections_apart
            if self.are_variants_named and not self.is_in_group:
                # Their names stood in groups of lines, so a heading apart ends them.
                self.is_of_variants = self.are_variants_named = False
            if self.sheet.recogniser.is_variants(line.text):
                self.is_of_variants = True
            elif (
                self.is_of_variants
                and (self.is_in_group or not self.sheet.recogniser.is_label(line.text))
                and "?" not in line.text
            ):
                level = 3
            else:
                self.is_of_variants = False
                level = self._under(line.text, level)
                if self.is_in_group and self.are_sections_apart:
                    level = 3
            if self.sheet.recogniser.is_related(line.text):
                self.is_of_others, level = True, 2
            elif self.is_of_others and self.sheet.recogniser.is_label(line.text):
                self.is_of_others = False
            elif self.is_of_others:
                # What follows are the names of other programmes, until a heading with words of this one's.
                level = 3
            self.sheet.heading(line, level)
        else:
            self.sheet.add("item" if line.is_bullet else "paragraph", line, line.end)

    def _level(self, text: str) -> int:
        """Return 3 for numbered headings (`Semester 1`) under one that has nothing of its own, else 2."""
        words = text.split()
        if not any(w.strip("(),.:").isdigit() for w in words):
            self.numbered = []
            return 2
        above = self.sheet.blocks[-1] if self.sheet.blocks else None
        if above is not None and above.kind == "heading" and above.level == 2:
            self.numbered = words
        alike = sum(a == b for a, b in zip(words, self.numbered, strict=False))
        is_sibling = len(words) == len(self.numbered) and alike * 3 >= len(words) - 1
        return 3 if is_sibling else 2

    def _under(self, text: str, level: int) -> int:
        """Return 3 for a heading right under another, and for those that begin as it does."""
        first = text.split()[0]
        above = self.sheet.blocks[-1] if self.sheet.blocks else None
        is_bare = above is not None and above.kind == "heading" and above.level == 2
        if (
            level == 2
            and is_bare
            and above is not None
            and not self.sheet.text[above.start : above.end].startswith(first)
        ):
            self.sibling = first
            return 3
        if level == 2 and first != self.sibling:
            self.sibling = ""
        return 3 if level == 2 and self.sibling else level

    def is_remark(self, line: Line) -> bool:
        """Whether a short line is a fact, a date of the page or a name, so that it heads nothing."""
        if pair(line.text) is not None or self.sheet.recogniser.updated(line.text):
            return True
        # A line that heads told text is no name of who offers it: `Field School`.
        return not self.is_in_group and self.sheet.recogniser.institutions(line.text) == [line.text]
