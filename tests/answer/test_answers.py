"""An answer is short, proven, and honest about what the page lacks."""

import pytest

from advisor import Advisor


def test_the_value_that_answers_stands_in_the_quote(advisor: Advisor) -> None:
    """The amount is written as the reader's language does, and the quote as the page does."""
    reply = advisor.ask("What is the tuition fee in Leiden?")
    assert "€2,601" in reply.text
    assert any("€ 2.601" in c.quote for c in reply.citations)
    dutch = advisor.ask("Wat is het collegegeld in Leiden?")
    assert "2.601" in dutch.text
    assert [c.quote for c in dutch.citations] == [c.quote for c in reply.citations]


def test_two_values_without_a_reason_are_both_told(advisor: Advisor) -> None:
    """Where the page gives two fees and not which is whose, both stand there with that warning."""
    reply = advisor.ask("What is the tuition fee in Leiden?")
    assert "2,530" in reply.text
    assert advisor.content.templates["caveat.values"]["en"] in reply.text


def test_a_silent_page_is_said_to_be_silent(advisor: Advisor) -> None:
    """No answer names the page that was looked at, and cites nothing as proof of what is not there."""
    reply = advisor.ask("What is the tuition fee in Leuven?")
    assert reply.kind == "no_answer"
    assert "KU Leuven" in reply.text


def test_a_page_that_lacks_data_says_so_itself(advisor: Advisor) -> None:
    """Where the page admits that it lacks the data, that is the citation."""
    page = advisor.document("leiden-biomedical-sciences").text
    assert "onvoldoende" in page
    reply = advisor.ask("What percentage of Leiden graduates is self-employed?")
    assert reply.kind == "no_answer"
    assert any("onvoldoende" in c.quote for c in reply.citations)


def test_a_comparison_has_a_line_for_each_programme(advisor: Advisor) -> None:
    """Side by side, the silent page is told as silent."""
    reply = advisor.ask("Compare the tuition fees of Leiden and Leuven")
    assert "Universiteit Leiden" in reply.text
    assert "KU Leuven" in reply.text
    assert {c.document for c in reply.citations} == {"leiden-biomedical-sciences"}


def test_an_english_question_finds_the_dutch_passage(advisor: Advisor) -> None:
    """Concepts lead over the border of languages; the quote stays in the page's language."""
    reply = advisor.ask("How many students are there in Leiden's programme?")
    assert "312" in reply.text
    assert reply.language == "en"


@pytest.mark.parametrize(
    "said", ["What is the weather like?", "Who won the world cup?", "How do I bake a cake?"]
)
def test_other_subjects_are_out_of_scope(advisor: Advisor, said: str) -> None:
    """What is not about studying is not looked up."""
    reply = advisor.ask(said)
    assert reply.kind == "out_of_scope"
    assert reply.citations == ()


def test_suggestions_can_be_answered(advisor: Advisor) -> None:
    """What is suggested next has an answer on the pages."""
    chat = advisor.start()
    for said in ("What does Leiden cost?", "What is taught in Leuven?"):
        for suggestion in chat.ask(said).suggestions:
            assert advisor.ask(suggestion).kind == "answer", suggestion


def test_a_sum_that_the_student_supposes_is_not_confirmed(advisor: Advisor) -> None:
    """A figure that only the question holds is not given as the page's."""
    reply = advisor.ask("Is it true that Leiden costs 9,999 euros?")
    assert all("9,999" not in c.quote and "9.999" not in c.quote for c in reply.citations)
    assert "2,601" in reply.text or reply.kind == "no_answer"


@pytest.mark.parametrize(
    "said",
    [
        "How do students rate the teachers?",
        "Is there a limit on how many students get in?",
        "Hoeveel studenten studeren op tijd af in Leuven?",
    ],
)
def test_a_wider_topic_does_not_answer_for_a_narrower_one(advisor: Advisor, said: str) -> None:
    """Figures of something else are not given for what the page does not state."""
    assert advisor.ask(said).kind == "no_answer"


@pytest.mark.parametrize(
    "said",
    ["What do students say about the teachers in Leiden?", "Wat vinden studenten van de docenten in Leiden?"],
)
def test_no_other_sentence_stands_in_for_a_rating(advisor: Advisor, said: str) -> None:
    """Students and a teacher in one sentence are no judgement of the teachers."""
    reply = advisor.ask(said)
    assert (reply.kind, reply.intent, reply.citations) == ("no_answer", "rating-teachers", ())
