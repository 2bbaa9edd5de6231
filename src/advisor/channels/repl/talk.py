"""The conversation on a terminal: its turns, what it is about, and what can be picked next."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from advisor.channels.repl.strings import FALLBACK, is_word
from advisor.channels.repl.transcript import Turn

if TYPE_CHECKING:
    from advisor import Advisor, Document, Reply
    from advisor.channels.journal import Journal


class Talk:
    """A conversation with what a terminal needs around it; `language` is the chat's own.

    `journal` keeps what is asked, where somebody switched that on.
    """

    def __init__(
        self,
        advisor: "Advisor",
        language: str | None = None,
        spoken: str = FALLBACK,
        journal: "Journal | None" = None,
    ) -> None:
        self.advisor = advisor
        self.journal = journal
        self.chat = advisor.start(language)
        self.turns: list[Turn] = []
        self.steps: list[str] = []
        self.starters: tuple[str, ...] = ()
        self._spoken = language or spoken

    @property
    def language(self) -> str:
        """The language that the chat itself speaks: the fixed one, else that of the last reply."""
        return self.chat.state.fixed_language or self._spoken

    @property
    def last(self) -> "Reply | None":
        """The last reply."""
        return self.turns[-1].reply if self.turns else None

    @property
    def cited(self) -> "Reply | None":
        """The last reply that cites something."""
        return next((t.reply for t in reversed(self.turns) if t.reply.citations), None)

    @property
    def offered(self) -> tuple[str, ...]:
        """What a number picks: the last reply's choices and suggestions; the examples before that."""
        return (*self.last.choices, *self.last.suggestions) if self.last else self.starters

    def picked(self, text: str) -> str | None:
        """Return what a number picks; None where the text is no number of the list."""
        digits = text.strip().rstrip(".)")
        if not (digits.isascii() and digits.isdigit() and len(digits) < 4):
            return None
        number = int(digits)
        return self.offered[number - 1] if 0 < number <= len(self.offered) else None

    def ask(self, question: str) -> "Reply":
        """Ask the next question."""
        reply = self.chat.ask(question)
        if self.journal is not None:
            self.journal.note(question, reply)
        self.turns.append(Turn(question, reply))
        self._spoken = reply.language
        return reply

    def reset(self) -> None:
        """Begin anew; a fixed language stays."""
        self.chat = self.advisor.start(self.chat.state.fixed_language)
        self.turns = []
        self.steps = []

    def fix_language(self, language: str | None) -> None:
        """Fix the language of the replies, or let the questions decide."""
        self.chat = self.advisor.resume(self.chat.state.model_copy(update={"fixed_language": language}))
        self._spoken = language or self._spoken
        self.steps.append(f"/lang {language or 'auto'}")

    def focus(self, documents: Sequence[str]) -> None:
        """Let the next questions be about these programmes; about all of them where there are none."""
        update = {"programmes": tuple(documents), "specialisations": (), "pending": None}
        self.chat = self.advisor.resume(self.chat.state.model_copy(update=update))
        self.steps.append(f"/use {', '.join(documents) or 'all'}")

    def drop_topic(self) -> None:
        """Let the next question be about no topic but the one that it names."""
        update = {"query": None, "pending": None}
        self.chat = self.advisor.resume(self.chat.state.model_copy(update=update))
        self.steps.append("/compare")

    @property
    def programmes(self) -> "tuple[Document, ...]":
        """The programmes that the conversation is about."""
        return tuple(self.advisor.document(identifier) for identifier in self.chat.state.programmes)

    def named(self, name: str) -> "tuple[Document, ...]":
        """Return the programmes that a name, an alias, an id or a number of the list may mean."""
        documents = self.advisor.documents
        if name.isascii() and name.isdigit() and len(name) < 7:
            return tuple(documents[int(name) - 1 : int(name)]) if int(name) else ()
        wanted = name.casefold().strip()
        exact = tuple(d for d in documents if any(wanted == own.casefold() for own in names(d)))
        return exact or tuple(d for d in documents if any(wanted in own.casefold() for own in names(d)))

    def mentions_programme(self, text: str) -> bool:
        """Tell whether a text names a programme, by any of its names."""
        words = f" {' '.join(text.casefold().replace(',', ' ').split())} "
        return any(f" {name.casefold()} " in words for d in self.advisor.documents for name in names(d))


def names(document: "Document") -> tuple[str, ...]:
    """Return what a programme goes by: id, title, institution, both together, aliases."""
    both = [f"{document.institution} {document.title}"] if document.institution else []
    own = [document.institution] if document.institution else []
    return (document.id, document.title, *own, *both, *document.provenance.aliases)


def short_name(document: "Document", documents: "Sequence[Document]") -> str:
    """Return the institution where it tells the programme apart, the title too where it does not."""
    same = [d for d in documents if d.institution == document.institution]
    if document.institution and len(same) == 1:
        return document.institution
    return f"{document.institution} {document.title}" if document.institution else document.title


def is_all(name: str) -> bool:
    """Tell whether a name stands for all programmes."""
    return is_word(name, "all")
