"""Web pages."""

from advisor.errors import MissingExtra

try:
    from advisor.pages.html.read import HtmlPage, read_html
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] != "lxml":
        raise
    raise MissingExtra("pages", "Reading HTML") from error

__all__ = ["HtmlPage", "read_html"]
