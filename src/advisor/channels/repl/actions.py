"""What each command does: to the conversation, and what it shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from advisor.channels.repl.commands import Command, UnknownCommand, by_id
from advisor.channels.repl.history import PrivateHistory
from advisor.channels.repl.keeping import Keeper
from advisor.channels.repl.lines import DIM, HEAD, NAME, PLAIN, QUOTE, Line, cells, clean, line, wrap
from advisor.channels.repl.passage import passage_lines
from advisor.channels.repl.render import Renderer, page_date, specialisations
from advisor.channels.repl.strings import command_names, is_word, language_name, listed, say
from advisor.channels.repl.talk import Talk, is_all, short_name

Question = str


@dataclass(slots=True)
class Switches:
    """What can be changed while the chat runs."""

    keys: str = "emacs"
    toolbar: bool = True
    suggest: bool = True


@dataclass
class Actions:
    """The commands over one conversation; each returns lines to show, or a question to ask."""

    talk: Talk
    renderer: Renderer
    history: PrivateHistory
    keeper: Keeper
    switches: Switches = field(default_factory=Switches)

    def run(self, command: Command | UnknownCommand) -> list[Line] | Question:
        """Do what a command says; `quit` is the caller's to see to."""
        if isinstance(command, UnknownCommand):
            return self._unknown(command)
        action: Callable[[str], list[Line] | Question] = getattr(self, f"_{command.id}")
        return action(command.argument)

    def _say(self, key: str, /, **values: object) -> list[Line]:
        return wrap(line(say(key, self.talk.language, **values)), self.renderer.terminal.width)

    def _unknown(self, command: UnknownCommand) -> list[Line]:
        if command.near is None:
            return self._say("command.none", name=command.typed)
        return self._say(
            "command.unknown", name=command.typed, near=by_id(command.near).shown(self.talk.language)
        )

    def _help(self, argument: str) -> list[Line]:
        del argument
        language, width = self.talk.language, self.renderer.terminal.width
        lines = self._say("help.ask")
        forms = [f"{c.shown(language)} {c.argument[language]}".rstrip() for c in command_names()]
        room = max(map(cells, forms)) + 4
        for form, command in zip(forms, command_names(), strict=True):
            label = f"  {form}".ljust(room)
            lines += wrap(line(command.line[language]), width, label, " " * room if width > 50 else "      ")
        return [*lines, (), *self._say("help.keys")]

    def _programmes(self, argument: str) -> list[Line]:
        del argument
        lines: list[Line] = []
        language, width = self.talk.language, self.renderer.terminal.width
        for number, document in enumerate(self.talk.advisor.documents, 1):
            title = ", ".join(clean(p) for p in (document.institution, document.title) if p)
            link = self.renderer.link(title, document.provenance.url)
            lines += wrap(link, width, f"  {number}  ")
            provenance = document.provenance
            about = page_date(provenance.last_updated, provenance.edition, language)
            lines += wrap(line(about, DIM), width, "     ")
            tracks = specialisations(self.talk.advisor, document.id)
            if tracks:
                text = say("specialisations", language, names=", ".join(tracks))
                lines += wrap(self.renderer.spotted(text), width, "     ")
        return lines

    def _use(self, argument: str) -> list[Line]:
        talk = self.talk
        if is_all(argument):
            talk.focus(())
        elif argument:
            found = talk.named(argument)
            if len(found) != 1:
                return self._not_one(argument)
            talk.focus((found[0].id,))
        if not talk.programmes:
            return self._say("use.none")
        names = [short_name(d, talk.advisor.documents) for d in talk.programmes]
        return wrap(
            self.renderer.spotted(say("use.set", talk.language, name=listed(names, talk.language))),
            self.renderer.terminal.width,
        )

    def _not_one(self, name: str) -> list[Line]:
        found = self.talk.named(name)
        if not found:
            return self._say("use.unknown", name=name)
        names = [", ".join(p for p in (d.institution, d.title) if p) for d in found]
        return self._say("use.several", name=name, programmes="; ".join(names))

    def _compare(self, argument: str) -> list[Line] | Question:
        documents = self.talk.advisor.documents
        if len(documents) < 2:
            return self._say("compare.two")
        if self.talk.mentions_programme(argument):
            return say("compare.whole", self.talk.language, programmes=argument)
        chosen = self.talk.programmes if len(self.talk.programmes) > 1 else documents[:4]
        names = listed([short_name(d, documents) for d in chosen], self.talk.language)
        key = "compare.topic" if argument else "compare.whole"
        if not argument:
            self.talk.drop_topic()
        return say(key, self.talk.language, programmes=names, topic=argument)

    def _sources(self, argument: str) -> list[Line]:
        del argument
        reply = self.talk.cited
        if reply is None:
            return self._say("sources.none")
        lines: list[Line] = []
        for citation in reply.citations:
            lines += self.renderer.source(citation, self.talk.language)
            for own in citation.quote.split("\n"):
                lines += wrap(line(own, QUOTE), self.renderer.terminal.width, "    ")
        return lines

    def _open(self, argument: str) -> list[Line]:
        reply = self.talk.cited
        if reply is None:
            return self._say("sources.none")
        digits = argument.strip("[] ")
        wanted = next((c for c in reply.citations if str(c.number) == digits), None)
        if wanted is None and not digits and len(reply.citations) == 1:
            wanted = reply.citations[0]
        if wanted is None:
            if len(reply.citations) == 1:
                return self._say("open.only")
            return self._say("open.which", first=1, last=reply.citations[-1].number)
        document = self.talk.advisor.document(wanted.document)
        return passage_lines(wanted, document, self.renderer, self.talk.language)

    def _why(self, argument: str) -> list[Line]:
        del argument
        explain = getattr(self.talk.chat, "explain", None)
        if explain is None:
            return self._say("why.absent")
        record = explain() if self.talk.turns else None
        if record is None:
            return self._say("why.none")
        width = self.renderer.terminal.width
        return [own for text in record.lines() for own in _explained(str(text), width)]

    def _lang(self, argument: str) -> list[Line]:
        languages = tuple(self.talk.advisor.content.languages)
        wanted = argument.casefold()
        code = next(
            (c for c in languages for n in languages if wanted in (c, language_name(c, n).casefold())), None
        )
        if not wanted:
            code = self.talk.chat.state.fixed_language
        elif is_word(wanted, "auto"):
            self.talk.fix_language(None)
        elif code is None:
            return self._say("lang.unknown", name=argument, languages=", ".join(languages))
        else:
            self.talk.fix_language(code)
        if code is None:
            return self._say("lang.auto")
        return self._say("lang.set", language=language_name(code, self.talk.language))

    def _reset(self, argument: str) -> list[Line]:
        del argument
        self.talk.reset()
        return self._say("reset")

    def _save(self, argument: str) -> list[Line]:
        return self._lines(self.keeper.save(self.talk, argument))

    def _record(self, argument: str) -> list[Line]:
        return self._lines(self.keeper.record(self.talk, argument))

    def _feedback(self, argument: str) -> list[Line]:
        return self._lines(self.keeper.feedback(self.talk, argument))

    def _lines(self, texts: Sequence[str]) -> list[Line]:
        return [own for text in texts for own in wrap(line(text), self.renderer.terminal.width)]

    def _history(self, argument: str) -> list[Line]:
        if is_word(argument, "clear"):
            self.history.clear()
            return self.history_problem() or self._say("history.cleared")
        if self.history.path is None:
            return self._say("history.off")
        count = len(self.history.get_strings())
        return self.history_problem() or self._say("history.where", count=count, path=self.history.path)

    def history_problem(self) -> list[Line]:
        """Return why the history cannot be kept; nothing where it can."""
        if not self.history.problem:
            return []
        return self._say("history.broken", path=self.history.path, reason=self.history.problem)

    def _set(self, argument: str) -> list[Line]:
        name, _, value = argument.casefold().partition(" ")
        if name == "keys" and value in {"emacs", "vi"}:
            self.switches.keys = value
        elif name in {"toolbar", "suggest"} and (is_word(value, "on") or is_word(value, "off")):
            setattr(self.switches, name, is_word(value, "on"))
        elif argument:
            return self._say("set.how")
        on = {True: "on", False: "off"}
        shown = self.switches
        return self._say("set.shown", keys=shown.keys, toolbar=on[shown.toolbar], suggest=on[shown.suggest])

    def _quit(self, argument: str) -> list[Line]:
        del argument
        return []


def _explained(text: str, width: int) -> list[Line]:
    """Return a line of an explanation, its label set off and its own indent kept."""
    text = clean(text)
    indent = " " * min(len(text) - len(text.lstrip()), width // 2)
    label, colon, rest = text.strip().partition(": ")
    if colon and len(label) < 30:
        return wrap([(HEAD, label + ":"), (PLAIN, f" {rest}")], width, indent, indent + "  ")
    return wrap([(NAME if text.endswith(":") else PLAIN, text.strip())], width, indent, indent + "  ")
