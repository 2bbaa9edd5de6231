"""What is left unsaid is taken from the conversation, and no more than that."""

import pytest

from advisor import Advisor, DialogueState, StateError

LEIDEN, LEUVEN = "leiden-biomedical-sciences", "ku-leuven-biomedical-sciences"


def documents(advisor: Advisor, *said: str) -> set[str]:
    """Return what the last reply of a conversation cites."""
    chat = advisor.start()
    for text in said[:-1]:
        chat.ask(text)
    return {c.document for c in chat.ask(said[-1]).citations}


def test_the_programme_is_carried(advisor: Advisor) -> None:
    """A question without a programme is about the one talked about."""
    chat = advisor.start()
    chat.ask("What does Leiden cost?")
    reply = chat.ask("what is the starting salary?")
    assert {c.document for c in reply.citations} == {LEIDEN}
    assert "2,909" in reply.text
    assert chat.state.programmes == (LEIDEN,)


def test_the_topic_is_carried(advisor: Advisor) -> None:
    """`And in Leuven?` asks there what was asked before."""
    chat = advisor.start()
    first = chat.ask("What does Leiden cost?")
    second = chat.ask("And in Leuven?")
    assert (second.kind, second.intent) == ("no_answer", first.intent)
    assert not second.citations or {c.document for c in second.citations} == {LEUVEN}
    assert "2,601" not in second.text


def test_a_correction_replaces_the_programme(advisor: Advisor) -> None:
    """`No, I meant ...` asks the same about another."""
    chat = advisor.start()
    chat.ask("Is there an internship in Leuven?")
    reply = chat.ask("no, I meant Leiden")
    assert {c.document for c in reply.citations} == {LEIDEN}


@pytest.mark.parametrize("said", ["thanks!", "hi", "dank je wel"])
def test_small_talk_leaves_the_subject_alone(advisor: Advisor, said: str) -> None:
    """Thanks in between changes nothing in what is talked about."""
    chat = advisor.start()
    chat.ask("What does Leiden cost?")
    before = chat.state
    assert chat.ask(said).kind == "smalltalk"
    assert (chat.state.programmes, chat.state.query) == (before.programmes, before.query)
    assert chat.state.turns == before.turns + 1


def test_where_it_says_that_is_a_question_about_the_last_answer(advisor: Advisor) -> None:
    """Asked for its source, the adviser cites the passage again."""
    chat = advisor.start()
    first = chat.ask("What does Leiden cost?")
    second = chat.ask("where does it say that?")
    assert second.kind == "answer"
    assert any(first.citations[0].quote in c.quote for c in second.citations)


def test_repeat_says_the_same_again(advisor: Advisor) -> None:
    """A repeated answer has the same figures and sources."""
    chat = advisor.start()
    first = chat.ask("What does Leiden cost?")
    assert chat.ask("repeat that").citations == first.citations


def test_nothing_to_repeat_is_asked_back(advisor: Advisor) -> None:
    """Without an answer before, repeating asks what is meant."""
    assert advisor.ask("repeat that").kind == "clarify"


@pytest.mark.parametrize("said", ["is there a marble gazebo", "krijg je er een mooi prieeltje bij"])
def test_a_figure_is_not_said_again_to_another_question(advisor: Advisor, said: str) -> None:
    """A yes-or-no question in unknown words after a fee gets no fee."""
    chat = advisor.start()
    assert "2,601" in chat.ask("What does Leiden cost?").text
    assert chat.ask(said).kind in {"out_of_scope", "no_answer"}


def test_the_language_follows_the_student(advisor: Advisor) -> None:
    """Each reply is in the language of its question, a fixed language stays."""
    chat = advisor.start()
    assert chat.ask("What does Leiden cost?").language == "en"
    assert chat.ask("en wat is het startsalaris?").language == "nl"
    fixed = advisor.start("nl")
    assert fixed.ask("What does Leiden cost?").language == "nl"


def test_a_full_question_beats_an_open_question_back(advisor: Advisor) -> None:
    """Whatever was asked back, a question that stands alone is answered."""
    chat = advisor.start()
    chat.ask("hmm?")
    assert "2,601" in chat.ask("What does Leiden cost?").text


@pytest.mark.parametrize(
    "state",
    [
        "not json",
        "{}nonsense",
        '{"version": 999}',
        '{"colour": "red"}',
        '{"programmes": ["no-such-page"]}',
        {"turns": "many"},
    ],
)
def test_a_foreign_state_is_refused(advisor: Advisor, state: str | dict[str, object]) -> None:
    """A state that this version cannot read raises StateError and nothing else."""
    with pytest.raises(StateError):
        advisor.resume(state)


def test_a_state_is_plain_data(advisor: Advisor) -> None:
    """A new conversation's state is the default one, and states compare by value."""
    assert advisor.start().state == DialogueState()
    with pytest.raises(ValueError, match="unknown language"):
        advisor.start("tlh")


@pytest.mark.parametrize(
    "said", ["What else do I pay on top of the fees in Leiden?", "Are the courses taught at weekends?"]
)
def test_a_piece_of_the_question_is_not_answered_for_the_whole(advisor: Advisor, said: str) -> None:
    """Where the pages do not say what was asked, they are not read for a part of its words."""
    assert advisor.ask(said).kind == "no_answer"


def test_the_length_of_a_part_is_never_that_of_the_programme(advisor: Advisor) -> None:
    """How long an internship lasts is not answered with the years of the programme."""
    reply = advisor.ask("How long does an internship last in Leiden?")
    assert "two years" not in reply.text


def test_a_word_of_what_is_bought_names_no_thing(advisor: Advisor) -> None:
    """A lab coat is bought; that its name speaks of the lab does not make it a question about that."""
    reply = advisor.ask("Do we have to buy a lab coat ourselves?")
    assert (reply.kind, reply.intent) == ("no_answer", "materials")
