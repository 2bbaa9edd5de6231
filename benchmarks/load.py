"""Load the service with real questions, beside an empty FastAPI endpoint in the same run.

    python -m benchmarks.load [--seconds 5] [--soak 20] [--json FILE]

All traffic stays on 127.0.0.1. The client shares the machine with the server, so the ratios to the
empty endpoint, which has as many workers, travel; the figures do not. Where other programs run too,
the processor's time that a turn takes the server tells most. The soak asks on and looks at the
memory; the last measurement kills one of two workers in the middle of conversations.
"""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.clock import resident, share
from benchmarks.table import Row, Target, options, report
from benchmarks.turn import questions

ROOT = Path(__file__).parents[1]
EMPTY = "import sys, benchmarks.load; benchmarks.load.serve_empty(int(sys.argv[1]), int(sys.argv[2]))"
SERVE = "import sys; from advisor.channels.cli import main; sys.exit(main())"
CLIENTS = 8
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


def serve_empty(port: int, workers: int) -> None:
    """Serve it as the service is served, from a socket that sends small pieces at once."""
    import uvicorn
    from uvicorn.supervisors import Multiprocess

    config = uvicorn.Config(
        "benchmarks.load:empty_app", factory=True, workers=workers, access_log=False, log_level="error"
    )
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    sock.set_inheritable(True)
    if workers == 1:
        uvicorn.Server(config).run(sockets=[sock])
    else:
        Multiprocess(config, sockets=[sock]).run()


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


def measure(seconds: float, soak: float) -> Iterator[Row]:
    """Yield turns a second with one and two workers, a soak, and what a killed worker breaks."""
    asked = questions()
    for workers in (1, 2):
        empty, port = {}, free_port()
        with server("-c", EMPTY, str(port), str(workers), port=port) as process:
            load(process, port, asked, 2, 1)
            for clients in (1, CLIENTS):
                empty[clients] = load(process, port, asked, clients, seconds)
        port = free_port()
        command = ["serve", "--port", str(port), "--rate", "", "--workers", str(workers)]
        with server("-c", SERVE, *command, port=port) as process:
            load(process, port, asked, 2, 2)
            for clients in (1, CLIENTS):
                tally = load(process, port, asked, clients, seconds)
                yield from compared(tally, empty[clients], seconds, workers, clients)
            if workers == 1 and soak:
                before = resident(process.pid)
                load(process, port, asked, 4, soak)
                grown = (resident(process.pid) - before) / 1e6
                yield Row(f"memory grown in {soak:g} s of questions", grown, "MB")
            if workers == 2:
                threading.Timer(seconds / 2, _kill_a_worker, [process.pid]).start()
                tally = load(process, port, asked, 4, seconds)
                yield Row("turns refused when one of two workers is killed", tally.refused, "turns")
                yield Row(
                    "connections broken when one of two workers is killed", tally.broken, "of 4 clients"
                )


def compared(tally: Tally, empty: Tally, seconds: float, workers: int, clients: int) -> Iterator[Row]:
    """Yield the rate, the p99 and the processor's time of a load, beside those of the empty endpoint."""
    name = f"POST /v1/ask, {workers} worker{'s'[: workers - 1]}, {clients} client{'s'[: clients - 1]}"
    target = Target("ratio", 0.4, is_least=True) if workers == 2 and clients > 1 else None
    rates = [len(each.taken) / seconds for each in (tally, empty)]
    yield Row(name, rates[0], "turns/s", "empty endpoint", rates[1], target)
    worst = [share(sorted(each.taken), 0.99) for each in (tally, empty)]
    yield Row(f"{name}, p99", worst[0], "ms", "empty endpoint", worst[1])
    used = [each.processor / len(each.taken) for each in (tally, empty)]
    yield Row(f"{name}, the server's processor", used[0], "ms", "empty endpoint", used[1])


def _kill_a_worker(parent: int) -> None:
    os.kill(_children(parent)[-1], signal.SIGKILL)


def _children(parent: int) -> list[int]:
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text(encoding="utf-8")
    return [int(child) for child in children.split()]


def main() -> None:
    """Measure and report."""
    parser = options(__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="for each measurement")
    parser.add_argument("--soak", type=float, default=20, help="seconds of the soak; 0 for none")
    given = parser.parse_args()
    report(measure(given.seconds, given.soak), given.json)


if __name__ == "__main__":
    main()
