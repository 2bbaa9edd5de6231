"""The addresses for browsers and monitors: the widget, the demo page, the counters."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from advisor.channels.web.assets import respond
from advisor.channels.web.metrics import CONTENT_TYPE
from advisor.channels.web.problems import ServiceProblem
from advisor.channels.web.service import interface_language, service_of

router = APIRouter(include_in_schema=False)
_READ = ["GET", "HEAD"]


@router.api_route("/widget.js", methods=_READ)
async def widget(request: Request) -> Response:
    """Send the script that defines <programme-advisor>."""
    return respond(request, service_of(request).assets.entry)


@router.api_route("/widget/{version}/{name}", methods=_READ)
async def widget_module(request: Request, version: str, name: str) -> Response:
    """Send a module of the widget."""
    return service_of(request).assets.module(request, version, name)


@router.api_route("/page.css", methods=_READ)
async def styles(request: Request) -> Response:
    """Send the styles of the service's own pages."""
    return respond(request, service_of(request).assets.styles)


@router.api_route("/icon.svg", methods=_READ)
async def icon(request: Request) -> Response:
    """Send the icon of the service's own pages."""
    return respond(request, service_of(request).assets.icon)


@router.api_route("/", methods=_READ)
async def demo(request: Request) -> Response:
    """Show the demo page."""
    service = service_of(request)
    if not service.settings.demo:
        raise ServiceProblem("not-found", "the demo page is switched off")
    language = interface_language(request, service)
    root = str(request.scope.get("root_path", ""))
    address = str(request.base_url).rstrip("/")
    page = service.pages.demo(service.holder.current.advisor, language, root, address)
    return HTMLResponse(page, headers={"vary": "accept-language"})


@router.api_route("/metrics", methods=_READ)
async def metrics(request: Request) -> Response:
    """Send the counters in Prometheus' text format."""
    return Response(service_of(request).metrics.render(), media_type=CONTENT_TYPE)
