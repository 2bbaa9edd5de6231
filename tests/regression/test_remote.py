"""A running service answers the cases as the library does."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from advisor import Advisor
from advisor.channels.regression.ask import GivenAdviser, RemoteAdviser
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.play import play_all
from advisor.web import Settings, create_app

from .conftest import Run

FILE = """
- id: talk
  conversation:
    - ask: What does Marine Biology cost for EU students?
      expect: {kind: answer, contains: ["2,314"]}
    - ask: and when is the application deadline?
      expect: {kind: answer, contains: [1 April]}
- id: wrong
  ask: Is there a swimming pool?
  kind: answer
"""
PATIENCE_SECONDS = 20


@pytest.fixture(scope="module")
def address(marine: Advisor) -> Iterator[str]:
    """Serve the page on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(keys=("a key for tests",)), advisor=marine)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    until = time.monotonic() + PATIENCE_SECONDS
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()


def test_the_service_and_the_library_agree(address: str, marine: Advisor, tmp_path: Path) -> None:
    """Conversations go on over HTTP: the same kinds, words and verdicts."""
    path = tmp_path / "some.qa.yaml"
    path.write_text(FILE, encoding="utf-8")
    cases = load_cases([path])
    here, there = (play_all(cases, adviser) for adviser in (GivenAdviser(marine), RemoteAdviser(address)))
    assert [o.status for o in there] == ["passed", "failed"]
    assert [p.reply for o in here for p in o.played] == [p.reply for o in there for p in o.played]


def test_the_command_asks_a_service(address: str, here: Path, command: Run) -> None:
    """`--url` needs no pages; checks that need pages say so; a service that is gone is a crash."""
    (here / "some.qa.yaml").write_text(FILE, encoding="utf-8")
    assert command("test", "some.qa.yaml", "--url", address + "/", "--id", "talk") == 0
    assert command("test", "some.qa.yaml", "--url", address, "--mutate") == 2
    (outcome,) = play_all(load_cases(["some.qa.yaml"])[:1], RemoteAdviser("http://127.0.0.1:1"))
    assert outcome.status == "crashed"
