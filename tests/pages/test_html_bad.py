"""A web page that cannot be read is refused with one clear line."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.errors import ContentError
from advisor.pages.html import read_html

PATH = Path("pages/law.html")


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "pages/law.html: a binary file, not a web page"),
        (b"", "pages/law.html: no text in this page"),
        (
            b"<p>ok</p>\n<p>caf\xe9</p>",
            "pages/law.html:2: not UTF-8 text; save the file as UTF-8 or name its charset",
        ),
        (b"<div>" * 5000 + b"x", "tags nested more than 200 deep"),
        (b"<b>x</b>" * 60_000, "pages/law.html: more than 100,000 tags; this is not a page for readers"),
        (
            b"<table><tr><td colspan=9999>x</td></tr>" + b"<tr><td>a</td><td>b</td></tr></table>",
            "5,000 cells",
        ),
        (b"<table>" + b"<tr><td>x</td><td>y</td></tr>" * 3000 + b"</table>", "5,000 cells"),
        (
            b"<table><tr>" + b"<td rowspan=4000>x</td>" * 60 + b"</tr>" + b"<tr><td>y</td></tr>" * 200,
            "5,000 cells",
        ),
    ],
)
def test_a_bad_page_is_one_error(raw: bytes, complaint: str) -> None:
    """Binary, empty, wrongly encoded and absurd pages raise one ContentError that says what and where."""
    with pytest.raises(ContentError) as caught:
        read_html(raw, PATH)
    assert len(caught.value.problems) == 1
    assert complaint in str(caught.value)


def test_just_bearable_nesting_is_read() -> None:
    """Text two hundred tags deep is still found."""
    raw = b"<html><body>" + b"<div>" * 195 + b"<p>deep</p>" + b"</div>" * 195
    assert read_html(raw, PATH).builder.text == "deep"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("<meta charset='windows-1252'><p>café € 5</p>".encode("cp1252"), "café € 5"),
        ("<meta charset=iso-8859-1><p>“café”</p>".encode("cp1252"), "“café”"),
        ("\ufeff<p>café</p>".encode(), "café"),
        ("<p>café</p>".encode("utf-16"), "café"),
        (b"<meta charset='nonsense'><p>caf\xc3\xa9 &amp; th\xc3\xa9 &euro;&nbsp;5</p>", "café & thé € 5"),
        (b"<?xml version='1.0' encoding='utf-8'?><html><body><p>x\x01y</p></body></html>", "xy"),
    ],
)
def test_charsets_and_entities(raw: bytes, text: str) -> None:
    """The declared charset is used, UTF-8 otherwise; entities and odd spaces become plain text."""
    assert read_html(raw, PATH).builder.text == text


TAGS = [
    *("div", "p", "ul", "li", "table", "tr", "td", "th", "dl", "dt", "dd", "details", "summary", "h1", "h3"),
    *("main", "nav", "a", "span", "b", "sup", "br", "button", "article", "header", "pre", "caption"),
]
PIECES = st.one_of(
    st.sampled_from([f"<{t}>" for t in TAGS] + [f"</{t}>" for t in TAGS]),
    st.sampled_from(
        ["<td rowspan=3>", "<th colspan=2>", "<div class=label>", "<div class=value>", "<p hidden>"]
    ),
    st.sampled_from(["Length", "4 years", "Is it?", "You pay \u20ac 900.", "&nbsp;", "&#0;", "<", ">", "&"]),
)


@given(st.lists(PIECES, max_size=40))
def test_any_soup_is_read_or_refused(pieces: list[str]) -> None:
    """Tags in any order give blocks that stand in the text, or a ContentError."""
    try:
        builder = read_html("".join(pieces).encode(), PATH).builder
    except ContentError:
        return
    places = [(b.start, b.end) for b in builder.blocks]
    assert places == sorted(places)
    for block in builder.blocks:
        assert builder.text[block.start : block.end].strip()
        assert all(block.start <= c.start < c.end <= block.end for c in block.cells)
