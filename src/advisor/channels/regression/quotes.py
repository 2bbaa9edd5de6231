"""The quotes of saved conversations: Markdown transcripts, JSON replies."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from advisor import ContentError, Problem

# A source of a transcript ends in (`document` start-end); its quote is the block below it.
_SOURCE = re.compile(r"\(`(?P<document>[^`]+)` (?P<start>\d+)-(?P<end>\d+)\)\s*$")
_QUOTE = re.compile(r"\s*>\s?(.*)$")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~#+=-])")


@dataclass(frozen=True, slots=True)
class Quote:
    """What a reply quoted, from where, and the line of the file that says so."""

    document: str
    start: int
    end: int
    text: str
    line: int


def read_quotes(text: str, path: str) -> list[Quote]:
    """Return the quotes in a saved conversation; raises ContentError when there are none."""
    found = list(_from_json(text, path) if text.lstrip().startswith(("{", "[")) else _from_markdown(text))
    if not found:
        raise ContentError(
            [Problem(path, None, "holds no quotes; expected a saved transcript or JSON replies")]
        )
    return found


def _from_markdown(text: str) -> Iterator[Quote]:
    lines = text.splitlines()
    for number, line in enumerate(lines, 1):
        source = _SOURCE.search(line)
        if not source:
            continue
        quote = "\n".join(_block(lines, number))
        yield Quote(source["document"], int(source["start"]), int(source["end"]), quote, number)


def _block(lines: list[str], number: int) -> Iterator[str]:
    """Yield the quoted lines below a line, without their escapes."""
    while number < len(lines) and not lines[number].strip():
        number += 1
    while number < len(lines) and (match := _QUOTE.match(lines[number])):
        yield _ESCAPED.sub(r"\1", match[1])
        number += 1


def _from_json(text: str, path: str) -> Iterator[Quote]:
    try:
        yield from _citations(json.loads(text), 1, path)
        return
    except json.JSONDecodeError:
        pass
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                data = json.loads(line)
            except json.JSONDecodeError as error:
                raise ContentError([Problem(path, number, f"not valid JSON: {error.msg}")]) from error
            yield from _citations(data, number, path)


def _citations(data: Any, line: int, path: str) -> Iterator[Quote]:
    """Yield the citations at any depth: of a reply, a list of replies, a report of tests."""
    if isinstance(data, list):
        for item in data:
            yield from _citations(item, line, path)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key == "citations" and isinstance(value, list):
                yield from (_quote(item, line, path) for item in value)
            else:
                yield from _citations(value, line, path)


def _quote(item: Any, line: int, path: str) -> Quote:
    try:
        return Quote(str(item["document"]), int(item["start"]), int(item["end"]), str(item["quote"]), line)
    except (KeyError, TypeError, ValueError) as error:
        raise ContentError([Problem(path, line, "a citation lacks its document, span or quote")]) from error
