"""How soon the chat prompts and `advisor ask` answers, next to what importing the libraries alone costs.

Run it with `python benchmarks/start.py`. Each program is started cold in turn, round after round, so
that a busy machine slows all of them alike; what counts are the ratios.
"""

import os
import select
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

ROUNDS = 7
PATIENCE = 30.0
PEER = "import prompt_toolkit, pydantic"
COMMAND = "import sys; from advisor.channels.cli import main; sys.exit(main())"
PROMPT = "›".encode()


def until_prompt() -> float:
    """Return the seconds from starting the chat in a pseudo-terminal to its first prompt."""
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
    return taken


def run(*arguments: str) -> float:
    """Return the seconds that a Python program takes from start to end."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", *arguments], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Measure, and print medians and ratios."""
    programs: dict[str, Callable[[], float]] = {
        "peer: import prompt_toolkit, pydantic": lambda: run(PEER),
        "advisor: first prompt": until_prompt,
        "advisor ask: answer": lambda: run(COMMAND, "ask", "What does it cost in Leiden?"),
    }
    for measure in programs.values():
        measure()
    times: dict[str, list[float]] = {name: [] for name in programs}
    for _ in range(ROUNDS):
        for name, measure in programs.items():
            times[name].append(measure())
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    peer = next(iter(medians.values()))
    print(f"{'median of ' + str(ROUNDS):<40} {'seconds':>8} {'ratio':>6}")
    for name, median in medians.items():
        print(f"{name:<40} {median:>8.3f} {median / peer:>6.2f}")


if __name__ == "__main__":
    main()
