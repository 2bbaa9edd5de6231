"""Change an expectation inside a question file, leaving every other character as it was."""

import re
from collections.abc import Sequence
from typing import Any

import yaml

from advisor.channels.regression import nodes
from advisor.channels.regression.cases import Expectation, Place

_PLAIN = re.compile(r"[A-Za-zÀ-ÿ][\w À-ÿ/-]*")
_COMMA = re.compile(r"\s*,\s*")
_BEFORE = re.compile(r"(,\s*|\n[ \t]*)$")
Edit = tuple[int, int, str]


def rewritten(text: str, place: Place, old: Expectation, new: Expectation) -> str:
    """Return the text of a file with the turn at a place expecting something new.

    Raises ValueError when the place does not hold what it held when the file was read.
    """
    for key in Expectation.__slots__:
        before, after = getattr(old, key), getattr(new, key)
        if before == after:
            continue
        if key == "contains" and after:
            edits = _group_edits(text, _turn(text, place), before, after)
            for start, end, piece in sorted(edits, reverse=True):
                text = text[:start] + piece + text[end:]
        else:
            text = _with_value(text, place, key, after)
    if new.kind and not _says_kind(_turn(text, place)):
        text = _with_value(text, place, "kind", new.kind)
    return text


def _says_kind(turn: yaml.MappingNode) -> bool:
    """Whether a turn tells its kind, under that name or by speaking of an answer's content."""
    return bool(_homes(turn, "kind")) or any(str(k.value).startswith("answer ") for k, _ in turn.value)


def _turn(text: str, place: Place) -> yaml.MappingNode:
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    turn = nodes.find(root, place) if root is not None else None
    if not isinstance(turn, yaml.MappingNode):
        raise ValueError("the file has changed since it was read")
    return turn


def _with_value(text: str, place: Place, key: str, value: Any) -> str:
    """Return the text with a key set to a value, or without the key when there is none."""
    homes = _homes(_turn(text, place), key)
    is_gone = value in ((), None)
    if not homes:
        edit = _added(text, _turn(text, place), key, value)
    elif is_gone or len(homes) > 1:
        edit = _removed(text, *homes[-1])
    else:
        node = homes[0][1]
        edit = node.start_mark.index, _end(node), flow(_short(value))
    start, end, piece = edit
    text = text[:start] + piece + text[end:]
    return _with_value(text, place, key, value) if len(homes) > 1 else text


def _homes(turn: yaml.MappingNode, key: str) -> list[tuple[yaml.Node, yaml.Node]]:
    """Return the (key, value) nodes where a turn says something under a key, in order of their effect."""
    inner = [v for k, v in turn.value if k.value == "expect" and isinstance(v, yaml.MappingNode)]
    places = [(m, key) for m in inner] + [(turn, key), (turn, f"answer {key}")]
    return [(k, v) for mapping, name in places for k, v in mapping.value if k.value == name]


def _group_edits(
    text: str, turn: yaml.MappingNode, before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]
) -> list[Edit]:
    """Return the changes of single groups of `contains`, each in its own place."""
    items: list[tuple[yaml.Node, bool]] = []
    for _, value in _homes(turn, "contains"):
        is_list = isinstance(value, yaml.SequenceNode)
        items += [(node, is_list) for node in value.value] if is_list else [(value, False)]
    if not len(items) == len(before) == len(after):
        raise ValueError("the file has changed since it was read")
    return [
        (node.start_mark.index, _end(node), flow(_short(new) if is_list or len(new) == 1 else [new]))
        for (node, is_list), old, new in zip(items, before, after, strict=True)
        if old != new
    ]


def _removed(text: str, key: yaml.Node, value: yaml.Node) -> Edit:
    """Take a key out, with its comma or its line."""
    start, end = key.start_mark.index, _end(value)
    after = _COMMA.match(text, end)
    if after:
        return start, after.end(), ""
    before = _BEFORE.search(text[:start])
    if before and "\n" in before.group():
        rest = re.compile(r"[^\n]*").match(text, end)
        return before.start(), rest.end() if rest else end, ""
    return (before.start() if before else start), end, ""


def _added(text: str, turn: yaml.MappingNode, key: str, value: Any) -> Edit:
    """Put a new key first in `expect`, or on a line of its own below the question."""
    said = f"{key}: {flow(_short(value))}"
    inner = next((v for k, v in turn.value if k.value == "expect" and isinstance(v, yaml.MappingNode)), None)
    home = inner or turn
    first = home.value[0][0].start_mark
    indent = " " * first.column
    if inner or home.flow_style:
        return first.index, first.index, said + (", " if home.flow_style else f"\n{indent}")
    ask = next(v for k, v in turn.value if k.value == "ask")
    end = text.find("\n", _end(ask))
    end = len(text) if end < 0 else end
    return end, end, f"\n{indent}{said}"


def _end(node: yaml.Node) -> int:
    """Return where a node's own text ends; a block list's mark lies past the blank lines after it."""
    if not isinstance(node, yaml.CollectionNode) or node.flow_style:
        end: int = node.end_mark.index
        return end
    last = node.value[-1]
    return _end(last[1] if isinstance(node, yaml.MappingNode) else last)


def _short(value: Any) -> Any:
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def flow(value: Any) -> str:
    """Return a value as YAML on one line; quotes only where they are needed."""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(flow(v) for v in value) + "]"
    if isinstance(value, int):
        return str(value)
    text = str(value)
    is_word = _PLAIN.fullmatch(text) and text == text.strip() and isinstance(yaml.safe_load(text), str)
    return text if is_word else quoted(text)


def quoted(text: str) -> str:
    """Return a text in double quotes, with what cannot be seen escaped as YAML has it."""
    return '"' + "".join(_escaped(c) for c in text) + '"'


def _escaped(letter: str) -> str:
    if letter in '"\\':
        return "\\" + letter
    if letter.isprintable():
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
