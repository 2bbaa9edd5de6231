"""Kept questions: redacted, for a stated time, read back for those who write the pages."""

import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from advisor import Advisor, ContentError
from advisor.channels.journal import Entry, Journal, entries
from advisor.channels.personal import is_personal, redact


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mail me at jan.jansen@example.nl please", "mail me at [e-mail] please"),
        ("call +31 6 1234 5678", "call [number]"),
        ("bel 06-12345678", "bel [number]"),
        ("my number is s1234567", "my number is [number]"),
        ("mijn nummer is r0123456", "mijn nummer is [number]"),
        ("student 2345678 here", "student [number] here"),
        ("IBAN NL91 ABNA 0417 1643 00", "IBAN [account]"),
        ("I live at 2333 ZA", "I live at [postcode]"),
        ("see https://example.edu/u?id=4", "see [address]"),
        ("is €100000 a lot?", "is €100000 a lot?"),
        ("does it cost € 2.601 in 2025-2026?", "does it cost € 2.601 in 2025-2026?"),
        ("is 120 EC enough for 2 years?", "is 120 EC enough for 2 years?"),
    ],
)
def test_what_tells_a_person_is_left_out(said: str, kept: str) -> None:
    """Addresses and long numbers go, figures about studying stay."""
    assert redact(said) == kept


def test_a_journal_forgets(advisor: Advisor, tmp_path: Path) -> None:
    """A file is deleted once its days are over; other files are left alone."""
    for name in ("2026-01-01.jsonl", "2026-01-05.jsonl", "notes.jsonl"):
        (tmp_path / name).write_text("{}\n", encoding="utf-8")
    days = iter([datetime(2026, 1, 7, tzinfo=UTC), *[datetime(2026, 1, 12, tzinfo=UTC)] * 9])
    journal = Journal(tmp_path, 7, lambda: next(days))
    assert {p.name for p in tmp_path.iterdir()} == {"2026-01-01.jsonl", "2026-01-05.jsonl", "notes.jsonl"}
    journal.note("hello", advisor.ask("hello"))
    assert {p.name for p in tmp_path.iterdir()} == {"2026-01-05.jsonl", "2026-01-12.jsonl", "notes.jsonl"}


def test_what_makes_a_line_personal_is_left_out_of_it() -> None:
    """No line that the chat would not keep survives redaction as it was."""
    for said in ("me@uni.nl", "0612345678", "+31 6 1234 5678", "r0123456", "2345678"):
        assert is_personal(said)
        assert not is_personal(redact(said))


def test_kept_questions_are_read_back(advisor: Advisor, tmp_path: Path) -> None:
    """The oldest day first; a line that somebody else wrote is redacted as well."""
    journal = Journal(tmp_path, today=lambda: datetime(2026, 1, 7, tzinfo=UTC))
    journal.note("hello", advisor.ask("hello"))
    line = (
        '{"day": "2026-01-05", "question": "me@uni.nl?", "kind": "no_answer",'
        ' "intent": "x", "language": "en"}'
    )
    (tmp_path / "2026-01-05.jsonl").write_text(line + "\n\n", encoding="utf-8")
    assert list(entries(tmp_path)) == [
        Entry("2026-01-05", "[e-mail]?", "no_answer", "x", "en"),
        Entry("2026-01-07", "hello", "smalltalk", None, "en"),
    ]


def test_broken_lines_are_told(tmp_path: Path) -> None:
    """With their place; so is a folder that is not there."""
    (tmp_path / "2026-01-05.jsonl").write_text("{}\n[]\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"2026-01-05\.jsonl:2"):
        list(entries(tmp_path))
    with pytest.raises(ContentError, match="no such folder"):
        list(entries(tmp_path / "nowhere"))


def test_a_place_that_cannot_be_written_costs_no_reply(
    advisor: Advisor, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """It is told at the start; where it breaks later, once, and the replies go on."""
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(ContentError, match="cannot be kept here"):
        Journal(tmp_path / "file")
    journal = Journal(tmp_path / "kept")
    (tmp_path / "kept").rmdir()
    reply = advisor.ask("hello")
    with caplog.at_level(logging.WARNING, logger="advisor"):
        journal.note("hello", reply)
        journal.note("hello", reply)
    assert len(caplog.records) == 1
