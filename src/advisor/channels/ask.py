"""`advisor ask`: one question on the command line, or a stream of them."""

import argparse
import json
import sys

from advisor import Advisor
from advisor.channels.plain import plain_reply

NO_ANSWER = 3


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question; - reads one a line")
    parser.add_argument("--json", action="store_true", help="print the reply as JSON, one object a line")
    parser.add_argument("--lang", metavar="LANGUAGE", help="fix the language of the replies (en or nl)")
    parser.add_argument("--strict", action="store_true", help="exit with 3 when there was no answer")


def run(options: argparse.Namespace) -> int:
    """Answer; returns the exit code."""
    question = " ".join(options.question)
    if not question:
        print('advisor ask: no question given; try: advisor ask "What does it cost?"', file=sys.stderr)
        return 2
    advisor = Advisor.load(options.corpus, options.intents)
    if options.lang and options.lang not in advisor.content.languages:
        print(f"advisor ask: unknown language {options.lang!r}", file=sys.stderr)
        return 2
    if question == "-":
        return stream(advisor, options.lang, options.json)
    reply = advisor.ask(question, options.lang)
    print(reply.model_dump_json() if options.json else plain_reply(reply))
    return NO_ANSWER if options.strict and reply.kind != "answer" else 0


def stream(advisor: Advisor, language: str | None, as_json: bool) -> int:
    """Answer one question a line as one conversation; an empty line starts a new one."""
    chat = advisor.start(language)
    for raw in sys.stdin.buffer:
        line = raw.decode("utf-8", errors="replace").strip()
        if not line:
            chat = advisor.start(language)
            continue
        reply = chat.ask(line)
        text = json.dumps(reply.model_dump(mode="json"), ensure_ascii=False) if as_json else plain_reply(reply) + "\n"
        print(text, flush=True)
    return 0
