"""How soon the chat prompts and `advisor ask` answers, next to what importing the libraries alone costs.

    python -m benchmarks.start [--rounds 7] [--json FILE]

Each program is started cold in turn, round after round, so that a busy machine slows all of them
alike; what counts are the ratios.
"""

import os
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.clock import milliseconds, share
from benchmarks.table import Row, Target, options, report

ROUNDS = 7
PATIENCE = 30.0
PEER = "import prompt_toolkit, pydantic"
COMMAND = "import sys; from advisor.channels.cli import main; sys.exit(main())"
QUESTION = "What does it cost in Leiden?"
PROMPT = "›".encode()


def until_prompt() -> float:
    """Return the milliseconds from starting the chat in a pseudo-terminal to its first prompt."""
    import pty

    with tempfile.TemporaryDirectory() as home:
        environment = {
            **os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "XDG_STATE_HOME": home,
            "XDG_CONFIG_HOME": home,
        }  # fmt: skip
        started = time.perf_counter()
        process, terminal = pty.fork()
        if process == 0:
            os.execve(sys.executable, [sys.executable, "-c", COMMAND], environment)
        seen = b""
        while PROMPT not in seen and time.perf_counter() - started < PATIENCE:
            if select.select([terminal], [], [], 0.5)[0]:
                seen += os.read(terminal, 65536)
        taken = time.perf_counter() - started
        os.kill(process, 9)
        os.waitpid(process, 0)
        os.close(terminal)
    return taken * 1000


def run(*arguments: str) -> float:
    """Return the milliseconds that a Python program takes from start to end."""
    command = [sys.executable, "-c", *arguments]
    return milliseconds(lambda: subprocess.run(command, check=True, stdout=subprocess.DEVNULL))


def cold_ask(index: Path | None = None, rounds: int = 5) -> float:
    """Return the median of `advisor ask` in processes of their own, after one to warm up."""
    chosen = ["--index", f"disk:{index}"] if index else []
    return share(sorted([run(COMMAND, "ask", *chosen, QUESTION) for _ in range(rounds + 1)][1:]), 0.5)


def measure(rounds: int) -> Iterator[Row]:
    """Yield the medians beside the peer's."""
    programs: dict[str, Callable[[], float]] = {
        PEER: lambda: run(PEER),
        "first prompt of the chat, shipped pages": until_prompt,
        "cold `advisor ask`, shipped pages": lambda: run(COMMAND, "ask", QUESTION),
    }
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, work in programs.items():
            taken = work()
            if number:  # the first round warms up
                times[name].append(taken)
    (against, peer), *ours = ((name, share(sorted(taken), 0.5)) for name, taken in times.items())
    for name, taken in ours:
        target = Target("ours", 500) if "ask" in name else None
        yield Row(name, taken, "ms", f"`{against}`", peer, target)


def main() -> None:
    """Measure and report."""
    parser = options(__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    given = parser.parse_args()
    report(measure(given.rounds), given.json)


if __name__ == "__main__":
    main()
