"""What the README shows is what happens."""

import re
from pathlib import Path

import pytest

from advisor import Advisor, Reply
from advisor.channels import cli
from tests.properties.wordings import figures, marks

README = Path(__file__).parents[1] / "README.md"
TEXT = README.read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks of one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)


def turns(block: str) -> list[tuple[str, str, list[str]]]:
    """Return (question, reply, source lines) of a conversation."""
    found = []
    for turn in re.split(r"^> ", block, flags=re.MULTILINE)[1:]:
        question, *lines = turn.rstrip().splitlines()
        reply = " ".join(line for line in lines if not line.startswith("  "))
        found.append((question, reply, [line.strip() for line in lines if line.startswith("  ")]))
    return found


def source(reply: Reply, number: int) -> set[str]:
    """Return what a source line must name."""
    citation = reply.citations[number - 1]
    last = (citation.section or "").split(" > ")[-1]
    return {part for part in (citation.title, citation.institution, last) if part}


def test_the_conversation_is_real(advisor: Advisor) -> None:
    """Each reply shown has the figures, the marks and the sources of the real one."""
    (conversation,) = blocks("text")
    shown = turns(conversation)
    assert len(shown) >= 4
    chat = advisor.start()
    for question, text, sources in shown:
        reply = chat.ask(question)
        assert figures(text) == figures(reply.text), question
        assert marks(text) == marks(reply.text), question
        assert len(sources) == len(reply.citations), question
        for number, line in enumerate(sources, 1):
            assert line.startswith(f"[{number}] ")
            assert all(part in line for part in source(reply, number)), line


def test_the_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python block runs from an empty folder."""
    monkeypatch.chdir(tmp_path)
    shown = blocks("python")
    assert shown
    for block in shown:
        exec(compile(block, str(README), "exec"), {})


def test_the_page_shown_is_a_page(tmp_path: Path) -> None:
    """The example of a page loads and is answered from."""
    (page,) = blocks("markdown")
    (tmp_path / "puppetry.md").write_text(page, encoding="utf-8")
    reply = Advisor.load(tmp_path).ask("What does Marlen cost?")
    assert reply.kind == "answer"
    assert "2,601" in reply.text


def test_every_command_is_documented() -> None:
    """The README names each subcommand, and none that does not exist."""
    named = set(re.findall(r"`advisor (\w+)[^`]*`|^\$ advisor (\w+)", TEXT, re.MULTILINE))
    assert {a or b for a, b in named} == set(cli.COMMANDS)


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_command_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    """`--help` of each command tells its options and takes what all commands take."""
    with pytest.raises(SystemExit) as ended:
        cli.main([name, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert "--corpus" in told
    assert "--intents" in told


def test_every_link_leads_somewhere(root: Path) -> None:
    """Relative links of the guides point at files that exist."""
    for guide in (README, root / "ARCHITECTURE.md", root / "CHANGELOG.md"):
        for target in re.findall(r"\]\(([^)#]+)\)", guide.read_text(encoding="utf-8")):
            assert target.startswith("http") or (root / target).exists(), f"{guide.name}: {target}"


def test_ci_runs_the_command_of_the_readme(root: Path) -> None:
    """CI passes the check that the README names, and fails when anything was left out."""
    ci = (root / ".ci" / "run").read_text(encoding="utf-8")
    assert "python3 run.py check" in TEXT
    assert "python3 run.py check" in ci
    assert "CI=true" in ci
