"""What every response gets: security headers, a count, and no stack trace."""

import logging
import traceback

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from advisor.channels.web.metrics import Metrics
from advisor.channels.web.problems import ServiceProblem, problem_response

_log = logging.getLogger("advisor.web")
POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "cache-control": "no-store",
}


class Envelope:
    """ASGI middleware around the whole service."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request; what breaks becomes a problem, its kind and place go to the log."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def send_sealed(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                self._metrics.responses.labels(str(message["status"])).inc()
            await send(message)

        try:
            await self._app(scope, receive, send_sealed)
        except Exception as error:
            # The error's message may quote what a student wrote: only its type and place are logged.
            _log.error("%s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
            if started:
                raise
            problem = ServiceProblem("internal", "the request could not be served; it is safe to try again")
            await problem_response(problem)(scope, receive, send_sealed)
