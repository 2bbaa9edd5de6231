"""Nothing of a student is kept, unless it is switched on; then redacted, and for a stated time."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor
from advisor.web import Settings, create_app
from tests.web.live import KEYS


def test_nothing_is_kept_by_default(
    shipped: Advisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """No file is written and no line logged when a question is answered."""
    monkeypatch.chdir(tmp_path)
    client = TestClient(create_app(Settings(keys=KEYS), advisor=shipped))
    with caplog.at_level("DEBUG", logger="advisor"):
        client.post("/v1/ask", json={"text": "What does it cost?"})
    assert list(tmp_path.iterdir()) == []
    assert caplog.text == ""


def test_a_journal_keeps_the_question_without_who_asked(shipped: Advisor, tmp_path: Path) -> None:
    """Where it is switched on, a line a question, and the widget is told for how long."""
    settings = Settings(keys=KEYS, journal=str(tmp_path / "journal"), journal_days=14)
    client = TestClient(create_app(settings, advisor=shipped))
    client.post("/v1/ask", json={"text": "I am a@b.nl. What does it cost in Leiden?"})
    assert client.get("/v1/welcome").json()["keeping"] == {"questions": True, "days": 14}
    (file,) = (tmp_path / "journal").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    entry = json.loads(file.read_text(encoding="utf-8"))
    assert entry["question"] == "I am [e-mail]. What does it cost in Leiden?"
    assert set(entry) == {"day", "question", "kind", "intent", "language"}
