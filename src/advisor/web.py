"""The HTTP service for a website: `create_app` returns it as an ASGI application."""

from advisor.errors import MissingExtra

try:
    from advisor.channels.web.app import create_app
    from advisor.channels.web.settings import Settings
except ModuleNotFoundError as error:
    if (error.name or "").startswith("advisor"):
        raise
    raise MissingExtra("web", "the HTTP service") from error

__all__ = ["Settings", "create_app"]
