"""The widget in a real browser: for everyone, inert to hostile text, and patient with a lost service."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from advisor import Advisor
from advisor.web import Settings
from tests.web.live import KEYS, LiveService, running
from tests.web.screen import CHROMIUM, Screen, chromium

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: .ci/browser installs it"),
]
ELEMENT = "<programme-advisor></programme-advisor>"
SIZES = {"desktop": (1280, 800), "phone": (320, 640), "zoomed": (320, 256)}
COST = {"en": "What does it cost in Leiden?", "nl": "Wat kost het in Leiden?"}
FOLLOW = {"en": "and in Leuven?", "nl": "en in Leuven?"}
FEE = {"en": "2,601", "nl": "2.601"}
Open = Callable[..., Screen]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def screen(browser: Browser, live: LiveService) -> Iterator[Open]:
    """Opens a fresh browser profile; at the end nothing may have broken in it."""
    opened = []

    def open_screen(language: str = "en", size: str = "desktop", address: str = live.address) -> Screen:
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, locale=language)
        screen = Screen(context.new_page(), address, language)
        opened.append((context, screen))
        return screen

    yield open_screen
    for context, screen in opened:
        broken = list(screen.broken)
        context.close()
        assert broken == []


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_conversation(screen: Open, language: str, size: str) -> None:
    """Ask, follow up, open a citation: announced once each, focus stays, nothing for axe to find."""
    on = screen(language, size).demo().open()
    assert on.focused() == "textarea"
    assert FEE[language] in on.ask(COST[language])
    assert "Leuven" in on.ask(FOLLOW[language])
    assert on.focused() == "textarea"
    assert len(on.heard()["log"]) == 2
    assert on.violations() == []
    on.replies.first.locator("summary").first.click()
    expect(on.replies.first.locator("blockquote").first).to_contain_text("2.601")
    assert on.replies.first.locator("blockquote").first.get_attribute("lang")
    assert on.violations() == []
    overflow = on.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("quote", [None, "Wettelijk collegegeld | € 2.601", "136 opleidingen\n37.553"])
def test_the_services_own_pages(
    browser: Browser, live: LiveService, wide: Advisor, quote: str | None, scheme: str
) -> None:
    """The demo page and a document's page, light and dark, have nothing for axe to find."""
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light", locale="en")
    screen = Screen(context.new_page(), live.address)
    path = "/?lang=nl"
    if quote is not None:
        text = wide.document("leiden-biomedical-sciences").text
        start = text.index(quote.split("\n")[0])
        path = f"/v1/documents/leiden-biomedical-sciences?start={start}&end={start + len(quote)}"
    screen.page.goto(f"{live.address}{path}")
    assert screen.violations() == []
    assert screen.broken == []
    context.close()


def test_a_citation_leads_to_the_quote_on_its_page(screen: Open) -> None:
    """The link opens the document with the very passage marked and in view."""
    on = screen().demo().open()
    on.ask(COST["en"])
    source = on.replies.first.locator("details").first
    source.locator("summary").click()
    with on.page.context.expect_page() as opened:
        source.get_by_role("link", name=on.words["read"]).click()
    page = opened.value
    marked = "".join(page.locator("mark").all_inner_texts())
    assert "2.601" in marked
    expect(page.locator("#quote")).to_be_in_viewport()


