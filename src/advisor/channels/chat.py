"""`advisor`: the chat; without a terminal, one question a line."""

import argparse
import sys
from typing import TYPE_CHECKING, cast

from advisor.channels.repl import settings as repl_settings
from advisor.channels.repl.terminal import Color, detect, is_interactive

if TYPE_CHECKING:
    from advisor import Advisor


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--lang", metavar="LANGUAGE", help="fix the language of the replies (en or nl)")
    parser.add_argument("--json", action="store_true", help="one question a line, one JSON reply a line")
    repl_settings.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Hold the chat; returns the exit code."""

    def load() -> "Advisor":
        from advisor import Advisor

        return Advisor.load(options.corpus, options.intents)

    chosen = repl_settings.settings(options)
    if options.json or not is_interactive():
        from advisor.channels.plain import plain_chat

        return plain_chat(load(), options.lang, options.json, chosen.opened_journal())
    from advisor.channels.repl.session import Session

    terminal = detect(cast(Color, chosen.color), chosen.plain, sys.stdout.encoding)
    return Session(load, chosen, terminal, options.lang, options.debug).run()
