"""What the service does not take it refuses with a stable code, and never with a stack trace."""

import json
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor
from advisor.channels.web.exchange import Question
from advisor.channels.web.problems import CODES
from advisor.channels.web.rates import network
from advisor.web import Settings, create_app
from tests.web.live import KEYS, running

JSON = {"content-type": "application/json"}


def problem(response: Any) -> tuple[int, str]:
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert body["status"] == response.status_code
    assert CODES[body["code"]] == (body["status"], body["title"])
    return response.status_code, body["code"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"text": "\xff"}', (400, "not-utf-8")),
        (b"{", (400, "not-json")),
        (b"", (400, "not-json")),
        (b'{"text": NaN}', (400, "not-json")),
        (b'{"text": ' + b"[" * 20_000, (400, "not-json")),
        (b'{"text": ' + b"9" * 9_000 + b"}", (400, "not-json")),
        (b"[]", (422, "invalid-request")),
        (b"{}", (422, "invalid-request")),
        (b'{"text": null}', (422, "invalid-request")),
        (b'{"text": "hello", "colour": "red"}', (422, "invalid-request")),
        (b'{"text": "hello", "language": "tlh"}', (422, "unknown-language")),
        (b'{"text": "hello", "programme": "nowhere"}', (422, "unknown-programme")),
        (json.dumps({"text": "a" * 2_001}).encode(), (422, "text-too-long")),
        (b'"' + b"a" * 70_000 + b'"', (413, "body-too-large")),
    ],
    ids=lambda value: value[:24].decode("ascii", "replace") if isinstance(value, bytes) else value[1],
)
def test_a_body_of_the_wrong_form(client: TestClient, body: bytes, expected: tuple[int, str]) -> None:
    """Each kind of wrong body has its code."""
    assert problem(client.post("/v1/ask", content=body, headers=JSON)) == expected


def test_a_body_without_a_length_is_bounded_too(client: TestClient) -> None:
    """A body in pieces is cut off at the bound."""
    pieces = (b" " * 10_000 for _ in range(10))
    assert problem(client.post("/v1/ask", content=pieces, headers=JSON)) == (413, "body-too-large")


def test_only_json_is_taken(client: TestClient) -> None:
    """What a foreign page's form could send is not taken."""
    response = client.post("/v1/ask", content=b'{"text": "hello"}', headers={"content-type": "text/plain"})
    assert problem(response) == (415, "not-json-type")


@pytest.mark.parametrize(
    "text", ["", "\x00", "\u202e", "a" * 2_000, "🙂" * 500, "<img src=x onerror=alert(1)>"]
)
def test_any_text_gets_a_reply(client: TestClient, text: str) -> None:
    """Within the length every text is answered."""
    assert client.post("/v1/ask", json={"text": text}).status_code == 200


def test_half_an_emoji_gets_a_reply(client: TestClient) -> None:
    """A lone surrogate, which JSON can carry and UTF-8 cannot, is no error."""
    response = client.post(
        "/v1/ask", content=b'{"text": "What does it cost in Leiden? \\ud83d"}', headers=JSON
    )
    assert response.status_code == 200
    assert "2,601" in response.json()["text"]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/nowhere", (404, "not-found")),
        ("GET", "/widget/x/nowhere.js", (404, "not-found")),
        ("GET", "/v1/documents/nowhere", (404, "unknown-document")),
        ("GET", "/v1/documents/..%2f..%2fetc%2fpasswd", (404, "not-found")),
        ("GET", "/v1/ask", (405, "method-not-allowed")),
        ("GET", "/v1/documents/leiden-biomedical-sciences?start=x&end=2", (422, "invalid-request")),
        ("GET", "/v1/documents/leiden-biomedical-sciences?start=5", (422, "span-outside")),
        ("GET", "/v1/documents/leiden-biomedical-sciences?start=5&end=99999999", (422, "span-outside")),
        ("GET", "/v1/welcome?programme=nowhere", (422, "unknown-programme")),
    ],
)
def test_an_address_of_the_wrong_form(
    client: TestClient, method: str, path: str, expected: tuple[int, str]
) -> None:
    """Each kind of wrong address has its code."""
    assert problem(client.request(method, path)) == expected


def test_a_rate_is_kept_for_each_address(shipped: Advisor) -> None:
    """The fourth question of an address waits; another address does not."""
    app = create_app(Settings(keys=KEYS, rate="3/minute"), advisor=shipped)
    one, other = (TestClient(app, client=(address, 1)) for address in ("192.0.2.1", "192.0.2.2"))
    assert [one.post("/v1/ask", json={"text": "hello"}).status_code for _ in range(3)] == [200] * 3
    refused = one.post("/v1/ask", json={"text": "hello"})
    assert problem(refused) == (429, "too-many-requests")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert other.post("/v1/ask", json={"text": "hello"}).status_code == 200


