"""A service on a free port of this machine, which a test can stop and start again."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from advisor import Advisor
from advisor.web import Settings, create_app

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "pages"
# More than three programmes, in both languages; formats that need no extra.
PLACES = (
    str(ROOT / "corpus"),
    *(
        str(FIXTURES / name)
        for name in (
            "museum-studies-2026.md",
            "rechten-deeltijd.md",
            "marine-engineering.txt",
            "verpleegkunde-hbo.txt",
        )
    ),
)
KEYS = ("a key for tests",)
_PATIENCE_SECONDS = 20


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


class LiveService:
    """The service in a thread, always on the same port."""

    def __init__(self, advisor: Advisor, settings: Settings) -> None:
        self._advisor = advisor
        self.settings = settings
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Listen; returns when questions are answered."""
        app = create_app(self.settings, advisor=self._advisor)
        config = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, log_level="error", timeout_graceful_shutdown=3
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run)
        self._thread.start()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while not self._server.started and time.monotonic() < deadline:
            time.sleep(0.01)

    def stop(self) -> None:
        """Stop listening."""
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join()
            self._server = self._thread = None


@contextmanager
def running(advisor: Advisor, settings: Settings) -> Iterator[LiveService]:
    """Run a service for as long as the block lasts."""
    service = LiveService(advisor, settings)
    service.start()
    try:
        yield service
    finally:
        service.stop()
