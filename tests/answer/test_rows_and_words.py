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
