"""Measure an index in a cluster beside one on disk, in the same run, over a generated catalogue.

    python -m benchmarks.cluster [--programmes 2000] [--turns 400] [--index http://127.0.0.1:9200/NAME]
                                 [--json FILE]

Without an address it starts the cluster of two nodes that the tests use, which shares the machine with
what is measured; the ratios travel, the milliseconds do not.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor import Advisor
from advisor.editing import build_index, update_index
from advisor.index.cluster import Cluster, generation_in_use
from advisor.index.connection import Connection, read_address
from benchmarks.catalogue import Programme, questions, write_catalogue
from benchmarks.clock import fresh, milliseconds, processor, resident, share
from benchmarks.table import Row, options, report
from tests.cluster.server import LocalCluster, missing

WARM = 20


@contextmanager
def address(given: str | None) -> Iterator[str]:
    """Return the address of an index: the one given, or one in a cluster of its own."""
    if given:
        yield given
        return
    problem = missing()
    if problem:
        sys.exit(problem)
    local = LocalCluster()
    try:
        local.start()
        yield local.address("measured")
    finally:
        local.close()


def turns(opened: dict[str, Advisor], asked: list[str]) -> dict[str, list[float]]:
    """Return the milliseconds of each turn of each adviser, sorted; they take turns in the run too."""
    taken: dict[str, list[float]] = {name: [] for name in opened}
    for place, question in enumerate(asked):
        for name, advisor in opened.items():
            elapsed = milliseconds(partial(advisor.ask, question))
            if place >= WARM:
                taken[name].append(elapsed)
    return {name: sorted(own) for name, own in taken.items()}


def memory_of(index: str) -> float:
    """Return the megabytes of this process, which opens an index and answers once."""
    Advisor.load(index=index).ask("What does it cost?")
    return resident() / 1e6


def stored(connection: Connection) -> float:
    """Return the megabytes of a generation in the cluster, without its copies."""
    generation, _, _ = generation_in_use(connection)
    stats = connection.ask("GET", f"/{generation}/_stats/store")
    return float(stats["_all"]["primaries"]["store"]["size_in_bytes"]) / 1e6


def measure(index: str, scratch: Path, programmes: int, number: int) -> Iterator[Row]:
    """Yield building, size, memory and turns, each beside the index on disk."""
    pages, folder = scratch / "pages", scratch / "index"
    known = write_catalogue(pages, programmes)
    name = f"cluster, {programmes:,} programmes"

    def row(what: str, ours: float, peer: float, unit: str) -> Row:
        return Row(f"{name}: {what}", ours, unit, "index on disk", peer)

    def both(what: str, ours: tuple[float, float], peers: tuple[float, float]) -> Iterator[Row]:
        yield row(what, ours[0] / 1000, peers[0] / 1000, "s")
        yield row(f"{what}, the builder's processor", ours[1] / 1000, peers[1] / 1000, "s")

    build_index(scratch / "small")  # what all builds share is kept for the next
    peers = processor(lambda: build_index(folder, [pages]))
    yield from both("build", processor(lambda: build_index(index, [pages], shards=2)), peers)
    changed = pages / f"{known[0].id}.md"
    changed.write_text(changed.read_text("utf-8") + "\n- Duration: 9 years\n", encoding="utf-8")
    peers = processor(lambda: update_index(folder))
    yield from both("update of one page", processor(lambda: update_index(index)), peers)
    size = sum(p.stat().st_size for p in folder.glob("generation-2/**/*") if p.is_file()) / 1e6
    yield row("size, one copy", stored(Connection(read_address(index))), size, "MB")
    mine = fresh(memory_of, index)
    yield row("memory of a process", mine, fresh(memory_of, f"disk:{folder}"), "MB")
    yield from answering(name, folder, index, known, number)


def answering(name: str, folder: Path, index: str, known: list[Programme], number: int) -> Iterator[Row]:
    """Yield the turns of both indexes, and the requests that one in a cluster takes."""
    opened: dict[str, Advisor] = {}
    peer = milliseconds(lambda: opened.update(disk=Advisor.open(folder)))
    mine = milliseconds(lambda: opened.update(cluster=Advisor.open(index)))
    yield Row(f"{name}: opening", mine, "ms", "index on disk", peer)
    kept = opened["cluster"].index
    assert isinstance(kept, Cluster)
    before = kept.connection.sent
    taken = turns(opened, questions(known, number + WARM))
    for label, part in (("median", 0.5), ("p99", 0.99)):
        mine, peer = (share(taken[each], part) for each in ("cluster", "disk"))
        yield Row(f"{name}: a turn, {label}", mine, "ms", "index on disk", peer)
    yield Row(f"{name}: requests a turn, mean", (kept.connection.sent - before) / (number + WARM), "")


def main() -> None:
    """Measure and report."""
    parser = options(__doc__)
    parser.add_argument("--programmes", type=int, default=2000)
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--index")
    given = parser.parse_args()
    with TemporaryDirectory() as scratch, address(given.index) as index:
        report(measure(index, Path(scratch), given.programmes, given.turns), given.json)


if __name__ == "__main__":
    main()
