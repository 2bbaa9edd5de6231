"""What pages rarely state: silent where none does, answered from the page that does."""

from pathlib import Path

import pytest

from advisor import Advisor

PAGE = """---
title: Marine Ecology
institution: Noordzee University
language: en
---

# Marine Ecology

The programme was founded in 1987.

## Specialisations

### Reefs

Reefs is the most popular specialisation. You may switch to another specialisation after the first semester.

### Rivers

Rivers is about fresh water.

## Life on campus

The student association Plankton organises a trip every month.
Every new student gets a buddy. There is a prayer room on the second floor.
The canteen serves vegetarian meals. The summer holiday lasts nine weeks.

## People

There are 14 lecturers. Of our graduates, 31% work abroad.
The internship office helps you find an internship. Dutch courses are free.
Those who complete the diving course receive a certificate.
"""

STATED = [
    ("When was Marine Ecology founded?", "1987"),
    ("Which specialisation do most students choose?", "most popular"),
    ("Kan ik later nog van specialisatie wisselen?", "first semester"),
    ("Is there a student association?", "Plankton"),
    ("Krijg ik een buddy?", "buddy"),
    ("Is er een gebedsruimte?", "prayer room"),
    ("Can I get vegetarian food on campus?", "vegetarian"),
    ("How long is the summer holiday?", "nine weeks"),
    ("How many lecturers are there?", "14"),
    ("What share of graduates works abroad?", "31%"),
    ("Who helps me find an internship?", "internship office"),
    ("Are there Dutch courses?", "free"),
]


@pytest.fixture(scope="module")
def stating(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    folder: Path = tmp_path_factory.mktemp("pages")
    (folder / "marine-ecology.md").write_text(PAGE, encoding="utf-8")
    return Advisor.load(corpus=folder)


@pytest.mark.parametrize(("question", "said"), STATED)
def test_a_page_that_states_it_answers(stating: Advisor, question: str, said: str) -> None:
    reply = stating.ask(question)
    assert (reply.kind, said in reply.text) == ("answer", True), reply.text


@pytest.mark.parametrize(("question", "said"), STATED)
def test_pages_that_do_not_state_it_are_silent(advisor: Advisor, question: str, said: str) -> None:
    del said
    asked = question.replace("Marine Ecology", "the programme in Leiden")
    assert advisor.start().ask(asked.removesuffix("?") + " in Leiden?").kind == "no_answer"


def test_a_figure_of_all_students_is_no_answer_for_one_specialisation(advisor: Advisor) -> None:
    reply = advisor.ask("How much do graduates of the Management specialisation in Leiden earn?")
    assert reply.kind == "no_answer"
    assert "Management" in reply.text
    assert "2,909" in reply.text


def test_which_specialisation_has_most_is_asked_of_each(advisor: Advisor) -> None:
    reply = advisor.ask("Which specialisation in Leiden pays best?")
    assert reply.kind == "no_answer"
    assert "Communication" in reply.text


@pytest.mark.parametrize(
    "question",
    [
        "How many credits is the communication internship in Leiden?",
        "How many students take part in the Leiden Leadership Programme?",
        "In welke taal is het Leiden Leadership Programme?",
        "Is the Leiden Leadership Programme free?",
        "How many credits is Frontiers of Science in Leiden?",
    ],
)
def test_what_is_asked_of_a_part_is_not_told_of_the_whole(advisor: Advisor, question: str) -> None:
    assert advisor.ask(question).kind == "no_answer"
