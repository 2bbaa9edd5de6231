"""A document's page shows the quoted passage where it stands, and all text escaped."""

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor
from advisor.channels.web.api import wants_html
from advisor.web import Settings, create_app
from tests.web.live import KEYS

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def marked(html: str) -> str:
    return " | ".join(unescape(found) for found in re.findall(r"<mark[^>]*>(.*?)</mark>", html, re.DOTALL))


@pytest.mark.parametrize(
    "question",
    [
        "What does it cost in Leiden?",
        "Which specialisations are there in Leuven?",
        "Which career options are there?",
    ],
)
def test_every_quote_is_marked_on_its_page(client: TestClient, question: str) -> None:
    """What the citation quotes is what the page marks, with one anchor."""
    citations = client.post("/v1/ask", json={"text": question}).json()["citations"]
    assert citations
    for citation in citations:
        span = {"start": citation["start"], "end": citation["end"]}
        html = client.get(f"/v1/documents/{citation['document']}", params=span, headers=BROWSER).text
        assert re.findall(r"\w+", marked(html)) == re.findall(r"\w+", citation["quote"])
        assert html.count('id="quote"') == 1
        assert html.count("<h1") == 1


def test_any_span_is_marked_whole(client: TestClient, shipped: Advisor) -> None:
    """Also a span across blocks, or of text that belongs to none, loses no letter."""
    document = shipped.documents[0]
    for start in range(0, len(document.text) - 400, 997):
        span = {"start": start, "end": start + 400}
        html = client.get(f"/v1/documents/{document.id}", params=span, headers=BROWSER).text
        expected = "".join(c for c in document.text[start : start + 400] if c.isalnum())
        assert "".join(c for c in marked(html) if c.isalnum()) == expected


def test_a_page_names_its_languages(client: TestClient) -> None:
    """The frame is in the reader's language, the text in its own."""
    html = client.get(
        "/v1/documents/ku-leuven-biomedical-sciences", headers=BROWSER | {"accept-language": "nl"}
    ).text
    assert '<html lang="nl">' in html
    assert '<article lang="en">' in html


def test_an_unknown_page_is_told_to_people_too(client: TestClient) -> None:
    """A browser gets a page that says so."""
    response = client.get("/v1/documents/nowhere", headers=BROWSER)
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    assert "There is no such page" in response.text


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (BROWSER["accept"], True),
        ("", False),
        ("*/*", False),
        ("application/json", False),
        ("application/json, text/html", True),
        ("application/json, text/html;q=0.5", False),
        ("text/html;q=x", False),
    ],
)
def test_browsers_get_html_and_programs_json(accept: str, expected: bool) -> None:
    """JSON unless HTML is asked for."""
    assert wants_html(accept) is expected


def test_the_demo_page_lists_the_programmes(client: TestClient, shipped: Advisor) -> None:
    """In either language, with a link to each."""
    for language in ("en", "nl"):
        html = client.get("/", params={"lang": language}).text
        assert f'<html lang="{language}">' in html
        assert all(f'href="/v1/documents/{d.id}"' in html for d in shipped.documents)


def test_the_demo_page_can_be_switched_off(shipped: Advisor) -> None:
    """Then there is nothing at /."""
    assert (
        TestClient(create_app(Settings(keys=KEYS, demo=False), advisor=shipped)).get("/").status_code == 404
    )
