"""Menus, banners, footers and blocks about other pages are not content."""

from pathlib import Path

import pytest

from advisor.pages.html import HtmlPage, read_html
from tests.pages.test_html_content import FIXTURES, read

CONTENT = "<h1>Law</h1><p>The fee is 900 euros a year, and there is more to say about it than that.</p>"


@pytest.mark.parametrize(
    "furniture",
    [
        "<nav><ul><li><a href='/x'>Noise</a></li></ul></nav>",
        "<header><p>Noise</p></header>",
        "<footer><p>Noise</p></footer>",
        "<div class='siteFooter'><p>Noise 1</p></div>",
        "<div id='cookie-banner'><p>Noise: 180 days</p></div>",
        "<div role='dialog'>Noise</div>",
        "<div class='crumbs'><a href='/'>Noise</a> / Law</div>",
        "<aside><p>Noise</p></aside>",
        "<form><label>Noise</label><input></form>",
        "<p><a class='btn btn--big' href='/apply'>Noise</a></p>",
        "<button>Noise</button>",
        "<script>var noise = 'Noise';</script><style>.Noise{}</style><noscript>Noise</noscript>",
        "<div hidden>Noise</div><p style='display: none'>Noise</p><span aria-hidden='true'>Noise</span>",
        "<div class='related'><p>Noise: 4 years</p><a href='/other'>Noise</a></div>",
        "<section><h2>You may also like</h2><ul><li>Noise, 4 years</li></ul></section>",
        "<h2>Bekijk ook</h2><p>Noise, 3 jaar</p>",
        "<ul><li><a href='#a'>Noise</a></li><li><a href='#b'>Noise</a></li></ul>",
        "<!-- Noise -->",
        "<div>© 2025 Noise University</div>",
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "inside"])
def test_furniture_is_left_out(furniture: str, place: str) -> None:
    """Furniture is left out above, below and among the content, with <main> and without."""
    body = {
        "before": f"{furniture}<main>{CONTENT}</main>",
        "after": f"<div>{CONTENT}</div>{furniture}",
        "inside": f"<div>{CONTENT}{furniture}</div>",
    }[place]
    if place == "inside" and furniture.startswith("<header>"):
        body = body.replace("<div>", "").replace("</div>", "")
    page = read(body)
    assert "Noise" not in page.builder.text
    assert "900 euros" in page.builder.text


def test_links_above_the_title_are_a_menu_and_below_a_heading_a_list() -> None:
    """In a page of bare divs, links above the title are left out, courses that are links stay."""
    page = read(
        "<div><div><a href='/a'>Study</a><a href='/b'>Research</a></div></div><div><h1>Law</h1>"
        "<h2>Courses</h2><ul><li><a href='/1'>Torts</a></li><li><a href='/2'>Tax</a></li>"
        "<li><a>Ethics</a></li></ul></div>"
        "<div><div><a href='/p'>Privacy</a></div><div><a href='/j'>Jobs</a></div>"
        "<a href='/l'>Library</a></div>"
    )
    assert page.builder.text == "Law\n\nCourses\nTorts\nTax\nEthics"


def test_content_is_not_taken_for_furniture() -> None:
    """Headers of sections, a page in a form, an aside of key facts and social sciences are content."""
    page = read(
        "<form><div class='has-menu layout'><main><header><h1>Law</h1><p>Intro.</p></header>"
        "<section class='social-sciences'><header><h2>About</h2></header><p>Text.</p></section>"
        "<aside><dl><dt>Length</dt><dd>4 years</dd></dl></aside></main></div></form>"
    )
    assert page.builder.text == "Law\n\nIntro.\n\nAbout\n\nText.\nLength: 4 years"


def test_a_title_above_main_is_kept_with_its_introduction() -> None:
    """The title and what stands between it and <main> belong to the page."""
    page = read(
        "<header><nav><a href='/'>Home</a></nav><div><h1>Law</h1><p>Intro.</p></div></header>"
        "<p>Lead.</p><main><h2>About</h2><p>Text that is long enough to be the main part of it.</p></main>"
    )
    assert page.builder.text.startswith("Law\n\nIntro.\n\nLead.\n\nAbout")


def test_the_margin_keeps_what_dates_the_page_and_drops_other_pages() -> None:
    """A footer's date stays readable, a teaser's does not."""
    page = read(
        f"{CONTENT}<aside class='related'><a href='/x'>Other</a> Last updated 1 May 2020</aside>"
        "<footer>Page updated 14 October 2025.</footer>"
    )
    assert "Page updated 14 October 2025." in page.margin
    assert "2020" not in page.margin


@pytest.mark.parametrize(
    ("name", "noise"),
    [
        (
            "bio-informatica.html",
            ["88888", "23 partners", "385", "148 eerstejaars", "Vacatures", "Schrijf je in"],
        ),
        (
            "game-design.html",
            ["14999", "365 days", "8,900", "2,850", "Housing", "Apply in Studielink", "Privacy"],
        ),
    ],
)
def test_pages_of_two_kinds_are_cleared(name: str, noise: list[str]) -> None:
    """Neither a page with landmarks nor one of bare divs leaks its furniture."""
    page: HtmlPage = read_html((FIXTURES / name).read_bytes(), Path(name))
    assert [n for n in noise if n in page.builder.text] == []
