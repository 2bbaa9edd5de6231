"""Load, check and answer a generated catalogue in memory, beside the pages that ship, in the same run.

python -m benchmarks.many [--programmes 2000] [--questions 300] [--json FILE]
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from advisor import Advisor
from advisor.editing import inspect_content
from benchmarks.catalogue import questions, write_catalogue
from benchmarks.clock import milliseconds, resident, share, timed
from benchmarks.growth import SHIPPED, WARM
from benchmarks.table import Row, options, report


def measure(programmes: int, number: int) -> Iterator[Row]:
    """Yield loading, memory, turns and check of so many programmes without an index."""
    where = f"{programmes:,} programmes in memory"
    base = share(timed(Advisor.load().ask, SHIPPED * 60), 0.5)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = write_catalogue(folder, programmes)
        loaded: list[Advisor] = []
        loading = milliseconds(lambda: loaded.append(Advisor.load(folder)))
        yield Row(f"loading, {where}, first time", loading / 1000, "s")
        yield Row(f"memory of the process, {where}", resident() / 1e6, "MB")
        asked = questions(written, WARM + number)
        taken = timed(loaded.pop().ask, asked[WARM:], asked[:WARM])
        for label, part in (("median", 0.5), ("p99", 0.99)):
            yield Row(
                f"a turn, {where}, {label}", share(taken, part), "ms", "the shipped pages, median", base
            )
        checking = milliseconds(lambda: inspect_content([str(folder)], None))
        yield Row(f"`advisor check`, {where}", checking / 1000, "s")


def main() -> None:
    """Measure and report."""
    parser = options(__doc__)
    parser.add_argument("--programmes", type=int, default=2000)
    parser.add_argument("--questions", type=int, default=300)
    given = parser.parse_args()
    report(measure(given.programmes, given.questions), given.json)


if __name__ == "__main__":
    main()