def test_a_mark_in_the_text_opens_its_citation(screen: Open) -> None:
    """Pressing [1] opens the first source and goes there."""
    on = screen().demo().open()
    on.ask(COST["en"])
    on.replies.first.locator("button.mark").first.press("Enter")
    expect(on.replies.first.locator("details").first).to_have_attribute("open", "")
    assert on.focused() == "summary"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_choosing_by_keyboard_alone(screen: Open, language: str) -> None:
    """From the page to the launcher, a question, a choice and back out, without a mouse."""
    on = screen(language).demo()
    page = on.page
    for _ in range(30):
        page.keyboard.press("Tab")
        if on.focused() == "button.launcher":
            break
    page.keyboard.press("Enter")
    on.live()
    page.keyboard.type({"en": "What is the tuition fee?", "nl": "Wat is het collegegeld?"}[language])
    page.keyboard.press("Enter")
    expect(on.replies).to_have_count(1)
    assert on.replies.first.get_attribute("data-kind") == "clarify"
    choices = page.locator(".next button")
    expect(choices.nth(2)).to_be_visible()
    chosen = choices.last.inner_text()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.shadowRoot.activeElement.textContent") == chosen
    page.keyboard.press("Enter")
    expect(on.replies).to_have_count(2)
    assert on.focused() == "textarea"
    assert chosen in page.locator("li.question").last.inner_text()
    page.keyboard.press("Escape")
    assert on.focused() == "button.launcher"
    expect(on.launcher).to_have_attribute("aria-expanded", "false")


def test_a_reload_brings_the_conversation_back_unannounced(screen: Open) -> None:
    """What was said is there again, goes on, and is not read out; a new conversation forgets it."""
    on = screen().demo().open()
    on.ask(COST["en"])
    on.page.reload()
    on.listen().live()
    expect(on.replies).to_have_count(1)
    assert on.heard()["log"] == []
    assert on.focused() == "body"
    assert "Leuven" in on.ask(FOLLOW["en"])
    assert len(on.heard()["log"]) == 1
    on.page.get_by_role("button", name=on.words["restart"]).click()
    expect(on.replies).to_have_count(0)
    on.page.reload()
    on.listen()
    expect(on.replies).to_have_count(0)


def test_nothing_is_stored_before_it_is_opened(screen: Open) -> None:
    """No storage, no cookie, and no question to the service from a visitor who only passes by."""
    on = screen()
    asked: list[str] = []
    on.page.on("request", lambda request: asked.append(request.url))
    on.demo()
    stored = "[sessionStorage.length, localStorage.length, document.cookie.length]"
    assert on.page.evaluate(stored) == [0, 0, 0]
    assert not [url for url in asked if "/v1/" in url]
    on.open().ask("hello")
    assert on.page.evaluate(stored) == [1, 0, 0]
    assert all(url.startswith(on.address) for url in asked)


def test_two_widgets_keep_apart(screen: Open) -> None:
    """Two on a page hold two conversations, each brought back to its place."""
    flow = '<programme-advisor placement="flow"></programme-advisor>'
    on = screen().host(flow + flow.replace(">", ' programme="leiden-biomedical-sciences">', 1))
    first, second = (on.page.locator("programme-advisor").nth(n) for n in (0, 1))
    for widget, text in ((first, "hello"), (second, "What does it cost?")):
        widget.locator(".launcher").click()
        widget.locator("textarea").fill(text)
        widget.locator("textarea").press("Enter")
        expect(widget.locator("li.reply")).to_have_count(1)
    expect(second.locator("li.reply")).to_contain_text("2,601")
    on.page.reload()
    on.listen()
    expect(first.locator("li.question")).to_contain_text("hello")
    expect(second.locator("li.question")).to_contain_text("What does it cost?")
    assert on.violations() == []


def test_a_strict_policy_is_kept(screen: Open) -> None:
    """Under a policy without anything inline, all works: colours, a table, the transcript."""
    on = screen().host(ELEMENT).open()
    on.ask("Compare the fees of Leiden and Leuven")
    expect(on.replies.first.locator("table")).to_be_visible()
    assert on.replies.first.locator("th[scope=col]").count() == 2
    background = on.page.locator(".send").evaluate("element => getComputedStyle(element).backgroundColor")
    assert background == "rgb(11, 79, 156)"
    with on.page.expect_download() as saved:
        on.page.get_by_role("button", name=on.words["save"]).click()
    text = Path(saved.value.path()).read_text(encoding="utf-8")
    assert "Compare the fees of Leiden and Leuven" in text
    assert "2.601" in text


