"""`advisor add`: turn pages of any format into pages of the corpus, and show what was recognised."""

import argparse
import json
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from advisor import ContentError, Problem
from advisor.channels.regression.bar import Bar
from advisor.editing import AdoptedPage, Adopter, store

MOST_SHOWN = 4
MOST_SECTIONS = 12
_WIDTH = 14


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a page: .md .txt .html .pdf")
    parser.add_argument(
        "--to", metavar="FOLDER", help="where the pages go (default: the folder of --corpus, or ./corpus)"
    )
    parser.add_argument("--replace", action="store_true", help="overwrite pages that exist")
    parser.add_argument("--dry-run", action="store_true", help="show what is recognised and write nothing")
    parser.add_argument("--all", action="store_true", help="show every section and every fact")
    parser.add_argument("--lang", choices=("en", "nl"), default="en", help="language of what is shown")


def run(options: argparse.Namespace) -> int:
    """Read all files, write all pages or none; returns the exit code."""
    words = _words(options.lang)
    pages = _read(options.files, options.intents, options.lang, words["reading"])
    targets: Sequence[Path | None] = [None] * len(pages)
    if not options.dry_run:
        targets = store(pages, _folder(options), replaces=options.replace)
    most = None if options.all else MOST_SHOWN
    for number, (page, target) in enumerate(zip(pages, targets, strict=True)):
        arrow = f" -> {target}" if target else ""
        print(("\n" if number else "") + page.document.path + arrow)
        for line in recognised(page, words, most):
            print("  " + line)
    return 0


def _read(paths: Sequence[str], intents: str | None, language: str, doing: str) -> list[AdoptedPage]:
    adopter = Adopter(intents)
    pages: list[AdoptedPage] = []
    problems: list[Problem] = []
    with Bar(len(paths) if len(paths) > 1 else 0, doing) as bar:
        for path in paths:
            try:
                pages.append(adopter.adopt(path, language))
            except ContentError as error:
                problems += error.problems
            bar.tick()
    if problems:
        raise ContentError(problems)
    return pages


def _folder(options: argparse.Namespace) -> Path:
    if options.to:
        return Path(options.to)
    folders = [Path(place) for place in options.corpus or () if not Path(place).is_file()]
    return folders[0] if folders else Path("corpus")


def _words(language: str) -> dict[str, str]:
    source = files("advisor.channels") / "add.json"
    words: dict[str, str] = json.loads(source.read_text("utf-8"))[language]
    return words


def recognised(page: AdoptedPage, words: dict[str, str], most: int | None = MOST_SHOWN) -> Iterator[str]:
    """Yield what was recognised of a page, line by line, and what was not."""
    known = page.document.provenance.model_dump()
    for key in ("title", "institution", "language", "url", "last_updated", "edition"):
        if known[key]:
            yield f"{words[key]:<{_WIDTH}}{known[key]}"
    shown = page.sections if most is None else page.sections[:MOST_SECTIONS]
    rest = _rest(len(page.sections) - len(shown), words)
    yield f"{words['sections']:<{_WIDTH}}{len(page.sections)}: {'; '.join([*shown, *rest])}"
    yield f"{words['facts']:<{_WIDTH}}{page.facts}"
    for topic in page.topics:
        yield from _facts(topic.name, topic.facts, words, most)
    if page.other_facts:
        yield from _facts(words["others"], page.other_facts, words, most)
    if page.unknown:
        yield f"{words['unknown']}: {', '.join(page.unknown)}"


def _facts(name: str, facts: Sequence[str], words: dict[str, str], most: int | None) -> Iterator[str]:
    yield f"  {name}"
    for fact in facts[:most]:
        yield f"    {fact}"
    for line in _rest(len(facts[most:]) if most is not None else 0, words):
        yield f"    {line}"


def _rest(count: int, words: dict[str, str]) -> list[str]:
    return [words["more"].format(count=count)] if count > 0 else []
