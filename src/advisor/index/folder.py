"""An index kept in a folder: pages, passages and statistics, read when they are asked for.

    FOLDER/manifest.json      what it was made from, and the generation in use
    FOLDER/<generation>/      pages.sqlite and a tantivy index; never changed once it is in use

A change makes a new generation and then replaces the manifest, so that an interrupted build leaves
the old one in use and any number of processes may read.
"""

import json
import marshal
import os
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, overload

from pydantic import ValidationError

from advisor.errors import IndexProblem
from advisor.index.disk import PER_PAGE, DiskIndex
from advisor.index.scorer import Scorer
from advisor.index.store import PassageStore, index_terms
from advisor.records.document import Document, Record
from advisor.records.passage import Passage
from advisor.shelf import makers

SCHEMA = 1
MANIFEST, PAGES, TERMS = "manifest.json", "pages.sqlite", "tantivy"
MOST_OPEN = 256  # pages kept read
_TABLES = """
CREATE TABLE page (slot INTEGER PRIMARY KEY, id TEXT UNIQUE, path TEXT, digest TEXT, provenance BLOB,
                   tracks BLOB, words BLOB, counted BLOB, document BLOB, passages BLOB);
CREATE TABLE term (term TEXT PRIMARY KEY, frequency INTEGER) WITHOUT ROWID;
CREATE TABLE fact (topic TEXT, kind TEXT, amount REAL, slot INTEGER,
                   PRIMARY KEY (topic, kind, amount, slot)) WITHOUT ROWID;
CREATE INDEX fact_slot ON fact (slot);
CREATE TABLE part (name TEXT PRIMARY KEY, value BLOB);
"""


class Manifest(Record):
    """What an index was made from; another program or content makes it stale."""

    schema_version: int = SCHEMA
    analysis: str
    corpus: str
    places: tuple[str, ...]
    generation: str
    pages: int
    passages: int


def analysis(content: str) -> str:
    """Return the version of the analysis: of the code, of the content with this digest, of the format."""
    return f"{makers('answer').hex()[:24]}-{content[:24]}-{sys.implementation.cache_tag}"


def read_manifest(folder: Path) -> Manifest:
    """Return a folder's manifest; raises IndexProblem when it is no index or of another version."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise IndexProblem(f"{folder}: no index here; make one with `advisor index build`") from error
    except (OSError, ValueError) as error:
        raise IndexProblem(f"{path}: not the manifest of an index") from error
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA:
        raise IndexProblem(f"{path}: an index of version {version}, this program reads {SCHEMA}")
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        raise IndexProblem(f"{path}: not the manifest of an index") from error


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put a generation in use, in one step."""
    new = folder / f"{MANIFEST}.{os.getpid()}"
    new.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    os.replace(new, folder / MANIFEST)


def connect(path: Path, is_new: bool = False) -> sqlite3.Connection:
    """Return a connection to the pages of a generation that is being written."""
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
    if is_new:
        connection.executescript(_TABLES)
    return connection


def pack(data: Any) -> bytes:
    """Return plain data as bytes."""
    return marshal.dumps(data)


class _Page:
    """One page read: its passages, with what they are about and hold."""

    def __init__(self, packed: bytes, widened: Callable[[Iterable[str]], frozenset[str]]) -> None:
        self.passages = [Passage.restore(data) for data in marshal.loads(packed)]
        self.own = [widened(p.own) for p in self.passages]
        self.near = [widened(p.near) for p in self.passages]
        self.far = [widened(p.far) for p in self.passages]
        self._widened = widened
        self._counts: dict[int, Mapping[str, int]] = {}

    def counts(self, number: int) -> Mapping[str, int]:
        if number not in self._counts:
            counts: dict[str, int] = {}
            for term in index_terms(self.passages[number], self._widened):
                counts[term] = counts.get(term, 0) + 1
            self._counts[number] = counts
        return self._counts[number]


class Folder:
    """A generation in use, opened for reading; safe to share by threads."""

    def __init__(self, folder: Path, content: str, manifest: Manifest | None = None) -> None:
        """Open a folder for the content with this digest; raises IndexProblem when it is stale."""
        self.home = folder
        self.manifest = manifest or read_manifest(folder)
        if self.manifest.analysis != analysis(content):
            raise IndexProblem(
                f"{folder}: the index is stale, it was made by another version of the program or the intents;"
                " run `advisor index build` again"
            )
        self.place = folder / self.manifest.generation
        if not (self.place / PAGES).is_file():
            raise IndexProblem(f"{folder}: the index is damaged, {self.manifest.generation} is missing")
        self._local = threading.local()
        self.slots: Sequence[int] = self.part("slots")
        self.ids: Sequence[str] = self.part("ids")

    def ask(self, query: str, *values: object) -> sqlite3.Cursor:
        """Return the rows of a query."""
        connection = getattr(self._local, "connection", None)
        if connection is None:
            path = f"file:{(self.place / PAGES).as_posix()}?mode=ro&immutable=1"
            connection = self._local.connection = sqlite3.connect(path, uri=True)
        cursor: sqlite3.Cursor = connection.execute(query, values)
        return cursor

    def part(self, name: str) -> Any:
        """Return what was kept under a name; raises IndexProblem when it is not there."""
        try:
            row = self.ask("SELECT value FROM part WHERE name = ?", name).fetchone()
        except sqlite3.Error as error:
            raise IndexProblem(f"{self.place}: the index is damaged: {error}") from error
        if row is None:
            raise IndexProblem(f"{self.place}: the index is damaged, it has no {name}")
        return marshal.loads(row[0])

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each page stands in the order of pages."""
        return {identifier: position for position, identifier in enumerate(self.ids)}

    @cached_property
    def by_slot(self) -> Mapping[int, int]:
        """Where the page of each slot stands in the order of pages."""
        return {slot: position for position, slot in enumerate(self.slots)}

    def blob(self, column: str, position: int) -> bytes:
        """Return a column of the page at a position."""
        row = self.ask(f"SELECT {column} FROM page WHERE slot = ?", self.slots[position]).fetchone()
        data: bytes = row[0]
        return data


class Pages(Mapping[str, Document]):
    """The documents of a folder by id, read when they are asked for."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder
        self.at = lru_cache(maxsize=MOST_OPEN)(self._document)

    def _document(self, position: int) -> Document:
        return Document.model_validate(marshal.loads(self._folder.blob("document", position)))

    def __len__(self) -> int:
        return len(self._folder.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._folder.ids)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._folder.positions

    def __getitem__(self, identifier: str) -> Document:
        return self.at(self._folder.positions[identifier])


