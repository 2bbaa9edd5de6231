"""Load, check and answer a generated catalogue, beside the two pages that ship, in the same run.

python benchmarks/many.py [--programmes 2000] [--questions 300]
"""

import argparse
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from advisor import Advisor
from advisor.editing import inspect_content
from benchmarks.catalogue import questions, write_catalogue

SHIPPED = (
    "What does Leiden cost?",
    "In which language is Leuven taught?",
    "Is there an internship in Leuven?",
)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def timed(advisor: Advisor, asked: list[str]) -> list[float]:
    """Return the milliseconds that each question took, in rising order."""
    return sorted(1000 * seconds(lambda q=question: advisor.ask(q)) for question in asked)  # type: ignore[misc]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Load, check and answer a generated catalogue.")
    parser.add_argument("--programmes", type=int, default=2000)
    parser.add_argument("--questions", type=int, default=300)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written = write_catalogue(folder, options.programmes)
        began = time.perf_counter()
        advisor = Advisor.load(folder)
        loading = time.perf_counter() - began
        checking = seconds(lambda: inspect_content([str(folder)], None))
    asked = questions(written, options.questions)
    first = timed(advisor, asked)
    again = timed(advisor, asked)
    small = Advisor.load()
    timed(small, list(SHIPPED))
    base = statistics.median(timed(small, list(SHIPPED) * 50))
    passages = len(advisor.store.passages)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{options.programmes} programmes, {passages} passages; {memory} MB at most, check included")
    print(f"load {loading:.1f} s, check {checking:.1f} s")
    print(f"{'milliseconds a question':<32}{'median':>8}{'p99':>8}{'ratio':>8}")
    for label, taken in (("the shipped pages", [base]), ("catalogue, asked first", first), ("again", again)):
        median, worst = statistics.median(taken), taken[int(len(taken) * 0.99) - 1]
        print(f"{label:<32}{median:>8.2f}{worst:>8.2f}{median / base:>8.1f}")


if __name__ == "__main__":
    main()
