"""What the tests of the chat share: a place of its own for what is kept, and terminals to type on."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output import DummyOutput

from advisor import Advisor
from advisor.channels.repl.actions import Actions
from advisor.channels.repl.history import PrivateHistory
from advisor.channels.repl.keeping import Keeper
from advisor.channels.repl.lines import text_of
from advisor.channels.repl.render import Renderer, names_of
from advisor.channels.repl.session import Session
from advisor.channels.repl.settings import Settings
from advisor.channels.repl.talk import Talk
from advisor.channels.repl.terminal import Terminal
from tests.repl.pseudo import Pseudo

Typed = Callable[..., tuple[int, Session]]
Opened = Callable[..., Pseudo]


@pytest.fixture(autouse=True)
def _own_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the chat keeps in the test's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("NO_COLOR", "ADVISOR_SETTINGS"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def talk(advisor: Advisor) -> Talk:
    """Return a conversation."""
    return Talk(advisor)


@pytest.fixture
def actions(talk: Talk, tmp_path: Path) -> Actions:
    """Return the commands over a conversation, on a terminal of 80 columns; every question is agreed to."""
    keeper = Keeper(lambda question: True, tmp_path / "feedback.jsonl", lambda: date(2026, 2, 1))
    renderer = Renderer(Terminal(size=(80, 24)), names_of(talk.advisor))
    return Actions(talk, renderer, PrivateHistory(None), keeper)


@pytest.fixture
def typed(advisor: Advisor) -> Iterator[Typed]:
    """Return a function that types text into a chat and gives its exit code and the session it left."""
    with create_pipe_input() as source, create_app_session(input=source, output=DummyOutput()):
        yield lambda text, **settings: _typed(advisor, source, text, Settings(**settings))


def _typed(advisor: Advisor, source: PipeInput, text: str, settings: Settings) -> tuple[int, Session]:
    terminal = Terminal(plain=settings.plain, size=(80, 24))
    session = Session(lambda: advisor, settings, terminal)
    source.send_text(text)
    return session.run(), session


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Return a function that starts the chat in a pseudo-terminal."""
    running: list[Pseudo] = []

    def start(*arguments: str, columns: int = 80, rows: int = 40, **environment: str) -> Pseudo:
        running.append(Pseudo(tmp_path, arguments, columns, rows, environment))
        return running[-1]

    yield start
    for pseudo in running:
        pseudo.close()


def shown(result: object) -> str:
    """Return what a command shows, without styles."""
    assert isinstance(result, list), f"lines were expected, not {result!r}"
    return "\n".join(text_of(line) for line in result)
