"""Read an `intents/` folder whole, or name everything that is wrong with it."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from advisor.errors import ContentError, Problem
from advisor.shelf import Shelf
from advisor.text.phrasebook import words_of
from advisor.topics.check import check
from advisor.topics.content import LANGUAGES, Content
from advisor.topics.schema import (
    ActEntry,
    ConceptEntry,
    LanguageEntry,
    SenseEntry,
    SpeechEntry,
    TopicEntry,
)

Entry = TypeVar("Entry", bound=BaseModel)


class _File:
    """A YAML file with the line of every key."""

    def __init__(self, path: Path, name: str) -> None:
        self.path = path
        self.name = name
        self.text = ""
        self.data: Any = None

    def read(self, problems: list[Problem]) -> bool:
        """Read the file's text."""
        try:
            self.text = self.path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            problems.append(Problem(self.name, None, f"not UTF-8 text: {error.reason} at byte {error.start}"))
        except OSError as error:
            problems.append(Problem(self.name, None, f"cannot be read: {error.strerror}"))
        else:
            return True
        return False

    def parse(self, problems: list[Problem]) -> bool:
        """Read the text as YAML."""
        import yaml

        try:
            self.data = yaml.load(self.text, Loader=_loader())
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or str(error)
            problems.append(Problem(self.name, mark.line + 1 if mark else None, f"not valid YAML: {what}"))
        else:
            return True
        return False

    def line(self, place: Iterable[int | str]) -> int | None:
        """Return the line of the entry at a place such as ("fees", "phrases", "en", 3)."""
        import yaml

        node = yaml.compose(self.text, Loader=_loader())
        line: int | None = node.start_mark.line + 1 if node else None
        for step in place:
            if isinstance(node, yaml.MappingNode):
                pair = next(((k, v) for k, v in node.value if str(k.value) == str(step)), None)
                if pair is None:
                    break
                line, node = pair[0].start_mark.line + 1, pair[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line + 1
            else:
                break
        return line


@cache
def _loader() -> Any:
    """Return a loader to which `on`, `off`, `yes` and `no` are words, as they are in YAML 1.2."""
    import yaml

    base = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    loader: Any = type("WordLoader", (base,), {})
    boolean = "tag:yaml.org,2002:bool"
    loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != boolean]
        for first, resolvers in base.yaml_implicit_resolvers.items()
    }
    loader.add_implicit_resolver(boolean, re.compile(r"(?:true|false)\Z"), ["t", "f"])
    return loader


def load_content(folder: Path) -> Content:
    """Read the folder; raises ContentError that names every problem with path and line."""
    problems: list[Problem] = []
    if not folder.is_dir():
        raise ContentError([Problem(str(folder), None, "no such folder of intents")])
    files = [_File(path, str(path)) for path in sorted(folder.rglob("*.yaml"))]
    readable = {f.path.relative_to(folder): f for f in files if f.read(problems)}
    made_from = [(place.as_posix() + "\0" + file.text).encode() for place, file in readable.items()]
    content = Content(Shelf(made_from))
    content.hash = hashlib.sha256(b"".join(made_from)).hexdigest()
    data = content.shelf.part("files", lambda: _parsed(readable, problems))
    for place, file in readable.items():
        if place.as_posix() in data:
            file.data = data[place.as_posix()]
            _take(content, file, place, problems)
    if not content.shelf.is_known:
        check(content, problems)
    if problems:
        raise ContentError(problems)
    words = content.shelf.part("words", lambda: {c: words_of(_phrases(content, c)) for c in LANGUAGES})
    content.words = {code: frozenset(own) for code, own in words.items()}
    return content


def _parsed(files: Mapping[Path, _File], problems: list[Problem]) -> dict[str, Any]:
    """Return the data of the files that are YAML, by place."""
    return {place.as_posix(): file.data for place, file in files.items() if file.parse(problems)}


