"""`advisor explain`: how a question is understood and why its passages passed or failed."""

import argparse
import sys

from advisor import Advisor


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="the question to explain")
    parser.add_argument("--json", action="store_true", help="print the record as JSON")


def run(options: argparse.Namespace) -> int:
    """Explain; returns the exit code."""
    chat = Advisor.load(options.corpus, options.intents).start()
    chat.ask(" ".join(options.question))
    explanation = chat.explain()
    if explanation is None:
        print("advisor explain: nothing was asked", file=sys.stderr)
        return 2
    print(explanation.model_dump_json() if options.json else "\n".join(explanation.lines()))
    return 0
