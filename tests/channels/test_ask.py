"""`advisor ask` answers on a pipe: any encoding in and out, exit codes, one line of JSON a reply."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from advisor import Advisor

COMMAND = [sys.executable, "-c", "import sys; from advisor.channels.cli import main; sys.exit(main())"]
QUESTION = "What does it cost in Leiden?"

pytestmark = pytest.mark.slow


def run(
    *arguments: str | bytes, given: bytes = b"", **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command on pipes."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "PYTHON", "NO_COLOR")) and k != "LANG"
    }
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, check=False,
        env={**kept, "LC_ALL": "C.UTF-8", **environment},
    )  # fmt: skip


def test_one_question(advisor: Advisor) -> None:
    """The reply and its sources go to standard output, nothing to standard error."""
    done = run("ask", QUESTION)
    assert done.returncode == 0
    assert advisor.ask(QUESTION).text in done.stdout.decode()
    assert "[1] Biomedical Sciences · Universiteit Leiden · Collegegeld" in done.stdout.decode()
    assert done.stderr == b""


def test_json_is_the_reply(advisor: Advisor) -> None:
    """With --json the output is the library's reply, on one line."""
    done = run("ask", "--json", QUESTION)
    assert done.stdout.count(b"\n") == 1
    assert json.loads(done.stdout) == advisor.ask(QUESTION).model_dump(mode="json")


def test_stream_is_a_conversation() -> None:
    """Lines are turns of one conversation, an empty line starts a new one."""
    lines = b"What does it cost in Leiden?\nwhich internships are there?\n\nwhich internships are there?\n"
    done = run("ask", "--json", "-", given=lines)
    pages = [{c["document"] for c in json.loads(line)["citations"]} for line in done.stdout.splitlines()]
    assert pages[:2] == [{"leiden-biomedical-sciences"}] * 2
    assert len(pages) == 3
    assert pages[2] > pages[1]


def test_exit_codes() -> None:
    """No question is bad usage; --strict tells that there was no answer; a wrong language is refused."""
    assert run("ask").returncode == 2
    assert run("ask", "--strict", QUESTION).returncode == 0
    assert run("ask", "--strict", "What is the weather today?").returncode == 3
    wrong = run("ask", "--lang", "fr", QUESTION)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
    assert b"en or nl" in wrong.stderr


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "latin-1", "utf-8", "cp437"])
@pytest.mark.parametrize("mode", ["--json", None])
def test_any_output_encoding(encoding: str, mode: str | None) -> None:
    """Whatever the encoding of the output, the figure is there and no question mark stands for a sign."""
    done = run("ask", *([mode] if mode else []), "Wat kost het in Leiden?", PYTHONIOENCODING=encoding)
    text = done.stdout.decode(encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert "2.601" in text
    assert "?" not in text or mode == "--json"
    if mode:
        assert "€" in json.loads(text)["text"]


@pytest.mark.parametrize("locale", ["C", "POSIX", "nl_NL.ISO-8859-1", "xx_XX"])
def test_any_locale(locale: str) -> None:
    """Under any locale a question with an accent is understood and answered."""
    done = run("ask", "Wat kost het in Leiden, café?", LC_ALL=locale)
    assert (done.returncode, done.stderr) == (0, b"")


def test_bytes_of_another_encoding() -> None:
    """Bytes that are no UTF-8, as an argument or on a pipe, are read as Windows-1252."""
    assert run("ask", "caf\xe9 in Leiden".encode("latin-1")).returncode == 0
    done = run(
        "ask",
        "--json",
        "-",
        given="\ufeffWat kost caf\xe9?\n".encode() + b"Wat kost het in Leiden? caf\xe9 \x93x\x94\n",
    )
    assert len(done.stdout.splitlines()) == 2
    assert done.returncode == 0


def test_a_closed_pipe_ends_quietly() -> None:
    """When the reader goes away the command ends without a word."""
    process = subprocess.Popen(
        [*COMMAND, "ask", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )  # fmt: skip
    assert process.stdout is not None
    process.stdout.close()
    _, errors = process.communicate(b"hello\n" * 50) if process.stdin is None else _fed(process)
    assert errors == b""
    assert process.returncode == 0


def _fed(process: "subprocess.Popen[bytes]") -> tuple[bytes, bytes]:
    """Feed a process whose output nobody reads."""
    assert process.stdin is not None
    assert process.stderr is not None
    try:
        process.stdin.write(b"hello\n" * 50)
        process.stdin.close()
    except BrokenPipeError:
        pass
    errors = process.stderr.read()
    process.stderr.close()
    process.wait()
    return b"", errors


def test_output_to_a_file(tmp_path: Path) -> None:
    """What is written to a file holds no control codes."""
    done = run("ask", QUESTION)
    (tmp_path / "out").write_bytes(done.stdout)
    assert b"\x1b" not in (tmp_path / "out").read_bytes()
