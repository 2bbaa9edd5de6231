"""A run's report is the same in every form, and its exit code goes with it."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .conftest import Run, corpus

FILE = """
- id: fee
  ask: What does Marine Biology cost for EU students?
  answer contains: "2,314"
  tags: [fees, en]
- id: deadline
  ask: When is the application deadline?
  answer contains: 2 May
  tags: [en]
- id: pool
  conversation:
    - {ask: hello, expect: {kind: smalltalk}}
    - {ask: Is there a swimming pool?, expect: {kind: answer}}
  xfail: the page is silent & "dry" <here>
"""


@pytest.fixture
def places(here: Path) -> tuple[str, ...]:
    (here / "some.qa.yaml").write_text(FILE, encoding="utf-8")
    return "--corpus", str(corpus(here / "pages")), "some.qa.yaml"


def test_a_failure_shows_the_dialogue(
    places: tuple[str, ...], command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """File, line, question, reply with its quotes, expected and got."""
    assert command("test", *places, "--min-pass", "67") == 1
    said = capsys.readouterr().out
    assert said.startswith("FAIL  some.qa.yaml:6  deadline\n  you      When is the application deadline?\n")
    assert "marine-biology, How to apply" in said
    assert "  expected contains: '2 May'\n" in said
    assert "1 passed, 1 failed, 1 failed as expected: 66.7 % of 3 conversations; 2 of 4 turns right" in said
    assert "expected failure: some.qa.yaml:10 pool: the page is silent" in said


def test_reports_for_programs_agree(
    places: tuple[str, ...], command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """JSON, JUnit and Markdown count alike."""
    assert command("test", *places, "--json", "--junit", "j.xml", "--markdown", "m.md") == 1
    data = json.loads(capsys.readouterr().out)
    assert {c["id"]: c["status"] for c in data["cases"]} == {
        "fee": "passed",
        "deadline": "failed",
        "pool": "xfailed",
    }
    assert set(data["metrics"]) == {"tag", "topic", "language", "kind"}
    assert data["metrics"]["tag"]["fees"] == {
        "turns": 1, "right": 1, "false_answers": 0, "false_silences": 0, "wrong_pages": 0, "crashes": 0,
    }  # fmt: skip
    suite = ElementTree.parse("j.xml").getroot()[0]
    assert tuple(suite.get(n) for n in ("tests", "failures", "errors", "skipped")) == ("3", "1", "0", "1")
    assert suite[2][0].get("message") == 'the page is silent & "dry" <here>'
    assert "### `deadline`" in Path("m.md").read_text(encoding="utf-8")


def test_only_what_failed_runs_again(
    places: tuple[str, ...], command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Failures are remembered by id, until they pass; a run of other cases leaves them."""
    assert command("test", *places, "-q") == 1
    assert command("test", *places, "-q", "--id", "fee") == 0
    capsys.readouterr()
    assert command("test", *places, "--failed", "--list") == 0
    assert capsys.readouterr().out == "some.qa.yaml:6\tdeadline\ten\n"
    text = Path("some.qa.yaml").read_text(encoding="utf-8").replace("2 May", "1 April")
    Path("some.qa.yaml").write_text("- ask: new\n" + text, encoding="utf-8")
    assert command("test", *places, "--failed") == 0
    assert command("test", *places, "--failed") == 5


def test_cases_are_selected(
    places: tuple[str, ...], command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """By tag, without a tag, by id; nothing selected has its own exit code; a gate can ask for half."""
    assert command("test", *places, "--min-pass", "50", "--tag", "en") == 0
    assert command("test", *places, "--tag", "en", "--tag", "!en") == 5
    assert command("test", *places, "--id", "nobody") == 5
    assert "no case selected" in capsys.readouterr().err


def test_a_later_run_is_held_against_an_earlier(
    places: tuple[str, ...], command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fixed, broken, unchanged, by id."""
    command("test", *places, "--json")
    Path("base.json").write_text(capsys.readouterr().out, encoding="utf-8")
    text = FILE.replace("2 May", "1 April").replace('"2,314"', '"2,999"')
    Path("some.qa.yaml").write_text(text, encoding="utf-8")
    assert command("test", *places, "-q", "--baseline", "base.json") == 1
    said = capsys.readouterr().out
    for line in (
        "broken since the baseline: 1\n  fee\n",
        "fixed since the baseline: 1\n  deadline\n",
        "unchanged since the baseline: 1\n",
    ):
        assert line in said
    assert command("test", *places, "--baseline", "some.qa.yaml") == 2


def test_bad_usage_has_a_code_of_its_own(
    places: tuple[str, ...], command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Missing files, broken files, the same case twice: 2."""
    assert command("test", "nowhere.qa.yaml") == 2
    assert command("test", "--url", "ftp://x", *places) == 2
    Path("twice.qa.yaml").write_text("- ask: a\n- ask: a\n", encoding="utf-8")
    assert command("test", "twice.qa.yaml") == 2
    assert "twice.qa.yaml:2: the same case as twice.qa.yaml:1" in capsys.readouterr().err


def test_the_schema_is_printed(command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """The schema is JSON on standard output."""
    assert command("test", "--schema") == 0
    assert json.loads(capsys.readouterr().out)["title"] == "Question file of programme-advisor"
