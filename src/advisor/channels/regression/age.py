"""How old a page is, as far as it says."""

import calendar
import re
from collections.abc import Mapping
from datetime import date, timedelta

_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_DAY = re.compile(r"(?<!\d)([0-3]?\d)(?!\d)")
_AGE = re.compile(r"(\d+)\s*([dwmy])")
_DAYS = {"d": 1, "w": 7, "m": 30, "y": 365}


def parse_age(text: str) -> timedelta:
    """Return an age such as 2y, 18m, 6w or 90d; raises ValueError for anything else."""
    match = _AGE.fullmatch(text.strip().casefold())
    if not match:
        raise ValueError(f"expected an age such as 2y, 18m, 6w or 90d, got {text!r}")
    return timedelta(days=int(match[1]) * _DAYS[match[2]])


def latest_day(text: str, months: Mapping[str, int]) -> date | None:
    """Return the latest day that a date in words can mean; None where there is none in it.

    `months` maps the names of months, in small letters, to their numbers.
    """
    iso = _ISO.search(text)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]) if iso[3] else None)
    year = _YEAR.search(text)
    if not year:
        return None
    words = re.findall(r"[^\W\d_]+", text.casefold())
    month = next((months[w] for w in words if w in months), None)
    day = _DAY.search(text.replace(year[1], " ")) if month else None
    return _day(int(year[1]), month or 12, int(day[1]) if day else None)


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        last = calendar.monthrange(year, month)[1]
        return date(year, month, min(day or last, last))
    except ValueError:
        return None
