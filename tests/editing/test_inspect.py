"""What is wrong with pages and intents is found, with path and line."""

from datetime import date
from pathlib import Path

import pytest

from advisor.editing import Finding, inspect_content
from tests.editing.few_intents import _use_few_intents, few_intents  # noqa: F401

PAGE = """---
title: Puppetry
institution: Moor University
language: en
last_updated: {updated}
---

# Puppetry

You learn to make puppets and to play with them.

{body}
"""


def look(
    folder: Path, body: str, *, updated: str = "2024-05-01", older_than: float | None = None
) -> list[tuple[str, int | None, str]]:
    (folder / "puppetry.md").write_text(PAGE.format(body=body, updated=updated), encoding="utf-8")
    found = inspect_content([folder], older_than=older_than, today=date(2026, 11, 24))
    assert found.broken == ()
    return [(f.kind, f.line, f.message) for f in (*found.problems, *_undated(found.notes))]


def _undated(notes: tuple[Finding, ...]) -> list[Finding]:
    return [n for n in notes if n.kind == "undated"]


def test_a_page_in_order_has_no_problems(tmp_path: Path) -> None:
    """Sections with text, labelled and distinct facts give no finding."""
    body = "## Fees\n\nTuition fee: € 900\n\n### Other costs\n\n- Wood: € 40\n- Paint: € 30\n"
    assert look(tmp_path, body) == []


def test_empty_sections_are_found(tmp_path: Path) -> None:
    """A heading with nothing below is told, one with deeper headings is not."""
    found = look(tmp_path, "## Fees\n\n### EU\n\n€ 900 a year.\n\n## Dates\n\n## Contact\n\nWrite to us.\n")
    assert found == [("empty-section", 18, "nothing below the heading “Dates”")]


def test_rows_without_a_label_are_found(tmp_path: Path) -> None:
    """Values whose row has no head are told."""
    found = look(tmp_path, "| Year | EU | Other |\n| --- | --- | --- |\n| 1 | 900 | 950 |\n| | 910 | 960 |\n")
    assert [f[:2] for f in found] == [("no-label", 15)]


@pytest.mark.parametrize(
    ("body", "kind", "line"),
    [
        ("Length: 2 years\n\nCredits: 120\n\nLength: 3 years\n", "contradiction", 16),
        ("Length: 2 years\n\nCredits: 120\n\nLength: 2 years\n", "duplicate", 16),
        ("| Year | EU |\n| --- | --- |\n| First | 900 |\n| First | 950 |\n", "contradiction", 15),
        (
            "| Year | Course | EC |\n| --- | --- | --- |\n| 1 | Wood | 5 |\n| 1 | Wood | 6 |\n",
            "contradiction",
            15,
        ),
    ],
)
def test_values_that_clash_are_found(body: str, kind: str, line: int, tmp_path: Path) -> None:
    """Two values under one label are told, with the line of both."""
    found = look(tmp_path, body)
    assert [f[:2] for f in found] == [(kind, line)]
    assert "line 1" in found[0][2]


@pytest.mark.parametrize(
    "body",
    [
        "## EU\n\nFee: € 900\n\n## Other\n\nFee: € 950\n",
        "| Year | Course | EC |\n| --- | --- | --- |\n| 1 | Wood | 5 |\n| 1 | Paint | 6 |\n",
        "| 2025 | EU |\n| --- | --- |\n| First | 900 |\n\n| 2026 | EU |\n| --- | --- |\n| First | 950 |\n",
    ],
)
def test_values_under_other_qualifiers_do_not_clash(body: str, tmp_path: Path) -> None:
    """Another section, another row or another year is another fact."""
    assert look(tmp_path, body) == []


@pytest.mark.parametrize(
    ("updated", "older_than", "kinds"),
    [
        ("2024-05-01", None, []),
        ("2024-05-01", 2, ["old"]),
        ("1 May 2024", 3, []),
        ("Mar 2020", 5, ["old"]),
        ("2020", 5, ["old"]),
        ("null", 5, ["undated"]),
    ],
)
def test_ages_are_looked_at_on_demand(
    updated: str, older_than: float | None, kinds: list[str], tmp_path: Path
) -> None:
    """A date older than asked for is told, counted from the day given; without a date that is told."""
    found = look(tmp_path, "Text.", updated=updated, older_than=older_than)
    assert [(kind, line) for kind, line, _ in found] == [(kind, 5) for kind in kinds]


def test_an_older_edition_may_be_old(tmp_path: Path) -> None:
    """A page that another one supersedes is not told to be old."""
    (tmp_path / "old.md").write_text("---\ntitle: A\nlanguage: en\nlast_updated: 2020\n---\n\nText.\n")
    newer = "---\ntitle: A\nlanguage: en\nlast_updated: 2026\nsupersedes: old\n---\n\nText.\n"
    (tmp_path / "new.md").write_text(newer)
    assert inspect_content([tmp_path], older_than=1, today=date(2026, 11, 24)).problems == ()


def test_unknown_languages_and_broken_references_are_found(tmp_path: Path) -> None:
    """A language without words and a page that supersedes a missing one are told at their keys."""
    (tmp_path / "a.md").write_text("---\ntitle: A\nlanguage: fi\nsupersedes: b\n---\n\nTeksti.\n")
    found = inspect_content([tmp_path]).problems
    assert [(f.kind, f.line) for f in found] == [("unknown-language", 3), ("broken-reference", 4)]
    assert found[0].path == str(tmp_path / "a.md")


def test_topics_that_no_page_answers_are_notes(tmp_path: Path) -> None:
    """A topic is noted at its file when no page answers it, and not when one does."""
    look(tmp_path, "## Fees\n\nTuition fee: € 900 a year\n")
    notes = inspect_content([tmp_path]).notes
    open_topics = {Path(n.path).stem for n in notes if n.kind == "unanswered-topic"}
    assert "visa" in open_topics
    assert "fees" not in open_topics


def test_broken_pages_and_intents_are_named_together(tmp_path: Path) -> None:
    """Broken content is told at once, pages and intents, and stops the search."""
    (tmp_path / "a.md").write_text("---\ntitle: A\nfee: 900\n---\n\nText.\n")
    (tmp_path / "b.md").write_text("---\ntitle: B\nlanguage: fi\n---\n\nText.\n")
    (tmp_path / "intents" / "topics").mkdir(parents=True)
    (tmp_path / "intents" / "topics" / "fees.yaml").write_text("name: 5\n")
    found = inspect_content([tmp_path / "a.md", tmp_path / "b.md"], tmp_path / "intents")
    assert {Path(p.path).name for p in found.broken} == {"a.md", "fees.yaml"}
    assert all(p.line for p in found.broken)
    assert found.findings == ()


def test_keeping_going_looks_at_the_pages_that_can_be_read(tmp_path: Path) -> None:
    """With `keep_going` a broken page does not hide the problems of another."""
    (tmp_path / "a.md").write_text("---\ntitle: A\nfee: 900\n---\n\nText.\n")
    (tmp_path / "b.md").write_text("---\ntitle: B\nlanguage: fi\n---\n\nText.\n")
    found = inspect_content([tmp_path], keep_going=True)
    assert [Path(p.path).name for p in found.broken] == ["a.md"]
    assert found.documents == ("b",)
    assert [f.kind for f in found.problems] == ["unknown-language"]
