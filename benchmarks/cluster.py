"""Measure an index in a cluster beside one on disk, in the same run, over a generated catalogue.

    python benchmarks/cluster.py [--programmes 2000] [--turns 400] [--index http://127.0.0.1:9200/NAME]

Without an address it starts the cluster of two nodes that the tests use, which shares the machine with
what is measured; the ratios travel, the milliseconds do not.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from advisor import Advisor
from advisor.editing import build_index, update_index
from advisor.index.cluster import Cluster, generation_in_use
from advisor.index.connection import Connection, read_address
from benchmarks.catalogue import questions, write_catalogue
from tests.cluster.server import LocalCluster, missing

WARM = 20
# Opens an index and answers once; prints the megabytes that took.
OPENING = """
import resource, sys
from advisor import Advisor
Advisor.load(index=sys.argv[1]).ask("What does it cost?")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that something takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


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
            seconds = timed(partial(advisor.ask, question))
            if place >= WARM:
                taken[name].append(seconds * 1000)
    return {name: sorted(own) for name, own in taken.items()}


def megabytes_of(index: str) -> float:
    """Return what a process that opens an index and answers once takes."""
    done = subprocess.run([sys.executable, "-c", OPENING, index], check=True, capture_output=True, text=True)
    return float(done.stdout)


def stored(connection: Connection) -> float:
    """Return the megabytes of a generation in the cluster, without its copies."""
    generation, _, _ = generation_in_use(connection)
    stats = connection.ask("GET", f"/{generation}/_stats/store")
    return float(stats["_all"]["primaries"]["store"]["size_in_bytes"]) / 1e6


def show(name: str, ours: float, peer: float, unit: str) -> None:
    """Print a line of the table."""
    print(f"{name:<40}{ours:>10.2f}{peer:>10.2f} {unit:<4}{ours / peer:>8.2f}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure an index in a cluster beside one on disk.")
    parser.add_argument("--programmes", type=int, default=2000)
    parser.add_argument("--turns", type=int, default=400)
    parser.add_argument("--index")
    options = parser.parse_args()
    with TemporaryDirectory() as scratch, address(options.index) as index:
        pages, folder = Path(scratch) / "pages", Path(scratch) / "index"
        known = write_catalogue(pages, options.programmes)
        print(f"{options.programmes} programmes\n{'':<40}{'cluster':>10}{'disk':>10}{'':5}{'ratio':>8}")
        disk = timed(lambda: build_index(folder, [pages]))
        show("build", timed(lambda: build_index(index, [pages], shards=2)), disk, "s")
        changed = pages / f"{known[0].id}.md"
        changed.write_text(changed.read_text("utf-8") + "\n- Duration: 9 years\n", encoding="utf-8")
        disk = timed(lambda: update_index(folder))
        show("update of one page", timed(lambda: update_index(index)), disk, "s")
        size = sum(p.stat().st_size for p in folder.glob("generation-2/**/*") if p.is_file()) / 1e6
        show("size, one copy", stored(Connection(read_address(index))), size, "MB")
        show("memory of a process", megabytes_of(index), megabytes_of(str(folder)), "MB")
        opened: dict[str, Advisor] = {}
        disk = timed(lambda: opened.update(disk=Advisor.open(folder)))
        show("opening", timed(lambda: opened.update(cluster=Advisor.load(index=index))), disk, "s")
        kept = opened["cluster"].index
        assert isinstance(kept, Cluster)
        before = kept.connection.sent
        taken = turns(opened, questions(known, options.turns + WARM))
        ours, peer = taken["cluster"], taken["disk"]
        show("a turn, median", statistics.median(ours), statistics.median(peer), "ms")
        at = int(len(ours) * 0.99) - 1
        show("a turn, 99th percentile", ours[at], peer[at], "ms")
        sent = kept.connection.sent - before
        print(f"{'requests a turn, mean':<40}{sent / (options.turns + WARM):>10.2f}")


if __name__ == "__main__":
    main()
