"""The questions asked, redacted and kept for some days; only where it is switched on."""

import json
import logging
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from advisor.channels.personal import redact
from advisor.errors import ContentError, Problem

if TYPE_CHECKING:
    from advisor import Reply

DAYS = 30
_FILES = "????-??-??.jsonl"
_log = logging.getLogger("advisor.journal")


class Journal:
    """Appends a line for each question to a file a day; files older than `days` are deleted."""

    def __init__(self, folder: Path, days: int = DAYS, today: Callable[[], datetime] | None = None) -> None:
        """Make the folder; raises ContentError where nothing can be kept in it."""
        self.folder = folder
        self.days = days
        self._now = today or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()
        self._day = ""
        self._is_failing = False
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._turn_day()
        except OSError as error:
            said = f"questions cannot be kept here: {error.strerror}"
            raise ContentError([Problem(str(folder), None, said)]) from error

    def note(self, text: str, reply: "Reply") -> None:
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
            try:
                self._write(line)
                self._is_failing = False
            except OSError as error:
                # A full disk must not cost the student the reply; one line tells of it.
                if not self._is_failing:
                    _log.warning("questions cannot be kept in %s: %s", self.folder, error.strerror)
                self._is_failing = True

    def _write(self, line: str) -> None:
        self._turn_day()
        # One write to a file opened for appending: lines of several workers do not mix.
        file = os.open(self.folder / f"{self._day}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode("utf-8", "replace"))
        finally:
            os.close(file)

    def _turn_day(self) -> None:
        today = self._now().date()
        if self._day == today.isoformat():
            return
        oldest = (today - timedelta(days=self.days)).isoformat()
        for path in self.folder.glob(_FILES):
            if path.stem < oldest:
                path.unlink(missing_ok=True)
        self._day = today.isoformat()


@dataclass(frozen=True, slots=True)
class Entry:
    """A question that was kept, with the kind and the intent of its reply."""

    day: str
    question: str
    kind: str
    intent: str | None
    language: str | None


def entries(folder: Path) -> Iterator[Entry]:
    """Yield what a journal holds, oldest day first, redacted once more.

    Raises ContentError when there is no such folder, or a line of it is not what a journal writes.
    """
    if not folder.is_dir():
        raise ContentError([Problem(str(folder), None, "no such folder of kept questions")])
    problems: list[Problem] = []
    for path in sorted(folder.glob(_FILES)):
        for number, line in enumerate(_lines(path, problems), 1):
            if not line.strip():
                continue
            entry = _entry(line)
            if entry is None:
                problems.append(Problem(str(path), number, "not a line of kept questions"))
            else:
                yield entry
    if problems:
        raise ContentError(problems)


def _lines(path: Path, problems: list[Problem]) -> list[str]:
    try:
        return path.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        problems.append(Problem(str(path), None, f"cannot be read: {error.strerror}"))
        return []


def _entry(line: str) -> Entry | None:
    try:
        data: Any = json.loads(line)
        return Entry(
            str(data["day"]),
            redact(str(data["question"])),
            str(data["kind"]),
            data["intent"],
            data["language"],
        )
    except (ValueError, KeyError, TypeError):
        return None
