"""Groups of lines in which some head those below them, without a blank line between."""

import re
from dataclasses import dataclass, field

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line

# A label or heading; a line that opens with a value; a pair; told text; a short line that holds a value.
LABEL, VALUE, PAIR, TOLD, ITEM, OTHER = "LVPTIO"
_ALTERNATING = re.compile(r"(?P<head>L?)(?P<body>(?:L(?:V+|I+|[PT]+[PTI]*)){2,}T*)$")
_LISTED = re.compile(r"(?P<head>)(?P<body>L(?:I{2,}P*|V{2,}))$")
_COUNTED = {"number", "date", "year", "duration"}
_CONTACTS = {"email", "phone", "url"}


@dataclass(slots=True)
class Section:
    """A line and those that it heads."""

    label: Line
    kinds: str = ""
    lines: list[Line] = field(default_factory=list)

    @property
    def is_list(self) -> bool:
        """Whether several short lines of one shape stand under it."""
        return self.kinds.count(ITEM) > 1


def cut_sections(group: list[Line]) -> tuple[Line | None, list[Section]]:
    """Return the line above all, if there is one, and the sections; none in another layout."""
    kinds = "".join(_kind(line) for line in group)
    match = _ALTERNATING.match(kinds) or _LISTED.match(kinds)
    if match is None or any(v.kind in _CONTACTS for line in group for v in line.values):
        return None, []
    sections: list[Section] = []
    for kind, line in zip(kinds[match.start("body") :], group[match.start("body") :], strict=True):
        if kind == LABEL:
            sections.append(Section(line))
        else:
            sections[-1].kinds += kind
            sections[-1].lines.append(line)
    return group[0] if match["head"] else None, sections


def _kind(line: Line) -> str:
    if line.is_bullet:
        return OTHER
    if line.values and line.values[0].start == 0:
        return TOLD if line.text.endswith(".") else VALUE
    if pair(line.text):
        return PAIR
    is_head = line.is_heading or (line.is_value and line.text[0].isupper())
    if is_head and all(v.kind in _COUNTED for v in line.values):
        return LABEL
    if line.is_short and line.values:
        return ITEM
    return TOLD if line.is_sentence else OTHER
