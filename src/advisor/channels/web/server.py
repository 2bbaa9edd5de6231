"""Running the service: one process, or several that share an address."""

import logging
import os
import secrets
import signal
import socket
import sys
import tempfile

import uvicorn
from fastapi import FastAPI
from uvicorn.supervisors import Multiprocess

from advisor import Advisor
from advisor.channels.web.settings import KEYS_VARIABLE, Settings, environment_keys

# Worker processes get their settings through the environment: a spawned process inherits nothing else.
SETTINGS_VARIABLE = "ADVISOR_SERVICE_SETTINGS"
_APP = "advisor.channels.web.server:worker_app"
_GRACE_SECONDS = 10


def serve(settings: Settings, host: str, port: int, workers: int, access_log: bool) -> int:
    """Serve until told to stop; SIGHUP loads the pages anew. Returns the exit code.

    Raises ContentError for broken pages, before anything listens.
    """
    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # our own errors tell it, and shorter
    if not environment_keys():
        print(
            f"{KEYS_VARIABLE} is not set: a random key signs conversations, which end with this server.",
            file=sys.stderr,
        )
        os.environ[KEYS_VARIABLE] = secrets.token_urlsafe(32)
    if workers > 1:
        return _serve_several(settings, host, port, workers, access_log)
    from advisor.channels.web.app import create_app

    server = uvicorn.Server(_config(create_app(settings), host, port, access_log))
    sock = _listen(server.config)
    if sock is None:
        return 1
    _announce(sock)
    server.run(sockets=[sock])
    return 0


def _config(app: FastAPI | str, host: str, port: int, access_log: bool, workers: int = 1) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        workers=workers,
        factory=isinstance(app, str),
        access_log=access_log,
        log_level="info" if access_log else "warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
    )


def _listen(config: uvicorn.Config) -> socket.socket | None:
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    # With the protocol named, asyncio sends small pieces at once; else each reply waits 40 ms for an ACK.
    sock = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        sock.bind((config.host, config.port))
    except OSError as error:
        sock.close()
        print(
            f"cannot listen on {config.host}:{config.port}: {error.strerror}; try another --port",
            file=sys.stderr,
        )
        return None
    sock.set_inheritable(True)
    return sock


def _announce(sock: socket.socket) -> None:
    host, port = sock.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    print(f"The adviser answers on http://{shown}:{port} (Ctrl-C stops it)", file=sys.stderr, flush=True)


def _serve_several(settings: Settings, host: str, port: int, workers: int, access_log: bool) -> int:
    Advisor.load(settings.corpus, settings.intents)  # broken pages are told here, once
    config = _config(_APP, host, port, access_log, workers)
    sock = _listen(config)
    if sock is None:
        return 1
    os.environ[SETTINGS_VARIABLE] = settings.model_dump_json()
    with tempfile.TemporaryDirectory(prefix="advisor-metrics-") as counters:
        os.environ.setdefault("PROMETHEUS_MULTIPROC_DIR", counters)
        _announce(sock)
        _Workers(config, sockets=[sock]).run()
    return 0


class _Workers(Multiprocess):
    """Keeps the workers running; a reload is theirs to do, so that none stops answering."""

    def handle_hup(self) -> None:
        """Tell every worker to load the pages anew."""
        for process in self.processes:
            if process.pid is not None and process.is_alive():
                os.kill(process.pid, signal.SIGHUP)


def worker_app() -> FastAPI:
    """Return the application of a worker process, with the settings that the command left for it."""
    from advisor.channels.web.app import create_app

    logging.basicConfig(stream=sys.stderr, format="%(message)s")
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)  # our own errors tell it, and shorter
    return create_app(Settings.model_validate_json(os.environ[SETTINGS_VARIABLE]))
