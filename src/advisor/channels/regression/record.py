"""`advisor record`: turn a conversation into a case of a question file."""

import argparse
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from advisor import Advisor, ContentError, Problem, Reply
from advisor.channels.regression.grade import grade
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.renew import figures_of
from advisor.channels.regression.rewrite import flow, quoted
from advisor.channels.regression.schema import Expect

MOST_FIGURES = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="add the cases to this question file")
    parser.add_argument(
        "--tag", action="append", default=[], metavar="TAG", help="give the cases a tag; may be repeated"
    )
    parser.add_argument("--id", metavar="ID", help="give the (first) case an id")
    parser.add_argument("--lang", metavar="LANGUAGE", help="fix the language of the replies (en or nl)")


def run(options: argparse.Namespace) -> int:
    """Hold the conversation and write the case; returns the exit code."""
    if options.out and options.out.exists():
        load_cases([options.out])  # A broken file is told before anything is asked.
    advisor = Advisor.load(options.corpus, options.intents)
    if options.lang and options.lang not in advisor.content.languages:
        print(f"advisor record: unknown language {options.lang!r}", file=sys.stderr)
        return 2
    if sys.stdin.isatty():
        print(
            "Type the questions of one conversation; an empty line starts another, Ctrl-D ends.",
            file=sys.stderr,
        )
    conversations = [c for c in _held(advisor, _lines(), options.lang) if c]
    if not conversations:
        print("advisor record: no question was asked; nothing to record", file=sys.stderr)
        return 2
    text = "\n".join(
        case_text(turns, options.tag, options.id if number == 0 else None)
        for number, turns in enumerate(conversations)
    )
    if options.out:
        _add(options.out, text)
        print(f"{len(conversations)} case(s) added to {options.out}", file=sys.stderr)
    else:
        print(text, end="")
    return 0


def _lines() -> Iterator[str]:
    """Yield the lines of standard input; on a terminal, after a prompt."""
    while True:
        if sys.stdin.isatty():
            print("> ", end="", file=sys.stderr, flush=True)
        raw = sys.stdin.buffer.readline()
        if not raw:
            return
        yield raw.decode("utf-8", errors="replace").strip()


def _held(advisor: Advisor, lines: Iterable[str], language: str | None) -> Iterator[list[tuple[str, Reply]]]:
    """Yield conversations: an empty line starts a new one."""
    chat, turns = advisor.start(language), list[tuple[str, Reply]]()
    for line in lines:
        if not line:
            yield turns
            chat, turns = advisor.start(language), []
            continue
        reply = chat.ask(line)
        if sys.stdin.isatty():
            print(f"{reply.text}\n", file=sys.stderr)
        turns.append((line, reply))
    yield turns


def case_text(turns: Sequence[tuple[str, Reply]], tags: Sequence[str] = (), name: str | None = None) -> str:
    """Return the YAML of a case that expects the replies as they were."""
    is_long = len(turns) > 1
    lines = ["- conversation:"] if is_long else []
    for question, reply in turns:
        head = "    - " if is_long else "- "
        lines.append(f"{head}ask: {quoted(question)}")
        lines.append(f"{' ' * len(head)}expect: {_expected(reply)}")
    lines += [f"  tags: {flow(list(tags))}"] if tags else []
    lines += [f"  id: {flow(name)}"] if name else []
    return "\n".join(lines) + "\n"


def _expected(reply: Reply) -> str:
    """Return what pins a reply down: its kind, pages and figures, never its wording."""
    fields: dict[str, object] = {"kind": reply.kind}
    if reply.kind == "answer":
        figures = figures_of(reply)[:MOST_FIGURES]
        if figures:
            fields["contains"] = figures
        pages = list(dict.fromkeys(c.document for c in reply.citations))
        if pages:
            fields["cites"] = pages[0] if len(pages) == 1 else pages
    if reply.choices:
        fields["choices"] = list(reply.choices)
    fields["language"] = reply.language
    if grade(Expect.model_validate(fields).as_expectation(), reply):
        fields["max_words"] = len(reply.text.split())
    return "{" + ", ".join(f"{key}: {flow(value)}" for key, value in fields.items()) + "}"


def _add(path: Path, text: str) -> None:
    """Append cases to a file in the list form, leaving what is there untouched."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    joint = "" if not before.strip() else "\n" if before.endswith("\n") else "\n\n"
    after = before + joint + text
    scratch = path.with_name(f".{path.name}.new")
    scratch.write_text(after, encoding="utf-8")
    try:
        load_cases([scratch])
    except ContentError as error:
        said = "the cases cannot be added at the end of this file (is it a list of cases?)"
        raise ContentError([Problem(str(path), None, said)]) from error
    finally:
        scratch.unlink()
    path.write_text(after, encoding="utf-8")
