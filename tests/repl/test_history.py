"""The history is private, bounded, without doubles, and can be forgotten."""

import json
from pathlib import Path

import pytest

from advisor.channels.personal import is_personal
from advisor.channels.repl.history import MOST_LINES, PrivateHistory


def loaded(path: Path) -> PrivateHistory:
    """Return a history as a new chat would load it."""
    history = PrivateHistory(path)
    history._loaded_strings = list(history.load_history_strings())
    history._loaded = True
    return history


def test_only_the_owner_may_read_it(tmp_path: Path) -> None:
    """The file has mode 0600, its folder 0700, also where the file was open before."""
    path = tmp_path / "own" / "history"
    loaded(path).append_string("hello")
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    path.chmod(0o644)
    loaded(path).append_string("again")
    assert path.stat().st_mode & 0o777 == 0o600


def test_several_lines_are_one_entry(tmp_path: Path) -> None:
    """What was typed on several lines comes back as one entry."""
    path = tmp_path / "history"
    loaded(path).append_string("a\nb")
    assert loaded(path).get_strings() == ["a\nb"]


def test_no_doubles(tmp_path: Path) -> None:
    """A line typed again is kept once, as the newest."""
    path = tmp_path / "history"
    for text in ("one", "two", "one"):
        loaded(path).append_string(text)
    assert loaded(path).get_strings() == ["two", "one"]
    assert len(path.read_text("utf-8").splitlines()) == 2


def test_what_is_not_worth_keeping(tmp_path: Path) -> None:
    """Empty lines, numbers that picked something and endless lines are not kept."""
    path = tmp_path / "history"
    history = loaded(path)
    for text in ("", "  ", "2", "x" * 3000, "word"):
        history.append_string(text)
    assert loaded(path).get_strings() == ["word"]


def test_it_is_capped(tmp_path: Path) -> None:
    """The oldest lines go when there are too many."""
    path = tmp_path / "history"
    path.write_text("".join(json.dumps(str(n)) + "\n" for n in range(MOST_LINES + 5)), "utf-8")
    history = loaded(path)
    assert len(history.get_strings()) == MOST_LINES
    assert json.loads(path.read_text("utf-8").splitlines()[0]) == "5"


def test_broken_lines_are_left_out(tmp_path: Path) -> None:
    """Lines of the file that nobody wrote are no entries, and nothing raises."""
    path = tmp_path / "history"
    path.write_bytes(b'"good"\n\xff\xfe\n{"a": 1}\nhalf "\n"mail a@b.nl"\n')
    assert loaded(path).get_strings() == ["good"]


def test_clear(tmp_path: Path) -> None:
    """Clearing empties memory and file."""
    path = tmp_path / "history"
    history = loaded(path)
    history.append_string("hello")
    history.clear()
    assert history.get_strings() == []
    assert path.read_text("utf-8") == ""


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """Where nothing can be kept the lines of this chat still are, and the reason is told."""
    (tmp_path / "file").write_text("", "utf-8")
    history = loaded(tmp_path / "file" / "history")
    history.append_string("hello")
    assert history.get_strings() == ["hello"]
    assert history.problem == "Not a directory"


@pytest.mark.parametrize(
    "text",
    [
        "I am jan.jansen@student.kuleuven.be", "call 0612345678", "bel +31 6 1234 5678",
        "tel. 0032 471 23 45 67",
        "my number is s1234567", "r0123456", "student number 20231234", "016/32 10 10 or 071-527 2727",
    ],
)  # fmt: skip
def test_personal(text: str) -> None:
    """E-mail addresses, phone numbers and student numbers are seen."""
    assert is_personal(text)


@pytest.mark.parametrize(
    "text",
    [
        "What does it cost in 2025?", "€ 2.601 or €2,530", "1 February 2026", "120 EC in 2 years",
        "2025-2026",
        "is 01-02-2026 the deadline?", "the 2024 survey says 4.1 / 5", "costs 20000 euro",
    ],
)  # fmt: skip
def test_not_personal(text: str) -> None:
    """Years, dates, amounts and credits are not."""
    assert not is_personal(text)
