"""What a page says in its own shape is told as it was meant."""

from pathlib import Path

import pytest

from advisor import Advisor

PAGE = """\
---
title: LLM in Harbour Law
institution: Zandwijk Institute
language: en
---

# LLM in Harbour Law

- **Formats:**
  - Full-time: 11 months, September to July
  - Executive: 22 months, classes on Thursdays
- **Intakes:** September; January (part-time only)

## Fees

| | 2026-27 |
| --- | --- |
| UK, full-time | €9,480 |
| Non-EU, full-time | €19,450 |

- The fee does not include:
  - books, about €340

## Admission

- A bachelor's degree in law

### Rounds

- Round 1
  - closes 15 January
  - decision by 1 March
- Round 2
  - closes 31 March
  - decision by 15 May

Not needed for those whose degree was taught wholly in English: the language test.

The fees for 2026-27 are subject to approval.

We do not publish salary figures.

## People

- Admissions: Ode Varga
- Careers: Tom Brink
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    """An adviser that knows one page."""
    folder: Path = tmp_path_factory.mktemp("harbour")
    (folder / "harbour-law.md").write_text(PAGE, encoding="utf-8")
    return Advisor.load(folder)


@pytest.mark.parametrize(
    ("said", "held"),
    [
        ("How long does the full-time LLM take?", "11 months"),
        ("What does it cost for a student from the UK?", "9,480"),
        ("When do I hear the decision of round 2?", "15 May"),
        ("Are books covered by the fee?", "does not include"),
        ("Can I start in January?", "January (part-time only)"),
        ("Am I exempt from the language test?", "taught wholly in English"),
        ("Are the fees for 2026-27 final?", "subject to approval"),
    ],
)
def test_it_is_told_with_what_it_stands_under(harbour: Advisor, said: str, held: str) -> None:
    """A row is found by its very value, an item with its lead, a fact by what its label implies."""
    reply = harbour.ask(said)
    assert reply.kind == "answer", reply.text
    assert held in reply.text


def test_a_list_of_people_answers_nothing_else(harbour: Advisor) -> None:
    """Whom to ask about admission is not how one is admitted."""
    assert "Varga" not in harbour.ask("What are the entry requirements?").text


def test_a_page_that_does_not_publish_figures_lacks_them(harbour: Advisor) -> None:
    """Its own sentence on that is quoted, and it is no answer."""
    reply = harbour.ask("What do graduates earn?")
    assert reply.kind == "no_answer"
    assert any("do not publish" in c.quote for c in reply.citations)


BRIDGES = """\
# Executive Bridge Building

**Kade Business School**

For managers who build bridges beside their job; classes run from Friday to Sunday, once a month.

## Rounds

| Round | Deadline | Decision | Discount |
| --- | --- | --- | --- |
| Round 1 | 15 November 2025 | 15 December 2025 | €4,000 |
| Round 2 | 1 March 2026 | 1 April 2026 | €2,000 |

## Bursaries

### Sound of Erra Bursary

£1,500 a year for students with a low income.

### Young Builder Award

Decided by an essay of 800 words.

## Survey

| | This programme | National |
| --- | --- | --- |
| Facilities | 4.6 | 3.7 |

## People

### Programme director

Prof. Dr.-Ing. Katrin Vossler

Office hours: Wednesday 14:00

### Study adviser

Jonas Pfleider
"""


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    """Return an adviser with one page of a business school."""
    folder = tmp_path_factory.mktemp("bridges")
    (folder / "bridges.md").write_text(BRIDGES, encoding="utf-8")
    return Advisor.load(corpus=[folder])


def test_a_question_that_points_back_keeps_the_row(bridges: Advisor) -> None:
    """After a question about round 2 the decision is round 2's, and so is the discount."""
    chat = bridges.start()
    assert "1 March" in chat.ask("When is the deadline of round 2 for Executive Bridge Building?").text
    for said, held, left in (
        ("and when do they decide?", "1 April", "15 December"),
        ("is there a discount then?", "2,000", "4,000"),
    ):
        told = chat.ask(said).text
        assert held in told
        assert left not in told


def test_things_listed_under_headings_are_named(bridges: Advisor) -> None:
    """What each award is called stands in its heading alone."""
    told = bridges.ask("Which bursaries are there for Executive Bridge Building?").text
    assert "Sound of Erra Bursary" in told
    assert "Young Builder Award" in told


@pytest.mark.parametrize(
    ("said", "held", "left"),
    [
        ("Who is the programme director?", "Vossler", "Pfleider"),
        ("On which days are the classes?", "Friday", "Wednesday"),
        ("How do students rate the facilities, and what is the national average?", "4.6", "1,500"),
    ],
)
def test_names_days_and_ratings_are_told(bridges: Advisor, said: str, held: str, left: str) -> None:
    """A name under a role, days without a date, and a mark in a column of ratings answer."""
    told = bridges.ask(said).text
    assert held in told
    assert left not in told
