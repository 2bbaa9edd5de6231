"""A web page's content becomes headings, prose, items and facts."""

from pathlib import Path

import pytest

from advisor.pages.html import HtmlPage, read_html

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"


def read(body: str, head: str = "") -> HtmlPage:
    raw = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>"
    return read_html(raw.encode(), Path("page.html"))


def outline(page: HtmlPage) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, page.builder.text[b.start : b.end]) for b in page.builder.blocks]


def facts(page: HtmlPage) -> dict[str, str]:
    text = page.builder.text
    return {b.label: text[b.cells[0].start : b.cells[0].end] for b in page.builder.blocks if b.kind == "fact"}


def test_headings_keep_their_level_and_paragraphs_their_words() -> None:
    """Headings, paragraphs and bare text come out in reading order."""
    page = read(
        "<main><h1>Law</h1><p>One&nbsp;<b>two</b>.</p><div>Bare <i>text</i>.</div><h2>More</h2>tail</main>"
    )
    assert outline(page) == [
        ("heading", 1, "Law"),
        ("paragraph", 0, "One two."),
        ("paragraph", 0, "Bare text."),
        ("heading", 2, "More"),
        ("paragraph", 0, "tail"),
    ]


def test_each_block_knows_its_line() -> None:
    """Blocks carry the line of their element in the source."""
    page = read("\n<h1>Law</h1>\n<p>Text.</p>\n<ul>\n<li>Item</li></ul>")
    assert [b.line for b in page.builder.blocks] == [2, 3, 5]


def test_breaks_part_lines_unless_a_sentence_goes_on() -> None:
    """A forced break starts a line of its own, except in the middle of a sentence."""
    page = read("<p>Director: Dr Moss<br>Phone: 555<br>A long<br>sentence.</p>")
    assert facts(page) == {"Director": "Dr Moss", "Phone": "555"}
    assert outline(page)[-1] == ("paragraph", 0, "A long sentence.")


def test_nested_lists_keep_depth_and_lead() -> None:
    """A nested item is one deeper, and the sentence before a list belongs to its items."""
    page = read("<p>You need:</p><ul><li>Tests<ul><li>IELTS</li></ul></li><li>Form</li></ul>")
    items = [b for b in page.builder.blocks if b.kind == "item"]
    text = page.builder.text
    assert [(text[b.start : b.end], b.level, b.context) for b in items] == [
        ("Tests", 0, "You need:"),
        ("IELTS", 1, "Tests"),
        ("Form", 0, "You need:"),
    ]


def test_lists_by_role_are_lists() -> None:
    """Boxes that say they are list items are."""
    page = read("<div role='list'><div role='listitem'>Torts</div><div role='listitem'>Tax</div></div>")
    assert outline(page) == [("item", 0, "Torts"), ("item", 0, "Tax")]


def test_definition_lists_are_facts_or_questions() -> None:
    """A term with a short definition is a fact, one that asks is a heading with its answer."""
    page = read(
        "<h2>Facts</h2><dl><div><dt>Length</dt><dd>4 years</dd></div><dt>Is it hard?</dt><dd>Yes.</dd></dl>"
    )
    assert facts(page) == {"Length": "4 years"}
    assert outline(page)[-2:] == [("heading", 3, "Is it hard?"), ("paragraph", 0, "Yes.")]


@pytest.mark.parametrize(
    "cards",
    [
        "<div><div class='k label'>Length</div><div class='value'>4 years</div></div>",
        "<div><span>Length</span><span>4 years</span></div>",
        "<div class='stat'><div class='num'>4 years</div><div class='stat-label'>Length</div></div>",
        "<div class='fact__label'>Length</div><div class='fact__value'>4 years</div>",
        "<p><strong>Length</strong><br>4 years</p>",
        "<ul><li><span>Length</span> <b>4 years</b></li></ul>",
        "<ul><li><b>Length</b><br>4 years</li></ul>",
        "<ul><li><i></i><span class='sr-only'>Length</span> <span>4 years</span></li></ul>",
        "<table><tr><th>Length</th><td>4 years</td></tr></table>",
    ],
)
def test_key_facts_of_any_markup_are_facts(cards: str) -> None:
    """A label and its value are one fact, whatever boxes they stand in and in which order."""
    assert facts(read(f"<h1>Law</h1>{cards}<p>End.</p>")) == {"Length": "4 years"}


