"""The chat on a terminal: a prompt at once, the pages read behind it, line after line until it is left."""

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from prompt_toolkit.application import run_in_terminal

from advisor.channels.personal import is_personal
from advisor.channels.plain import known_language
from advisor.channels.repl.actions import Actions, Switches
from advisor.channels.repl.commands import Command, read
from advisor.channels.repl.completion import ChatCompleter
from advisor.channels.repl.examples import first_questions
from advisor.channels.repl.files import state_folder
from advisor.channels.repl.history import PrivateHistory
from advisor.channels.repl.keeping import Keeper
from advisor.channels.repl.lines import DIM, USER, Line, line, wrap
from advisor.channels.repl.loading import Loading
from advisor.channels.repl.prompt import Prompt, confirm
from advisor.channels.repl.render import Renderer, names_of, page_date
from advisor.channels.repl.screen import Screen
from advisor.channels.repl.settings import Settings
from advisor.channels.repl.strings import is_yes, language_name, listed, own_language, say
from advisor.channels.repl.talk import Talk, short_name
from advisor.channels.repl.terminal import Terminal
from advisor.errors import AdvisorError, IndexUnavailable

if TYPE_CHECKING:
    from advisor import Advisor

PAGED = {"help", "programmes", "sources", "open", "why"}
SOON = 0.3


