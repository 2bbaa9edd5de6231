"""What the benchmarks report: rows with ours beside a peer's of the same run, as a table and as JSON."""

import argparse
import json
import math
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple


class Target(NamedTuple):
    """What a row is to reach: a bound for `ours` or for the `ratio`, from above unless `is_least`."""

    of: str
    bound: float
    is_least: bool = False

    def __str__(self) -> str:
        return f"{self.of} {'≥' if self.is_least else '≤'} {self.bound:g}"


class Row(NamedTuple):
    """One measurement; `ours` and `peer` are in the same unit, `against` says what the peer is.

    A row with a `line` is a point of the picture: for so many passages, `ours` on the line of this
    name and `peer` on that of `against`.
    """

    name: str
    ours: float
    unit: str = "ms"
    against: str = ""
    peer: float | None = None
    target: Target | None = None
    line: str = ""
    passages: int = 0

    @property
    def ratio(self) -> float | None:
        """How many times the peer's value ours is."""
        return self.ours / self.peer if self.peer else None

    @property
    def is_met(self) -> bool | None:
        """Whether the target is reached; None without one, or without the ratio it bounds."""
        value = self.ratio if self.target and self.target.of == "ratio" else self.ours
        if self.target is None or value is None:
            return None
        return value >= self.target.bound if self.target.is_least else value <= self.target.bound


HEAD = ("name", "ours", "peer", "ratio", "the peer is", "target")


def table(rows: Iterable[Row]) -> str:
    """Return rows as a table, a line each; a target that was not reached is marked."""
    cells = [HEAD, *map(_cells, rows)]
    widths = [max(len(row[i]) for row in cells) for i in range(len(HEAD))]
    lines = []
    for row in cells:
        padded = [
            c.rjust(w) if 1 <= i <= 3 else c.ljust(w)
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ]
        lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else number(row.ratio)
    peer = "" if row.peer is None else number(row.peer)
    missed = " MISSED" if row.is_met is False else ""
    return (
        row.name, f"{number(row.ours)} {row.unit}", peer, ratio, row.against,
        f"{row.target}{missed}" if row.target else "",
    )  # fmt: skip


def number(value: float) -> str:
    """Return a number with three figures that count, at most four behind the point; a whole one as it is."""
    if value == round(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    places = 2 - math.floor(math.log10(abs(value)))
    return f"{value:.{min(places, 4)}f}"


def as_data(rows: Iterable[Row]) -> list[dict[str, Any]]:
    """Return rows as plain data, with what follows from them."""
    return [
        {
            **row._asdict(),
            "target": row.target and row.target._asdict(),
            "ratio": row.ratio,
            "is_met": row.is_met,
        }
        for row in rows
    ]


def from_data(data: Iterable[dict[str, Any]]) -> list[Row]:
    """Return the rows that `as_data` made plain."""
    return [
        Row(**{f: each[f] for f in Row._fields if f != "target"})._replace(
            target=Target(**each["target"]) if each["target"] else None
        )
        for each in data
    ]


def options(description: str | None) -> argparse.ArgumentParser:
    """Return the options that every benchmark takes."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows here")
    return parser


def report(rows: Iterable[Row], file: Path | None) -> None:
    """Print rows as a table at the end; as each comes, tell it on standard error and write the JSON anew."""
    kept: list[Row] = []
    for row in rows:
        kept.append(row)
        print(f"  {row.name}: {number(row.ours)} {row.unit}", file=sys.stderr, flush=True)
        if file:
            file.write_text(json.dumps(as_data(kept), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(kept), end="")


def numbers(text: str) -> Sequence[int]:
    """Return the numbers of an option such as "1000,10000"."""
    return [int(part) for part in text.split(",") if part]
