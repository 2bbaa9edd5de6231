"""Which row is meant, and what a page says in the question's own words, decide beside the topic."""

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import Advisor

PAGE = """---
title: MSc Kite Engineering
institution: Loftham University
---
# MSc Kite Engineering

## Fees

| Student | 2025/26 | 2026/27 |
|---|---|---|
| UK and Ireland | £9,100 | £9,400 |
| EU | £12,000 | £12,500 |
| International | £19,800 | £20,300 |

A wind-tunnel course of two weeks costs £640.

## Curriculum

### Year 1

- Knots (10 credits)
- Aerodynamics of Sails (20 credits)

### Year 2

- Storms (15 credits)
- Master's thesis (45 credits)

## Questions

### Must I be able to sew?
Yes, by hand. We lend you a machine.
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Return what asks questions of one page in one conversation, and gives the last reply's text."""
    page: Path = tmp_path_factory.mktemp("pages") / "kites.md"
    page.write_text(PAGE, encoding="utf-8")
    advisor = Advisor.load(page)

    def asked(*questions: str) -> str:
        chat = advisor.start()
        return [chat.ask(q).text for q in questions][-1]

    return asked


@pytest.mark.parametrize(
    ("question", "fee"),
    [
        ("I'm Irish. What is the tuition fee in 2026/27?", "9,400"),
        ("tuition fee 2025/26 for a student from Germany?", "12,000"),
        ("I live in Kenya, what is the tuition fee for 2026/27", "20,300"),
    ],
)
def test_a_country_is_read_as_the_page_groups_it(ask: Callable[..., str], question: str, fee: str) -> None:
    """Home to one page is abroad to another; a head that says only `International` names a row too."""
    text = ask(question)
    assert fee in text
    others = {"9,100", "9,400", "12,000", "12,500", "19,800", "20,300"} - {fee}
    assert not any(other in text for other in others)


def test_a_value_is_that_of_what_the_other_words_name(ask: Callable[..., str]) -> None:
    """The price of the course with that name, not the programme's fee."""
    text = ask("What does the wind-tunnel course cost?")
    assert "640" in text
    assert "20,300" not in text


def test_the_list_of_a_year_is_given_and_then_that_of_another(ask: Callable[..., str]) -> None:
    """Courses are found by where they stand; a bare ordinal goes on with the other year."""
    first = ask("Which courses are there in the first year?")
    assert "Knots" in first
    assert "Storms" not in first
    assert "Storms" in ask("Which courses are there in the first year?", "and in the second?")


def test_a_question_on_the_page_answers_the_same_question(ask: Callable[..., str]) -> None:
    """A question that stands as a heading is answered by the text below it."""
    assert "by hand" in ask("do I have to be able to sew?")


def test_what_the_page_asks_itself_is_answered_whole(ask: Callable[..., str]) -> None:
    """Not only the first sentence under a question, but the answer."""
    assert "We lend you a machine" in ask("do I have to be able to sew?")


GRANTS = """---
title: BA Lantern Making
institution: Ostrava Harbour School
---
# BA Lantern Making

## Fees

Citizens of the EU pay no tuition. Other citizens pay as set out below.

| What | Autumn 2025 start | Autumn 2026 start |
|---|---|---|
| Tuition per academic year | €7,100 | €7,300 |

## Scholarships

| Name | Value | Closing date |
|---|---|---|
| Wick Scholarship | €300 per month | 30 April |
| Beacon Scholarship | €900 once | 15 November |
"""


@pytest.fixture(scope="module")
def lanterns(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Return what asks questions in one conversation of pages among which one has scholarships."""
    folder: Path = tmp_path_factory.mktemp("lanterns")
    (folder / "lanterns.md").write_text(GRANTS, encoding="utf-8")
    (folder / "kites.md").write_text(PAGE, encoding="utf-8")
    for name in ("Rope", "Tar"):
        head = f"---\ntitle: BSc {name} Studies\ninstitution: {name} College\n---\n"
        page = f"{head}# BSc {name} Studies\n\nTuition: €1,000\n"
        (folder / f"{name.lower()}.md").write_text(page, encoding="utf-8")
    advisor = Advisor.load(folder)

    def asked(*questions: str) -> str:
        chat = advisor.start()
        return [chat.ask(q).text for q in questions][-1]

    return asked


def test_a_sentence_that_names_the_row_beats_rows_that_do_not(lanterns: Callable[..., str]) -> None:
    """Who pays nothing is not told the table's amount, whose rows do not say whom they are for."""
    text = lanterns("what is the tuition fee for lantern making if I'm from Spain?")
    assert "no tuition" in text
    assert "7,1" not in text


def test_the_same_question_of_another_row(ask: Callable[..., str]) -> None:
    """`Same for EU students?` asks the question before again."""
    text = ask("tuition fee in 2026/27 for students from Kenya?", "same for EU students?")
    assert "12,500" in text
    assert "20,300" not in text


def test_what_points_at_the_row_told_last_is_of_it(lanterns: Callable[..., str]) -> None:
    """`When does it close?` is asked of the scholarship talked about, not of all."""
    text = lanterns("how much is the Beacon Scholarship of lantern making?", "and when does it close?")
    assert "15 November" in text
    assert "30 April" not in text


def test_a_name_that_one_page_alone_uses_tells_which(lanterns: Callable[..., str]) -> None:
    """No programme is named, but one page alone speaks of that scholarship."""
    assert "900" in lanterns("how much is the Beacon scholarship?")


def test_two_questions_of_a_message_are_asked_of_one_page(lanterns: Callable[..., str]) -> None:
    """The page that answers the first question is the one that the second is asked of."""
    text = lanterns("Wick Scholarship: how much and when does it close?")
    assert "300" in text
    assert "30 April" in text
    assert "Which programme" not in text


EDITION = """---
title: MSc Lens Grinding
institution: Optic Institute
edition: "2026-2027"
---
# MSc Lens Grinding

## Tuition

Fee payers transfer a deposit of €400 by 15 April 2026.

| Who | Per semester | Per year |
|---|---|---|
| Citizens of other countries | €5,300 | €10,600 |
"""


@pytest.mark.parametrize(
    "question", ["what does it cost", "how expensive is it in 2026", "the fee in 2026-2027?"]
)
def test_an_amount_comes_before_what_is_said_of_paying(tmp_path: Path, question: str) -> None:
    """The table's row answers, and not a sentence on those who pay."""
    page = tmp_path / "lenses.md"
    page.write_text(EDITION, encoding="utf-8")
    text = Advisor.load(page).ask(question).text
    assert "5,300" in text
    assert "400" not in text


def test_an_edition_is_silent_on_other_years(tmp_path: Path) -> None:
    """Amounts of one academic year are not given for another."""
    page = tmp_path / "lenses.md"
    page.write_text(EDITION, encoding="utf-8")
    reply = Advisor.load(page).ask("what will lens grinding cost in 2029-2030?")
    assert reply.kind == "no_answer"
    assert "5,300" not in reply.text
    assert "2029" in reply.text
