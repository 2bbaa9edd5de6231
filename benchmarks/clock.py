"""How long things take, in milliseconds, and how much memory a process has of its own."""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def milliseconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def processor(work: Callable[[], object]) -> tuple[float, float]:
    """Return how long a piece of work takes, and how long it has this process's processor."""
    before = time.process_time()
    elapsed = milliseconds(work)
    return elapsed, (time.process_time() - before) * 1000


def timed(
    ask: Callable[[Result], object], asked: Sequence[Result], warm: Sequence[Result] | None = None
) -> list[float]:
    """Return how long each question took, in rising order; a fifth of them, or others, warm up."""
    for question in asked[: len(asked) // 5] if warm is None else warm:
        ask(question)
    return sorted(milliseconds(lambda q=question: ask(q)) for question in asked)  # type: ignore[misc]


def share(rising: Sequence[float], part: float) -> float:
    """Return the value below which a part of the values lie: 0.5 for the median, 0.99 for p99."""
    return rising[min(len(rising) - 1, int(len(rising) * part))]


def fresh(work: Callable[Given, Result], *given: Given.args, **named: Given.kwargs) -> Result:
    """Return what a function of a module returns in a process of its own."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *given, **named).result()


def resident(process: int | str = "self") -> int:
    """Return the bytes that a process has in memory."""
    pages = Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * 4096
