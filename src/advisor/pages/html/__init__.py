"""Web pages."""

from advisor.pages.html.read import HtmlPage, read_html

__all__ = ["HtmlPage", "read_html"]
