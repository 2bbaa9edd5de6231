"""What belongs to the site and not to the page: crumbs, buttons, teasers, menus."""

import re
from collections.abc import Sequence
from itertools import pairwise

from advisor.pages.build import pair
from advisor.pages.plain.lines import Line, Recogniser

_CRUMBS = re.compile(r"\S\s+[>›»/|]\s+\S.*\S\s+[>›»/|]\s+\S")
_SWITCH = re.compile(r"[A-Z]{2}(?:\s*[|/]\s*[A-Z]{2})+$")
_WIDE = re.compile(r"\t+| {2,}")
_GAP = re.compile(r"\t+|\s{2,}|\s[|·]\s")
_ADDRESS = re.compile(r"\s*(?:https?://|www\.)\S+$")
_CELL = re.compile(r"\t+|\s{3,}|\s[|/]\s")
FEWEST_IN_MENU = 3
MOST_CRUMB_WORDS = 25
MOST_MENU_WORDS = 3
# So far down a page its title may stand, with its institution under it.
TITLED = 4


def drop_navigation(lines: Sequence[Line | None], recogniser: Recogniser) -> None:
    """Give lines that are navigation the number 0, and cut off what leads to a full text."""
    alike = _columned(lines)
    bodies = [line.text for line in lines if line is not None]
    for line in lines:
        if line is None:
            continue
        if (
            recogniser.is_interface(_ADDRESS.sub("", line.text))
            or recogniser.is_promotion(line.text)
            or _SWITCH.match(line.text)
            or (line.number not in alike and _is_crumbs(line, recogniser))
        ):
            line.number = 0
            continue
        tail = recogniser.teaser(line.text)
        if tail:
            head = line.text[: tail.start()]
            is_repeated = any(b is not line.text and b.startswith(head) for b in bodies)
            if head and "..." in tail.group() and is_repeated:
                line.number = 0
            else:
                line.end = line.start + tail.start()
                line.text = head
                line.number = line.number if head else 0


def _is_crumbs(line: Line, recogniser: Recogniser) -> bool:
    """Whether a line is a way through the site, or a row of buttons."""
    if line.words > MOST_CRUMB_WORDS or recogniser.values(line.text):
        return False
    parts = _GAP.split(line.text)
    buttons = sum(recogniser.is_interface(part) for part in parts)
    is_tabs = len(parts) >= FEWEST_IN_MENU and all(len(p.split()) <= MOST_MENU_WORDS for p in parts)
    return bool(_CRUMBS.search(line.text)) or (buttons * 2 >= len(parts) > 1) or is_tabs


def _columned(lines: Sequence[Line | None]) -> set[int]:
    """Return the numbers of lines parted as often as the next or last one: rows, not crumbs."""
    found: set[int] = set()
    for line, following in pairwise(lines):
        if line is not None and following is not None:
            parts, others = (len(_CELL.findall(each.text)) for each in (line, following))
            if parts == others > 1 or (line.indent and parts + 1 == others > 1):
                found |= {line.number, following.number}
    return found


def without_buttons(groups: Sequence[list[Line]], recogniser: Recogniser) -> list[list[Line]]:
    """Leave out groups of short lines of which most were buttons, or any above the first told text."""
    kept: list[list[Line]] = []
    is_opening = True
    for group in groups:
        shown = [line for line in group if line.number]
        buttons = len(group) - len(shown)
        is_opening = is_opening and not any(line.words > MOST_CRUMB_WORDS for line in shown)
        above = is_opening and bool(kept)
        plain = [line for line in shown if line.is_short and not _is_told(line, recogniser, above)]
        is_row = buttons * 2 >= len(group) or above
        if shown and not (buttons and is_row and len(plain) == len(shown)):
            kept.append(shown)
    return kept


def _is_told(line: Line, recogniser: Recogniser, above: bool) -> bool:
    """Whether a short line says something of the programme: a value, an institution, a heading.

    Nothing is headed `above` the first told text, where a button may say `Admission` too.
    """
    text = _ADDRESS.sub("", line.text)
    return bool(
        recogniser.values(text) or (recogniser.is_label(text) and not above) or recogniser.institutions(text)
        or recogniser.is_related(text) or pair(text)
    )  # fmt: skip


def is_menu(group: list[Line], recogniser: Recogniser) -> bool:
    """Whether the lines at the top of a page are a menu: several, of a word or three each."""
    if any(recogniser.institutions(line.text) for line in group):
        return False
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
    while len(groups) > 1 and is_menu(groups[0], recogniser):
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
    is_title = is_title and not recogniser.is_generic(title.text)
    return is_title and _names_institution(below, recogniser)


def _tells(group: Sequence[Line]) -> bool:
    """Whether lines above a title are more than a site's name and its menu."""
    return any(line.values or line.is_bullet or (line.is_sentence and not is_bar(line)) for line in group)
