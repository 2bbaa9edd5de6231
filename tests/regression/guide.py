"""Follow a guide: save what it says to save, change what it says to change, run what it shows."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Run

STEP = re.compile(
    r"Save as `(?P<path>[^`]+)`[^\n]*\n\n```\w+\n(?P<text>.*?)```"
    r"|Copy\s+the\s+folder\s+`(?P<from>[^`]+)`\s+to\s+`(?P<to>[^`]+)`"
    r"|in\s+`(?P<file>[^`]+)`,\s+replace\s+`(?P<old>[^`]+)`\s+by\s+`(?P<new>[^`]+)`"
    r"|```console\n(?P<console>.*?)```",
    re.DOTALL,
)
PROMPT = "$ "
ASKED = re.compile(r"\[q\]uit: (\w)$", re.MULTILINE)


def follow(guide: str, folder: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Do every step of a guide in a folder; returns the commands that ran, each having said what is shown."""
    ran = []
    for step in STEP.finditer(guide):
        if step["path"]:
            target = folder / step["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step["text"], encoding="utf-8")
        elif step["from"]:
            shutil.copytree(folder / step["from"], folder / step["to"])
        elif step["file"]:
            text = (folder / step["file"]).read_text(encoding="utf-8")
            assert step["old"] in text
            (folder / step["file"]).write_text(text.replace(step["old"], step["new"]), encoding="utf-8")
        else:
            for line, shown in _commands(step["console"]):
                typed, words = _typed(line, shown)
                command(*words, typed=typed)
                said, noted = capsys.readouterr()
                assert is_shown(shown, said), f"{line}\n--- shown\n{shown}\n--- said\n{said}{noted}"
                ran.append(" ".join(words))
    return ran


def is_shown(shown: str, said: str) -> bool:
    """Whether a command said what is shown; dots stand for any lines, or for any words within one."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"[ ]*\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern + r"\s*", re.sub(r"(\[q\]uit: \w)", r"\1", said) + "\n") is not None


def _commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a block with what is shown below each."""
    for part in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield line, shown


def _typed(line: str, shown: str) -> tuple[str, list[str]]:
    """Return what is typed to a command, and its words without the program's name."""
    before, bar, after = line.rpartition(" | ")
    words = shlex.split(after)
    assert words[0] == "advisor"
    given = shlex.split(before)[1:] if bar else ASKED.findall(shown)
    return "".join(f"{g}\n" for g in given), words[1:]