@pytest.mark.parametrize(
    "card",
    [
        "<div class='k'><svg></svg><div><div>{}</div><div>{}</div></div></div>",
        "<div><h4>{}</h4><p>{}</p></div>",
        "<div><p>{}</p><p>{}</p></div>",
    ],
)
def test_cards_in_a_row_are_facts_without_figures(card: str) -> None:
    """Boxes of one shape that stand in a row are facts, though neither part has a figure or a name."""
    said = {"Language": "English", "Degree": "Bachelor", "Campus": "Harbour"}
    cards = "".join(card.format(label, value) for label, value in said.items())
    assert facts(read(f"<h1>Law</h1><div>{cards}</div>")) == said


def test_two_boxes_of_prose_are_no_fact() -> None:
    """Two neighbouring sentences stay sentences."""
    page = read(
        "<div><div>Our campus is green</div><div>You will like the people who work here a lot.</div></div>"
    )
    assert facts(page) == {}


@pytest.mark.parametrize(
    "question",
    [
        "<details><summary>Is it <b>hard</b>?</summary><p>No.</p></details>",
        "<div class='q'>Is it hard?</div><div class='a'>No.</div>",
        "<h3><button aria-controls=a>Is it hard?</button></h3><div id='a' hidden>No.</div>",
        "<p><strong>Is it hard?</strong></p><p>No.</p>",
    ],
)
def test_questions_of_an_accordion_are_headings(question: str) -> None:
    """A question on the page is a heading one level below, shut or not."""
    page = read(f"<h2>Questions</h2>{question}<h2>End</h2><p>x</p>")
    assert outline(page)[1:3] == [("heading", 3, "Is it hard?"), ("paragraph", 0, "No.")]


def test_the_tab_that_opens_a_panel_names_it() -> None:
    """A panel without a heading is called as its tab; the row of tabs is furniture."""
    page = read(
        "<h1>Law</h1><div role='tablist'><button role='tab' id='t1'>Fees</button></div>"
        "<div role='tabpanel' aria-labelledby='t1' hidden><p>Free.</p></div>"
    )
    assert outline(page)[1:] == [("heading", 2, "Fees"), ("paragraph", 0, "Free.")]


def test_raised_figures_never_touch_others() -> None:
    """A footnote mark or an exponent does not become a digit of the figure before it."""
    page = read("<p>You pay 2,601<sup>1</sup> or 10<sup><a href='#n'>2</a></sup> for 6 m<sup>2</sup>.</p>")
    assert page.builder.text == "You pay 2,601^1 or 10 for 6 m2."


def test_neighbouring_boxes_do_not_glue_words() -> None:
    """Two spans without a space between them are two words."""
    page = read("<p><span>Part</span><span>time</span> co&shy;ordination</p>")
    assert page.builder.text == "Part time coordination"


def test_spans_point_into_the_text() -> None:
    """Each cell of the shipped fixtures stands in the text at its span."""
    for path in sorted(FIXTURES.glob("*.html")):
        page = read_html(path.read_bytes(), path)
        text = page.builder.text
        for block in page.builder.blocks:
            assert text[block.start : block.end].strip()
            assert all(block.start <= c.start < c.end <= block.end for c in block.cells)


def test_a_shut_panel_right_behind_its_button_is_content() -> None:
    """An accordion whose panels are hidden without any link to their buttons is read whole."""
    page = read(
        "<h1>Law</h1><section class='accordion'><button><h2>Fees</h2></button>"
        "<div class='panel' hidden><p>Free.</p></div></section><div class='panel' hidden><p>Noise</p></div>"
    )
    assert outline(page)[1:] == [("heading", 2, "Fees"), ("paragraph", 0, "Free.")]
