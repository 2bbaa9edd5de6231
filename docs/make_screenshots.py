"""Take the pictures of the widget in docs/images from the running service: `python docs/make_screenshots.py`.

Needs what `.ci/browser` installs.
"""

import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from playwright.sync_api import Browser  # noqa: E402

from advisor import Advisor  # noqa: E402
from advisor.web import Settings  # noqa: E402
from tests.web.live import running  # noqa: E402
from tests.web.screen import Screen, chromium  # noqa: E402

IMAGES = ROOT / "docs" / "images"


class Picture(NamedTuple):
    """What is to be seen: the file's name, the screen, the questions asked."""

    name: str
    width: int
    height: int
    is_dark: bool
    language: str
    questions: tuple[str, ...]
    opens_source: bool = False


PICTURES = (
    Picture("light", 1100, 760, False, "en", ("What does it cost in Leiden?",), opens_source=True),
    Picture("dark", 1100, 760, True, "nl", ("Vergelijk het collegegeld van Leiden en Leuven",)),
    Picture("phone", 360, 700, False, "en", ("Which specialisations are there in Leuven?",)),
    Picture("start", 1100, 760, False, "en", ()),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Hold the conversation and write the picture."""
    context = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        color_scheme="dark" if picture.is_dark else "light",
        locale=picture.language,
    )
    screen = Screen(context.new_page(), address, picture.language).demo().open()
    for question in picture.questions:
        screen.ask(question)
    if picture.opens_source:
        screen.replies.last.locator("summary").first.click()
    screen.page.wait_for_timeout(300)
    screen.page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


def main() -> None:
    """Take all pictures."""
    IMAGES.mkdir(exist_ok=True)
    settings = Settings(keys=("a key for pictures",))
    with running(Advisor.load(), settings) as service, chromium() as browser:
        for picture in PICTURES:
            take(browser, service.address, picture)


if __name__ == "__main__":
    main()
