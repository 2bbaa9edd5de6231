"""The lines typed before: private, capped, each kept once, none that holds personal data."""

import json
from collections.abc import Iterable
from pathlib import Path

from prompt_toolkit.history import History

from advisor.channels.personal import is_personal
from advisor.channels.repl.files import append_private, write_whole

MOST_LINES = 1000
LONGEST = 2000


class PrivateHistory(History):
    """Lines in a file that only its owner may read; in memory alone where `path` is None.

    A line of the file is one typed line as a JSON string, so that several lines stay one entry.
    `problem` tells why nothing can be kept.
    """

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.path = path
        self.problem: str | None = None

    def load_history_strings(self) -> Iterable[str]:
        """Return the kept lines, the newest first; puts the file in order where it needs it."""
        kept = self._read()
        entries = list(reversed(dict.fromkeys(reversed(kept))))[-MOST_LINES:]
        if entries != kept:
            self._try_write(entries)
        return list(reversed(entries))

    def append_string(self, string: str) -> None:
        """Remember a line, in place of the same one before; not one that is personal, endless or a number."""
        if not string.strip() or string.strip().isdigit() or len(string) > LONGEST or is_personal(string):
            return
        if string in self._loaded_strings:
            self._loaded_strings.remove(string)
        super().append_string(string)

    def store_string(self, string: str) -> None:
        """Add a line to the file."""
        if self.path is None or self.problem:
            return
        try:
            append_private(self.path, json.dumps(string, ensure_ascii=False))
        except OSError as error:
            self.problem = error.strerror or str(error)

    def clear(self) -> None:
        """Forget every line, on disk too."""
        self._loaded_strings = []
        if self.path is not None and self.path.exists():
            self._try_write([])

    def _read(self) -> list[str]:
        if self.path is None:
            return []
        try:
            text = self.path.read_text("utf-8", errors="replace")
        except FileNotFoundError:
            return []
        except OSError as error:
            self.problem = error.strerror or str(error)
            return []
        return [entry for entry in map(_entry, text.splitlines()) if entry]

    def _try_write(self, entries: Iterable[str]) -> None:
        assert self.path is not None
        text = "".join(json.dumps(e, ensure_ascii=False) + "\n" for e in entries)
        try:
            write_whole(self.path, text, 0o600)
        except OSError as error:
            self.problem = error.strerror or str(error)


def _entry(line: str) -> str | None:
    """Return the typed line that a line of the file holds; None where it is broken."""
    try:
        entry = json.loads(line)
    except ValueError:
        return None
    return entry if isinstance(entry, str) and not is_personal(entry) else None