def test_a_service_that_stops_and_comes_back(screen: Open, wide: Advisor) -> None:
    """It says so, keeps the draft, offers the contact, and goes on with the conversation once it can."""
    with running(wide, Settings(keys=KEYS, rate="")) as service:
        widget = '<programme-advisor contact="https://example.edu/contact"></programme-advisor>'
        on = screen(address=service.address).host(widget).open()
        on.ask(COST["en"])
        service.stop()
        on.input.fill(FOLLOW["en"])
        on.input.press("Enter")
        retry = on.page.get_by_role("button", name=on.words["retry"])
        expect(retry).to_be_visible()
        expect(on.page.get_by_role("status")).to_have_text(on.words["down"])
        expect(on.input).to_have_value(FOLLOW["en"])
        expect(on.page.locator(".trouble").get_by_role("link")).to_be_visible()
        assert on.violations() == []
        service.start()
        retry.click()
        expect(on.replies).to_have_count(2)
        expect(on.replies.last).to_contain_text("Leuven")
        expect(on.input).to_have_value("")
        expect(retry).to_be_hidden()
        assert all("ERR_CONNECTION_REFUSED" in said for said in on.broken)
        on.broken.clear()


def test_a_conversation_that_cannot_go_on_starts_anew(screen: Open, wide: Advisor) -> None:
    """After the keys were changed the question is answered all the same, and the visitor is told."""
    with running(wide, Settings(keys=KEYS, rate="")) as service:
        on = screen(address=service.address).host(ELEMENT).open()
        on.ask("hello")
        service.settings = Settings(keys=("another",), rate="")
        service.stop()
        service.start()
        assert FEE["en"] in on.ask(COST["en"])
        expect(on.replies.last).to_contain_text(on.words["renewed"])
        assert all("400" in said for said in on.broken)
        on.broken.clear()


def test_too_many_questions(screen: Open, wide: Advisor) -> None:
    """The visitor is told how long to wait, and the question stays in the box."""
    with running(wide, Settings(keys=KEYS, rate="1/minute")) as service:
        on = screen(address=service.address).host(ELEMENT).open()
        on.ask("hello")
        on.input.fill(COST["en"])
        on.input.press("Enter")
        expect(on.page.get_by_role("button", name=on.words["retry"])).to_be_visible()
        expect(on.input).to_have_value(COST["en"])
        assert all("429" in said for said in on.broken)
        on.broken.clear()


HOSTILE = "<img src=x onerror=window.hurt=1><script>window.hurt=1</script>"


def test_hostile_text_is_inert(screen: Open, tmp_path: Path) -> None:
    """Markup in a question, in a page and in its title is shown, never run."""
    page = tmp_path / "hostile.md"
    page.write_text(
        f"---\ntitle: 'Hostile Studies {HOSTILE}'\ninstitution: Nowhere College\n"
        "url: 'javascript:window.hurt=1'\n---\n\n"
        "# Hostile Studies\n\n## Tuition fee\n\n"
        f"The tuition fee is € 4,321 a year {HOSTILE.replace('<', '&lt;')}.\n",
        encoding="utf-8",
    )
    with running(Advisor.load(corpus=page), Settings(keys=KEYS, rate="")) as service:
        on = screen(address=service.address).host(ELEMENT).open()
        on.ask(HOSTILE)
        on.ask("What does it cost?")
        on.replies.last.locator("summary").first.click()
        expect(on.replies.last).to_contain_text("4,321")
        assert on.page.locator("programme-advisor img, programme-advisor script").count() == 0
        assert on.page.locator("a[href^='javascript']").count() == 0
        link = on.replies.last.get_by_role("link", name=on.words["read"]).get_attribute("href")
        on.page.goto(str(link))
        assert "4,321" in on.page.locator("mark").first.inner_text()
        on.page.goto(service.address)
        for element in ("img", "main script", "a[href^='javascript']"):
            assert on.page.locator(element).count() == 0
        assert on.page.evaluate("window.hurt") is None


