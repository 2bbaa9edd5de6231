"""YAML with positions: every scalar is text, every value knows its line."""

from collections.abc import Iterable
from typing import Any

import yaml

from advisor import Problem

_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL = "tag:yaml.org,2002:null"


def compose(text: str, path: str, problems: list[Problem]) -> yaml.Node | None:
    """Return the root of a YAML text, or None with the problem told."""
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_Fast)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or str(error)
        problems.append(Problem(path, mark.line + 1 if mark else None, f"not valid YAML: {what}"))
        return None
    if root is None:
        problems.append(Problem(path, None, "the file is empty"))
    return root


def plain(node: yaml.Node, path: str, problems: list[Problem]) -> Any:
    """Return the data of a node; 2.60 and no stay the words that were written."""
    if isinstance(node, yaml.MappingNode):
        data: dict[str, Any] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in data:
                problems.append(Problem(path, line(key), f"{name!r} stands here twice"))
            data[name] = plain(value, path, problems)
        return data
    if isinstance(node, yaml.SequenceNode):
        return [plain(item, path, problems) for item in node.value]
    return None if node.tag == _NULL else str(node.value)


def line(node: yaml.Node) -> int:
    """Return the line of a node, from 1."""
    number: int = node.start_mark.line + 1
    return number


def find(node: yaml.Node, place: Iterable[str | int]) -> yaml.Node:
    """Return the deepest node on the way to a place; steps that lead nowhere are left out."""
    for step in place:
        if isinstance(node, yaml.MappingNode):
            node = next((v for k, v in node.value if str(k.value) == str(step)), node)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
    return node


def line_of(node: yaml.Node, place: Iterable[str | int]) -> int:
    """Return the line of the key or item at a place."""
    number = line(node)
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pair = next(((k, v) for k, v in node.value if str(k.value) == str(step)), None)
            if pair is not None:
                number, node = line(pair[0]), pair[1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            number = line(node)
    return number