def _phrases(content: Content, language: str) -> Iterable[str]:
    """Yield every wording that editors wrote in a language."""
    for concept in content.concepts.values():
        yield from getattr(concept, language)
    for sense in content.senses.values():
        yield from getattr(sense, language)
    wordings = (
        *(topic.phrases for topic in content.topics.values()),
        *(act.phrases for act in content.acts.values()),
        *(speech.phrases for speech in (*content.smalltalk.values(), *content.outside.values())),
    )
    for wording in wordings:
        yield from getattr(wording, language)


def _take(content: Content, file: _File, place: Path, problems: list[Problem]) -> None:
    """Read a file into the part of the content that its place says."""
    room = place.parts[0] if len(place.parts) > 1 else ""
    if file.data is None:
        problems.append(Problem(file.name, None, "the file is empty"))
    elif room == "languages":
        _one(content.languages, LanguageEntry, file, place.stem, (), file.data, problems)
    elif room == "topics":
        _one(content.topics, TopicEntry, file, place.stem, (), file.data, problems)
        content.places[f"topic {place.stem}"] = (file.name, 1)
    elif room == "lexicon":
        _each(content.concepts, ConceptEntry, file, problems)
        for name in file.data if isinstance(file.data, dict) else ():
            content.places[f"concept {name}"] = (file.name, None)
    elif room == "thesaurus":
        _each(content.senses, SenseEntry, file, problems)
        for name in file.data if isinstance(file.data, dict) else ():
            content.places[f"sense {name}"] = (file.name, None)
    elif room == "dialogue":
        _take_dialogue(content, file, place.stem, problems)
    elif room == "" and place.stem == "replies":
        _take_replies(content, file, problems)
    else:
        known = "languages/, lexicon/, thesaurus/, topics/, dialogue/ or replies.yaml"
        problems.append(Problem(file.name, None, f"not a place for a file of intents; expected {known}"))


def _take_dialogue(content: Content, file: _File, name: str, problems: list[Problem]) -> None:
    if name in {"smalltalk", "out-of-scope"}:
        table = content.smalltalk if name == "smalltalk" else content.outside
        for i, item in enumerate(file.data if isinstance(file.data, list) else []):
            key = item.get("id", str(i)) if isinstance(item, dict) else str(i)
            _one(table, SpeechEntry, file, key, (i,), item, problems)
    elif name == "comparison":
        content.overall = tuple(str(t) for t in (file.data.get("overall") or {}).get("topics", ()))
        content.unsaid = {str(k): str(v) for k, v in (file.data.get("unsaid") or {}).items()}
        content.same = tuple(tuple(map(str, group)) for group in file.data.get("same") or ())
        for topic in content.overall:
            content.places[f"overall {topic}"] = (file.name, None)
    else:
        _each(content.acts, ActEntry, file, problems)


def _take_replies(content: Content, file: _File, problems: list[Problem]) -> None:
    for key, value in file.data.items():
        texts = {k: str(v) for k, v in value.items()} if isinstance(value, dict) else {}
        content.templates[str(key)] = texts
        for language in LANGUAGES:
            if language not in texts:
                problems.append(Problem(file.name, file.line((key,)), f"reply {key!r} lacks {language!r}"))


def _each(table: dict[str, Entry], model: type[Entry], file: _File, problems: list[Problem]) -> None:
    if not isinstance(file.data, dict):
        problems.append(Problem(file.name, 1, "expected a mapping of names to entries"))
        return
    for key, value in file.data.items():
        _one(table, model, file, str(key), (key,), value, problems)


def _one(
    table: dict[str, Entry],
    model: type[Entry],
    file: _File,
    key: str,
    place: tuple[int | str, ...],
    value: object,
    problems: list[Problem],
) -> None:
    if key in table:
        problems.append(Problem(file.name, file.line(place), f"{key!r} is defined twice"))
        return
    try:
        table[key] = model.model_validate(value)
    except ValidationError as error:
        for fault in error.errors():
            where = (*place, *fault["loc"])
            at = ".".join(str(p) for p in fault["loc"])
            problems.append(Problem(file.name, file.line(where), f"{key}: {at}: {fault['msg']}"))
