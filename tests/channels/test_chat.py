"""`advisor` without a terminal takes one question a line: no prompt, no colour, no control codes."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.channels.test_ask import COMMAND, QUESTION, run
from tests.repl.pseudo import Pseudo

SPAWN = "import pty, sys; sys.exit(pty.spawn(sys.argv[1:]) >> 8)"

pytestmark = pytest.mark.slow


def test_piped() -> None:
    """Replies stand apart by an empty line; nothing else is printed."""
    done = run(given=b"What does it cost in Leiden?\nthanks\n")
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"2,601" in done.stdout
    assert b"\x1b" not in done.stdout
    assert "›".encode() not in done.stdout


def test_piped_json() -> None:
    """With --json each line in gives one object out, commands and numbers being questions too."""
    done = run("--json", given=b"What does it cost in Leiden?\n/help\nquit\n1\n")
    replies = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(replies) == 4
    assert "2,601" in replies[0]["text"]


def test_piped_commands(tmp_path: Path) -> None:
    """Commands work on a pipe as well; nothing is overwritten where nobody can be asked; quit ends."""
    place = tmp_path / "talk.md"
    lines = f"{QUESTION}\n/open 1\n/save {place}\n/save {place}\nquit\nWhat else?\n"
    done = run(given=lines.encode(), XDG_STATE_HOME=str(tmp_path))
    text = done.stdout.decode()
    assert "Wettelijk collegegeld | € 2.601" in text
    assert "left as it is" in text
    assert "What else" not in text
    assert place.read_text("utf-8").count("## ") == 1


def test_what_is_written_can_be_checked(tmp_path: Path) -> None:
    """A recorded conversation passes `advisor test`, and the quotes of a saved one pass `advisor verify`."""
    record, transcript = tmp_path / "talk.qa.yaml", tmp_path / "talk.md"
    lines = f"{QUESTION}\nwhich internships are there?\nthanks\n/record {record}\n/save {transcript}\n"
    assert run(given=lines.encode(), XDG_STATE_HOME=str(tmp_path)).returncode == 0
    assert run("test", str(record)).returncode == 0
    assert run("verify", str(transcript)).returncode == 0


def test_dev_null_ends() -> None:
    """No input at all is the end, not a loop."""
    done = subprocess.run(COMMAND, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_terminal_in_only(tmp_path: Path) -> None:
    """With the output in a file there is no prompt in it."""
    done = subprocess.run(
        [sys.executable, "-c", SPAWN, "sh", "-c", f'"$@" > {tmp_path}/out', "-", *COMMAND],
        input=b"hello\n\x04", capture_output=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0
    assert b"\x1b" not in (tmp_path / "out").read_bytes()
    assert (tmp_path / "out").stat().st_size > 20


def test_dumb_terminal(tmp_path: Path) -> None:
    """On a terminal that cannot move its cursor replies are plain, and empty lines are nothing."""
    pseudo = Pseudo(tmp_path, (), 100, 60, {"TERM": "dumb"})
    pseudo.type("What does it cost in Leiden?\r")
    pseudo.see("2,601")
    pseudo.type("\r")
    pseudo.type("how many credits?\r")
    pseudo.see("120 ECTS")
    pseudo.type("quit\r")
    assert pseudo.left() == 0
    assert b"\x1b" not in pseudo.raw


def test_broken_settings(tmp_path: Path) -> None:
    """A mistake in the file of settings is told with file and line, and nothing is started."""
    (tmp_path / "chat.yaml").write_text("keys: nano\n", "utf-8")
    done = run(given=b"hello\n", ADVISOR_SETTINGS=str(tmp_path / "chat.yaml"))
    assert (done.returncode, done.stdout) == (2, b"")
    assert b"chat.yaml:1: keys takes emacs, vi" in done.stderr


def test_no_colour(tmp_path: Path) -> None:
    """NO_COLOR leaves no colour on the screen; without it figures have one."""
    raw = {}
    for setting in ("", "1"):
        pseudo = Pseudo(tmp_path, (), 100, 60, {"NO_COLOR": setting})
        pseudo.see("4)")
        pseudo.enter(QUESTION)
        pseudo.type("\x04")
        assert pseudo.left() == 0
        raw[setting] = pseudo.raw
    colours = [f"\x1b[0;{n}".encode() for n in range(30, 48)] + [f";{n};".encode() for n in range(30, 48)]
    assert any(c in raw[""] for c in colours)
    assert not any(c in raw["1"] for c in colours)


def test_screen_reader_mode(tmp_path: Path) -> None:
    """With --plain speakers are named, and no sign of drawing and no toolbar is on the screen."""
    pseudo = Pseudo(tmp_path, ("--plain",), 100, 60, {})
    pseudo.see("4)")
    pseudo.see("You:")
    pseudo.type("compare the tuition fees\r")
    pseudo.see("Adviser:")
    pseudo.see("the tuition fee, KU Leuven: not stated")
    pseudo.see("Ask next")
    assert not set(pseudo.screen) & set("─│▌›·")
    pseudo.type("\x04")
    assert pseudo.left() == 0


def test_c_locale_on_a_terminal(tmp_path: Path) -> None:
    """Under an encoding without its signs the chat draws with others and does not crash."""
    pseudo = Pseudo(tmp_path, (), 100, 60, {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    pseudo.see("4)")
    pseudo.type("Wat kost het in Leiden?\r")
    pseudo.see("2.601")
    pseudo.type("quit\r")
    assert pseudo.left() == 0


def test_broken_corpus_on_a_terminal(tmp_path: Path) -> None:
    """Pages that cannot be used end the chat with 2 and the place of each mistake."""
    (tmp_path / "bad.md").write_text("---\ntitel: x\n---\n# X\n", "utf-8")
    pseudo = Pseudo(tmp_path, ("--corpus", str(tmp_path / "bad.md")), 100, 60, {})
    assert pseudo.left() == 2
    assert "bad.md:2" in "".join(pseudo.all.split())
