"""An editor who follows docs/testing-pages.md to the letter gets what it shows."""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from .conftest import Run

STEP = re.compile(
    r"Save as `(?P<path>[^`]+)`[^\n]*\n\n```\w+\n(?P<text>.*?)```"
    r"|Copy the folder `(?P<from>[^`]+)` to `(?P<to>[^`]+)`"
    r"|in `(?P<file>[^`]+)`, replace `(?P<old>[^`]+)` by `(?P<new>[^`]+)`"
    r"|```console\n(?P<console>.*?)```",
    re.DOTALL,
)
PROMPT = "$ "
ASKED = re.compile(r"\[q\]uit: (\w)$", re.MULTILINE)


def commands(block: str) -> Iterator[tuple[str, str]]:
    """Yield the commands of a block with what is shown below each."""
    for part in re.split(rf"^{re.escape(PROMPT)}", block, flags=re.MULTILINE)[1:]:
        line, _, shown = part.partition("\n")
        yield line, shown


def is_shown(shown: str, said: str) -> bool:
    """Whether a command said what is shown; a line of dots stands for any lines, dots in one for its rest."""
    pattern = "".join(
        r"(?:.*\n)*?" if line == "..." else re.escape(line).replace(r"\.\.\.", ".*") + r"[ ]*\n"
        for line in shown.splitlines()
    )
    return re.fullmatch(pattern + r"\s*", re.sub(r"(\[q\]uit: \w)", r"\1", said) + "\n") is not None


@pytest.mark.slow
def test_the_guide_does_what_it_shows(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    """Write a page and three questions, run them, change the fee, see the diff and the failure, accept it."""
    guide = (root / "docs" / "testing-pages.md").read_text(encoding="utf-8")
    ran = []
    for step in STEP.finditer(guide):
        if step["path"]:
            target = here / step["path"]
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(step["text"], encoding="utf-8")
        elif step["from"]:
            shutil.copytree(here / step["from"], here / step["to"])
        elif step["file"]:
            text = (here / step["file"]).read_text(encoding="utf-8")
            assert step["old"] in text
            (here / step["file"]).write_text(text.replace(step["old"], step["new"]), encoding="utf-8")
        else:
            for line, shown in commands(step["console"]):
                typed, words = _typed(line, shown)
                command(*words, typed=typed)
                said, noted = capsys.readouterr()
                assert is_shown(shown, said), f"{line}\n--- shown\n{shown}\n--- said\n{said}{noted}"
                ran.append(words[0])
    assert ran == ["test", "diff", "test", "test", "test", "test", "test", "record"]


def _typed(line: str, shown: str) -> tuple[str, list[str]]:
    """Return what is typed to a command, and its words without the program's name."""
    before, bar, after = line.rpartition(" | ")
    words = shlex.split(after)
    assert words[0] == "advisor"
    given = shlex.split(before)[1:] if bar else ASKED.findall(shown)
    return "".join(f"{g}\n" for g in given), words[1:]


def test_every_file_in_the_guide_is_read(here: Path, root: Path) -> None:
    """The examples of question files load; so does the table."""
    from advisor.channels.regression.load import load_cases

    guide = (root / "docs" / "testing-pages.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(yaml|csv)\n(.*?)```", guide, re.DOTALL)
    (here / "common.qa.yaml").write_text("- ask: common\n", encoding="utf-8")
    cases = 0
    for number, (kind, text) in enumerate(blocks):
        path = here / f"{number}.qa.{kind}"
        path.write_text(text, encoding="utf-8")
        cases += len(load_cases([path]))
    assert len(blocks) == 4
    assert cases == 3 + 4 + 2 + 2


def test_every_option_in_the_guide_is_there(
    command: Run, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    """The guide names no option that the commands do not have."""
    guide = (root / "docs" / "testing-pages.md").read_text(encoding="utf-8")
    known = ""
    for name in ("test", "diff", "gaps", "record", "verify", "chat"):
        assert command(name, "--help") == 0
        known += capsys.readouterr().out
    for option in set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", guide)):
        assert option in known
