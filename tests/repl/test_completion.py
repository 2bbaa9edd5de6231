"""Tab offers what fits: commands, arguments, names, and questions that get an answer."""

from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document

from advisor import Advisor
from advisor.channels.repl.completion import ChatCompleter
from advisor.channels.repl.examples import answerable, first_questions, likely_questions
from advisor.channels.repl.talk import Talk


def offered(talk: Talk | None, text: str, is_tab: bool = True) -> list[str]:
    """Return the lines that completing a text may lead to."""
    completer = ChatCompleter(lambda: talk, lambda: talk.language if talk else "en")
    event = CompleteEvent(completion_requested=is_tab, text_inserted=not is_tab)
    found = completer.get_completions(Document(text), event)
    return [text[: len(text) + c.start_position] + c.text for c in found]


def test_commands_before_the_pages_are_read() -> None:
    """Commands complete at once, by themselves, with no conversation yet."""
    assert offered(None, "/re", is_tab=False) == ["/reset", "/record"]
    assert offered(None, "what") == []


def test_commands_in_both_languages(talk: Talk) -> None:
    """The chat's own language goes first; the other one is completed where it alone fits."""
    assert offered(talk, "/op") == ["/open"]
    assert offered(talk, "/bew") == ["/bewaar"]
    talk.fix_language("nl")
    assert offered(talk, "/op") == ["/opleidingen", "/opnieuw", "/opnemen"]


def test_arguments(talk: Talk) -> None:
    """Behind a command stand names, numbers and words that it takes."""
    assert offered(talk, "/use u") == ["/use Universiteit Leiden"]
    assert offered(talk, "/kies ku") == ["/kies KU Leuven"]
    assert offered(talk, "/lang ") == ["/lang en", "/lang nl", "/lang auto"]
    assert offered(talk, "/open ") == []
    talk.ask("What does it cost in Leiden?")
    assert offered(talk, "/open ") == ["/open 1", "/open 2"]


def test_names_within_a_line(talk: Talk) -> None:
    """Names of programmes and specialisations complete from their first letters, several words too."""
    assert "what about Communication" in offered(talk, "what about comm")
    assert "cost in Universiteit Leiden" in offered(talk, "cost in universiteit l")


def test_nothing_by_itself(talk: Talk) -> None:
    """Nothing but a command completes without Tab."""
    assert offered(talk, "what does", is_tab=False) == []
    assert offered(talk, "", is_tab=False) == []


def test_likely_questions_are_answered(advisor: Advisor) -> None:
    """What is offered as a likely question gets an answer with a source, in both languages."""
    for language in ("en", "nl"):
        likely = likely_questions(advisor, language)
        assert len(likely) > 10
        assert list(answerable(advisor, likely, language)) == list(likely)


def test_examples_are_answered(advisor: Advisor) -> None:
    """The questions of the welcome get an answer in a fresh conversation, and speak of each programme."""
    for language in ("en", "nl"):
        examples = first_questions(advisor, language)
        assert len(examples) >= 3
        assert list(answerable(advisor, examples)) == list(examples)
        assert all(any(name in e for e in examples) for name in ("KU Leuven", "Universiteit Leiden"))


def test_suggestions_on_an_empty_line(talk: Talk) -> None:
    """On an empty line the last reply's choices and suggestions are offered, in their order."""
    reply = talk.ask("What does it cost in Leiden?")
    assert offered(talk, "") == [*reply.choices, *reply.suggestions]


def test_words_of_a_question(talk: Talk) -> None:
    """A few words in their order find a question."""
    assert offered(talk, "does cost") == ["What does it cost at Universiteit Leiden?"]
