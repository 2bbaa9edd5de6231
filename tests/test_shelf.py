"""What loading works out is kept for the next start, and nothing depends on it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import Advisor, shelf
from advisor.pages import load as pages
from advisor.shelf import Shelf
from advisor.text import phrasebook

QUESTION = "What does it cost in Leiden?"


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a cache folder of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "programme-advisor"


@pytest.fixture
def corpus(tmp_path: Path, root: Path) -> Path:
    """Return a folder with one page that costs little to read."""
    page = tmp_path / "pages" / "town.md"
    page.parent.mkdir()
    page.write_text("---\ntitle: Chemistry\ninstitution: Town\n---\n\n## Fees\n\nThe tuition fee is € 100.\n")
    return page.parent


def ages(folder: Path) -> dict[str, int]:
    """Return when each shelf was written or last used."""
    return {path.name: path.stat().st_mtime_ns for path in folder.glob("*.kept")}


def test_a_second_start_reads_and_compiles_nothing(
    kept: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the shelves there, no page is parsed and no phrase compiled, and the reply is the same."""
    reply = Advisor.load(corpus).ask(QUESTION)
    assert len(ages(kept)) == 2

    def never(*_: object) -> None:
        raise AssertionError("worked out anew")

    monkeypatch.setattr(pages, "_document_in", never)
    monkeypatch.setattr(phrasebook, "compile_phrase", never)
    again = Advisor.load(corpus)
    assert again.ask(QUESTION) == reply
    assert again.start().ask(QUESTION) == reply


def test_an_explanation_is_the_same_from_the_shelf(kept: Path, corpus: Path) -> None:
    """What is not kept for every start, such as how often a term occurs, is counted when it is asked for."""
    del kept
    told = []
    for _ in range(2):
        chat = Advisor.load(corpus).start()
        chat.ask("What is the tuition fee?")
        told.append(chat.explain())
    assert told[0] == told[1]
    assert told[0] is not None
    assert any(passage.terms for part in told[0].parts for passage in part.passages)


