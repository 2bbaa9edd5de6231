"""Load the service with real questions, beside an empty FastAPI endpoint in the same run.

    python -m benchmarks.load [--seconds 5] [--soak 20]

All traffic stays on 127.0.0.1. The client shares the machine with the server, so the ratios to the
empty endpoint travel, the figures do not; where other programs run too, only the processor's time
that a turn takes the server tells anything. The soak asks on and looks at the memory; the last
measurement kills one of two workers in the middle of conversations.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # so that it also runs as a file

from benchmarks.turn import questions

ROOT = Path(__file__).parents[1]
EMPTY = "import sys, benchmarks.load; benchmarks.load.serve_empty(int(sys.argv[1]))"
SERVE = "import sys; from advisor.channels.cli import main; sys.exit(main())"
TURNS_OF_A_CONVERSATION = 4
PATIENCE_SECONDS = 60


def empty_app() -> object:
    """Return a FastAPI application that reads a question and answers nothing."""
    from fastapi import FastAPI
    from pydantic import BaseModel

    class Question(BaseModel):
        text: str
        state: str | None = None

    app = FastAPI()

    @app.post("/v1/ask")
    async def ask(question: Question) -> dict[str, str]:
        return {"text": "", "state": ""}

    @app.get("/v1/health")
    async def health() -> dict[str, str]:
        return {}

    return app


def serve_empty(port: int) -> None:
    """Serve it."""
    import uvicorn

    uvicorn.run(empty_app(), port=port, access_log=False, log_level="error")  # type: ignore[arg-type]


@dataclass
class Tally:
    """What the clients saw: milliseconds of each turn, and how many connections broke."""

    taken: list[float] = field(default_factory=list)
    broken: int = 0
    refused: int = 0
    processor: float = 0.0  # milliseconds that the server used for all turns together


@contextmanager
def server(*command: str, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server until the block ends."""
    environment = {
        **os.environ,
        "ADVISOR_KEYS": "a key for measuring",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
    }
    process = subprocess.Popen([sys.executable, *command], env=environment, cwd=ROOT)
    try:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not _is_up(port):
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit("the server did not start")
            time.sleep(0.05)
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE_SECONDS)


def _is_up(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/v1/health")
        return connection.getresponse().status == 200
    except OSError:
        return False


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def load(
    process: subprocess.Popen[bytes], port: int, asked: Sequence[str], clients: int, seconds: float
) -> Tally:
    """Let clients hold conversations for some seconds; each keeps its connection."""
    tally, end, before = Tally(), time.monotonic() + seconds, processor(process)
    threads = [
        threading.Thread(target=_client, args=(port, asked, number, end, tally)) for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    tally.processor = processor(process) - before
    return tally


def _client(port: int, asked: Sequence[str], number: int, end: float, tally: Tally) -> None:
    chance = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    state, turn = None, 0
    while time.monotonic() < end:
        body = {"text": chance.choice(asked)}
        if state and turn % TURNS_OF_A_CONVERSATION:
            body["state"] = state
        began = time.perf_counter()
        try:
            connection.request("POST", "/v1/ask", json.dumps(body), {"content-type": "application/json"})
            response = connection.getresponse()
            answer = json.loads(response.read())
        except (OSError, http.client.HTTPException):
            # What a browser does with a kept connection that turns out dead: open another, ask again.
            connection.close()
            tally.broken += 1
            continue
        tally.taken.append((time.perf_counter() - began) * 1000)
        tally.refused += response.status != 200
        state, turn = answer.get("state"), turn + 1


def processor(process: subprocess.Popen[bytes]) -> float:
    """Return the milliseconds of processor time that a server and its workers have used."""
    family = [process.pid, *_children(process.pid)]
    used = [
        Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split() for pid in family
    ]
    return 1000 * sum(int(f[11]) + int(f[12]) for f in used) / os.sysconf("SC_CLK_TCK")


def memory(process: subprocess.Popen[bytes]) -> float:
    """Return the resident megabytes of a process."""
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


def show(name: str, tally: Tally, seconds: float, base: float | None) -> float:
    """Print a line; returns the turns a second."""
    taken, rate = sorted(tally.taken), len(tally.taken) / seconds
    ratio = f"{base / rate:9.1f}" if base else " " * 9
    # The time of a worker that was killed is lost with it.
    used = f"{tally.processor / len(taken):9.2f}" if tally.processor > 0 else " " * 9
    print(
        f"{name:<38}{rate:9.0f}{statistics.median(taken):9.2f}{taken[int(len(taken) * 0.99)]:9.2f}{ratio}"
        f"{used}{tally.refused:9}{tally.broken:8}",
        flush=True,
    )
    return rate


def measure(seconds: float, soak: float) -> None:
    """Measure the empty endpoint, the service with one and two workers, a soak, and a killed worker."""
    asked = questions()
    port = free_port()
    bases = {}
    with server("-c", EMPTY, str(port), port=port) as process:
        load(process, port, asked, 2, 1)
        for clients in (1, 8):
            tally = load(process, port, asked, clients, seconds)
            bases[clients] = show(f"empty endpoint, {clients} clients", tally, seconds, None)
    for workers in ("1", "2"):
        port = free_port()
        command = ["-c", SERVE, "serve", "--port", str(port), "--rate", "", "--workers", workers]
        with server(*command, port=port) as process:
            load(process, port, asked, 2, 2)
            for clients in (1, 8):
                name = f"service, {workers} worker(s), {clients} clients"
                show(name, load(process, port, asked, clients, seconds), seconds, bases[clients])
            if workers == "1" and soak:
                before = memory(process)
                tally = load(process, port, asked, 4, soak)
                show(f"soak of {soak:g} s: {before:.0f} -> {memory(process):.0f} MB", tally, soak, None)
            if workers == "2":
                threading.Timer(seconds / 2, _kill_a_worker, [process.pid]).start()
                show("one of two workers killed", load(process, port, asked, 4, seconds), seconds, None)


def _kill_a_worker(parent: int) -> None:
    os.kill(_children(parent)[-1], signal.SIGKILL)


def _children(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    return [int(child) for child in children.split()]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5, help="for each measurement")
    parser.add_argument("--soak", type=float, default=20, help="seconds of the soak; 0 for none")
    options = parser.parse_args()
    columns = ("turns/s", "median", "p99", "slower", "CPU", "refused", "broken")
    print("milliseconds, but for the turns a second")
    print(f"{'':<38}" + "".join(f"{c:>9}" for c in columns[:-1]) + f"{columns[-1]:>8}")
    measure(options.seconds, options.soak)


if __name__ == "__main__":
    main()