def test_targets_are_large_enough(screen: Open) -> None:
    """All controls are at least 24 pixels, all but marks in a line of text 44."""
    on = screen(size="phone").demo().open()
    on.ask(COST["en"])
    boxes = on.page.evaluate(
        """() => {
          const root = document.querySelector("programme-advisor").shadowRoot;
          return [...root.querySelectorAll("button, summary, textarea")]
            .map((e) => [e.className, e.getBoundingClientRect()])
            .filter(([name, r]) => r.width && name !== "launcher")
            .map(([name, r]) => [name, r.width, r.height]);
        }"""
    )
    assert len(boxes) > 6
    for name, width, height in boxes:
        least = 24 if name == "mark" else 44
        assert min(width, height) >= least, name


def test_enter_does_not_send_while_composing(screen: Open) -> None:
    """Shift-Enter makes a line; Enter that ends a composition does not send."""
    on = screen().demo().open()
    on.input.fill("one")
    on.input.press("Shift+Enter")
    on.input.dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    expect(on.input).to_have_value("one\n")
    expect(on.replies).to_have_count(0)


def test_a_long_transcript_is_not_moved_under_the_reader(screen: Open) -> None:
    """Whoever reads further up is offered the new reply instead of being taken there."""
    on = screen(size="phone").demo().open()
    for text in itertools.islice(itertools.cycle((COST["en"], FOLLOW["en"])), 5):
        on.ask(text)
    scroller = on.page.locator(".scroller")
    scroller.evaluate("element => { element.scrollTop = 0; }")
    on.ask(COST["en"])
    assert scroller.evaluate("element => element.scrollTop") == 0
    new = on.page.get_by_role("button", name=on.words["newreply"])
    new.click()
    expect(new).to_be_hidden()
    expect(on.page.locator("li.question").last).to_be_in_viewport()


def test_a_page_element_under_the_panel_is_uncovered(screen: Open) -> None:
    """Focus that goes to something wholly under the panel closes the panel, so that it is seen."""
    on = screen(size="phone").demo().open()
    on.page.locator("main a").first.focus()
    expect(on.page.locator(".panel")).to_be_hidden()
    assert on.focused() == "a"


def test_the_host_page_hears_and_speaks(screen: Open) -> None:
    """Events tell what happens, methods do what a visitor would."""
    on = screen().host('<programme-advisor greeting="Ask away" heading="Ask us"></programme-advisor>')
    told = on.page.evaluate(
        """async () => {
          const told = [];
          for (const name of ["open", "question", "reply", "close"])
            document.addEventListener(`advisor-${name}`, (e) => told.push([name, e.detail.reply?.kind]));
          const widget = document.querySelector("programme-advisor");
          widget.open();
          await widget.ask("hello");
          widget.close();
          return told;
        }"""
    )
    assert told == [["open", None], ["question", None], ["reply", "smalltalk"], ["close", None]]
    on.launcher.click()
    expect(on.page.get_by_text("Ask away")).to_be_visible()
    expect(on.page.get_by_role("heading", name="Ask us")).to_be_visible()


def test_right_to_left_pages(screen: Open) -> None:
    """On a page written from right to left the panel stands at its end, the left, and fits."""
    on = screen().host(f'<div dir="rtl">{ELEMENT}</div>').open()
    on.ask(COST["en"])
    box = on.page.locator(".panel").bounding_box()
    assert box is not None
    assert 0 <= box["x"] < 100
    assert on.violations() == []


@pytest.mark.parametrize("forced", [True, False])
def test_states_of_the_display(browser: Browser, live: LiveService, forced: bool) -> None:
    """Forced colours keep borders; without a preference nothing moves either."""
    context = browser.new_context(
        forced_colors="active" if forced else "none", color_scheme="dark", reduced_motion="no-preference"
    )
    on = Screen(context.new_page(), live.address).demo().open()
    on.ask(COST["en"])
    assert on.violations() == []
    assert on.page.evaluate("document.getAnimations().length") == 0
    width = on.page.locator(".send").evaluate("element => getComputedStyle(element).borderTopWidth")
    assert width == ("2px" if forced else "1px")
    context.close()
