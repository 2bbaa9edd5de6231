"""Replies as plain text, and the chat without a terminal: one question a line."""

import json
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, TextIO

from advisor.channels.repl.commands import Command, read
from advisor.channels.repl.lines import Line, clean, text_of
from advisor.channels.repl.strings import is_yes, say
from advisor.errors import AdvisorError

if TYPE_CHECKING:
    from advisor import Advisor, Citation, Reply
    from advisor.channels.journal import Journal

UNWRAPPED = 1_000_000
# What typographic signs become where the encoding of the output lacks them.
SIMPLER = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "·": "-", "•": "-",
        "€": "EUR ", "£": "GBP ", "\N{NO-BREAK SPACE}": " ", "\N{NARROW NO-BREAK SPACE}": " ",
    }
)  # fmt: skip


def plain_reply(reply: "Reply") -> str:
    """Return the reply's text with its numbered sources below."""
    lines = [clean(reply.text)]
    if reply.choices:
        lines += ["", f"{say('choose', reply.language)}:"]
        lines += [f"  {number}. {clean(choice)}" for number, choice in enumerate(reply.choices, 1)]
    if reply.citations:
        lines += ["", f"{say('sources', reply.language)}:"]
        lines += [f"  {source_line(citation)}" for citation in reply.citations]
    return "\n".join(lines)


def source_line(citation: "Citation") -> str:
    """Return a citation on one line: number, title, institution, section, date, address."""
    parts = [citation.title, citation.institution, citation.section]
    parts += [citation.last_updated or citation.edition, citation.url]
    return f"[{citation.number}] {' · '.join(clean(p) for p in parts if p)}"


def json_reply(reply: "Reply", encoding: str | None) -> str:
    """Return the reply as one line of JSON, in ASCII where the output's encoding is not Unicode."""
    is_unicode = (encoding or "").casefold().startswith(("utf", "u8"))
    return json.dumps(reply.model_dump(mode="json"), ensure_ascii=not is_unicode)


def fitting(text: str, encoding: str | None) -> str:
    """Return a text with simpler signs where the output's encoding lacks its own."""
    try:
        text.encode(encoding or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return "".join(c if _is_held(c, encoding) else c.translate(SIMPLER) for c in text)
    return text


def _is_held(character: str, encoding: str | None) -> bool:
    try:
        character.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def put(text: str, output: TextIO | None = None) -> None:
    """Print a text at once, whatever the encoding of the output."""
    output = output or sys.stdout
    print(fitting(text, output.encoding), file=output, flush=True)


def typed_lines(source: BinaryIO) -> Iterator[str]:
    """Yield the lines of a stream, read as UTF-8, else as Windows-1252; empty lines too."""
    for number, raw in enumerate(source):
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", errors="replace")
        yield (text.removeprefix("\ufeff") if number == 0 else text).strip()


def known_language(advisor: "Advisor", language: str | None) -> None:
    """Check that replies can be in a language; raises AdvisorError that names those they can be in."""
    known = advisor.content.languages
    if language is not None and language not in known:
        raise AdvisorError(f"advisor: --lang takes {' or '.join(known)}, not {language!r}")


def stream(advisor: "Advisor", language: str | None, as_json: bool, journal: "Journal | None" = None) -> bool:
    """Answer one question a line as one conversation; an empty line starts a new one.

    Returns whether every question had an answer.
    """
    known_language(advisor, language)
    chat = advisor.start(language)
    are_answered = True
    for text in typed_lines(sys.stdin.buffer):
        if not text:
            chat = advisor.start(language)
            continue
        reply = chat.ask(text)
        if journal is not None:
            journal.note(text, reply)
        are_answered = are_answered and reply.kind == "answer"
        put(json_reply(reply, sys.stdout.encoding) if as_json else plain_reply(reply) + "\n")
    return are_answered


def plain_chat(
    advisor: "Advisor", language: str | None, as_json: bool, journal: "Journal | None" = None
) -> int:
    """Hold the chat without a terminal, commands included; returns the exit code."""
    if as_json:
        stream(advisor, language, as_json, journal)
        return 0
    from advisor.channels.repl.actions import Actions
    from advisor.channels.repl.files import state_folder
    from advisor.channels.repl.history import PrivateHistory
    from advisor.channels.repl.keeping import Keeper
    from advisor.channels.repl.render import Renderer
    from advisor.channels.repl.talk import Talk
    from advisor.channels.repl.terminal import ASCII, Terminal

    known_language(advisor, language)
    terminal = Terminal(color=False, plain=True, glyphs=ASCII, size=(UNWRAPPED, UNWRAPPED))
    lines = typed_lines(sys.stdin.buffer)
    keeper = Keeper(lambda question: _agreed(question, lines), state_folder() / "feedback.jsonl")
    actions = Actions(
        Talk(advisor, language, journal=journal), Renderer(terminal), PrivateHistory(None), keeper
    )
    is_tty = sys.stdin.isatty()
    for text in lines:
        if not text:
            if not is_tty:
                actions.talk.reset()
            continue
        command = read(text)
        if isinstance(command, Command) and command.id == "quit":
            break
        result = actions.run(command) if command else actions.talk.picked(text) or text
        answer = plain_reply(actions.talk.ask(result)) if isinstance(result, str) else _joined(result)
        put(answer + "\n")
    return 0


def _joined(lines: list[Line]) -> str:
    return "\n".join(text_of(own).rstrip() for own in lines)


def _agreed(question: str, lines: Iterator[str]) -> bool:
    """Ask at a terminal that cannot move its cursor; where nobody sits, the answer is no."""
    if not sys.stdin.isatty():
        return False
    put(question)
    return is_yes(next(lines, ""))
