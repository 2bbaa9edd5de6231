"""Nothing of a student is kept, unless it is switched on; then redacted, and for a stated time."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor
from advisor.channels.web.journal import Journal, redact
from advisor.web import Settings, create_app
from tests.web.live import KEYS


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail me at jan.jansen@example.nl please", "mail me at [e-mail] please"),
        ("call +31 6 1234 5678", "call [number]"),
        ("bel 06-12345678", "bel [number]"),
        ("my number is s1234567", "my number is [number]"),
        ("IBAN NL91 ABNA 0417 1643 00", "IBAN [account]"),
        ("I live at 2333 ZA", "I live at [postcode]"),
        ("see https://example.edu/u?id=4", "see [address]"),
        ("does it cost € 2.601 in 2025-2026?", "does it cost € 2.601 in 2025-2026?"),
        ("is 120 EC enough for 2 years?", "is 120 EC enough for 2 years?"),
    ],
)
def test_what_tells_a_person_is_left_out(said: str, kept: str) -> None:
    """Addresses and long numbers go, figures about studying stay."""
    assert redact(said) == kept


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


def test_a_journal_forgets(shipped: Advisor, tmp_path: Path) -> None:
    """A file is deleted once its days are over; other files are left alone."""
    for name in ("2026-01-01.jsonl", "2026-01-05.jsonl", "notes.jsonl"):
        (tmp_path / name).write_text("{}\n", encoding="utf-8")
    days = iter([datetime(2026, 1, 7, tzinfo=UTC), *[datetime(2026, 1, 12, tzinfo=UTC)] * 9])
    journal = Journal(tmp_path, 7, lambda: next(days))
    assert {p.name for p in tmp_path.iterdir()} == {"2026-01-01.jsonl", "2026-01-05.jsonl", "notes.jsonl"}
    journal.note("hello", shipped.ask("hello"))
    assert {p.name for p in tmp_path.iterdir()} == {"2026-01-05.jsonl", "2026-01-12.jsonl", "notes.jsonl"}
