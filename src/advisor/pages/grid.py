"""Tell which columns of a table name its rows."""

import re
from collections.abc import Sequence
from itertools import pairwise

_VALUE = re.compile(r"^[^\w\s]{0,3}\s?\d")
_NUMBER = re.compile(r"\d{1,2}")
_HEAD = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)?")


def naming_columns(rows: Sequence[Sequence[str]], least: int = 1) -> int:
    """Return how many columns name a row: the first, and the next as long as rows share the ones before."""
    width = min((len(row) for row in rows), default=0)
    count = min(least, max(1, width - 1))
    while count < width - 1 and _share(rows, count) and not any(_VALUE.match(row[count]) for row in rows):
        count += 1
    return count


def _share(rows: Sequence[Sequence[str]], count: int) -> bool:
    return any(list(a[:count]) == list(b[:count]) for a, b in pairwise(rows))


def row_label(heads: Sequence[str], cells: Sequence[str], count: int) -> str:
    """Return a row's name; a bare number is named by its column: `Semester 1`."""
    parts = []
    for number, cell in enumerate(cells[:count]):
        head = heads[number] if number < len(heads) else ""
        is_bare = _NUMBER.fullmatch(cell) and _HEAD.fullmatch(head)
        parts.append(f"{head} {cell}" if is_bare else cell)
    return ", ".join(dict.fromkeys(p for p in parts if p))
