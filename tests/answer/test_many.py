"""A folder of many programmes is answered from like one of two: narrowing, telling apart, asking back."""

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import Advisor
from benchmarks.catalogue import Programme, write_catalogue


@pytest.fixture(scope="session")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> tuple[Advisor, list[Programme]]:
    """Return an adviser for two hundred invented programmes, and what their pages say."""
    folder: Path = tmp_path_factory.mktemp("catalogue")
    written = write_catalogue(folder, 200)
    return Advisor.load(folder), written


def test_a_question_without_a_programme_asks_which(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """The choices differ in title and institution, answer the question, and can be taken by number."""
    advisor, _ = catalogue
    chat = advisor.start()
    reply = chat.ask("What does it cost?")
    assert reply.kind == "clarify"
    assert len(reply.choices) == 8
    for place in range(2):
        assert len({choice.split(", ", 1)[place] for choice in reply.choices}) == 8
    answer = chat.ask("3")
    assert answer.kind == "answer"
    assert f"{answer.citations[0].title}, {answer.citations[0].institution}" == reply.choices[2]


def test_a_programme_named_in_passing_narrows(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """The programme of a remark is the one that the question is about, in that turn and the next."""
    advisor, written = catalogue
    one = next(p for p in written if p.fee and not p.is_dutch)
    chat = advisor.start()
    reply = chat.ask(f"I saw {one.title} at {one.institution.english}. What does it cost?")
    assert {c.document for c in reply.citations} == {one.id}
    assert {c.document for c in chat.ask("And how long does it take?").citations} == {one.id}


def test_every_programme_is_found_by_its_name(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """Names nearly the same are told apart: no answer comes from another page."""
    advisor, written = catalogue
    for one in written[::7]:
        name = one.institution.dutch if one.is_dutch else one.institution.english
        reply = advisor.ask(f"How long is {one.title} at {name}?")
        assert reply.kind == "answer", one.id
        assert {c.document for c in reply.citations} == {one.id}


def test_a_name_of_many_asks_which_of_them(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """A town with several programmes offers these, and a title then names one of them."""
    advisor, written = catalogue
    towns = {
        p.institution.town: [q for q in written if q.institution.town == p.institution.town] for p in written
    }
    town, own = next(
        (t, ps) for t, ps in towns.items() if len(ps) > 4 and len({p.title for p in ps}) == len(ps)
    )
    chat = advisor.start()
    reply = chat.ask(f"How long is the programme in {town}?")
    assert reply.kind == "clarify"
    assert all(any(choice.startswith(f"{p.title}, ") for p in own) for choice in reply.choices)
    answer = chat.ask(own[2].title)
    assert {c.document for c in answer.citations} == {own[2].id}


def test_a_title_that_is_not_offered_there(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """Puppetry in a town without it is said to be unknown, and nothing is told of another's."""
    advisor, written = catalogue
    having = {p.institution.town for p in written if "Puppetry" in p.title}
    title = next(p.title for p in written if p.title.startswith("Puppetry"))
    town = next(p.institution.town for p in written if p.institution.town not in having)
    reply = advisor.ask(f"What does {title} in {town} cost?")
    assert reply.kind == "clarify"
    assert reply.citations == ()
    assert reply.text.startswith("I have no page of that programme there.")


def listed(text: str) -> list[str]:
    """Return the programmes that a list names, one a line."""
    return [line.split(": ")[0] for line in text.splitlines() if "[" in line]


def test_programmes_are_listed_by_their_facts(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """Those that qualify are listed with the facts that show it, and a further condition narrows them."""
    advisor, written = catalogue
    place = {f"{p.title}, {p.institution.dutch if p.is_dutch else p.institution.english}": p for p in written}
    chat = advisor.start()
    reply = chat.ask("Which programmes are in English under EUR 5,000?")
    assert reply.kind == "answer"
    assert len(listed(reply.text)) == 6
    for name in listed(reply.text):
        assert place[name].taught_in in {"en", "both"}
        assert (place[name].fee or 9999) < 5000
    assert len(reply.citations) >= 12
    narrowed = listed(chat.ask("And which of them start in February?").text)
    assert narrowed
    for name in narrowed:
        assert place[name].taught_in in {"en", "both"}
        assert (place[name].fee or 9999) < 5000
        assert place[name].months in {1, 2}


@pytest.mark.parametrize(
    ("question", "holds"),
    [
        ("Welke opleidingen beginnen in februari?", lambda p: p.months in {1, 2}),
        ("Which programmes take two years?", lambda p: p.years == 2),
        ("Which programmes cost at least EUR 12,400?", lambda p: (p.fee_outside or p.fee or 0) >= 12400),
        ("Welke opleidingen kosten hoogstens € 1.080?", lambda p: p.fee == 1080),
        ("Which programmes have a deadline before 15 April?", lambda p: p.deadline in {2, 3}),
        ("List the physics programmes taught in English", lambda p: p.subject == 0 and p.taught_in != "nl"),
        ("Which programmes have an internship abroad?", lambda p: p.id != ""),
        ("Which programmes are about lasers?", lambda p: p.subject == 0),
    ],
)
def test_what_is_listed_qualifies(
    catalogue: tuple[Advisor, list[Programme]], question: str, holds: Callable[[Programme], bool]
) -> None:
    """Bounds, months, units and words are read in both languages."""
    advisor, written = catalogue
    place = {f"{p.title}, {p.institution.dutch if p.is_dutch else p.institution.english}": p for p in written}
    reply = advisor.ask(question)
    assert reply.kind == "answer"
    assert listed(reply.text)
    assert all(holds(place[name]) for name in listed(reply.text))


def test_a_list_that_nothing_qualifies_for_is_empty(catalogue: tuple[Advisor, list[Programme]]) -> None:
    """No programme costs less than all of them do."""
    advisor, _ = catalogue
    reply = advisor.ask("Which programmes cost less than EUR 100?")
    assert reply.kind == "no_answer"
    assert reply.citations == ()


def test_two_pages_are_compared_not_listed(advisor: Advisor) -> None:
    """With few programmes a question about all of them is answered for each."""
    assert advisor.ask("Which programmes are in English?").text.count("\n") < 6
