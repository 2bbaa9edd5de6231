"""A conversation knows what can be picked, what was cited, and which programme a name means."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor import Advisor, Reply
from advisor.channels.repl.commands import read
from advisor.channels.repl.lines import length
from advisor.channels.repl.render import Renderer, names_of
from advisor.channels.repl.talk import Talk, short_name
from advisor.channels.repl.terminal import Terminal
from advisor.channels.repl.transcript import Turn, markdown, question_file


def test_choices_are_picked_before_suggestions(talk: Talk) -> None:
    """Numbers go through the choices first, then through the suggestions; no other number picks."""
    reply = Reply(kind="clarify", language="en", text="Which?", choices=("A", "B"), suggestions=("C",))
    talk.turns.append(Turn("x", reply))
    picked = [talk.picked(text) for text in ("1", "2.", " 3) ", "0", "4", "-1", "1a", "", "²", "１")]
    assert picked == ["A", "B", "C", None, None, None, None, None, None, None]


def test_examples_are_picked_before_the_first_turn(talk: Talk) -> None:
    """Before anything was asked, numbers pick the examples of the welcome."""
    talk.starters = ("What is it?",)
    assert talk.picked("1") == "What is it?"
    talk.ask("hello")
    assert talk.picked("1") != "What is it?"


def test_short_names(advisor: Advisor) -> None:
    """The institution is enough where it has one programme; the title is added where it has more."""
    one, two = advisor.documents
    assert short_name(one, advisor.documents) == "KU Leuven"
    twin = two.model_copy(update={"id": "other"})
    assert short_name(two, (one, two, twin)) == "Universiteit Leiden Biomedical Sciences"


def test_state_of_a_focus_is_resumed(talk: Talk) -> None:
    """What /use and /lang change is in the state, so the conversation goes on elsewhere as it is here."""
    talk.focus(["leiden-biomedical-sciences"])
    talk.fix_language("nl")
    again = talk.advisor.resume(talk.chat.state.model_dump_json())
    assert again.ask("costs?") == talk.ask("costs?")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=120), st.integers(20, 100))
def test_any_line_is_shown(advisor: Advisor, text: str, columns: int) -> None:
    """Any line at all is a command or a question; its reply fits the screen and can be saved."""
    if read(text) is not None:
        return
    talk = Talk(advisor)
    lines = Renderer(Terminal(size=(columns, 24)), names_of(advisor)).reply(talk.ask(text), "en")
    assert max(map(length, lines)) <= columns
    turns = [Turn(text, r.reply) for r in talk.turns]
    assert markdown(turns, "en", date(2026, 1, 1)).startswith("# ")
    assert question_file(turns).startswith("- conversation:")
