"""The service answers what the library answers, and tells what it is."""

import json
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor, Reply, __version__
from advisor.web import Settings, create_app
from tests.web.live import KEYS


def ask(client: TestClient, text: str, **more: Any) -> dict[str, Any]:
    response = client.post("/v1/ask", json={"text": text, **more})
    assert response.status_code == 200, response.text
    answer: dict[str, Any] = response.json()
    return answer


def test_an_answer_is_the_librarys_reply_with_a_state(client: TestClient, shipped: Advisor) -> None:
    """Library and service give the same reply."""
    answer = ask(client, "What does it cost in Leiden?")
    state = answer.pop("state")
    assert state
    assert answer == json.loads(shipped.ask("What does it cost in Leiden?").model_dump_json())
    assert "2,601" in answer["text"]


def test_the_state_carries_the_conversation(client: TestClient, shipped: Advisor) -> None:
    """A follow-up with the state is understood as in one conversation of the library."""
    chat = shipped.start()
    turns = ["What does it cost in Leiden?", "and in Leuven?", "How long does it take?", "and the other one?"]
    state = None
    for text in turns:
        answer = ask(client, text, **({"state": state} if state else {}))
        state = answer.pop("state")
        assert Reply.model_validate(answer) == chat.ask(text)


def test_the_same_question_gets_the_same_bytes(client: TestClient) -> None:
    """Nothing random is in an answer."""
    first, second = (
        client.post("/v1/ask", json={"text": "Wat kost het in Leiden?"}).content for _ in range(2)
    )
    assert first == second


def test_a_language_can_be_fixed(client: TestClient) -> None:
    """`language` decides, whatever the question is written in, and it holds for what follows."""
    answer = ask(client, "What does it cost in Leiden?", language="nl")
    assert answer["language"] == "nl"
    assert ask(client, "How long does it take?", state=answer["state"])["language"] == "nl"


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("nl", "nl"),
        ("nl-BE,nl;q=0.9,en;q=0.5", "nl"),
        ("fr,en;q=0.2,nl;q=0.1", "en"),
        ("fr", "en"),
        ("", "en"),
    ],
)
def test_the_browsers_language_decides_where_the_words_do_not(
    client: TestClient, header: str, expected: str
) -> None:
    """A question without a language of its own is answered in the one that the browser accepts."""
    response = client.post("/v1/ask", json={"text": "?"}, headers={"accept-language": header})
    assert response.json()["language"] == expected


def test_a_programme_can_be_in_focus_from_the_start(client: TestClient) -> None:
    """The page that a widget stands on decides which programme "it" is."""
    answer = ask(client, "What does it cost?", programme="leiden-biomedical-sciences")
    assert {c["document"] for c in answer["citations"]} == {"leiden-biomedical-sciences"}


def test_every_quote_stands_in_the_document_that_the_service_gives_out(client: TestClient) -> None:
    """`text[start:end] == quote` holds over HTTP too."""
    citations = ask(client, "What does it cost in Leiden?")["citations"]
    assert citations
    for citation in citations:
        span = {"start": citation["start"], "end": citation["end"]}
        page = client.get(f"/v1/documents/{citation['document']}", params=span).json()
        assert page["quote"]["text"] == citation["quote"]
        assert page["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_the_programmes_are_listed_in_order(client: TestClient, shipped: Advisor) -> None:
    """Every document of the corpus is listed."""
    listed = client.get("/v1/programmes").json()["programmes"]
    assert [p["id"] for p in listed] == [d.id for d in shipped.documents]


def test_a_start_offers_questions_that_the_pages_answer(client: TestClient) -> None:
    """The welcome holds suggestions in the browser's language, and each gets an answer."""
    welcome = client.get("/v1/welcome", headers={"accept-language": "nl"}).json()
    assert welcome["language"] == "nl"
    assert welcome["keeping"] == {"questions": False, "days": None}
    assert {ask(client, text)["kind"] for text in welcome["suggestions"]} == {"answer"}


def test_health_and_version_tell_what_is_serving(client: TestClient, shipped: Advisor) -> None:
    """Software, schema, hash and date of the pages."""
    assert client.get("/v1/health").json() == {"status": "ok", "documents": 2, "reload": None}
    version = client.get("/v1/version").json()
    assert version["software"] == __version__
    assert version["schema_version"] == shipped.ask("hello").schema_version
    assert len(version["corpus"]["hash"]) == 64
    assert version["corpus"]["documents"] == len(shipped.documents)


def test_metrics_count_turns_and_problems(shipped: Advisor) -> None:
    """Counters move, and hold nothing of what was said."""
    client = TestClient(create_app(Settings(keys=KEYS), advisor=shipped))
    ask(client, "What does a marmalade degree cost?")
    client.post("/v1/ask", json={"text": "hello", "state": "forged"})
    told = client.get("/metrics").text
    assert "advisor_turn_seconds_count 1.0" in told
    assert 'advisor_problems_total{code="state-invalid"} 1.0' in told
    assert "marmalade" not in told
    assert "testclient" not in told
