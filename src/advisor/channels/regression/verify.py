"""`advisor verify TRANSCRIPT`: do the quotes of a saved conversation still stand on the pages?"""

import argparse
import sys
from collections.abc import Mapping
from difflib import SequenceMatcher
from pathlib import Path

from advisor import Advisor, ContentError, Document, Problem
from advisor.channels.regression.holdings import Piece, pieces
from advisor.channels.regression.quotes import Quote, read_quotes
from advisor.channels.regression.visible import visible

OK, FAILED = 0, 1
ALIKE = 0.5


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument(
        "transcript", nargs="+", metavar="TRANSCRIPT",
        help="a transcript as the chat saves it, or JSON replies; - reads standard input",
    )  # fmt: skip
    parser.add_argument("-q", "--quiet", action="store_true", help="only what no longer stands")


def run(options: argparse.Namespace) -> int:
    """Check every quote; returns the exit code."""
    quotes = [(name, quote) for name in options.transcript for quote in read_quotes(_text(name), name)]
    advisor = Advisor.load(options.corpus, options.intents)
    check = Check(advisor)
    lost = 0
    for name, quote in quotes:
        verdict, is_good = check.verdict(quote)
        lost += not is_good
        if not (is_good and options.quiet):
            print(visible(f"{name}:{quote.line}: {quote.document}: {verdict}"))
    print(f"{len(quotes) - lost} of {len(quotes)} quotes stand on the pages")
    return FAILED if lost else OK


def _text(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8-sig")
    except OSError as error:
        raise ContentError([Problem(name, None, f"cannot be read: {error.strerror}")]) from error
    except UnicodeDecodeError as error:
        raise ContentError([Problem(name, None, "not UTF-8 text")]) from error


class Check:
    """Looks quotes up on the pages."""

    def __init__(self, advisor: Advisor) -> None:
        self._documents: Mapping[str, Document] = {d.id: d for d in advisor.documents}
        self._pieces = pieces(advisor)

    def verdict(self, quote: Quote) -> tuple[str, bool]:
        """Return what became of a quote, and whether it still stands."""
        shown = _squeezed(quote.text)
        document = self._documents.get(quote.document)
        if document is None:
            return f"no page has this id any more; it said “{shown}”", False
        if _squeezed(document.text[quote.start : quote.end]) == shown:
            return f"stands: “{shown}”", True
        if shown and shown in _squeezed(document.text):
            return f"stands elsewhere on the page: “{shown}”", True
        nearest = self._nearest(quote.document, shown)
        if nearest is not None:
            return f"changed: “{shown}” is now “{nearest.text}”", False
        return f"gone: “{shown}”", False

    def _nearest(self, document: str, shown: str) -> Piece | None:
        own = [p for p in self._pieces if p.document == document]
        best = max(own, key=lambda p: _ratio(p.text, shown), default=None)
        return best if best is not None and _ratio(best.text, shown) >= ALIKE else None


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()


def _squeezed(text: str) -> str:
    return " ".join(text.split())
