"""`advisor ask`: one question on the command line, or a stream of them."""

import argparse
import atexit
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from advisor.channels.plain import json_reply, known_language, plain_reply, put, stream

OK, USAGE, NO_ANSWER = 0, 2, 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question; - reads one a line")
    parser.add_argument("--json", action="store_true", help="print the reply as JSON, one object a line")
    parser.add_argument("--lang", metavar="LANGUAGE", help="fix the language of the replies (en or nl)")
    parser.add_argument("--strict", action="store_true", help="exit with 3 when there was no answer")


def run(options: argparse.Namespace) -> int:
    """Answer; returns the exit code."""
    question = _readable(" ".join(options.question))
    if not question.strip():
        print('advisor ask: no question given; try: advisor ask "What does it cost?"', file=sys.stderr)
        return USAGE
    atexit.register(gc.freeze)  # nothing is looked through once more on the way out
    with _no_collection():
        from advisor import Advisor

        advisor = Advisor.load(options.corpus, options.intents)
        if question != "-":
            known_language(advisor, options.lang)
            reply = advisor.ask(question, options.lang)
    if question == "-":
        is_answered = stream(advisor, options.lang, options.json)
    else:
        is_answered = reply.kind == "answer"
        put(json_reply(reply, sys.stdout.encoding) if options.json else plain_reply(reply))
    return NO_ANSWER if options.strict and not is_answered else OK


@contextmanager
def _no_collection() -> Iterator[None]:
    """Leave out the collection of garbage: loading makes many objects, and all of them stay."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _readable(text: str) -> str:
    """Return what was typed where the locale could not read its bytes: as UTF-8, else as Windows-1252."""
    raw = text.encode("utf-8", "surrogateescape")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")
