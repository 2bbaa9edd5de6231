"""A chat in a real pseudo-terminal: typed at with keys, read through a terminal emulator."""

import os
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pexpect
import pyte

COMMAND = "import sys; from advisor.channels.cli import main; sys.exit(main())"
PATIENCE = 30.0
ENTER, TAB, UP, RIGHT, CTRL_C, CTRL_D, ALT_ENTER, F4 = (
    "\r",
    "\t",
    "\x1b[A",
    "\x1b[C",
    "\x03",
    "\x04",
    "\x1b\r",
    "\x1bOS",
)


class Emulator(pyte.HistoryScreen):
    """A terminal that can be asked where its cursor is."""

    answer: Callable[[str], object] | None = None

    def write_process_input(self, data: str) -> None:
        """Send what the terminal answers."""
        if self.answer is not None:
            self.answer(data)


class Pseudo:
    """The program on one side of a pseudo-terminal, the test on the other."""

    def __init__(
        self, home: Path, arguments: Sequence[str], columns: int, rows: int, environment: Mapping[str, str]
    ) -> None:
        kept = {k: v for k, v in os.environ.items() if k not in {"COLUMNS", "LINES", "NO_COLOR", "LANG"}}
        place = {
            "XDG_STATE_HOME": str(home / "state"),
            "XDG_CONFIG_HOME": str(home / "config"),
            "PAGER": "cat",
        }
        surroundings = {**kept, **place, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", **environment}
        self.raw = b""
        self._screen = Emulator(columns, rows, history=5000)
        self._stream = pyte.ByteStream(self._screen)
        self._child: Any = pexpect.spawn(
            sys.executable, ["-c", COMMAND, *arguments], env=surroundings, dimensions=(rows, columns),
            timeout=PATIENCE,
        )  # fmt: skip
        # The emulator answers what the program asks the terminal, such as where its cursor is.
        self._screen.answer = self._child.send

    @property
    def screen(self) -> str:
        """What is on the screen now."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip()

    @property
    def all(self) -> str:
        """What scrolled off, and what is on the screen."""
        lines = (
            "".join(line[i].data for i in range(self._screen.columns)) for line in self._screen.history.top
        )
        return "\n".join((*(line.rstrip() for line in lines), self.screen))

    @property
    def cells(self) -> list[list[pyte.screens.Char]]:
        """The characters on the screen with their styles, row by row."""
        rows = self._screen.buffer
        return [[rows[y][x] for x in range(self._screen.columns)] for y in range(self._screen.lines)]

    @property
    def line(self) -> str:
        """The line that the cursor is on."""
        return self._screen.display[self._screen.cursor.y].rstrip()

    def type(self, keys: str) -> None:
        """Press keys."""
        self._child.send(keys)

    def until(self, holds: Callable[[], bool], what: str = "") -> None:
        """Read until something holds; fails with the screen when it does not come to hold."""
        end = time.monotonic() + PATIENCE
        while not holds():
            if time.monotonic() > end:
                raise AssertionError(f"waited for {what or 'the screen'} in vain; the screen:\n{self.screen}")
            self._read()

    def see(self, text: str) -> None:
        """Read until a text is on the screen, wherever its lines break."""
        wanted = "".join(text.split())
        self.until(lambda: wanted in "".join(self.screen.split()), repr(text))

    def at_prompt(self, text: str = "") -> None:
        """Read until the cursor is on a line that holds this, and nothing else comes."""
        self.until(lambda: self.line == f"› {text}".rstrip(), f"a line with {text!r}")
        self._read()

    @property
    def prompts(self) -> int:
        """How many lines began with a prompt so far."""
        return sum(line.startswith("›") for line in self.all.split("\n"))

    def enter(self, text: str) -> None:
        """Type a line, and wait for what comes of it and for the next prompt."""
        before = self.prompts
        self.type(text + ENTER)
        self.until(lambda: self.prompts > before and self.line == "›", f"the next prompt after {text!r}")
        self._read()

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        self._screen.resize(rows, columns)
        self._child.setwinsize(rows, columns)

    def left(self) -> int | None:
        """Wait for the program to end; returns its exit code."""
        self.until(lambda: not self._child.isalive(), "the end")
        self._read()
        self._child.close()
        code: int | None = self._child.exitstatus
        return code

    def close(self) -> None:
        """End the program, however it stands."""
        self._child.close(force=True)

    def _read(self) -> None:
        try:
            data: bytes = self._child.read_nonblocking(65536, 0.1)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        self._stream.feed(data)
