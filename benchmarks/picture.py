"""The growth of a retrieval as SVG: both axes logarithmic, a line for each of ours and of the peers."""

import math
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from benchmarks.table import Row

LEFT, RIGHT, TOP, BOTTOM = 72, 560, 24, 330
WIDTH, HEIGHT = 720, 384
NEAR = 15  # names of lines stand at least so far apart
OURS = ("#08703f", "#0b5fc1")
PEERS = ("#9a9a9a", "#c2571a", "#8b3fa8")
Point = tuple[float, float]


def curves(rows: Iterable[Row]) -> tuple[dict[str, list[Point]], dict[str, list[Point]]]:
    """Return the points (passages, milliseconds) of our lines and of the peers', by name."""
    ours: dict[str, list[Point]] = {}
    peers: dict[str, list[Point]] = {}
    for row in rows:
        if row.line and row.peer is not None:
            mine, theirs = (float(row.passages), row.ours), (float(row.passages), row.peer)
            for lines, name, point in ((ours, row.line, mine), (peers, row.against, theirs)):
                points = lines.setdefault(name, [])
                if point not in points:
                    points.append(point)
    return ours, peers


def picture(rows: Iterable[Row]) -> str:
    """Return the picture; empty when no row is a point of it."""
    ours, peers = curves(rows)
    every = [point for line in (*ours.values(), *peers.values()) for point in line]
    if not every:
        return ""
    across = _powers([number for number, _ in every])
    along = _powers([value for _, value in every])

    def spot(point: Point) -> Point:
        x = (math.log10(point[0]) - across[0]) / max(1, across[-1] - across[0])
        y = (math.log10(point[1]) - along[0]) / max(1, along[-1] - along[0])
        return LEFT + x * (RIGHT - LEFT), BOTTOM - y * (BOTTOM - TOP)

    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif"',
        f' font-size="12"><rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
    ]
    for power in across:
        x, _ = spot((10.0**power, 1))
        out.append(f'<path d="M{x:.0f} {TOP}V{BOTTOM}" stroke="#eee"/>')
        out.append(f'<text x="{x:.0f}" y="{BOTTOM + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in along:
        _, y = spot((1, 10.0**power))
        out.append(f'<path d="M{LEFT} {y:.0f}H{RIGHT}" stroke="#ddd"/>')
        out.append(f'<text x="{LEFT - 8}" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>')
    out += _lines({name: [spot(p) for p in sorted(line)] for name, line in peers.items()}, PEERS, "5 4")
    out += _lines({name: [spot(p) for p in sorted(line)] for name, line in ours.items()}, OURS, "")
    out += _names([(name, spot(max(line))) for name, line in (*ours.items(), *peers.items())],
                  [*OURS[: len(ours)], *PEERS])  # fmt: skip
    out.append(
        f'<text x="{LEFT}" y="{HEIGHT - 12}">passages; median time for the ten best of them</text></svg>'
    )
    return "\n".join(out) + "\n"


def _powers(values: Sequence[float]) -> range:
    """Return the powers of ten between which values lie."""
    return range(math.floor(math.log10(min(values))), math.ceil(math.log10(max(values))) + 1)


def _lines(lines: Mapping[str, Sequence[Point]], colours: Sequence[str], dashes: str) -> list[str]:
    out = []
    for colour, points in zip(colours, lines.values(), strict=False):
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        out.append(f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dashed}/>')
        out += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
    return out


def _names(ends: Sequence[tuple[str, Point]], colours: Sequence[str]) -> list[str]:
    """Write each line's name at its end, those that would meet one below the other."""
    out, placed = [], list[Point]()
    for (name, (x, y)), colour in sorted(zip(ends, colours, strict=False), key=lambda e: e[0][1][1]):
        for ox, oy in placed:
            if abs(ox - x) < LEFT and y - oy < NEAR:
                y = oy + NEAR
        placed.append((x, y))
        out.append(f'<text x="{x + 8:.0f}" y="{y + 4:.0f}" fill="{colour}">{escape(name)}</text>')
    return out
