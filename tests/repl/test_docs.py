"""The page about the chat names every command, option and setting that there is, and no other."""

import argparse
import re
from dataclasses import fields
from pathlib import Path

import pytest

from advisor.channels.repl.settings import Settings, arguments
from advisor.channels.repl.strings import command_names


@pytest.fixture
def page(root: Path) -> str:
    """Return the page about the chat."""
    return (root / "docs" / "chat.md").read_text("utf-8")


def test_commands(page: str) -> None:
    """The table of commands is the list of the help, in its order, with both names."""
    rows = re.findall(r"(?m)^\| `(/\w+)[^`]*` \| `(/\w+)` \|", page)
    assert rows == [(c.shown("en"), c.shown("nl")) for c in command_names()]


def test_settings(page: str) -> None:
    """Each setting of the file is in the table, and each option of the table is one."""
    assert set(re.findall(r"\| `(\w+): ", page)) == {f.name for f in fields(Settings)}
    parser = argparse.ArgumentParser()
    arguments(parser)
    known = {name for action in parser._actions for name in action.option_strings}
    assert set(re.findall(r"(?m)^\| `(--[\w-]+)", page)) - known == {"--lang"}


def test_picture(root: Path) -> None:
    """The picture that the page shows is there, and shows a figure of a page with its mark."""
    picture = (root / "docs" / "chat.svg").read_text("utf-8")
    assert "€2,601" in picture
