"""Cases run again on a change, several times, or only where git says that they changed."""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from advisor import AdvisorError, Reply
from advisor.channels.regression.cases import Case, Expectation, Turn
from advisor.channels.regression.play import play_all
from advisor.channels.regression.repeat import unsteady
from advisor.channels.regression.watch import watch

from .conftest import Run, corpus

QUESTIONS = """- ask: What does Marine Biology cost for EU students?
  answer contains: "2,315"
  tags: fees
- ask: Is there a swimming pool?
  kind: answer
- ask: When is the application deadline?
  kind: no_answer
"""


def test_github_shows_failures_at_their_lines(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """An annotation a failing case, on one line, at the turn that failed."""
    (here / "q.qa.yaml").write_text(QUESTIONS, encoding="utf-8")
    assert command("test", "--corpus", str(corpus(here / "pages")), "--github", "-q") == 1
    lines = [line for line in capsys.readouterr().out.splitlines() if line.startswith("::")]
    assert len(lines) == 3
    assert lines[0].startswith("::error file=q.qa.yaml,line=1,title=failed%3A q/what-does-marine")
    assert "%0A  expected contains: '2,315'%0A" in lines[0]


def test_metrics_tell_where_and_how_it_goes_wrong(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """False answers and false silences apart, by tag, topic, language and kind."""
    (here / "q.qa.yaml").write_text(QUESTIONS, encoding="utf-8")
    command("test", "--corpus", str(corpus(here / "pages")), "--metrics", "-q")
    rows = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["fees", "0/1"] in rows
    assert ["answer", "0/2", "1"] in rows
    assert ["no_answer", "0/1", "1"] in rows
    assert ["en", "0/3", "1", "1"] in rows


def test_a_report_that_cannot_be_written_is_bad_usage(here: Path, command: Run) -> None:
    """The place is named, and the exit code is not that of a failure."""
    (here / "q.qa.yaml").write_text("- ask: hello\n  kind: smalltalk\n", encoding="utf-8")
    assert command("test", "--junit", "no/such/report.xml") == 2
    assert command("test", "--junit", "report.xml") == 0


def _git(*arguments: str) -> None:
    who = ("-c", "user.name=editor", "-c", "user.email=editor@example.org")
    subprocess.run(["git", *who, *arguments], check=True, capture_output=True)


def test_only_changed_files_run(here: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that git has in the same words is left out; a changed one and a new one run."""
    pages = str(corpus(here / "pages"))
    for name in ("same", "other"):
        (here / f"{name}.qa.yaml").write_text(f"- ask: hello\n  kind: smalltalk\n  id: {name}\n", "utf-8")
    assert command("test", "--changed", "--corpus", pages) == 2
    _git("init", "-q")
    _git("add", "-A")
    _git("commit", "-qm", "all")
    assert command("test", "--changed", "--corpus", pages) == 5
    (here / "other.qa.yaml").write_text("- ask: hi\n  kind: smalltalk\n  id: other\n", "utf-8")
    (here / "new.qa.yaml").write_text("- ask: thanks\n  kind: smalltalk\n  id: new\n", "utf-8")
    capsys.readouterr()
    assert command("test", "--changed", "--list", "--corpus", pages) == 0
    assert [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()] == ["new", "other"]
    assert command("test", "--changed", "nowhere", "--corpus", pages) == 2


def test_only_changed_cases_of_a_file_run(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a changed file only the cases with changed lines run; a changed page runs all that name it."""
    corpus(here / "pages")
    asked = ["cases:", *(f"  - ask: hello {name}\n    id: {name}\n    kind: answer" for name in "abc")]
    (here / "q.qa.yaml").write_text("\n".join(["corpus: pages", *asked]) + "\n", "utf-8")
    _git("init", "-q")
    _git("add", "-A")
    _git("commit", "-qm", "all")
    text = (here / "q.qa.yaml").read_text("utf-8")
    (here / "q.qa.yaml").write_text(text.replace("hello b", "hello you"), "utf-8")
    capsys.readouterr()
    assert command("test", "--changed", "--list") == 0
    assert [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()] == ["b"]
    page = here / "pages" / "marine-biology.md"
    page.write_text(page.read_text("utf-8").replace("2,314", "2,450"), "utf-8")
    assert command("test", "--changed", "--list") == 0
    assert [line.split("\t")[1] for line in capsys.readouterr().out.splitlines()] == ["a", "b", "c"]


def test_a_revision_alone_is_the_folder_beside_it(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """`advisor diff HEAD pages` compares the pages with what they were, and asks the files nearby."""
    page = corpus(here / "pages") / "marine-biology.md"
    _git("init", "-q")
    _git("add", "-A")
    _git("commit", "-qm", "all")
    page.write_text(page.read_text("utf-8").replace("2,314", "2,450"), "utf-8")
    (here / "q.qa.yaml").write_text(QUESTIONS, "utf-8")
    (here / "elsewhere.qa.yaml").write_text(
        "corpus: others\ncases: [{ask: EU fee of Marine Biology?}]\n", "utf-8"
    )
    assert command("diff", "HEAD", "pages", "--exit-code") == 1
    said = capsys.readouterr().out
    assert "(q.qa.yaml:1)" in said
    assert "elsewhere" not in said
    assert command("diff", "nowhere", "pages") == 2


def test_every_round_must_agree(here: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """What always gets the same reply is steady; the adviser is."""
    (here / "q.qa.yaml").write_text(QUESTIONS, encoding="utf-8")
    args = ("test", "--corpus", str(corpus(here / "pages")), "-q", "--min-pass", "0", "--repeat", "3")
    assert command(*args) == 0
    assert "0 of 3 cases differ in 3 rounds" in capsys.readouterr().err


class _Moody:
    """An adviser whose third reply is another."""

    def __init__(self) -> None:
        self.asked = 0

    def talk(self, corpus: object = ()) -> "_Moody":
        del corpus
        return self

    def ask(self, text: str) -> Reply:
        self.asked += 1
        fields: dict[str, Any] = {"kind": "smalltalk", "text": text, "language": "en", "intent": None}
        return Reply.model_validate({**fields, "text": text + "!" * (self.asked == 3)})

    def why(self) -> tuple[str, ...]:
        return ()

    def held(self) -> None:
        return None


def test_a_moody_adviser_is_found_out() -> None:
    """The case whose reply changed between two rounds is named, and no other."""
    turns = [(Turn(text, Expectation(), 1),) for text in ("a", "b")]
    cases = [Case(t[0].ask, "f", 1, t) for t in turns]
    moody = _Moody()
    outcomes = play_all(cases, moody)
    assert [o.case.id for o in unsteady(outcomes, moody, 2)] == ["b"]


class _Slow(_Moody):
    """An adviser that never comes to an end with one question."""

    def ask(self, text: str) -> Reply:
        if text == "b":
            threading.Event().wait(30)
        return super().ask(text)


def test_a_case_that_takes_too_long_is_a_crash_and_the_rest_goes_on() -> None:
    """The case says how long was allowed; those before and behind it have their outcomes."""
    cases = [Case(text, "f", 1, (Turn(text, Expectation(), 1),)) for text in ("a", "b", "c")]
    outcomes = play_all(cases, _Slow(), seconds=0.5)
    assert [o.status for o in outcomes] == ["passed", "crashed", "passed"]
    assert "0.5 seconds" in outcomes[1].played[0].crash


def test_a_change_runs_the_cases_again(tmp_path: Path) -> None:
    """Broken files are told and waited out; what is hidden does not count; an interrupt ends it."""
    (tmp_path / "q.qa.yaml").write_text("1", "utf-8")
    ran: list[str] = []
    steps: list[Callable[[], object]] = [
        lambda: (tmp_path / ".hidden").write_text("x", "utf-8"),
        lambda: (tmp_path / "q.qa.yaml").write_text("two", "utf-8"),
        lambda: (tmp_path / "new.md").write_text("x", "utf-8"),
    ]

    def run() -> int:
        ran.append((tmp_path / "q.qa.yaml").read_text("utf-8"))
        if len(ran) == 1:
            raise AdvisorError("broken")
        return 0

    def wait() -> None:
        if not steps:
            raise KeyboardInterrupt
        steps.pop(0)()

    with pytest.raises(KeyboardInterrupt):
        watch(run, lambda: [tmp_path], wait)
    assert ran == ["1", "two", "two"]
