"""`advisor add` writes pages of the corpus and shows what it recognised."""

from pathlib import Path

import pytest

from advisor.channels.cli import main
from tests.editing.few_intents import _use_few_intents, few_intents  # noqa: F401

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"
GAMES = str(FIXTURES / "game-design.html")


def test_a_page_is_added_and_described(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The page is written, and its title, sections, facts and gaps are shown."""
    assert main(["add", "--to", str(tmp_path), GAMES]) == 0
    shown = capsys.readouterr().out
    assert (tmp_path / "game-design.md").read_text(encoding="utf-8").startswith("---\ntitle: Game Design\n")
    assert f"{GAMES} -> {tmp_path / 'game-design.md'}" in shown
    assert "Vlietstad University of Applied Sciences" in shown
    assert "Credits: 240 EC" in shown
    assert "not found (add it to the front matter): edition" in shown


def test_a_dry_run_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With --dry-run the page is only described, in the language asked for."""
    assert main(["add", "--to", str(tmp_path / "new"), "--dry-run", "--lang", "nl", GAMES]) == 0
    assert "instelling" in capsys.readouterr().out
    assert not (tmp_path / "new").exists()


def test_the_corpus_named_is_where_pages_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without --to the page goes to the folder of --corpus, or else to ./corpus."""
    monkeypatch.chdir(tmp_path)
    assert main(["add", "--corpus", "mine", GAMES]) == 0
    assert main(["add", GAMES]) == 0
    assert (tmp_path / "mine" / "game-design.md").read_bytes() == (
        tmp_path / "corpus/game-design.md"
    ).read_bytes()


def test_existing_pages_stay_unless_replaced(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A second time is an error with the exit code 2, unless --replace is given."""
    arguments = ["add", "--to", str(tmp_path), GAMES]
    assert [main(arguments), main(arguments), main([*arguments, "--replace"])] == [0, 2, 0]
    assert "exists already; --replace overwrites it" in capsys.readouterr().err


def test_one_bad_file_keeps_all_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every bad file is named, and no page is written when one is bad."""
    (tmp_path / "a.html").write_bytes(b"\0\1\2")
    (tmp_path / "b.txt").write_text("")
    to = tmp_path / "to"
    assert main(["add", "--to", str(to), GAMES, str(tmp_path / "a.html"), str(tmp_path / "b.txt")]) == 2
    told = capsys.readouterr()
    assert "a.html: a binary file" in told.err
    assert "b.txt: no text in this page" in told.err
    assert told.out == ""
    assert not to.exists()
