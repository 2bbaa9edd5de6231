"""The command serves with several processes, survives the loss of one, and stops in good order."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.web.live import ROOT, free_port
from tests.web.test_reload import PAGE, edit, folder

__all__ = ["folder"]
pytestmark = pytest.mark.slow
PATIENCE_SECONDS = 60
COMMAND = [sys.executable, "-c", "import sys; from advisor.channels.cli import main; sys.exit(main())"]


class Command:
    """`advisor serve` as a process of its own."""

    def __init__(self, process: subprocess.Popen[str], port: int) -> None:
        self.process = process
        self.address = f"http://127.0.0.1:{port}"

    def ask(self, text: str, state: str | None = None) -> dict[str, Any]:
        """Ask over a connection of its own, so that any worker may take it."""
        body = json.dumps({"text": text} | ({"state": state} if state else {})).encode()
        request = urllib.request.Request(
            f"{self.address}/v1/ask", body, {"content-type": "application/json", "connection": "close"}
        )
        with urllib.request.urlopen(request, timeout=20) as response:
            answer: dict[str, Any] = json.load(response)
        return answer

    def get(self, path: str) -> str:
        """Return what stands at an address."""
        with urllib.request.urlopen(f"{self.address}{path}", timeout=20) as response:
            text: str = response.read().decode()
        return text

    def workers(self) -> list[int]:
        """Return the processes that listen besides the first."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [
            pid
            for pid in map(int, children.split())
            if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()
        ]

    def stop(self) -> tuple[int, str]:
        """End it as a service supervisor does; return its exit code and what it said."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        _, said = self.process.communicate(timeout=PATIENCE_SECONDS)
        return self.process.returncode, said


def wait_for(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            if holds():
                return True
        except (urllib.error.URLError, ConnectionError):
            pass
        time.sleep(0.05)
    return False


@contextmanager
def serving(*options: str, keys: str = "a key for tests") -> Iterator[Command]:
    port = free_port()
    environment = {**os.environ, "ADVISOR_KEYS": keys, "PYTHONPATH": str(ROOT / "src")}
    arguments = [*COMMAND, "serve", "--port", str(port), "--rate", "", *options]
    process = subprocess.Popen(arguments, env=environment, stderr=subprocess.PIPE, text=True)
    command = Command(process, port)
    try:
        assert wait_for(lambda: process.poll() is not None or bool(command.get("/v1/health")))
        yield command
    finally:
        if process.poll() is None:
            command.stop()


def test_two_workers_hold_one_conversation() -> None:
    """Whichever worker takes a turn, the conversation goes on; the counters are those of both."""
    with serving("--workers", "2") as command:
        assert wait_for(lambda: len(command.workers()) == 2)
        state, texts = None, []
        for text in ["What does it cost in Leiden?", *["and in Leuven?", "and in Leiden?"] * 10]:
            answer = command.ask(text, state)
            state = answer["state"]
            texts.append(answer["text"])
        assert {t for t in texts[2::2] if "2,601" in t} == set(texts[2::2])
        assert "Leuven" in texts[1]
        counted = [
            line for line in command.get("/metrics").splitlines() if line.startswith("advisor_turns_total")
        ]
        assert sum(float(line.rsplit(" ", 1)[1]) for line in counted) == len(texts)


def test_a_killed_worker_costs_no_conversation() -> None:
    """The other worker goes on, and a new one takes the place of the dead."""
    with serving("--workers", "2") as command:
        assert wait_for(lambda: len(command.workers()) == 2)
        state = command.ask("What does it cost in Leiden?")["state"]
        victim = command.workers()[0]
        os.kill(victim, signal.SIGKILL)
        assert wait_for(lambda: "Leuven" in command.ask("and in Leuven?", state)["text"])
        assert wait_for(lambda: len(command.workers()) == 2 and victim not in command.workers())
        assert "Leuven" in command.ask("and in Leuven?", state)["text"]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_hangup_loads_the_pages_anew(folder: Path, workers: str) -> None:
    """SIGHUP reaches every worker, and none stops answering meanwhile."""
    with serving("--workers", workers, "--corpus", str(folder)) as command:
        edit(folder / PAGE, "2.601", "2.777")
        command.process.send_signal(signal.SIGHUP)
        new = 0
        deadline = time.monotonic() + PATIENCE_SECONDS
        while new < 20 and time.monotonic() < deadline:
            new = new + 1 if "2,777" in command.ask("What does it cost in Leiden?")["text"] else 0
        assert new == 20


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_stop_is_clean(workers: str) -> None:
    """SIGTERM ends it without a trace on the screen."""
    with serving("--workers", workers) as command:
        assert command.ask("hello")["kind"] == "smalltalk"
        code, said = command.stop()
    assert code in {0, -signal.SIGTERM}
    assert "Traceback" not in said


def test_broken_pages_are_told_before_anything_listens(folder: Path) -> None:
    """Exit code 2, with path and line."""
    edit(folder / PAGE, "title:", "titel:")
    with serving("--corpus", str(folder)) as command:
        code, said = command.stop()
    assert code == 2
    assert f"{PAGE}:" in said


def test_a_taken_port_is_told() -> None:
    """Exit code 1, with what to do."""
    with serving() as first:
        port = first.address.rsplit(":", 1)[1]
        arguments = [*COMMAND, "serve", "--port", port]
        done = subprocess.run(arguments, capture_output=True, text=True, timeout=PATIENCE_SECONDS)
    assert done.returncode == 1
    assert "--port" in done.stderr
