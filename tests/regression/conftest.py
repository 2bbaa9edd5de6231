"""A small page, before and after its fee went up, and the adviser for each."""

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import Advisor
from advisor.channels.cli import main

PAGE = """---
title: MSc Marine Biology
institution: Oosterkust University
language: en
last_updated: 2021-03-01
---

# MSc Marine Biology

## About the programme

The programme takes two years and has 120 credits. All courses are taught in English.

## Tuition fees

| Students | Fee per year |
| --- | --- |
| EU/EEA | € 2,314 |
| Non-EU/EEA | € 18,400 |

## How to apply

The application deadline for September is 1 April. You need a bachelor's degree in biology.
"""
CHANGED = PAGE.replace("2,314", "2,450")

Run = Callable[..., int]


def corpus(folder: Path, text: str = PAGE) -> Path:
    """Write the page into a folder of its own; returns the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "marine-biology.md").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def marine(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    """Return the adviser for the page as it was."""
    return Advisor.load(corpus(tmp_path_factory.mktemp("marine")))


@pytest.fixture(scope="session")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    """Return the adviser for the page after its fee went up."""
    return Advisor.load(corpus(tmp_path_factory.mktemp("changed"), CHANGED))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder, with a memory of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("ADVISOR_STATE", str(tmp_path / ".state"))
    return tmp_path


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a way to run the command with what is typed to it."""

    def run(*arguments: str, typed: str = "") -> int:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed.encode()), encoding="utf-8"))
        try:
            return main(arguments)
        except SystemExit as end:
            return int(end.code or 0)

    return run