class Session:
    """One sitting at the terminal."""

    def __init__(
        self,
        load: "Callable[[], Advisor]",
        settings: Settings,
        terminal: Terminal,
        language: str | None = None,
        is_debugged: bool = False,
    ) -> None:
        self.is_debugged = is_debugged
        self.terminal = terminal
        self.screen = Screen(terminal)
        self.journal = settings.opened_journal()
        self.history = PrivateHistory(settings.history_path)
        self.actions: Actions | None = None
        self.switches = Switches(settings.keys, settings.toolbar, settings.suggest)
        self._load = load
        self._loading: Loading | None = None
        self._fixed = language
        self._is_welcomed = False
        completer = ChatCompleter(lambda: self.talk, lambda: self.language)
        self.prompt = Prompt(self.screen, self.history, completer, self.switches, self.bar)

    @property
    def talk(self) -> Talk | None:
        """The conversation, once the pages are read."""
        return self.actions.talk if self.actions else None

    @property
    def language(self) -> str:
        """The language that the chat itself speaks."""
        return self.talk.language if self.talk else self._fixed or own_language()

    def run(self) -> int:
        """Hold the chat until it is left; returns the exit code."""
        self._say("welcome.what")
        if self.journal is not None:
            self._say("welcome.keeps", days=self.journal.days)
        if self.terminal.plain:
            self._welcome(self._ready())
        while True:
            try:
                text = self.prompt.read(self._message(), self._behind_prompt)
            except KeyboardInterrupt:
                self._say("leave.hint")
                continue
            except EOFError:
                return 0
            if text.strip() and not self._taken(text):
                return 0

    def _taken(self, text: str) -> bool:
        """Do what a line says; what breaks on the way does not cost the student the conversation."""
        try:
            return self.take(text)
        except KeyboardInterrupt:
            self._say("leave.hint")
            return True
        except IndexUnavailable as error:
            self._say("broken", error=str(error))
            return True
        except (AdvisorError, OSError):
            raise
        except Exception as error:
            if self.is_debugged:
                raise
            self._say("broken", error=f"{type(error).__name__}: {error}")
            return True

    def _message(self) -> str:
        return f"{say('you', self.language)}: " if self.terminal.plain else f"{self.terminal.glyphs.prompt} "

    def take(self, text: str) -> bool:
        """Do what a line says; returns False when it leaves."""
        command = read(text)
        if isinstance(command, Command) and command.id == "quit":
            return False
        try:
            actions = self._ready()
        except KeyboardInterrupt:
            self._say("left.waiting")
            return True
        self._is_welcomed = True
        if command is None:
            self._question(actions, text)
        else:
            result = actions.run(command)
            if isinstance(result, str):
                self._ask(actions, result, is_echoed=True)
            else:
                is_paged = isinstance(command, Command) and command.id in PAGED
                self.screen.show([*self._gap(), *result, *self._gap()], is_paged)
        return True

    def _question(self, actions: Actions, text: str) -> None:
        picked = actions.talk.picked(text)
        if is_personal(text):
            self._say("personal")
        self._ask(actions, picked or " ".join(text.split()), is_echoed=picked is not None)

    def _ask(self, actions: Actions, question: str, is_echoed: bool) -> None:
        """Ask, and show the reply; a question that was not typed is shown first."""
        lines: list[Line] = []
        if is_echoed:
            lines += wrap(line(question, USER), self.terminal.width, self._message())
        reply = actions.talk.ask(question)
        self.screen.show([*lines, *self._gap(), *actions.renderer.reply(reply, self.language), *self._gap()])

    def _gap(self) -> list[Line]:
        return [()]

    def _say(self, key: str, /, **values: object) -> None:
        self.screen.show(wrap(line(say(key, self.language, **values), DIM), self.terminal.width))

    # -- the pages, and what is known once they are read ----------------------------------

    def _behind_prompt(self) -> None:
        """Start reading the pages once the prompt is drawn, and welcome when they are read."""
        app = self.prompt.session.app
        if self.actions is not None:
            return

        async def read_pages() -> None:
            # One round later the prompt is on the screen; reading before would only delay it.
            await asyncio.sleep(0.01)
            try:
                actions = self._prepared(await asyncio.wrap_future(self._started().future))
            except Exception as error:
                if app.is_running:
                    app.exit(exception=error)
                return
            await run_in_terminal(lambda: self._welcome(actions))
            app.invalidate()

        app.create_background_task(read_pages())

    def _started(self) -> Loading:
        if self._loading is None:
            self._loading = Loading(self._load)
        return self._loading

    def _ready(self) -> Actions:
        """Return the commands over the conversation, waiting for the pages where they are not read yet."""
        if self.actions is not None:
            return self.actions
        loading = self._started()
        advisor = loading.within(SOON)
        if advisor is None:
            self._say("reading")
            advisor = loading.wait()
        return self._prepared(advisor)

    def _prepared(self, advisor: "Advisor") -> Actions:
        if self.actions is None:
            known_language(advisor, self._fixed)
            talk = Talk(advisor, self._fixed, own_language(), self.journal)
            keeper = Keeper(lambda q: confirm(q, is_yes), state_folder() / "feedback.jsonl")
            renderer = Renderer(self.terminal, names_of(advisor))
            self.actions = Actions(talk, renderer, self.history, keeper, self.switches)
        return self.actions

    def _welcome(self, actions: Actions) -> None:
        """Say what is known and how to ask, once."""
        if self._is_welcomed:
            return
        self._is_welcomed = True
        talk, renderer, width = actions.talk, actions.renderer, self.terminal.width
        talk.starters = first_questions(talk.advisor, self.language)
        text = say("welcome.knows", self.language, programmes=known_programmes(talk))
        lines = wrap(renderer.spotted(text), width)
        lines += wrap(line(say("welcome.how", self.language)), width)
        if talk.starters:
            lines += [(), *wrap(line(say("examples", self.language)), width)]
            lines += [own for n, q in enumerate(talk.starters, 1) for own in renderer.numbered(n, q)]
        self.screen.show([*lines, *actions.history_problem(), ()])

    # -- the toolbar ----------------------------------------------------------------------

    def bar(self, mode: str) -> str:
        """Return what the conversation is about: programme, language, date of the page, mode of the keys."""
        language, dot = self.language, f" {self.terminal.glyphs.dot} "
        talk = self.talk
        if talk is None:
            return say("reading", language)
        state = talk.chat.state
        spoken = state.fixed_language or state.language
        parts = [_focus(talk), language_name(spoken, language) if spoken else say("bar.auto", language)]
        if len(talk.programmes) == 1:
            provenance = talk.programmes[0].provenance
            date = page_date(provenance.last_updated, provenance.edition, language)
            parts.append(say("bar.page", language, date=date))
        return dot.join(p for p in (*parts, mode, say("bar.help", language)) if p)


def _focus(talk: Talk) -> str:
    if not talk.programmes:
        return say("bar.all", talk.language)
    if len(talk.programmes) > 2:
        return say("bar.several", talk.language, count=len(talk.programmes))
    return " + ".join(short_name(d, talk.advisor.documents) for d in talk.programmes)


def known_programmes(talk: Talk) -> str:
    """Return the programmes with the dates of their pages, in words."""
    documents, most = talk.advisor.documents, 4
    names = []
    for document in documents[:most]:
        provenance = document.provenance
        name = short_name(document, documents)
        names.append(f"{name} ({page_date(provenance.last_updated, provenance.edition, talk.language)})")
    if len(documents) > most:
        names.append(say("bar.several", talk.language, count=len(documents) - most))
    return listed(names, talk.language)
