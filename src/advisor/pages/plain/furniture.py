"""What belongs to the site and not to the page: crumbs, buttons, teasers, menus."""

import re
from collections.abc import Sequence

from advisor.pages.plain.lines import Line, Recogniser

_CRUMBS = re.compile(r"\S\s+[>›»/|]\s+\S.*\S\s+[>›»/|]\s+\S")
_SWITCH = re.compile(r"[A-Z]{2}(?:\s*[|/]\s*[A-Z]{2})+$")
_TEASER = re.compile(r"\s*(?:\.\.\.|…)?\s*(?:Read more|Read less|Lees meer|Lees minder)\s*$", re.IGNORECASE)
FEWEST_IN_MENU = 3
MOST_MENU_WORDS = 3


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
