"""A large corpus is read from an index that is made without being asked for."""

import json
from pathlib import Path

import pytest

from advisor.channels import cli
from advisor.editing import cached_index, index_state
from benchmarks.catalogue import write_catalogue

QUESTION = "What does it cost?"


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder of pages, with a cache of its own and a limit that the pages are over."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("ADVISOR_INDEX", raising=False)
    monkeypatch.setattr(cli, "MANY_BYTES", 1000)
    folder = tmp_path / "pages"
    folder.mkdir()
    write_catalogue(folder, 12)
    return folder


def asked(pages: Path, capsys: pytest.CaptureFixture[str], *more: str) -> dict[str, object]:
    """Return the reply of the command, as JSON."""
    assert cli.main(["ask", "--json", "--corpus", str(pages), *more, QUESTION]) == 0
    reply: dict[str, object] = json.loads(capsys.readouterr().out)
    return reply


def test_the_replies_are_those_of_memory(pages: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An index appears in the cache, and says the same as the pages read into memory."""
    by_itself = asked(pages, capsys)
    assert list(pages.parent.glob("cache/*/indexes/*/manifest.json"))
    assert by_itself == asked(pages, capsys, "--index", "memory")


def test_a_changed_page_is_read_anew(pages: Path) -> None:
    """At the next start the index is brought up to date, page by page."""
    index = cached_index([pages])
    assert index is not None
    next(iter(sorted(pages.glob("*.md")))).unlink()
    assert cached_index([pages]) == index
    state = index_state(index)
    assert state.manifest.pages == 11
    assert (state.added, state.changed, state.removed) == ((), (), ())


def test_few_pages_stay_in_memory(
    pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Under the limit, or told to, no index is made."""
    asked(pages, capsys, "--index", "memory")
    monkeypatch.setattr(cli, "MANY_BYTES", 10_000_000)
    asked(pages, capsys)
    assert not list(pages.parent.glob("cache/*/indexes/*"))


def test_without_the_library_pages_are_read_into_memory(
    pages: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What makes an index may be missing, or its folder not be writable: the answer comes all the same."""
    (pages.parent / "cache").write_text("no folder")
    assert cached_index([pages]) is None
    assert asked(pages, capsys)["kind"] in {"clarify", "answer"}
