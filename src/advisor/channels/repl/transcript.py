"""A conversation as files: a Markdown transcript to read, a question file to test with."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from advisor.channels.repl.lines import clean
from advisor.channels.repl.render import date_words
from advisor.channels.repl.strings import say
from advisor.channels.repl.table import rest_of_text

if TYPE_CHECKING:
    from advisor import Citation, Reply

_MARKUP = re.compile(r"([\\`*_\[\]<>|~]|^\s*[#+=-])")
# What a question file allows when it says nothing.
MOST_WORDS = 150


@dataclass(frozen=True, slots=True)
class Turn:
    """What the student asked and what came back."""

    question: str
    reply: "Reply"


def markdown(turns: Sequence[Turn], language: str, today: date) -> str:
    """Return a readable transcript: each question as a heading, its reply, its sources with their quotes."""
    parts = [
        f"# {say('transcript.title', language)}",
        say("transcript.note", language, date=today.isoformat()),
    ]
    for turn in turns:
        parts += [f"## {_escaped(' '.join(turn.question.split()))}", _body(turn.reply)]
        parts += ["\n".join(f"- {_escaped(c)}" for c in turn.reply.choices)] if turn.reply.choices else []
        if turn.reply.citations:
            parts.append(f"{say('sources', turn.reply.language)}:")
            parts.append("\n".join(_source(c, turn.reply.language) for c in turn.reply.citations))
    return "\n\n".join(parts) + "\n"


def _body(reply: "Reply") -> str:
    """Return the reply's text, its comparison as a table."""
    rest = rest_of_text(reply)
    if reply.table is None or rest is None:
        return _lines(reply.text)
    rows = [("", *reply.table.columns), *((row.head, *row.cells) for row in reply.table.rows)]
    written = [f"| {' | '.join(_escaped(' '.join(cell.split())) for cell in row)} |" for row in rows]
    written.insert(1, "|" + " --- |" * len(rows[0]))
    return "\n\n".join(part for part in (_lines(rest[0]), "\n".join(written), _lines(rest[1])) if part)


def _lines(text: str) -> str:
    """Return a text in which each line stays a line."""
    return "\\\n".join(_escaped(line) for line in text.split("\n") if line.strip())


def _source(citation: "Citation", language: str) -> str:
    about = [citation.title, citation.institution, citation.section]
    words = [_escaped(a) for a in about if a] + [_escaped(date_words(citation, language))]
    if citation.url:
        words.append(f"<{clean(citation.url).replace('>', '%3E').replace(' ', '%20')}>")
    place = f"`{citation.document}` {citation.start}-{citation.end}"
    quote = "\n".join(f"  > {_escaped(own)}" for own in citation.quote.split("\n"))
    return f"- \\[{citation.number}\\] {', '.join(words)} ({place})\n\n{quote}\n"


def _escaped(text: str) -> str:
    """Return a text in which nothing is markup."""
    return _MARKUP.sub(r"\\\1", clean(text))


def question_file(turns: Sequence[Turn], notes: Sequence[str] = ()) -> str:
    """Return the conversation as a question file: each turn with its reply's kind and the pages it cites.

    `notes` stand above it as comments.
    """
    import yaml

    steps = []
    for turn in turns:
        expect: dict[str, object] = {"kind": turn.reply.kind}
        cites = list(dict.fromkeys(c.document for c in turn.reply.citations))
        if cites:
            expect["cites"] = cites
        if (words := len(turn.reply.text.split())) > MOST_WORDS:
            expect["max_words"] = words
        steps.append({"ask": clean(turn.question), "expect": expect})
    text: str = yaml.safe_dump([{"conversation": steps}], allow_unicode=True, sort_keys=False, width=100)
    return "".join(f"# {clean(note)}\n" for note in notes) + text
