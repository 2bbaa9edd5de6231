"""Read question files of every form into cases, or name everything that is wrong with them."""

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from advisor import ContentError, Problem
from advisor.channels.regression import nodes
from advisor.channels.regression.cases import KINDS, Case, Place, Turn, identifier
from advisor.channels.regression.schema import Ask, Include, LongCase, QuestionFile, ShortCase
from advisor.channels.regression.tables import read_csv, read_lines

Entry = TypeVar("Entry", bound=BaseModel)
SUFFIXES = (".qa.yaml", ".qa.yml", ".qa.csv", ".qa.jsonl")


def question_files(places: Iterable[str | Path]) -> list[Path]:
    """Return the question files named, and those in the folders named, each once.

    Raises ContentError for a place that does not exist. A folder without any is no error.
    """
    found: list[Path] = []
    problems = []
    for place in map(Path, places):
        if place.is_dir():
            found += _inside(place)
        elif place.is_file():
            found.append(place)
        else:
            problems.append(Problem(str(place), None, "no such question file or folder"))
    if problems:
        raise ContentError(problems)
    return list(dict.fromkeys(found))


def _inside(folder: Path) -> list[Path]:
    """Return the question files below a folder, without those in hidden folders."""
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [f for f in folders if not f.startswith(".")]
        found += [Path(place, name) for name in names if name.endswith(SUFFIXES)]
    return sorted(found)


def load_cases(places: Iterable[str | Path]) -> list[Case]:
    """Return the cases of files and folders, in order; raises ContentError with every problem."""
    reader = _Reader()
    for path in question_files(places):
        reader.file(path, (), ())
    if reader.problems:
        raise ContentError(list(dict.fromkeys(reader.problems)))
    return reader.cases


class _Reader:
    """Collects cases and problems; a file reached twice is read once."""

    def __init__(self) -> None:
        self.cases: list[Case] = []
        self.problems: list[Problem] = []
        self._done: set[Path] = set()

    def file(self, path: Path, tags: tuple[str, ...], corpus: tuple[str, ...]) -> None:
        if path.resolve() in self._done:
            return
        self._done.add(path.resolve())
        text = self._text(path)
        if text is None:
            return
        if path.suffix == ".csv":
            self.cases += read_csv(text, str(path), self.problems)
        elif path.suffix == ".jsonl":
            self.cases += read_lines(text, str(path), self.problems)
        else:
            self._yaml(path, text, tags, corpus)

    def _text(self, path: Path) -> str | None:
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            self.problems.append(
                Problem(str(path), None, f"not UTF-8 text (byte {error.start}); save it as UTF-8")
            )
        except OSError as error:
            self.problems.append(Problem(str(path), None, f"cannot be read: {error.strerror}"))
        return None

    def _yaml(self, path: Path, text: str, tags: tuple[str, ...], corpus: tuple[str, ...]) -> None:
        root = nodes.compose(text, str(path), self.problems)
        if root is None:
            return
        data = nodes.plain(root, str(path), self.problems)
        if isinstance(data, list):
            _File(self, path, root, tags, corpus).items(data, ())
        elif isinstance(data, dict):
            _File(self, path, root, tags, corpus).whole(data)
        else:
            self.problems.append(
                Problem(str(path), 1, "expected a list of cases, each with `ask` or `conversation`")
            )


class _File:
    """One YAML file on its way to cases."""

    def __init__(
        self, reader: _Reader, path: Path, root: yaml.Node, tags: tuple[str, ...], corpus: tuple[str, ...]
    ) -> None:
        self.reader = reader
        self.path = path
        self.root = root
        self.tags = tags
        self.corpus = corpus

    def whole(self, data: dict[str, Any]) -> None:
        """Read the full form."""
        outer = {k: v for k, v in data.items() if k != "cases"}
        head = self._checked(QuestionFile, outer, ())
        if head is None:
            return
        self.tags = (*self.tags, *head.tags)
        self.corpus = tuple(str(self.path.parent / place) for place in head.corpus) or self.corpus
        self._include(head.include, ("include",))
        cases = data.get("cases") or []
        if isinstance(cases, list):
            self.items(cases, ("cases",))
        else:
            self._problem(("cases",), "expected a list of cases")

    def items(self, data: Sequence[object], place: Place) -> None:
        """Read a list of cases."""
        for number, item in enumerate(data):
            at = (*place, number)
            if not isinstance(item, dict):
                self._problem(at, "expected a case with `ask` or `conversation`")
            elif "include" in item:
                included = self._checked(Include, item, at)
                self._include(included.include if included else (), at)
            elif "conversation" in item:
                self._long(item, at)
            else:
                self._short(item, at)

    def _include(self, names: Sequence[str], place: Place) -> None:
        for name in names:
            target = self.path.parent / name
            if target.is_file():
                self.reader.file(target, self.tags, self.corpus)
            else:
                self._problem(place, f"include: no such file: {target}")

    def _long(self, item: dict[str, Any], place: Place) -> None:
        entry = self._checked(LongCase, item, place)
        if entry is not None:
            turns = [(ask, (*place, "conversation", n)) for n, ask in enumerate(entry.conversation)]
            self._add(turns, place, entry.id, entry.tags, entry.xfail)

    def _short(self, item: dict[str, Any], place: Place) -> None:
        entry = self._checked(ShortCase, item, place)
        if entry is not None:
            self._add([(entry, place)], place, entry.id, entry.tags, entry.xfail)

    def _add(
        self,
        asks: Sequence[tuple[Ask, Place]],
        place: Place,
        name: str | None,
        tags: Sequence[str],
        xfail: str | None,
    ) -> None:
        """Add a case for each wording: the n-th takes the n-th wording of every turn that has several."""
        wordings = max(len(ask.ask) for ask, _ in asks)
        for number in range(wordings):
            turns = tuple(
                Turn(ask.ask[number % len(ask.ask)], ask.expectation(), nodes.line_of(self.root, at), at)
                for ask, at in asks
            )
            own = name if name is None or wordings == 1 else f"{name}~{number + 1}"
            self.reader.cases.append(
                Case(
                    id=own or identifier(str(self.path), [t.ask for t in turns]),
                    path=str(self.path),
                    line=nodes.line_of(self.root, place),
                    turns=turns,
                    tags=tuple(dict.fromkeys((*self.tags, *tags))),
                    xfail=xfail,
                    corpus=self.corpus,
                )
            )

    def _problem(self, place: Place, message: str) -> None:
        self.reader.problems.append(Problem(str(self.path), nodes.line_of(self.root, place), message))

    def _checked(self, model: type[Entry], data: object, place: Place) -> Entry | None:
        try:
            return model.model_validate(data)
        except ValidationError as error:
            for fault in error.errors():
                self._problem((*place, *fault["loc"]), _told(fault["loc"], fault["type"], fault["msg"]))
        return None


def _told(place: tuple[int | str, ...], kind: str, message: str) -> str:
    """Return a validation fault in words for an editor."""
    name = ".".join(str(p) for p in place)
    if kind == "extra_forbidden":
        return f"unknown key {str(place[-1])!r}; known are {', '.join(_known())}"
    if kind == "missing":
        return f"lacks {name!r}"
    if kind == "literal_error":
        return f"{name}: expected one of {', '.join(KINDS)}"
    return f"{name}: {message}"


def _known() -> list[str]:
    fields = {**ShortCase.model_fields, **LongCase.model_fields}
    return sorted(field.alias or name for name, field in fields.items())
