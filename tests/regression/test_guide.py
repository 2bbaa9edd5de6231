"""An editor who follows the README, and the guide after it, to the letter gets what they show."""

import re
from pathlib import Path

import pytest

from .conftest import Run
from .guide import follow


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    """Show things as on the terminal of the guides."""
    monkeypatch.setenv("COLUMNS", "100")


def for_editors(root: Path) -> str:
    """Return the README's part for editors."""
    (part,) = re.findall(
        r"^## For editors of pages\n(.*?)^## ",
        (root / "README.md").read_text("utf-8"),
        re.DOTALL | re.MULTILINE,
    )
    return str(part)


@pytest.mark.slow
def test_an_editor_gets_by_with_the_readme_alone(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    """Write a page and three questions, run them, change the fee, see the diff and the failure, accept it."""
    ran = follow(for_editors(root), here, command, capsys)
    test = "test --corpus pages"
    assert ran == [test, "diff before pages", test, f"{test} --accept", test]
    questions = (here / "puppetry.qa.yaml").read_text("utf-8")
    assert questions.count("- ask: ") == 3
    assert 'answer contains: "2,750"      # per year' in questions
    assert questions.startswith("# What students ask about Puppetry.")


@pytest.mark.slow
def test_the_guide_goes_on_from_there(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str], root: Path
) -> None:
    """In the same folder, each command of the guide says what it shows."""
    follow(for_editors(root), here, command, capsys)
    guide = (root / "docs" / "testing-pages.md").read_text("utf-8")
    ran = follow(guide, here, command, capsys)
    assert [line.split()[0] for line in ran] == ["test", "test", "record"]


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
    assert len(blocks) == 3
    assert cases == 4 + 2 + 2


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
