"""Measure how things grow with the corpus, each beside its peer in the same run.

    python benchmarks/growth.py [--passages 1000,10000,100000,1000000] [--programmes 200,2000]
                                [--json FILE] [--picture FILE]

Prints one table (name, ours, peer, ratio); writes it as JSON, and the growth of a retrieval as SVG.
Peers: rank-bm25 and bare tantivy for retrieval, bare tantivy behind our analysis for building.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import tantivy
from rank_bm25 import BM25Plus

from advisor import Advisor
from advisor.editing import build_index
from advisor.editing.content import load, recogniser_for
from advisor.index import disk
from advisor.index.store import index_terms
from advisor.pages.load import read_page
from benchmarks.catalogue import programmes, questions, write_catalogue

TOKENS = 60
WORDS = 50_000
QUERIES = 200
BEST = 10
MOST_RANK_BM25 = 100_000


class Row(NamedTuple):
    """One line of the table; milliseconds unless the name says otherwise."""

    name: str
    ours: float
    peer: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the peer's value ours is."""
        return self.ours / self.peer if self.peer else None


def median(work: Sequence[Callable[[], object]]) -> float:
    """Return the median milliseconds of pieces of work, after a fifth of them to warm up."""
    for piece in work[: len(work) // 5]:
        piece()
    taken = []
    for piece in work:
        began = time.perf_counter()
        piece()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def passages(number: int) -> list[list[str]]:
    """Return passages of sixty words whose frequencies fall as those of a language do."""
    chance = random.Random(number)
    words = [f"w{i}" for i in range(WORDS)]
    weights = [1 / (i + 10) for i in range(WORDS)]
    drawn = chance.choices(words, weights, k=number * TOKENS)
    return [drawn[i * TOKENS : (i + 1) * TOKENS] for i in range(number)]


def retrieval(number: int) -> list[Row]:
    """Measure a ranking of the ten best of so many passages: ours, bare tantivy, rank-bm25."""
    made = passages(number)
    chance = random.Random(1)
    asked = [chance.sample(chance.choice(made), 3) for _ in range(QUERIES)]
    frequency: dict[str, int] = {}
    for passage in made:
        for word in set(passage):
            frequency[word] = frequency.get(word, 0) + 1
    rows = []
    with tempfile.TemporaryDirectory() as name:
        index = disk.create(Path(name))
        per_page = 30
        pages = [(i, made[i : i + per_page]) for i in range(0, number, per_page)]
        disk.write(index, (), ((slot, own) for slot, own in pages))
        ours = disk.DiskIndex(
            Path(name),
            number,
            TOKENS,
            lambda t: frequency.get(t, 0),
            lambda n: {},
            lambda n: n,
            disk.is_in_order(index),
        )
        searcher, query = index.searcher(), tantivy.Query

        def bare(terms: Sequence[str]) -> object:
            parts = [query.term_query(index.schema, disk.TERMS, t, index_option="freq") for t in terms]
            either = query.boolean_query([(tantivy.Occur.Should, p) for p in parts])
            hits = searcher.search(either, limit=BEST, count=False).hits
            return searcher.fast_field_values(disk.NUMBER, [address for _, address in hits])

        mine = median([lambda t=t: ours.rank(t, BEST) for t in asked])  # type: ignore[misc]
        peer = median([lambda t=t: bare(t) for t in asked])  # type: ignore[misc]
        rows.append(Row(f"retrieval on disk, {number:,} passages (peer: bare tantivy)", mine, peer))
    if number <= MOST_RANK_BM25:
        library = BM25Plus(made)
        few = asked[: max(5, QUERIES * 1000 // number)]
        peer = median([lambda t=t: library.get_scores(t).argmax() for t in few])  # type: ignore[misc]
        rows.append(Row(f"retrieval on disk, {number:,} passages (peer: rank-bm25)", mine, peer))
    return rows


def building(folder: Path, index: Path) -> Row:
    """Measure the build of an index in seconds, beside bare tantivy behind the same analysis."""
    began = time.perf_counter()
    build_index(index, [folder])
    ours = time.perf_counter() - began
    content = load(None)
    recogniser = recogniser_for(content)
    advisor = Advisor.load()
    from advisor.advisor import cutter_for

    cutter = cutter_for(content, recogniser.lexicon)
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        bare = disk.create(Path(name))
        files = sorted(folder.glob("*.md"))
        cut = (cutter.cut(read_page(path, recogniser))[0] for path in files)
        widened = advisor.lexicon.widened
        disk.write(bare, (), ((i, [index_terms(p, widened) for p in own]) for i, own in enumerate(cut)))
    count = len(files)
    return Row(f"build of an index, {count:,} programmes, seconds (peer: tantivy behind our analysis)",
               ours, time.perf_counter() - began)  # fmt: skip


COLD = "import sys; from advisor.channels.cli import main; main(sys.argv[1:])"
OPENED = """
import sys
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4096
from advisor import Advisor
Advisor.open(sys.argv[1]).ask("What does it cost?")
before = resident()
advisor = Advisor.open(sys.argv[2])
print(resident() - before, advisor.store.index.size)
"""


def memory(small: Path, index: Path) -> float:
    """Return the bytes a passage by which opening an index makes a process grow, next to a small one."""

    def grown(folder: Path) -> tuple[int, int]:
        command = [sys.executable, "-c", OPENED, str(small), str(folder)]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        bytes_more, size = map(int, output.split())
        return bytes_more, size

    (least, few), (most, many) = grown(small), grown(index)
    return max(0, most - least) / (many - few)


def turns(numbers: Sequence[int]) -> list[Row]:
    """Measure builds, starts and turns on catalogues of so many programmes, from disk."""
    rows: list[Row] = []
    shipped = Advisor.load()
    plain = ("What does Leiden cost?", "Is there an internship in Leuven?", "How long is it in Leiden?")
    base = median([lambda q=q: shipped.ask(q) for q in plain * 60])  # type: ignore[misc]
    with tempfile.TemporaryDirectory() as name:
        small = Path(name, "small")
        build_index(small)
        for number in numbers:
            pages, index = Path(name, f"pages-{number}"), Path(name, f"index-{number}")
            write_catalogue(pages, number)
            rows.append(building(pages, index))
            advisor = Advisor.open(index)
            taken = []
            for question in questions(list(programmes(number)), 400):
                began = time.perf_counter()
                advisor.ask(question)
                taken.append((time.perf_counter() - began) * 1000)
            taken.sort()
            rows.append(Row(f"a turn, {number:,} programmes, median (peer: two pages)", taken[200], base))
            rows.append(Row(f"a turn, {number:,} programmes, p99 (peer: two pages)", taken[395], base))
            began = time.perf_counter()
            command = [sys.executable, "-c", COLD, "ask", "--index", f"disk:{index}", "What does it cost?"]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            cold = (time.perf_counter() - began) * 1000
            rows.append(Row(f"cold `advisor ask`, {number:,} programmes", cold))
            rows.append(Row(f"memory, {number:,} programmes, bytes a passage", memory(small, index)))
    return rows


def picture(rows: Sequence[Row]) -> str:
    """Return the growth of a retrieval as SVG: both axes logarithmic, a line for each of ours and peers."""
    import math

    lines: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        if row.name.startswith("retrieval") and row.peer is not None:
            number = float(row.name.split(", ")[1].split(" ")[0].replace(",", ""))
            peer = row.name.split("peer: ")[1].rstrip(")")
            lines.setdefault("ours, on disk", []).append((number, row.ours))
            lines.setdefault(peer, []).append((number, row.peer))

    def spot(number: float, value: float) -> tuple[float, float]:
        return 70 + (math.log10(number) - 3) * 130, 250 - (math.log10(value) + 2) * 50

    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 300" font-family="sans-serif"',
           ' font-size="12"><rect width="640" height="300" fill="#fff"/>']  # fmt: skip
    for power in range(3, 7):
        x, _ = spot(10.0**power, 1)
        out.append(f'<text x="{x:.0f}" y="275" text-anchor="middle">{10**power:,}</text>')
    for power in range(-2, 3):
        _, y = spot(1000, 10.0**power)
        out.append(f'<text x="60" y="{y + 4:.0f}" text-anchor="end">{10.0**power:g} ms</text>')
        out.append(f'<path d="M70 {y:.0f}H480" stroke="#ddd"/>')
    for color, (name, points) in zip(("#0b6", "#26c", "#c33"), lines.items(), strict=False):
        drawn = [spot(*p) for p in sorted(set(points))]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in drawn)
        out.append(f'<path d="M{path}" fill="none" stroke="{color}" stroke-width="2"/>')
        x, y = drawn[-1]
        y += 16 if name == "bare tantivy" else 4
        out.append(f'<text x="{x + 6:.0f}" y="{y:.0f}" fill="{color}">{name}</text>')
    out.append('<text x="70" y="293">passages; milliseconds for the ten best</text></svg>')
    return "\n".join(out) + "\n"


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description="Measure growth beside peers.")
    parser.add_argument("--passages", default="1000,10000,100000,1000000")
    parser.add_argument("--programmes", default="200,2000")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--picture", type=Path)
    options = parser.parse_args()
    rows = [row for n in options.passages.split(",") if n for row in retrieval(int(n))]
    rows += turns([int(n) for n in options.programmes.split(",") if n])
    print(f"{'milliseconds unless said otherwise':<82}{'ours':>10}{'peer':>10}{'ratio':>8}")
    for row in rows:
        peer = f"{row.peer:>10.3f}{row.ratio:>8.2f}" if row.peer is not None else ""
        print(f"{row.name:<82}{row.ours:>10.3f}{peer}")
    if options.json:
        options.json.write_text(
            json.dumps([{**r._asdict(), "ratio": r.ratio} for r in rows], indent=1) + "\n"
        )
    if options.picture:
        options.picture.write_text(picture(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
