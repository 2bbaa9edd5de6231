"""The widget's files and the styles of the service's own pages, held in memory."""

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from advisor.channels.web.problems import ServiceProblem

STATIC = Path(__file__).parent / "static"
mimetypes.add_type("text/javascript", ".js")
_YEAR = "public, max-age=31536000, immutable"
_CHECKED = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent, plain and compressed."""

    media_type: str
    body: bytes
    packed: bytes
    etag: str


def strings() -> Mapping[str, Any]:
    """Return what the interface says, by language."""
    data: Mapping[str, Any] = json.loads((STATIC / "strings.json").read_text(encoding="utf-8"))
    return data


class Assets:
    """The files by name; those of the widget stand under an address that names their version."""

    def __init__(self) -> None:
        modules = {p.name: p.read_bytes() for p in sorted((STATIC / "widget").glob("*.js"))}
        modules["strings.js"] = (
            b"export default " + json.dumps(strings(), ensure_ascii=False).encode() + b";\n"
        )
        digest = hashlib.sha256(b"".join(name.encode() + body for name, body in sorted(modules.items())))
        self.version = digest.hexdigest()[:12]
        self.modules = {name: _asset(name, body) for name, body in modules.items()}
        entry = f'import "./widget/{self.version}/element.js";\n'
        self.entry = _asset("widget.js", entry.encode())
        self.icon = _asset("icon.svg", (STATIC / "icon.svg").read_bytes())
        self.styles = _asset("page.css", (STATIC / "page.css").read_bytes())

    def module(self, request: Request, version: str, name: str) -> Response:
        """Return a module of the widget; another version's address gets this one, unpinned."""
        asset = self.modules.get(name)
        if asset is None:
            raise ServiceProblem("not-found", f"the widget has no module {name!r}")
        return respond(request, asset, _YEAR if version == self.version else _CHECKED)


def respond(request: Request, asset: Asset, caching: str = _CHECKED) -> Response:
    """Return an asset, compressed where the browser takes it, or 304 where it has it."""
    headers = {"cache-control": caching, "etag": asset.etag, "vary": "accept-encoding"}
    if request.headers.get("if-none-match") == asset.etag:
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["content-encoding"] = "gzip"
        return Response(asset.packed, headers=headers, media_type=asset.media_type)
    return Response(asset.body, headers=headers, media_type=asset.media_type)


def _asset(name: str, body: bytes) -> Asset:
    media_type = mimetypes.guess_type(name)[0] or "application/octet-stream"
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:16]}"'
    return Asset(media_type, body, gzip.compress(body, mtime=0), etag)
