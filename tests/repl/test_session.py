"""Lines typed at a prompt become turns, and leaving gives an exit code."""

from pathlib import Path

import pytest

from advisor.channels.journal import entries
from advisor.channels.repl.session import Session
from advisor.channels.repl.settings import Settings
from advisor.channels.repl.talk import Talk
from advisor.channels.repl.terminal import Terminal
from advisor.errors import AdvisorError
from tests.repl.conftest import Typed

ALT_ENTER = "\x1b\r"


def talk_of(session: Session) -> Talk:
    """Return the session's conversation."""
    assert session.talk is not None
    return session.talk


def test_a_question_is_a_turn(typed: Typed) -> None:
    """A typed question becomes a turn with its reply."""
    code, session = typed("What does it cost in Leiden?\r/quit\r")
    (turn,) = talk_of(session).turns
    assert code == 0
    assert turn.question == "What does it cost in Leiden?"
    assert "2,601" in turn.reply.text


@pytest.mark.parametrize("word", ["/quit", "/stop", "exit", "quit", "stop", "Quit.", "\x04"])
def test_ways_to_leave(typed: Typed, word: str) -> None:
    """Commands, bare words in both languages and Ctrl-D leave with 0."""
    code, _ = typed(f"{word}\r")
    assert code == 0


def test_a_number_picks(typed: Typed) -> None:
    """A number asks the suggestion of that number, as if it had been typed."""
    _, session = typed("What does it cost in Leiden?\r2\r\x04")
    first, second = talk_of(session).turns
    assert second.question == first.reply.suggestions[1]


def test_a_number_beyond_the_list_is_a_question(typed: Typed) -> None:
    """A number that picks nothing is asked as it stands."""
    _, session = typed("What does it cost in Leiden?\r2601\r\x04")
    assert talk_of(session).turns[1].question == "2601"


def test_several_lines_are_one_question(typed: Typed) -> None:
    """Lines joined by Alt-Enter, and lines pasted, are one question."""
    _, session = typed(f"What does it{ALT_ENTER}cost in Leiden?\r\x1b[200~how\r\nlong\x1b[201~\r\x04")
    assert [t.question for t in talk_of(session).turns] == ["What does it cost in Leiden?", "how long"]


def test_empty_lines_are_nothing(typed: Typed) -> None:
    """Enter on an empty line asks nothing."""
    _, session = typed("\r  \r/help\r\x04")
    assert talk_of(session).turns == []


def test_compare_asks(typed: Typed) -> None:
    """/compare asks for all programmes side by side."""
    _, session = typed("internships in Leiden\r/compare\r/compare the tuition fee\r\x04")
    _, whole, fee = talk_of(session).turns
    assert whole.reply.table is not None
    assert whole.reply.intent != "internships"
    assert "tuition fee" in fee.question


def test_personal_lines_are_not_kept(typed: Typed, tmp_path: Path) -> None:
    """A line with an e-mail address is answered and never written down."""
    _, session = typed("hello\rwrite to me@example.org\r\x04")
    kept = (tmp_path / "state" / "programme-advisor" / "history").read_text("utf-8")
    assert len(talk_of(session).turns) == 2
    assert kept == '"hello"\n'


def test_no_history(typed: Typed, tmp_path: Path) -> None:
    """Without a history nothing is written at all."""
    typed("hello\r\x04", history=False)
    assert not (tmp_path / "state").exists()


def test_what_breaks_does_not_end_the_chat(typed: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that breaks leaves the conversation as it was, and the next line is taken."""
    monkeypatch.setattr(Talk, "reset", lambda self: 1 / 0)
    code, session = typed("hello\r/reset\rthanks\r\x04")
    assert code == 0
    assert [t.question for t in talk_of(session).turns] == ["hello", "thanks"]


def test_screen_reader_mode_has_no_toolbar(typed: Typed) -> None:
    """With --plain there is no toolbar, and nothing completes while typing."""
    _, session = typed("hello\r\x04", plain=True)
    assert session.prompt.session.bottom_toolbar is None


def test_broken_content_comes_out(typed: Typed) -> None:
    """What is wrong with pages or intents ends the chat with that error, not with a traceback in a thread."""
    del typed

    def load() -> None:
        raise AdvisorError("broken.md:3: no title")

    session = Session(load, Settings(plain=True), Terminal(plain=True, size=(80, 24)))  # type: ignore[arg-type]
    with pytest.raises(AdvisorError, match=r"broken\.md:3"):
        session.run()


def test_toolbar_tells_the_focus(typed: Typed) -> None:
    """The toolbar names the programme in focus, the language and the date of its page."""
    _, session = typed("Which internships are there at KU Leuven?\r\x04")
    assert session.bar("") == "KU Leuven · English · page: Mar 2020 · /help /quit"


def test_questions_are_kept_where_somebody_asked_for_it(
    typed: Typed, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a folder for them each question is noted, redacted; without one none is."""
    typed("Is there a swimming pool? me@example.org\r\x04", journal=tmp_path / "kept", journal_days=9)
    (kept,) = entries(tmp_path / "kept")
    assert kept.question == "Is there a swimming pool? [e-mail]"
    _, session = typed("Is there a swimming pool?\r\x04")
    assert session.journal is None
