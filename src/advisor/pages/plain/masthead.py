"""The lines at the top of a page that name the programme and who offers it."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.pages.plain.lines import Line, Recogniser

MOST_ABOVE = 4


@dataclass(frozen=True, slots=True)
class Masthead:
    """The title, the other lines with it, and how many groups these take with what stands above them."""

    title: Line
    rest: tuple[Line, ...]
    groups: int


def find_masthead(groups: Sequence[list[Line]], recogniser: Recogniser) -> Masthead | None:
    """Return the masthead of a page whose institution stands right below the programme's name.

    Short lines above it name the site. `Hbo bachelor` says what is offered, not its name.
    """
    lines: list[tuple[int, Line]] = []
    for number, group in enumerate(groups[:MOST_ABOVE]):
        lines += [(number, line) for line in group]
    at = next((i for i, (_, line) in enumerate(lines) if _opens_with_institution(line, recogniser)), 0)
    if not at or any(not line.is_heading or recogniser.values(line.text) for _, line in lines[:at]):
        return None
    named = at - 1
    while named > 0 and recogniser.is_generic(lines[named][1].text):
        named -= 1
    last = lines[at][0]
    rest = tuple(line for number, line in lines[named + 1 :] if number <= last)
    return None if recogniser.is_generic(lines[named][1].text) else Masthead(lines[named][1], rest, last + 1)


def _opens_with_institution(line: Line, recogniser: Recogniser) -> bool:
    names = recogniser.institutions(line.text)
    return bool(names) and line.text.startswith(names[0])
