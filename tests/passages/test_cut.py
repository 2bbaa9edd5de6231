"""A document is cut into passages that know their place and what they are about."""

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import Advisor
from advisor.pages.load import load_documents
from advisor.pages.recognise import Recogniser
from advisor.records.passage import Passage

PAGE = """---
title: Puppetry
institution: Hogeschool Marlen
language: en
---

# Puppetry

## Tuition fees

| Students | Fee per year |
| --- | --- |
| EU | € 2.601 |
| Other | € 9.333 |

## Specialisations

The programme has two specialisations, Carving and Stage Light.

### Carving

Students carve a marionette in 12 weeks. They also paint it.

### Stage Light

There is a light studio.

- one lamp a student
- all cables
"""

Cut = Callable[[str], tuple[Passage, ...]]


@pytest.fixture(scope="module")
def cut(advisor: Advisor, recogniser: Recogniser, tmp_path_factory: pytest.TempPathFactory) -> Cut:
    """Return what cuts a page with the words of the shipped content."""

    def passages(page: str) -> tuple[Passage, ...]:
        folder = tmp_path_factory.mktemp("page")
        Path(folder / "page.md").write_text(page, encoding="utf-8")
        made = Advisor(load_documents([folder], recogniser), advisor.content)
        text = made.documents[0].text
        found = tuple(made.store.passages)
        assert all(text[p.start : p.end] == p.text for p in found)
        return found

    return passages


@pytest.fixture(scope="module")
def passages(cut: Cut) -> tuple[Passage, ...]:
    """Return the passages of the page above."""
    return cut(PAGE)


def one(passages: tuple[Passage, ...], words: str) -> Passage:
    """Return the passage that holds some words."""
    (found,) = [p for p in passages if words in p.text]
    return found


def test_a_row_is_a_fact_with_columns_and_values(passages: tuple[Passage, ...]) -> None:
    """A table's row knows its head, the heads of its columns, and its values."""
    row = one(passages, "9.333")
    assert (row.kind, row.label, row.section) == ("fact", "Other", "Tuition fees")
    assert [c.column for c in row.cells] == ["Fee per year"]
    assert [(v.kind, v.amount) for v in row.values] == [("money", 9333.0)]
    assert "tuition-fee" in row.near | row.own


def test_sentences_and_items_are_passages(passages: tuple[Passage, ...]) -> None:
    """Prose is cut into sentences, a list into items."""
    assert one(passages, "carve a marionette").kind == "sentence"
    assert one(passages, "one lamp").kind == "item"


def test_a_sentence_that_goes_on_takes_along_what_it_is_about(passages: tuple[Passage, ...]) -> None:
    """`They also paint it` is about what the sentence before was about."""
    assert one(passages, "paint it").continues
    assert not one(passages, "carve a marionette").continues


def test_what_stands_under_a_track_is_about_that_track(passages: tuple[Passage, ...]) -> None:
    """Passages below a specialisation's heading concern it, others the whole programme."""
    assert one(passages, "carve a marionette").specialisations == {"Carving"}
    assert one(passages, "all cables").specialisations == {"Stage Light"}
    assert one(passages, "9.333").specialisations == frozenset()


def test_a_question_on_the_page_stays_with_its_answer(cut: Cut) -> None:
    """A quoted answer is not torn from the question that it answers."""
    found = cut("# P\n\nIs it taught in English? Yes. It starts in May.\n")
    assert found[0].text == "Is it taught in English? Yes."


def test_ids_are_in_the_order_of_the_page(passages: tuple[Passage, ...]) -> None:
    """An id is the document's, with the passage's number."""
    assert [p.id for p in passages] == [f"page#{n:04d}" for n in range(len(passages))]
    assert [p.start for p in passages] == sorted(p.start for p in passages)


def test_the_shipped_pages_are_cut_without_loss(advisor: Advisor) -> None:
    """Every block of a shipped page that is no heading is in some passage."""
    for document in advisor.documents:
        own = [p for p in advisor.store.passages if p.document == document.id]
        for block in document.blocks:
            if block.kind != "heading":
                assert any(p.start <= block.start < p.end or block.start <= p.start < block.end for p in own)


def test_a_bare_number_is_of_its_columns_or_its_rows_unit(cut: Cut) -> None:
    """Weeks, credits and a currency may stand in a head alone."""
    found = cut(
        "# P\n\n## Internship\n\n| Year | Weeks | ECTS |\n| --- | --- | --- |\n| 1 | 5 | 7 |\n\n"
        "## Costs\n\n| Students | Fee (SEK) |\n| --- | --- |\n| Other | 98,000 |\n\n"
        "## Stages\n\n| | Jaar 1 | Jaar 2 |\n| --- | --- | --- |\n| Weken | 10 | 12 |\n"
    )
    assert [v.kind for v in one(found, "| 5 |").values][-2:] == ["duration", "credits"]
    assert [v.kind for v in one(found, "98,000").values] == ["money"]
    assert {v.kind for v in one(found, "Weken").values} == {"duration"}


def test_a_columns_head_says_what_its_cells_are(cut: Cut) -> None:
    """`Decision` over a date is when applicants hear."""
    found = cut("# P\n\n## Rounds\n\n| Round | Decision |\n| --- | --- |\n| First | 1 April 2026 |\n")
    assert "admission-decision" in one(found, "1 April").near
