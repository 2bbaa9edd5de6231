"""The command `advisor`: arguments, exit codes, and where each subcommand lives.

Exit codes: 0 fine, 1 something failed, 2 bad usage or broken content, 130 interrupted.
"""

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TextIO

# Subcommand -> (module with `arguments(parser)` and `run(options) -> int`, one line of help).
# Modules are imported only when their command is used, to keep the start short.
COMMANDS: dict[str, tuple[str, str]] = {
    "chat": ("advisor.channels.chat", "talk with the adviser (what `advisor` alone does)"),
    "ask": ("advisor.channels.ask", "answer one question, or a stream of them"),
    "explain": ("advisor.channels.explain", "show how a question is understood and answered"),
    "add": ("advisor.channels.add", "turn a page of any format into a page of the corpus"),
    "check": ("advisor.channels.check", "look for problems in pages and intents"),
    "index": ("advisor.channels.index", "build an index for many pages, update it, tell its state"),
    "serve": ("advisor.channels.web.serve", "run the HTTP service with the widget"),
    "test": ("advisor.channels.regression.test", "run files of questions and expected answers"),
    "diff": ("advisor.channels.regression.diff", "show which answers two corpora give differently"),
    "gaps": ("advisor.channels.regression.gaps", "show which topics which page leaves open"),
    "record": ("advisor.channels.regression.record", "turn a conversation into a question file"),
    "verify": ("advisor.channels.regression.verify", "check the quotes of a saved conversation"),
}
# Commands that only read pages, and may read an index of many instead.
READING = frozenset({"chat", "ask", "explain"})
# Pages of so many bytes, some ten thousand passages, are better kept on disk than read at every start.
MANY_BYTES = 4_000_000
OK, FAILED, USAGE, INTERRUPTED = 0, 1, 2, 130


def content_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that every command takes."""
    parser.add_argument(
        "--corpus", action="append", metavar="PLACE",
        help="a folder or file of pages; may be repeated (default: ADVISOR_CORPUS, or what ships)",
    )  # fmt: skip
    parser.add_argument(
        "--intents", metavar="FOLDER", help="the folder of intents (default: ADVISOR_INTENTS, or what ships)"
    )
    parser.add_argument(
        "--index", metavar="ENGINE",
        help="memory, or an index that `advisor index build` made: disk:FOLDER, or https://HOST:9200/NAME"
        " in an OpenSearch cluster (default: ADVISOR_INDEX, or by the size of the corpus)",
    )  # fmt: skip
    parser.add_argument("--debug", action="store_true", help="show a traceback when something breaks")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    for stream in (sys.stdout, sys.stderr):
        _survive_any_encoding(stream)
    if given[:1] not in (["-h"], ["--help"], ["--version"]) and (not given or given[0] not in COMMANDS):
        if given and not given[0].startswith("-"):
            return _unknown(given[0])
        given = ["chat", *given]
    if given[0] in COMMANDS:
        return _run(given[0], given[1:])
    return _overview(given[0])


def _choose_by_size(options: argparse.Namespace) -> None:
    """Let a large corpus be read from an index on disk, which is made at the first time."""
    places = options.corpus or [p for p in os.environ.get("ADVISOR_CORPUS", "").split(os.pathsep) if p]
    if sum(map(_bytes_below, places)) <= MANY_BYTES:
        return
    from advisor.editing import cached_index

    index = cached_index(places, options.intents)
    if index is not None:
        options.corpus = [str(index)]


def _bytes_below(place: str) -> int:
    """Return the size of a file, or of all that a folder holds."""
    if not os.path.isdir(place):
        return os.path.getsize(place) if os.path.exists(place) else 0
    if os.path.isfile(os.path.join(place, "manifest.json")):
        return 0  # an index already
    return sum(os.path.getsize(os.path.join(at, f)) for at, _, files in os.walk(place) for f in files)


def _choose_engine(name: str, parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Let an index that was built before take the place of a corpus, as `Advisor.load` opens it."""
    from advisor.errors import IndexProblem

    engine = options.index or os.environ.get("ADVISOR_INDEX")
    if engine is None and name in READING:
        _choose_by_size(options)
    if engine in {None, "memory"}:
        return
    kind, _, place = engine.partition(":")
    if kind == "disk" and place:
        if not os.path.isfile(os.path.join(place, "manifest.json")):
            raise IndexProblem(f"{place}: no index here; make one with `advisor index build`")
    elif kind in {"https", "http"}:
        place = engine
    else:
        known = "memory, disk:FOLDER and https://HOST:9200/NAME"
        parser.error(f"unknown index {engine!r}; known are {known}")
    if options.corpus:
        parser.error("--index names pages of its own; leave --corpus out")
    options.corpus = [place]


def _run(name: str, arguments: Sequence[str]) -> int:
    from advisor.errors import AdvisorError, ContentError, IndexUnavailable

    module_name, line = COMMANDS[name]
    try:
        module = importlib.import_module(module_name)
        parser = argparse.ArgumentParser(
            prog="advisor" if name == "chat" else f"advisor {name}", description=line
        )
        content_arguments(parser)
        module.arguments(parser)
        options = parser.parse_intermixed_args(arguments)
        if name != "index":  # which makes what others open
            _choose_engine(name, parser, options)
        code: int = module.run(options)
        sys.stdout.flush()
        return code
    except ContentError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} problem(s); nothing was loaded.", file=sys.stderr)
        return USAGE
    except AdvisorError as error:
        print(error, file=sys.stderr)
        return FAILED if isinstance(error, IndexUnavailable) else USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # The reader has gone; leave quietly and keep the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OK
    except Exception as error:
        if "--debug" in arguments:
            raise
        print(f"Something broke: {type(error).__name__}: {error} (--debug shows where)", file=sys.stderr)
        return FAILED


def _overview(flag: str) -> int:
    if flag == "--version":
        from importlib.metadata import version

        print(version("programme-advisor"))
        return OK
    print("usage: advisor [COMMAND] [OPTIONS]\n\nWithout a command, advisor starts the chat.\n\ncommands:")
    for name, (_, line) in COMMANDS.items():
        print(f"  {name:<8} {line}")
    print("\nadvisor COMMAND --help tells the options of a command.")
    return OK


def _unknown(word: str) -> int:
    from difflib import get_close_matches

    near = get_close_matches(word, COMMANDS, n=1)
    hint = f"; did you mean {near[0]!r}?" if near else '; to ask a question: advisor ask "..."'
    print(f"advisor: unknown command {word!r}{hint}", file=sys.stderr)
    return USAGE


def _survive_any_encoding(stream: TextIO) -> None:
    """Replace what a stream's encoding cannot show instead of crashing on it."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")