def test_only_a_trusted_proxy_names_addresses(shipped: Advisor) -> None:
    """X-Forwarded-For counts from the proxy that is trusted, and from nobody else."""
    settings = Settings(keys=KEYS, rate="1/minute", trusted_proxies=("192.0.2.10",))
    app = create_app(settings, advisor=shipped)

    def statuses(client: TestClient) -> list[int]:
        return [
            client.post(
                "/v1/ask", json={"text": "hello"}, headers={"x-forwarded-for": f"198.51.100.{n}"}
            ).status_code
            for n in (1, 2)
        ]

    assert statuses(TestClient(app, client=("192.0.2.99", 1))) == [200, 429]
    assert statuses(TestClient(app, client=("192.0.2.10", 1))) == [200, 200]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_one_client_is_an_address_or_a_network(address: str | None, expected: str) -> None:
    """Whoever has a whole IPv6 network does not have its every address's share."""
    assert network(address) == expected


def test_browsers_of_other_sites_are_shut_out_until_listed(shipped: Advisor) -> None:
    """No origin is allowed by default; a listed one is, others still are not."""
    listed = "https://www.example.edu"
    closed = TestClient(create_app(Settings(keys=KEYS), advisor=shipped))
    opened = TestClient(create_app(Settings(keys=KEYS, origins=(listed,)), advisor=shipped))

    def allowed(client: TestClient, origin: str) -> str | None:
        response = client.get("/v1/health", headers={"origin": origin})
        return response.headers.get("access-control-allow-origin")

    assert allowed(closed, listed) is None
    assert allowed(opened, listed) == listed
    assert allowed(opened, "https://elsewhere.example") is None
    preflight = {"origin": listed, "access-control-request-method": "POST"}
    preflight["access-control-request-headers"] = "content-type"
    assert opened.options("/v1/ask", headers=preflight).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/v1/health", "/v1/nowhere", "/v1/documents/leiden-biomedical-sciences"]
)
def test_every_response_has_its_headers(client: TestClient, path: str) -> None:
    """Nothing is cached, sniffed, framed or told to others, and no cookie is set."""
    headers = client.get(path, headers={"accept": "text/html"}).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"
    assert "set-cookie" not in headers


def test_a_body_that_does_not_come_is_not_waited_for(shipped: Advisor) -> None:
    """A connection that stalls in the middle of its body is answered, and let go."""
    with (
        running(shipped, Settings(keys=KEYS, body_seconds=0.2)) as service,
        socket.create_connection(("127.0.0.1", service.port), timeout=20) as connection,
    ):
        connection.sendall(
            b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b'Content-Length: 100\r\n\r\n{"text"'
        )
        with connection.makefile("rb") as stream:
            answer = stream.read()  # to the end: the service closes the connection
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"body-timeout" in answer


def test_a_full_queue_says_so(shipped: Advisor, monkeypatch: pytest.MonkeyPatch) -> None:
    """When as many wait as may, the next is told to come back, and the others are answered."""
    app = create_app(Settings(keys=KEYS, max_waiting=1), advisor=shipped)
    turns = type(app.state.service.turns)
    answer, entered, leave = turns._answer, threading.Event(), threading.Event()

    def slow(*arguments: Any) -> bytes:
        entered.set()
        assert leave.wait(20)
        return bytes(answer(*arguments))

    monkeypatch.setattr(turns, "_answer", slow)
    with TestClient(app) as client, ThreadPoolExecutor(1) as threads:
        first = threads.submit(client.post, "/v1/ask", json={"text": "hello"})
        assert entered.wait(20)
        refused = client.post("/v1/ask", json={"text": "hello"})
        leave.set()
        assert first.result().status_code == 200
    assert problem(refused) == (503, "busy")
    assert refused.headers["retry-after"] == "1"


def test_what_breaks_is_told_without_a_trace(
    shipped: Advisor, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A defect becomes a problem; the log has its place, not the student's words."""
    app = create_app(Settings(keys=KEYS), advisor=shipped)

    def breaks(_turns: object, _loaded: object, question: Question, _accepted: object) -> None:
        raise RuntimeError(question.text)

    monkeypatch.setattr(type(app.state.service.turns), "_answer", breaks)
    response = TestClient(app).post("/v1/ask", json={"text": "my secret words"})
    assert problem(response) == (500, "internal")
    assert "secret" not in response.text + caplog.text
    assert "RuntimeError" in caplog.text
