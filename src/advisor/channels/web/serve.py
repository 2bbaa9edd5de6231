"""`advisor serve`: run the HTTP service with the widget."""

import argparse
import sys

from advisor import MissingExtra


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument(
        "--port", type=int, default=8000, help="port to listen on (default: 8000; 0 picks one)"
    )
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes that answer (default: 1)"
    )
    parser.add_argument(
        "--origin", action="append", default=[], metavar="ORIGIN",
        help="a site whose pages may ask, such as https://www.example.edu; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--trusted-proxy", action="append", default=[], metavar="ADDRESS",
        help="a proxy (address or network) whose X-Forwarded-For counts; may be repeated",
    )  # fmt: skip
    parser.add_argument(
        "--rate", default="120/minute", help='questions for each address, such as 120/minute; "" for no limit'
    )
    parser.add_argument(
        "--watch",
        type=float,
        default=0,
        metavar="SECONDS",
        help="look for changed pages this often (SIGHUP always works)",
    )
    parser.add_argument(
        "--journal", metavar="FOLDER", help="keep the questions asked, redacted (default: keep none)"
    )
    parser.add_argument(
        "--journal-days", type=int, default=30, metavar="DAYS", help="for how long (default: 30)"
    )
    parser.add_argument("--no-demo", action="store_true", help="no demo page at /")
    parser.add_argument(
        "--access-log", action="store_true", help="log each request with its address to stderr"
    )


def run(options: argparse.Namespace) -> int:
    """Serve until told to stop; returns the exit code."""
    try:
        from advisor.channels.web.server import serve
        from advisor.channels.web.settings import Settings
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("advisor"):
            raise
        raise MissingExtra("web", "advisor serve") from error
    from pydantic import ValidationError

    try:
        settings = Settings(
            corpus=tuple(options.corpus) if options.corpus else None,
            intents=options.intents,
            origins=tuple(options.origin),
            trusted_proxies=tuple(options.trusted_proxy),
            rate=options.rate,
            watch_seconds=options.watch,
            journal=options.journal,
            journal_days=options.journal_days,
            reload_on_hangup=True,
            demo=not options.no_demo,
        )
    except ValidationError as error:
        print("\n".join(f"advisor serve: {e['loc'][0]}: {e['msg']}" for e in error.errors()), file=sys.stderr)
        return 2
    return serve(settings, options.host, options.port, max(1, options.workers), options.access_log)
