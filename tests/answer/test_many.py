"""A folder of many programmes is answered from like one of two: narrowing, telling apart, asking back."""

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
