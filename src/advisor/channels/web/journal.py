"""The questions asked, redacted and kept for some days; only where it is switched on."""

import json
import os
import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from advisor import Reply

# What may tell who someone is -> what is kept instead.
_REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}"), "[e-mail]"),
    (re.compile(r"\bhttps?://\S+", re.IGNORECASE), "[address]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE), "[account]"),
    (re.compile(r"\b[su]\d{6,8}\b", re.IGNORECASE), "[number]"),
    # A pair of years is no number that tells a person.
    (
        re.compile(r"(?<![\w.,])(?!20\d\d ?[-/–] ?20\d\d(?!\d))\+?(?:\d[ ().\-/]{0,2}){7,}\d(?!\w)"),
        "[number]",
    ),
    (re.compile(r"\b\d{4} ?[A-Z]{2}\b"), "[postcode]"),
)


def redact(text: str) -> str:
    """Return the text without e-mail addresses, links, and numbers long enough to tell a person."""
    for pattern, instead in _REDACTIONS:
        text = pattern.sub(instead, text)
    return text


class Journal:
    """Appends a line for each question to a file a day; files older than `days` are deleted."""

    def __init__(self, folder: Path, days: int, today: Callable[[], datetime] | None = None) -> None:
        self._folder = folder
        self._days = days
        self._now = today or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()
        self._day = ""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._turn_day()

    def note(self, text: str, reply: Reply) -> None:
        """Keep a question and what kind of reply it got; not who asked, nor the hour."""
        entry = {
            "day": self._now().date().isoformat(),
            "question": redact(text),
            "kind": reply.kind,
            "intent": reply.intent,
            "language": reply.language,
        }
        line = json.dumps(entry, ensure_ascii=False) + "\n"
        with self._lock:
            self._turn_day()
            # One write to a file opened for appending: lines of several workers do not mix.
            file = os.open(self._folder / f"{self._day}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                os.write(file, line.encode("utf-8", "replace"))
            finally:
                os.close(file)

    def _turn_day(self) -> None:
        today = self._now().date()
        if self._day == today.isoformat():
            return
        self._day = today.isoformat()
        oldest = (today - timedelta(days=self._days)).isoformat()
        for path in self._folder.glob("????-??-??.jsonl"):
            if path.stem < oldest:
                path.unlink(missing_ok=True)