@pytest.mark.parametrize(
    "damage",
    [
        lambda raw: b"",
        lambda raw: raw[: len(raw) // 2],
        lambda raw: raw[:-1] + bytes([raw[-1] ^ 1]),
        lambda raw: b"something else altogether",
    ],
    ids=["empty", "half", "one bit", "foreign"],
)
def test_a_damaged_shelf_is_made_anew(kept: Path, corpus: Path, damage: Callable[[bytes], bytes]) -> None:
    """A file that is not what was written is ignored and replaced."""
    reply = Advisor.load(corpus).ask(QUESTION)
    damaged = {path: damage(path.read_bytes()) for path in kept.glob("*.kept")}
    for path, raw in damaged.items():
        path.write_bytes(raw)
    assert Advisor.load(corpus).ask(QUESTION) == reply
    assert {path for path in damaged if path.read_bytes() != damaged[path]} == set(kept.glob("*.kept"))


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_a_shelf_of_somebody_else_is_ignored(
    kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Only the user's own files are believed."""
    del kept
    own = Shelf([b"content"])
    own.part("fact", lambda: 1)
    own.save()
    assert Shelf([b"content"]).part("fact", lambda: 2) == 1
    monkeypatch.setattr(os, "getuid", lambda: tmp_path.stat().st_uid + 1)
    assert Shelf([b"content"]).part("fact", lambda: 2) == 2


def test_a_changed_page_is_read_anew(kept: Path, corpus: Path) -> None:
    """The next start answers from the new text."""
    del kept
    assert "100" in Advisor.load(corpus).ask("What is the tuition fee?").text
    page = corpus / "town.md"
    page.write_text(page.read_text(encoding="utf-8").replace("100", "250"), encoding="utf-8")
    assert "250" in Advisor.load(corpus).ask("What is the tuition fee?").text


def test_changed_intents_and_changed_code_are_read_anew(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content under other code has another shelf; so has other content under the same code."""
    del kept
    first = Shelf([b"content"])
    first.part("fact", lambda: 1)
    first.save()
    assert not Shelf([b"other content"]).is_known
    assert not Shelf([b"con", b"tent"]).is_known
    assert Shelf([b"content"]).is_known
    monkeypatch.setattr(shelf, "_code", lambda: b"other code")
    assert not Shelf([b"content"]).is_known


def test_a_broken_page_is_told_of_at_every_start(kept: Path, corpus: Path) -> None:
    """What is wrong with a page is not forgotten over what is kept of the others."""
    del kept
    (corpus / "broken.md").write_bytes(b"\xff\xfe\xfa caf\xe9")
    (corpus / "broken.txt").write_bytes(b"\0\0\0")
    for _ in range(2):
        problems: list[object] = []
        Advisor.load(corpus, keep_going=True, problems=problems)  # type: ignore[arg-type]
        assert problems


def test_a_folder_that_cannot_be_written_only_costs_time(
    tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file where the folder should be is no error."""
    (tmp_path / "cache").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert "100" in Advisor.load(corpus).ask("What is the tuition fee?").text
    monkeypatch.setattr(Path, "expanduser", lambda self: self)
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.chdir(tmp_path)
    assert "100" in Advisor.load(corpus).ask("What is the tuition fee?").text


def test_the_shelves_longest_out_of_use_go(kept: Path) -> None:
    """The folder does not grow without end, and what is still used stays."""
    for number in range(shelf.MOST_KEPT + 3):
        one = Shelf([b"%d" % number])
        one.part("fact", list)
        one.save()
        os.utime(max(kept.glob("*.kept"), key=lambda p: p.stat().st_mtime_ns), (number, number))
        if number == shelf.MOST_KEPT - 1:
            assert Shelf([b"0"]).is_known
    assert len(ages(kept)) == shelf.MOST_KEPT
    assert Shelf([b"0"]).is_known
    assert not Shelf([b"1"]).is_known
    assert not list(kept.glob("*.part"))


def test_what_is_no_plain_data_is_not_kept(kept: Path) -> None:
    """A part that cannot be written as data is used, and made again at the next start."""
    own = Shelf([b"content"])
    assert own.part("thing", lambda: kept) is kept
    own.save()
    assert not Shelf([b"content"]).is_known


def test_nothing_asked_is_kept(kept: Path, corpus: Path) -> None:
    """No word of a question reaches the folder."""
    chat = Advisor.load(corpus).start()
    chat.ask("My name is Quetzalcoatlus and I wonder about the tuition fee")
    Advisor.load(corpus)
    assert not any(b"uetzalcoat" in path.read_bytes().lower() for path in kept.glob("*"))


def test_a_single_answer_leaves_the_heavy_libraries_alone(kept: Path, corpus: Path) -> None:
    """From the shelf, one answer needs no reader of pages, no numpy and no YAML."""
    program = (
        "import sys\nfrom advisor.channels.cli import main\n"
        f"main(['ask', '--corpus', {str(corpus)!r}, 'What is the tuition fee?'])\n"
        "print(sorted({'numpy', 'rank_bm25', 'yaml', 'markdown_it', 'rapidfuzz'} & set(sys.modules)))"
    )
    environment = {**os.environ, "XDG_CACHE_HOME": str(kept.parent)}
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
        )
    assert "100" in done.stdout
    assert done.stdout.splitlines()[-1] == "[]"


def test_many_pages_in_memory_are_pointed_to_an_index(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Once, when they are read; not when they come from the shelf, nor for a few."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr("advisor.advisor.MOST_IN_MEMORY", 100)
    Advisor.load(root / "corpus")
    Advisor.load(root / "corpus")
    assert [r.getMessage().partition(";")[2] for r in caplog.records] == [
        " `advisor index build FOLDER` makes an index that opens at once"
    ]
    monkeypatch.undo()
