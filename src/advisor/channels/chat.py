"""`advisor`: the chat; without a terminal, one question a line."""

import argparse

from advisor import Advisor
from advisor.channels.ask import stream


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--json", action="store_true", help="without a terminal: one JSON reply a line")
    parser.add_argument("--lang", metavar="LANGUAGE", help="fix the language of the replies (en or nl)")


def run(options: argparse.Namespace) -> int:
    """Hold the chat; returns the exit code."""
    advisor = Advisor.load(options.corpus, options.intents)
    return stream(advisor, options.lang, options.json)
