"""The service as an ASGI application."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException
from starlette.middleware.cors import CORSMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from advisor import Advisor, IndexUnavailable, __version__
from advisor.channels.web import api, site
from advisor.channels.web.envelope import Envelope
from advisor.channels.web.holder import watched
from advisor.channels.web.problems import ServiceProblem, problem_response, tell_http_error
from advisor.channels.web.service import Service, build
from advisor.channels.web.settings import Settings

_log = logging.getLogger("advisor.web")


def create_app(settings: Settings | None = None, *, advisor: Advisor | None = None) -> FastAPI:
    """Return the service as an ASGI application.

    `advisor` serves one that is loaded already; without it the settings say which pages to load.
    Raises ContentError when they are broken.
    """
    service = build(settings or Settings(), advisor)
    app = FastAPI(
        title="Programme advisor",
        summary="Answers about study programmes, each with the passage that proves it.",
        version=__version__,
        openapi_url="/v1/openapi.json",
        docs_url=None,
        redoc_url=None,
        lifespan=_lifespan(service),
    )
    app.state.service = service
    app.add_exception_handler(ServiceProblem, _tell_problem)
    app.add_exception_handler(IndexUnavailable, _tell_unavailable)
    app.add_exception_handler(RequestValidationError, _tell_validation)
    app.add_exception_handler(HTTPException, tell_http_error)
    app.include_router(api.router)
    app.include_router(site.router)
    _wrap(app, service)
    return app


def _wrap(app: FastAPI, service: Service) -> None:
    """Add the middleware, the innermost first."""
    settings = service.settings
    if settings.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["content-type"],
            expose_headers=["retry-after"],
        )
    app.add_middleware(Envelope, metrics=service.metrics)
    if settings.trusted_proxies:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))


async def _tell_problem(request: Request, error: Exception) -> Response:
    assert isinstance(error, ServiceProblem)
    service: Service = request.app.state.service
    service.metrics.problems.labels(error.code).inc()
    return problem_response(error)


async def _tell_unavailable(request: Request, error: Exception) -> Response:
    _log.error("%s", error)
    detail = "the index does not answer; try again in a moment"
    return await _tell_problem(request, ServiceProblem("index-unavailable", detail, {"Retry-After": "2"}))


async def _tell_validation(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = "; ".join(f"{e['loc'][-1]}: {e['msg']}" for e in error.errors())
    return await _tell_problem(request, ServiceProblem("invalid-request", told[:500]))


def _lifespan(service: Service) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        del app
        loop = asyncio.get_running_loop()
        if service.settings.reload_on_hangup:
            loop.add_signal_handler(signal.SIGHUP, loop.run_in_executor, None, service.holder.reload)
        async with watched(service.holder, service.settings.watch_seconds, service.settings.intents):
            yield

    return lifespan
