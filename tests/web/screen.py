"""A widget on a page in a real browser, as a visitor meets it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import axe_core_python
from playwright.sync_api import Browser, Locator, Page, Route, sync_playwright

from tests.web.live import ROOT

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
STRICT = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WORDS: dict[str, dict[str, Any]] = json.loads(
    (ROOT / "src/advisor/channels/web/static/strings.json").read_text(encoding="utf-8")
)
_AXE = (
    ROOT / "node_modules" / "axe-core" / "axe.min.js",
    Path(axe_core_python.__file__).parent / "axe.min.js",
)
# Counts what a screen reader would be told: additions to a live log, and each text of the status.
_LISTENER = """
() => {
  window.heard = { log: [], status: [] };
  for (const element of document.querySelectorAll("programme-advisor")) {
    const log = element.shadowRoot.querySelector("[role=log]");
    new MutationObserver((records) => {
      if (log.getAttribute("aria-live") === "off") return;
      const added = records.flatMap((record) => [...record.addedNodes]);
      const replies = added.filter((node) => node.className === "reply");
      window.heard.log.push(...replies.map((node) => node.textContent));
    }).observe(log, { childList: true, subtree: true });
    const status = element.shadowRoot.querySelector("[role=status]");
    new MutationObserver(() => window.heard.status.push(status.textContent))
      .observe(status, { childList: true, characterData: true, subtree: true });
  }
}
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the browser that is installed."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Screen:
    """A page with widgets; `broken` collects what the browser complained of."""

    def __init__(self, page: Page, address: str, language: str = "en") -> None:
        self.page = page
        self.address = address
        self.words = WORDS[language]
        self.language = language
        self.broken: list[str] = []
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: self.broken.append(str(error)))
        page.on("console", lambda said: self.broken.append(said.text) if said.type == "error" else None)

    def host(self, widgets: str, policy: str = STRICT) -> "Screen":
        """Show a page of a site's own, with a strict policy, that holds these widgets."""
        html = (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>A programme</title>'
            f'<script type="module" src="/widget.js"></script></head><body><main><h1>A programme</h1>'
            f'<p><a href="#x">A link</a></p>{widgets}</main></body></html>'
        )

        def fulfil(route: Route) -> None:
            route.fulfill(body=html, content_type="text/html", headers={"content-security-policy": policy})

        self.page.route("**/host", fulfil)
        self.page.goto(f"{self.address}/host")
        return self.listen()

    def demo(self) -> "Screen":
        """Show the demo page."""
        self.page.goto(f"{self.address}/?lang={self.language}")
        return self.listen()

    def listen(self) -> "Screen":
        """Count announcements from here on."""
        self.page.locator("programme-advisor .launcher").first.wait_for(state="attached")
        self.page.evaluate(_LISTENER)
        return self

    def heard(self) -> dict[str, list[str]]:
        """Return what was announced since `listen`."""
        heard: dict[str, list[str]] = self.page.evaluate("window.heard")
        return heard

    @property
    def launcher(self) -> Locator:
        """The button that opens the panel."""
        return self.page.get_by_role("button", name=self.words["launcher"])

    @property
    def input(self) -> Locator:
        """Where the question is typed."""
        return self.page.get_by_label(self.words["input"], exact=True)

    @property
    def replies(self) -> Locator:
        """The replies in the conversation."""
        return self.page.locator("li.reply")

    def open(self) -> "Screen":
        """Open the panel and let the log become live."""
        self.launcher.click()
        self.live()
        return self

    def live(self) -> None:
        """Wait until additions to the log are announced."""
        self.page.locator("[role=log][aria-live=polite]").first.wait_for(state="attached")

    def ask(self, text: str) -> str:
        """Type a question and send it with Enter; return the reply's text."""
        before = self.replies.count()
        self.input.fill(text)
        self.input.press("Enter")
        self.replies.nth(before).wait_for()
        return self.replies.nth(before).inner_text()

    def focused(self) -> str:
        """Return what is focused: the tag and name within the widget, or on the page."""
        script = """() => {
          let element = document.activeElement;
          while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
          return `${element.localName}.${element.className}`.replace(/\\.$/, "");
        }"""
        return str(self.page.evaluate(script))

    def violations(self) -> list[str]:
        """Return what axe-core finds fault with."""
        source = next(path for path in _AXE if path.is_file()).read_text(encoding="utf-8")
        self.page.evaluate(source)
        found: dict[str, Any] = self.page.evaluate(
            "(tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } })", RULES
        )
        return [f"{v['id']}: {n['html'][:200]}" for v in found["violations"] for n in v["nodes"]]