class InOrder(Sequence[Document]):
    """The documents of a folder in order."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, key: int) -> Document: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, key: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(key, slice):
            return tuple(self._pages.at(i) for i in range(len(self))[key])
        return self._pages.at(range(len(self))[key])


class _Passages(Sequence[Passage]):
    """The passages of a folder by their numbers, which leave room at the end of each page."""

    def __init__(self, store: "FolderStore") -> None:
        self._store = store

    def __len__(self) -> int:
        return self._store.index.size

    def __iter__(self) -> Iterator[Passage]:
        for position in range(len(self._store.folder.ids)):
            yield from self._store.page(position).passages

    @overload
    def __getitem__(self, key: int) -> Passage: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, key: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(key, slice):
            raise TypeError("passages on disk are read one by one")
        return self._store.page(key // PER_PAGE).passages[key % PER_PAGE]


class _Numbers(Mapping[str, int]):
    """The numbers of passages by their ids."""

    def __init__(self, store: "FolderStore") -> None:
        self._store = store

    def __len__(self) -> int:
        return self._store.index.size

    def __iter__(self) -> Iterator[str]:
        return (p.id for p in self._store.passages)

    def __getitem__(self, identifier: str) -> int:
        document, _, number = identifier.rpartition("#")
        position = self._store.folder.positions[document]
        if not number.isdecimal() or int(number) >= len(self._store.page(position).passages):
            raise KeyError(identifier)
        return position * PER_PAGE + int(number)


class FolderStore(PassageStore):
    """The passages of a folder with the index over them; pages are read as they are needed."""

    def __init__(self, folder: Folder, widened: Callable[[Iterable[str]], frozenset[str]]) -> None:
        self.folder = folder
        self.widened = widened
        self.page = lru_cache(maxsize=MOST_OPEN)(self._read)
        size, length = folder.part("totals")
        self.index = DiskIndex(
            folder.place / TERMS,
            size,
            length / size if size else 0.0,
            lru_cache(maxsize=1 << 16)(self._frequency),
            self._counts_of,
            lambda n: folder.by_slot[n // PER_PAGE] * PER_PAGE + n % PER_PAGE,
            folder.part("in_order"),
        )
        self.scorer = Scorer(self.index)
        self.passages = _Passages(self)
        self.number = _Numbers(self)

    def _read(self, position: int) -> _Page:
        return _Page(self.folder.blob("passages", position), self.widened)

    def _frequency(self, term: str) -> int:
        row = self.folder.ask("SELECT frequency FROM term WHERE term = ?", term).fetchone()
        return int(row[0]) if row else 0

    def _counts_of(self, number: int) -> Mapping[str, int]:
        return self.page(number // PER_PAGE).counts(number % PER_PAGE)

    def of(self, document: str) -> Sequence[int]:
        """Return the numbers of a document's passages in order."""
        position = self.folder.positions.get(document)
        if position is None:
            return ()
        first = position * PER_PAGE
        return range(first, first + len(self.page(position).passages))

    def _about(self, number: int) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        page, number = self.page(number // PER_PAGE), number % PER_PAGE
        return page.own[number], page.near[number], page.far[number]

    def document_of(self, number: int) -> str:
        """Return the document of a passage, without reading its page."""
        return self.folder.ids[number // PER_PAGE]


_COMPARED = {"equal": "=", "below": "<", "at-most": "<=", "above": ">", "at-least": ">="}


class FolderFacts:
    """What the pages of a folder state by topic, worked out when the index was built."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> set[str]:
        """Return the programmes with a statement of the kind whose amount compares so."""
        rows = self._folder.ask(
            f"SELECT slot FROM fact WHERE topic = ? AND kind = ? AND amount {_COMPARED[bound]} ?",
            topic, kind, amount,
        )  # fmt: skip
        ids, positions = self._folder.ids, self._folder.by_slot
        return {ids[positions[slot]] for (slot,) in rows}

    def states(self, topic: str, document: str) -> bool | None:
        """Return whether a page says anything about a topic."""
        slot = self._folder.slots[self._folder.positions[document]]
        return bool(
            self._folder.ask(
                "SELECT 1 FROM fact WHERE topic = ? AND kind = 'has' AND amount = 0 AND slot = ?", topic, slot
            ).fetchone()
        )


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for writing; raises IndexProblem when another process is at it."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("a") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except ImportError:
            pass  # no such locks here; two builds at once would only leave one of them unused
        except OSError as error:
            raise IndexProblem(f"{folder}: another process is building this index") from error
        yield
