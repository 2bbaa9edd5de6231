"""An index kept in a folder: pages, passages and statistics, read when they are asked for.

    FOLDER/manifest.json      what it was made from, and the generation in use
    FOLDER/<generation>/      pages.sqlite and a tantivy index; never changed once it is in use

A change makes a new generation and then replaces the manifest, so that an interrupted build leaves
the old one in use and any number of processes may read.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from advisor.errors import IndexProblem
from advisor.index.disk import DiskIndex
from advisor.index.kept import Counts, Kept, Manifest, checked_manifest, unpack
from advisor.index.protocol import Index

MANIFEST, PAGES, TERMS = "manifest.json", "pages.sqlite", "tantivy"
_TABLES = """
CREATE TABLE page (slot INTEGER PRIMARY KEY, id TEXT UNIQUE, path TEXT, digest TEXT, provenance BLOB,
                   tracks BLOB, words BLOB, counted BLOB, document BLOB, passages BLOB);
CREATE TABLE term (term TEXT PRIMARY KEY, frequency INTEGER) WITHOUT ROWID;
CREATE TABLE fact (topic TEXT, kind TEXT, amount REAL, slot INTEGER,
                   PRIMARY KEY (topic, kind, amount, slot)) WITHOUT ROWID;
CREATE INDEX fact_slot ON fact (slot);
CREATE TABLE part (name TEXT PRIMARY KEY, value BLOB);
"""
_COMPARED = {"equal": "=", "below": "<", "at-most": "<=", "above": ">", "at-least": ">="}


def read_manifest(folder: Path) -> Manifest:
    """Return a folder's manifest; raises IndexProblem when it is no index or of another version."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise IndexProblem(f"{folder}: no index here; make one with `advisor index build`") from error
    except (OSError, ValueError) as error:
        raise IndexProblem(f"{path}: not the manifest of an index") from error
    return checked_manifest(data, str(path))


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


class Folder(Kept):
    """A generation in use in a folder, opened for reading."""

    def __init__(self, folder: Path, content: str, manifest: Manifest | None = None) -> None:
        """Open a folder for the content with this digest; raises IndexProblem when it is stale."""
        self.folder = folder
        self.home = str(folder)
        self.manifest = manifest or read_manifest(folder)
        self.check(content)
        self.place = folder / self.manifest.generation
        if not (self.place / PAGES).is_file():
            raise IndexProblem(f"{folder}: the index is damaged, {self.manifest.generation} is missing")
        self._local = threading.local()

    def stamp(self) -> str:
        """Return what changes whenever another generation is put in use."""
        stat = (self.folder / MANIFEST).stat()
        return f"{stat.st_mtime_ns} {stat.st_size}"

    def day(self) -> str | None:
        """Return the day on which the generation was put in use."""
        seconds = (self.folder / MANIFEST).stat().st_mtime
        return datetime.fromtimestamp(seconds, UTC).date().isoformat()

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
        return unpack(row[0])

    def blobs(self, column: str, positions: Sequence[int]) -> Sequence[bytes]:
        """Return a column of the pages at positions."""
        query = f"SELECT {column} FROM page WHERE slot = ?"
        return [self.ask(query, self.slots[p]).fetchone()[0] for p in positions]

    def frequencies(self, terms: Sequence[str]) -> Sequence[int]:
        """Return in how many passages each term occurs."""
        rows = [self.ask("SELECT frequency FROM term WHERE term = ?", t).fetchone() for t in terms]
        return [int(row[0]) if row else 0 for row in rows]

    def engine(self, size: int, mean: float, frequency: Callable[[str], int], counts: Counts) -> Index:
        """Return the tantivy index of the folder."""
        in_order = self.part("in_order")
        return DiskIndex(self.place / TERMS, size, mean, frequency, counts, self.placed, in_order)

    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> Iterable[int]:
        """Return the slots of the pages with a statement of the kind whose amount compares so."""
        query = f"SELECT slot FROM fact WHERE topic = ? AND kind = ? AND amount {_COMPARED[bound]} ?"
        return (slot for (slot,) in self.ask(query, topic, kind, amount))

    def states(self, topic: str, slot: int) -> bool:
        """Return whether the page says anything about a topic."""
        query = "SELECT 1 FROM fact WHERE topic = ? AND kind = 'has' AND amount = 0 AND slot = ?"
        return bool(self.ask(query, topic, slot).fetchone())


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
