"""Pages are loaded anew while questions are answered; broken ones leave the former serving."""

import shutil
import threading
import time
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from advisor import Advisor
from advisor.channels.web.service import Service
from advisor.web import Settings, create_app
from tests.web.live import KEYS, ROOT

PAGE = "leiden-biomedical-sciences.md"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the pages that ship."""
    return Path(shutil.copytree(ROOT / "corpus", tmp_path / "pages"))


def service_of(app: FastAPI) -> Service:
    service = app.state.service
    assert isinstance(service, Service)
    return service


def edit(page: Path, before: str, after: str) -> None:
    text = page.read_text(encoding="utf-8")
    assert before in text
    page.write_text(text.replace(before, after), encoding="utf-8")


def test_a_reload_serves_the_new_pages(folder: Path) -> None:
    """A changed figure is in the next answer, and a conversation of the old pages is told to start anew."""
    app = create_app(Settings(corpus=(str(folder),), keys=KEYS, rate=""))
    client = TestClient(app)
    before = client.post("/v1/ask", json={"text": "What does it cost in Leiden?"}).json()
    edit(folder / PAGE, "2.601", "2.777")
    assert service_of(app).holder.reload()
    after = client.post("/v1/ask", json={"text": "What does it cost in Leiden?"}).json()
    assert "2,601" in before["text"]
    assert "2,777" in after["text"]
    response = client.post("/v1/ask", json={"text": "and in Leuven?", "state": before["state"]})
    assert (response.status_code, response.json()["code"]) == (409, "state-other-corpus")


def test_broken_pages_keep_the_former_serving(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The health says so, the log says where, and mended pages end it."""
    app = create_app(Settings(corpus=(str(folder),), keys=KEYS, rate=""))
    client = TestClient(app)
    edit(folder / PAGE, "title:", "titel:")
    assert not service_of(app).holder.reload()
    health = client.get("/v1/health").json()
    assert health["status"] == "former pages kept"
    assert health["reload"]["problems"] >= 1
    assert f"{PAGE}:" in caplog.text
    assert "2,601" in client.post("/v1/ask", json={"text": "What does it cost in Leiden?"}).json()["text"]
    edit(folder / PAGE, "titel:", "title:")
    assert service_of(app).holder.reload()
    assert client.get("/v1/health").json()["status"] == "ok"


def test_a_reload_that_breaks_otherwise_is_told_too(
    monkeypatch: pytest.MonkeyPatch, shipped: Advisor
) -> None:
    """Whatever goes wrong while loading, the former pages serve and the health says so."""
    app = create_app(Settings(keys=KEYS), advisor=shipped)

    def breaks() -> Advisor:
        raise RuntimeError("a defect")

    monkeypatch.setattr(service_of(app).holder, "_load", breaks)
    assert not service_of(app).holder.reload()
    assert TestClient(app).get("/v1/health").json()["reload"]["problems"] == 1


def test_no_request_is_lost_while_reloading(folder: Path) -> None:
    """Questions asked during reloads are all answered."""
    app = create_app(Settings(corpus=(str(folder),), keys=KEYS, rate=""))
    client = TestClient(app)
    reloads: list[bool] = []
    thread = threading.Thread(
        target=lambda: reloads.extend(service_of(app).holder.reload() for _ in range(2))
    )
    thread.start()
    statuses = []
    while thread.is_alive():
        statuses.append(client.post("/v1/ask", json={"text": "What does it cost in Leiden?"}).status_code)
    thread.join()
    assert reloads == [True, True]
    assert len(statuses) > 1
    assert set(statuses) == {200}


def test_watched_files_are_loaded_anew_by_themselves(folder: Path, tmp_path: Path) -> None:
    """With `watch_seconds` an edit of a page or an intent is served without a signal."""
    intents = Path(shutil.copytree(ROOT / "intents", tmp_path / "intents"))
    app = create_app(
        Settings(corpus=(str(folder),), intents=str(intents), keys=KEYS, rate="", watch_seconds=0.05)
    )
    with TestClient(app) as client:
        first = client.get("/v1/version").json()["corpus"]["hash"]
        time.sleep(0.2)
        edit(folder / PAGE, "2.601", "2.777")
        deadline = time.monotonic() + 20
        while client.get("/v1/version").json()["corpus"]["hash"] == first and time.monotonic() < deadline:
            time.sleep(0.05)
        answer = client.post("/v1/ask", json={"text": "What does it cost in Leiden?"}).json()
        assert "2,777" in answer["text"]
        edit(intents / "topics" / "fees.yaml", "\n", "\n# a remark\n")
        while time.monotonic() < deadline:
            response = client.post("/v1/ask", json={"text": "hello", "state": answer["state"]})
            if response.status_code == 409:
                break
            time.sleep(0.05)
        assert response.json()["code"] == "state-other-corpus"
