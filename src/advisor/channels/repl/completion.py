"""What Tab completes: commands and their arguments, names, and questions that get an answer."""

from collections.abc import Callable, Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion, PathCompleter
from prompt_toolkit.document import Document

from advisor.channels.repl.commands import Command, read
from advisor.channels.repl.examples import likely_questions
from advisor.channels.repl.lines import clean
from advisor.channels.repl.render import names_of
from advisor.channels.repl.strings import command_names
from advisor.channels.repl.talk import Talk

MOST_QUESTIONS = 8
MOST_WORDS = 5


class ChatCompleter(Completer):
    """Completes for the conversation at hand; for commands only, while there is none yet."""

    def __init__(self, talk: Callable[[], Talk | None], language: Callable[[], str]) -> None:
        self._talk = talk
        self._language = language
        self._likely: dict[str, tuple[str, ...]] = {}
        self._paths = PathCompleter(expanduser=True)

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """Yield what the text before the cursor may become."""
        text = document.text_before_cursor
        if text.startswith("/"):
            yield from self._command(text, complete_event)
        elif complete_event.completion_requested:
            talk = self._talk()
            if talk is not None:
                yield from self._offered(talk, text) if not text.strip() else self._typed(talk, text)

    def _command(self, text: str, event: CompleteEvent) -> Iterator[Completion]:
        name, space, argument = text.partition(" ")
        if space:
            yield from self._argument(read(name), argument.lstrip(), event)
            return
        language = self._language()
        begun = [
            (command, known, spoken)
            for command in command_names()
            for spoken, names in command.names.items()
            for known in names[:1]
            if known.startswith(name[1:].casefold())
        ]
        own = [found for found in begun if found[2] == language]
        for command, known, _ in own or begun:
            shown = f"/{known} {command.argument[language]}".rstrip()
            yield Completion(f"/{known}", -len(text), display=shown, display_meta=command.line[language])

    def _argument(self, command: object, typed: str, event: CompleteEvent) -> Iterator[Completion]:
        if not isinstance(command, Command):
            return
        if command.id in {"save", "record"}:
            yield from self._paths.get_completions(Document(typed), event)
            return
        for value in self._arguments(command.id):
            if value.casefold().startswith(typed.casefold()):
                yield Completion(value, -len(typed))

    def _arguments(self, identifier: str) -> Iterable[str]:
        talk = self._talk()
        fixed = {
            "set": ("keys emacs", "keys vi", "toolbar on", "toolbar off", "suggest on", "suggest off"),
            "history": ("clear",),
        }
        if talk is None or identifier in fixed:
            return fixed.get(identifier, ())
        if identifier == "use":
            names = [n for d in talk.advisor.documents for n in (d.institution, d.title) if n]
            return (*dict.fromkeys(names), "all")
        if identifier == "lang":
            return (*talk.advisor.content.languages, "auto")
        if identifier == "open" and talk.cited:
            return [str(c.number) for c in talk.cited.citations]
        return ()

    def _offered(self, talk: Talk, text: str) -> Iterator[Completion]:
        for number, question in enumerate(talk.offered, 1):
            yield Completion(clean(question), -len(text), display=f"{number}) {clean(question)}")

    def _typed(self, talk: Talk, text: str) -> Iterator[Completion]:
        yield from _names(talk, text)
        pool = dict.fromkeys((*talk.offered, *self._questions(talk)))
        found = [q for q in pool if _fits(text, q)]
        found.sort(key=lambda q: not q.casefold().startswith(text.strip().casefold()))
        for question in found[:MOST_QUESTIONS]:
            yield Completion(clean(question), -len(text))

    def _questions(self, talk: Talk) -> tuple[str, ...]:
        """Return the likely questions in the chat's language, found out when they are first wanted."""
        language = talk.language
        if language not in self._likely:
            self._likely[language] = likely_questions(talk.advisor, language)
        return self._likely[language]


def _names(talk: Talk, text: str) -> Iterator[Completion]:
    """Yield the names that begin with the last words typed."""
    aliases = [a for d in talk.advisor.documents for a in d.provenance.aliases]
    names = dict.fromkeys((*names_of(talk.advisor), *aliases))
    words = text.split(" ")
    seen = set()
    for count in range(min(MOST_WORDS, len(words)), 0, -1):
        tail = " ".join(words[-count:])
        for name in names:
            if tail.strip() and name.casefold().startswith(tail.casefold()) and name not in seen:
                seen.add(name)
                yield Completion(clean(name), -len(tail))


def _fits(text: str, question: str) -> bool:
    """Tell whether each word typed begins a word of the question, the order kept."""
    own = iter(question.casefold().split())
    return all(any(word.startswith(typed) for word in own) for typed in text.casefold().split())
