"""Under pytest, question files are tests without any import by hand."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import corpus

FILE = """
- id: fee
  ask: What does Marine Biology cost for EU students?
  answer contains: "2,314"
  tags: [fees, two words]
- id: wrong
  ask: What does Marine Biology cost for EU students?
  answer contains: "9,999"
  tags: [fees]
- id: known
  ask: Is there a swimming pool?
  kind: answer
  xfail: the page is silent
- id: mended
  ask: Is there a swimming pool?
  kind: no_answer
  xfail: mended long ago
"""


def run(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run pytest with nothing but its workers and this plugin, both by name."""
    plugins = ["-p", "xdist.plugin", "-p", "advisor_pytest"]
    return _pytest(folder, {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}, *plugins, *arguments)


def _pytest(folder: Path, settings: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    call = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-rA", *arguments]
    surroundings = {**os.environ, **settings}
    return subprocess.run(
        call, cwd=folder, env=surroundings, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus(tmp_path / "pages")
    (tmp_path / "some.qa.yaml").write_text(FILE, encoding="utf-8")
    (tmp_path / "pytest.ini").write_text(
        "[pytest]\naddopts = --strict-markers\nadvisor_corpus = pages\n", encoding="utf-8"
    )
    return tmp_path


@pytest.mark.slow
def test_cases_are_tests(folder: Path) -> None:
    """Found by name, failing with the dialogue at its line, expected failures strict; with workers too."""
    found = run(folder, "-n", "2")
    assert found.returncode == 1
    assert "2 failed, 1 passed, 1 xfailed" in found.stdout
    assert "FAIL  some.qa.yaml:6  wrong" in found.stdout.replace(str(folder) + "/", "")
    assert "expected contains: '9,999'" in found.stdout
    assert "Traceback" not in found.stdout
    assert "[XPASS(strict)] mended long ago" in found.stdout


@pytest.mark.slow
def test_tags_are_marks(folder: Path) -> None:
    """Selected by -m and -k, even where marks must be known."""
    found = run(folder, "-m", "two_words", "-k", "fee")
    assert found.returncode == 0, found.stdout
    assert "1 passed, 3 deselected" in found.stdout


@pytest.mark.slow
def test_a_broken_file_is_an_error_with_its_line(folder: Path) -> None:
    """Collection says where; files that the setting leaves out are not looked at."""
    (folder / "broken.qa.yaml").write_text("- ask: a\n  expcet: {}\n", encoding="utf-8")
    found = _pytest(folder, {}, "--co")  # As anyone would: the plugin is found by itself.
    assert found.returncode == 2
    assert "broken.qa.yaml:2: unknown key 'expcet'" in found.stdout
    assert run(folder, "--co", "-o", "advisor_questions=some*").returncode == 0
