"""Time a turn, a start and a cold `advisor ask`, beside a ten-line baseline in the same run.

    python benchmarks/turn.py [--turns 400]

The baseline is what one would write in an afternoon: paragraphs, lower-cased words, rank-bm25,
the best paragraph as the answer. It shows what the machine can do; the ratios travel, the
milliseconds do not.
"""

import argparse
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import yaml
from rank_bm25 import BM25Plus

from advisor import Advisor

ROOT = Path(__file__).parents[1]
COLD_RUNS = 5
QUESTION = "What does Leiden cost?"


def questions() -> list[str]:
    """Return the questions of the conversations that the project keeps."""
    found = []
    for path in sorted((ROOT / "tests" / "conversations").glob("*.qa.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            found += [turn["ask"] for turn in case.get("conversation", [case]) if "ask" in turn]
    return found


def baseline() -> Callable[[str], str]:
    """Return a function that answers with the best paragraph."""
    paragraphs = [
        p for f in sorted((ROOT / "corpus").glob("*.md")) for p in f.read_text("utf-8").split("\n\n")
    ]
    index = BM25Plus([p.lower().split() for p in paragraphs])

    def answer(question: str) -> str:
        scores = index.get_scores(question.lower().split())
        return paragraphs[int(scores.argmax())]

    return answer


def timed(ask: Callable[[str], object], asked: Sequence[str]) -> list[float]:
    """Return the milliseconds that each question took, after a round to warm up."""
    for question in asked[:20]:
        ask(question)
    taken = []
    for question in asked:
        began = time.perf_counter()
        ask(question)
        taken.append((time.perf_counter() - began) * 1000)
    return sorted(taken)


def process(*command: str) -> float:
    """Return the median milliseconds of a fresh process, interpreter included."""
    taken = []
    for _ in range(COLD_RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def show(name: str, median: float, worst: float | None, base: float) -> None:
    """Print a line: median, 99th percentile, and how many times the baseline's median that is."""
    tail = f"{worst:9.2f}" if worst is not None else " " * 9
    print(f"{name:<34}{median:9.2f}{tail}{median / base:9.1f}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Time a turn beside a ten-line baseline.")
    parser.add_argument("--turns", type=int, default=400)
    asked = questions()
    turns = parser.parse_args().turns
    asked = (asked * (turns // len(asked) + 1))[:: max(1, len(asked) // turns)][:turns]

    began = time.perf_counter()
    advisor = Advisor.load()
    loading = (time.perf_counter() - began) * 1000
    chat = advisor.start()
    peer = timed(baseline(), asked)
    ours = timed(advisor.ask, asked)
    talk = timed(chat.ask, asked)
    base = statistics.median(peer)
    bare = process("-c", "import rank_bm25")
    cold = process("-c", f"from advisor.channels.cli import main; main(['ask', {QUESTION!r}])")

    print(f"{len(asked)} turns; milliseconds\n{'':<34}{'median':>9}{'p99':>9}{'ratio':>9}")
    for name, taken in (
        ("baseline: best paragraph", peer),
        ("advisor: a question", ours),
        ("advisor: in a talk", talk),
    ):
        show(name, statistics.median(taken), taken[int(len(taken) * 0.99) - 1], base)
    print()
    show("baseline: import rank_bm25", bare, None, bare)
    show("advisor: load in a warm process", loading, None, bare)
    show("advisor: cold `advisor ask`", cold, None, bare)


if __name__ == "__main__":
    main()
