"""`advisor check` lists what editors should look at."""

import json
from pathlib import Path

import pytest

from advisor.channels.cli import main
from tests.editing.few_intents import _use_few_intents, few_intents  # noqa: F401

GOOD = "---\ntitle: Puppetry\nlanguage: en\nlast_updated: Mar 2020\n---\n\n# Puppetry\n\nYou make puppets.\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "puppetry.md").write_text(GOOD)
    return tmp_path


def test_a_corpus_in_order_is_fine(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Without problems nothing is printed but the counts, and the exit code is 0."""
    assert main(["check", "--corpus", str(corpus)]) == 0
    told = capsys.readouterr()
    assert told.out == ""
    assert "1 page(s): 0 broken, 0 problem(s)" in told.err


def test_problems_are_told_with_path_and_line(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each problem is one line with path, line and kind, and the exit code is 1."""
    (corpus / "puppetry.md").write_text(GOOD + "\n## Fees\n")
    assert main(["check", "--corpus", str(corpus)]) == 1
    told = capsys.readouterr().out
    assert told == f"{corpus / 'puppetry.md'}:11: nothing below the heading “Fees” [empty-section]\n"
    assert main(["check", "--corpus", str(corpus), "--ignore", "empty-section"]) == 0


def test_ages_count_from_the_day_given(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--older-than counts back from --today, to the day."""
    arguments = ["check", "--corpus", str(corpus), "--older-than", "2", "--today"]
    assert main([*arguments, "2021-12-31"]) == 0
    assert main([*arguments, "2022-12-31"]) == 1
    assert "last updated Mar 2020, more than 2 year(s) before 2022-12-31 [old]" in capsys.readouterr().out


@pytest.mark.parametrize(
    "option", [["--today", "tomorrow"], ["--older-than", "-1"], ["--ignore", "nonsense"]]
)
def test_bad_options_are_bad_usage(option: list[str], corpus: Path) -> None:
    """An option that makes no sense ends with the exit code 2."""
    with pytest.raises(SystemExit) as caught:
        main(["check", "--corpus", str(corpus), *option])
    assert caught.value.code == 2


def test_notes_are_counted_listed_or_strict(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Topics that no page answers are counted, listed with --notes, and fail with --strict."""
    main(["check", "--corpus", str(corpus)])
    assert "note(s) of the kind unanswered-topic" in capsys.readouterr().err
    assert main(["check", "--corpus", str(corpus), "--notes"]) == 0
    assert "visa.yaml:1: no page answers the topic 'visa'" in capsys.readouterr().out
    assert main(["check", "--corpus", str(corpus), "--strict"]) == 1


def test_json_holds_everything(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """--json prints one object with pages, broken content, problems and notes."""
    (corpus / "broken.md").write_text("---\ntitle: A\nfee: 900\n---\n\nText.\n")
    assert main(["check", "--corpus", str(corpus), "--json", "--keep-going"]) == 2
    data = json.loads(capsys.readouterr().out)
    assert data["documents"] == ["puppetry"]
    assert [(Path(p["path"]).name, p["line"]) for p in data["broken"]] == [("broken.md", 3)]
    assert data["problems"] == []
    assert {n["kind"] for n in data["notes"]} == {"unanswered-topic"}


def test_broken_content_hides_the_rest_unless_told_to_go_on(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken page ends with the exit code 2; --keep-going looks at the others too."""
    (corpus / "puppetry.md").write_text(GOOD + "\n## Fees\n")
    (corpus / "broken.md").write_text("---\ntitle: A\nfee: 900\n---\n\nText.\n")
    assert main(["check", "--corpus", str(corpus)]) == 2
    assert "empty-section" not in capsys.readouterr().out
    assert main(["check", "--corpus", str(corpus), "--keep-going"]) == 2
    told = capsys.readouterr().out
    assert "broken.md:3: front matter: fee" in told
    assert "[empty-section]" in told
