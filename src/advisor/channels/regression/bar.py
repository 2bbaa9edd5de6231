"""A progress bar on standard error, on terminals only."""

import shutil
import sys
from types import TracebackType


class Bar:
    """Counts steps; silent when nobody looks."""

    def __init__(self, total: int, what: str) -> None:
        self._total = total
        self._what = what
        self._done = 0
        self._is_shown = sys.stderr.isatty() and total > 0

    def tick(self) -> None:
        """Count one step."""
        self._done += 1
        if self._is_shown:
            room = max(10, min(40, shutil.get_terminal_size().columns - len(self._what) - 20))
            full = room * self._done // self._total
            line = f"\r{self._what} [{'#' * full}{'.' * (room - full)}] {self._done}/{self._total}"
            print(line, end="", file=sys.stderr, flush=True)

    def __enter__(self) -> "Bar":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_shown and self._done:
            print("\r\033[K", end="", file=sys.stderr, flush=True)
