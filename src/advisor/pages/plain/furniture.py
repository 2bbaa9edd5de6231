"""What belongs to the site and not to the page: crumbs, buttons, teasers, menus."""

import re
from collections.abc import Sequence

from advisor.pages.plain.lines import Line, Recogniser

_CRUMBS = re.compile(r"\S\s+[>›»/|]\s+\S.*\S\s+[>›»/|]\s+\S")
_SWITCH = re.compile(r"[A-Z]{2}(?:\s*[|/]\s*[A-Z]{2})+$")
_TEASER = re.compile(r"\s*(?:\.\.\.|…)?\s*(?:Read more|Read less|Lees meer|Lees minder)\s*$", re.IGNORECASE)
_WIDE = re.compile(r"\t+| {2,}")
FEWEST_IN_MENU = 3
MOST_MENU_WORDS = 3
# So far down a page its title may stand, with its institution under it.
TITLED = 4


def drop_navigation(lines: Sequence[Line | None], recogniser: Recogniser) -> None:
    """Give lines that are navigation the number 0, and cut off what leads to a full text."""
    bodies = [line.text for line in lines if line is not None]
    for line in lines:
        if line is None:
            continue
        if (
            recogniser.is_interface(line.text)
            or _SWITCH.match(line.text)
            or (_CRUMBS.search(line.text) and line.words <= 25 and not recogniser.values(line.text))
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


def is_menu(group: list[Line]) -> bool:
    """Whether the lines at the top of a page are a menu: several, of a word or three each."""
    return len(group) >= FEWEST_IN_MENU and all(
        line.words <= MOST_MENU_WORDS and not line.values and not line.is_bullet and line.is_short
        for line in group
    )


def is_bar(line: Line) -> bool:
    """Whether a line is a menu written side by side: several names of a word or three, far apart."""
    names = [n for n in _WIDE.split(line.text) if n]
    return (
        len(names) >= FEWEST_IN_MENU
        and not line.values
        and all(len(n.split()) <= MOST_MENU_WORDS for n in names)
    )


def without_site(groups: list[list[Line]], recogniser: Recogniser) -> list[list[Line]]:
    """Return the groups of lines of a page from its title on: without menus and the site's own name."""
    while len(groups) > 1 and is_menu(groups[0]) and not _names_institution(groups[0], recogniser):
        del groups[0]
    for at, group in enumerate(groups[1:TITLED], 1):
        if _presents(group, recogniser) and not any(_tells(g) for g in groups[:at]):
            return groups[at:]
    return groups


def _names_institution(group: Sequence[Line], recogniser: Recogniser) -> bool:
    return any(recogniser.institutions(line.text) for line in group)


def _presents(group: Sequence[Line], recogniser: Recogniser) -> bool:
    """Whether lines are a title with its institution under it."""
    title, below = group[0], [line for line in group[1:3] if not line.is_sentence]
    is_title = title.is_short and not title.is_value and not recogniser.institutions(title.text)
    return is_title and _names_institution(below, recogniser)


def _tells(group: Sequence[Line]) -> bool:
    """Whether lines above a title are more than a site's name and its menu."""
    return any(line.values or line.is_bullet or (line.is_sentence and not is_bar(line)) for line in group)
