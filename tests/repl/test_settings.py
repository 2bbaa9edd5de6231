"""Settings come from a file, options go before it, and mistakes are named with their line."""

import argparse
from pathlib import Path

import pytest

from advisor.channels.repl.settings import Settings, arguments, settings
from advisor.channels.repl.terminal import detect
from advisor.errors import ContentError


def chosen(place: Path, *given: str) -> Settings:
    """Return the settings that a file and options make."""
    parser = argparse.ArgumentParser()
    arguments(parser)
    return settings(parser.parse_args(given), {"ADVISOR_SETTINGS": str(place)})


def test_without_a_file(tmp_path: Path) -> None:
    """Without a file and options the built-in settings hold."""
    assert chosen(tmp_path / "none.yaml") == Settings()


def test_options_go_before_the_file(tmp_path: Path) -> None:
    """What an option says beats what the file says; the rest of the file holds."""
    place = tmp_path / "chat.yaml"
    place.write_text("keys: vi\ntoolbar: false\nhistory: mine\n", "utf-8")
    assert chosen(place, "--keys", "emacs") == Settings("emacs", toolbar=False, history=tmp_path / "mine")
    assert chosen(place, "--no-history").history_path is None
    assert chosen(place, "--history", "other").history_path == Path("other")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("keys: vi\ncolour: never\n", "chat.yaml:2: unknown setting 'colour'; known are keys, color"),
        ("suggest: maybe\n", "chat.yaml:1: suggest takes true, false, not 'maybe'"),
        ("\nkeys: nano\n", "chat.yaml:2: keys takes emacs, vi, not 'nano'"),
        ("history: 3\n", "chat.yaml:1: history takes a path, true or false, not 3"),
        ("keys: [\n", "chat.yaml:2: "),
        ("just words\n", "chat.yaml:1: must be lines"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, problem: str) -> None:
    """A mistake in the file is told with its line and what is allowed."""
    place = tmp_path / "chat.yaml"
    place.write_text(text, "utf-8")
    with pytest.raises(ContentError) as caught:
        chosen(place)
    assert problem in str(caught.value)


def test_colour() -> None:
    """NO_COLOR turns colour off, --color=always turns it on again, --plain off for good."""
    assert detect("auto", False, "utf-8", {}).color
    assert not detect("auto", False, "utf-8", {"NO_COLOR": "1"}).color
    assert detect("auto", False, "utf-8", {"NO_COLOR": ""}).color
    assert detect("always", False, "utf-8", {"NO_COLOR": "1"}).color
    assert not detect("never", False, "utf-8", {}).color
    assert not detect("always", True, "utf-8", {}).color


def test_signs_fit_the_encoding() -> None:
    """Where the encoding lacks the signs of drawing, ASCII takes their place."""
    assert detect("auto", False, "utf-8", {}).glyphs.rule == "─"
    assert detect("auto", False, "cp1252", {}).glyphs.rule == "-"
    assert detect("auto", False, None, {}).glyphs.prompt == ">"


def test_links() -> None:
    """Links are written for terminals known to show them, and where the user forces them."""
    assert not detect("auto", False, "utf-8", {"TERM": "xterm"}).links
    assert detect("auto", False, "utf-8", {"VTE_VERSION": "7200"}).links
    assert not detect("auto", False, "utf-8", {"VTE_VERSION": "4999"}).links
    assert detect("auto", False, "utf-8", {"FORCE_HYPERLINK": "1"}).links
    assert not detect("auto", False, "utf-8", {"FORCE_HYPERLINK": "0", "WT_SESSION": "x"}).links
