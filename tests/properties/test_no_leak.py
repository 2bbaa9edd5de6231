"""A figure of one programme never appears as another's."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from advisor import Advisor, Reply
from advisor.pages.load import load_documents
from advisor.pages.recognise import Recogniser
from tests.properties.wordings import figures

# What a page may state: its line on the page (the figure is filled in), and questions about it.
STATED = {
    "fee": ("Tuition fee: € {0}", ("What does it cost at {place}?", "Wat is het collegegeld bij {place}?")),
    "duration": ("Duration: {0} months", ("How long does {place} take?", "Hoe lang duurt {place}?")),
    "credits": ("Credits: {0} ECTS", ("How many credits is {place}?", "Hoeveel studiepunten heeft {place}?")),
    "students": ("Number of students: {0}", ("How many students are there at {place}?",)),
    "salary": ("Starting salary: € {0}", ("What is the starting salary after {place}?",)),
    "hours": ("Contact hours per week: {0} hours", ("How many contact hours are there at {place}?",)),
    "group": ("Class size: {0} students", ("How large are the classes at {place}?",)),
    "fee-more": ("Application fee: € {0}", ("Is there an application fee at {place}?",)),
}  # fmt: skip
PLACES = ("Marlen", "Oostwold")
MORE = (
    "and at {other}?", "en bij {other}?", "compare them", "which of them is cheaper?", "what about {other}?",
    "why?", "tell me more", "no, I meant {other}", "is it more at {other}?", "repeat that",
    "both", "and there?",
)  # fmt: skip


@dataclass(frozen=True)
class Pages:
    """Two pages of one shape: what each states, with figures that no other line has."""

    stated: tuple[tuple[str, ...], tuple[str, ...]]

    def figure(self, page: int, topic: str) -> str:
        """Return the figure that a page gives for a topic."""
        return str(3_113 + 2_000 * page + 37 * list(STATED).index(topic))

    def text(self, page: int) -> str:
        """Return a page of the corpus."""
        lines = [STATED[t][0].format(self.figure(page, t)) for t in self.stated[page]]
        place = PLACES[page]
        return (
            f"---\ntitle: {('Puppetry', 'Falconry')[page]}\ninstitution: Hogeschool {place}\n"
            f"aliases: [{place}]\nlanguage: en\n---\n\n# The programme\n\n"
            "The programme is taught in the evening by people who work in the trade.\n\n## Facts\n\n"
            + "".join(f"- {line}\n" for line in lines)
        )

    def figures(self, page: int) -> set[str]:
        """Return all figures of a page."""
        return {self.figure(page, t) for t in self.stated[page]}


Opener = Callable[[Pages], Advisor]


def subsets() -> st.SearchStrategy[tuple[str, ...]]:
    """Return a strategy for what a page states."""
    return st.lists(st.sampled_from(list(STATED)), min_size=1, unique=True).map(lambda t: tuple(sorted(t)))


@pytest.fixture(scope="module")
def open_pages(advisor: Advisor, recogniser: Recogniser, tmp_path_factory: pytest.TempPathFactory) -> Opener:
    """Return what makes an adviser on two pages, with the intents that ship."""

    def opened(pages: Pages) -> Advisor:
        folder = tmp_path_factory.mktemp("pages")
        for page, place in enumerate(PLACES):
            (folder / f"{place.lower()}.md").write_text(pages.text(page), encoding="utf-8")
        return Advisor(load_documents([folder], recogniser), advisor.content)

    return opened


def cited(reply: Reply) -> set[str]:
    """Return the documents that a reply cites."""
    return {c.document for c in reply.citations}


# Loading is slow beside asking: a few pairs of pages, and all questions to each.
few = settings(max_examples=12, phases=[Phase.explicit, Phase.generate])


@few
@given(stated=st.tuples(subsets(), subsets()))
def test_a_question_about_one_programme_is_answered_from_its_page(
    open_pages: Opener, stated: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    """What a page does not state is said not to be stated, however plainly another page states it."""
    pages = Pages(stated)
    advisor = open_pages(pages)
    for topic, (_, wordings) in STATED.items():
        for page, place in enumerate(PLACES):
            for wording in wordings:
                reply = advisor.ask(wording.format(place=place))
                assert not figures(reply.text) & pages.figures(1 - page), (wording, place, reply.text)
                assert cited(reply) <= {place.lower()}
                if topic in stated[page]:
                    assert reply.kind == "answer", (wording, place, reply.text)
                    assert pages.figure(page, topic) in figures(reply.text), (wording, place, reply.text)
                else:
                    assert pages.figure(page, topic) not in figures(reply.text)


@few
@given(
    stated=st.tuples(subsets(), subsets()),
    talk=st.lists(
        st.tuples(st.sampled_from(list(STATED)), st.integers(0, 1), st.sampled_from(MORE)), max_size=6
    ),
)
def test_a_conversation_keeps_the_programmes_apart(
    open_pages: Opener,
    stated: tuple[tuple[str, ...], tuple[str, ...]],
    talk: list[tuple[str, int, str]],
) -> None:
    """In any talk, a figure stands on a line that names no other programme, and its own page is cited."""
    pages = Pages(stated)
    advisor = open_pages(pages)
    chat = advisor.start()
    for topic, page, more in talk:
        for said in (STATED[topic][1][0].format(place=PLACES[page]), more.format(other=PLACES[1 - page])):
            reply = chat.ask(said)
            for number, place in enumerate(PLACES):
                if figures(reply.text) & pages.figures(number):
                    assert place.lower() in cited(reply), (said, reply.text)
            for line in reply.text.splitlines():
                here = [n for n, place in enumerate(PLACES) if place in line]
                if len(here) == 1:
                    assert not figures(line) & pages.figures(1 - here[0]), (said, line)
            if reply.table is not None:
                for row in reply.table.rows:
                    named = [n for n, place in enumerate(PLACES) if place in row.head]
                    if len(named) == 1:
                        assert not figures(" ".join(row.cells)) & pages.figures(1 - named[0])


SHIPPED = (
    ("Leiden", "leiden-biomedical-sciences", "ku-leuven-biomedical-sciences"),
    ("Leuven", "ku-leuven-biomedical-sciences", "leiden-biomedical-sciences"),
)


@pytest.mark.parametrize(("place", "own", "other"), SHIPPED)
def test_every_topic_is_answered_from_the_page_asked_about(
    advisor: Advisor, place: str, own: str, other: str
) -> None:
    """For every topic, a question about one shipped programme takes nothing from the other."""
    elsewhere = figures(advisor.document(other).text) - figures(advisor.document(own).text)
    for topic in advisor.content.topics.values():
        for wording in (
            f"What about {topic.name.en} in {place}?",
            f"Hoe zit het met {topic.name.nl} in {place}?",
        ):
            reply = advisor.ask(wording)
            assert cited(reply) <= {own}, (wording, reply.text)
            assert not (figures(reply.text) & elsewhere) - figures(wording), (wording, reply.text)
