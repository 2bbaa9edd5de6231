"""Time a turn on the pages that ship, beside a ten-line baseline in the same run.

    python -m benchmarks.turn [--turns 400] [--json FILE]

The baseline is what one would write in an afternoon: paragraphs, lower-cased words, rank-bm25,
the best paragraph as the answer. It shows what the machine can do; the ratios travel, the
milliseconds do not.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import yaml
from rank_bm25 import BM25Plus

from advisor import Advisor
from benchmarks.clock import milliseconds, share, timed
from benchmarks.table import Row, Target, options, report

ROOT = Path(__file__).parents[1]


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


def measure(turns: int) -> Iterator[Row]:
    """Yield the median and the 99th percentile of a question and of a turn in a talk."""
    every = questions()
    asked = (every * (turns // len(every) + 1))[:: max(1, len(every) // turns)][:turns]
    Advisor.load()
    loading = milliseconds(Advisor.load)
    advisor = Advisor.load()
    chat = advisor.start()
    peer = timed(baseline(), asked)
    for name, ask in (("a question", advisor.ask), ("a turn in a talk", chat.ask)):
        taken = timed(ask, asked)
        for label, part, target in (("median", 0.5, Target("ours", 2)), ("p99", 0.99, None)):
            yield Row(f"{name}, shipped pages, {label}", share(taken, part), "ms",
                      f"best paragraph, {label}", share(peer, part), target)  # fmt: skip
    yield Row("loading the shipped pages in a warm process", loading)


def main() -> None:
    """Measure and report."""
    parser = options(__doc__)
    parser.add_argument("--turns", type=int, default=400)
    given = parser.parse_args()
    report(measure(given.turns), given.json)


if __name__ == "__main__":
    main()
