"""Build an index in a cluster: a generation is written in a folder, loaded, and put in use in one step.

For an update the folder is filled from the cluster with what all pages together need of the pages that stay.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from advisor.editing.building import Builder, Change, Rows
from advisor.index.cluster import generation_in_use, read_parts
from advisor.index.connection import Connection, read_address
from advisor.index.folder import PAGES, Folder, connect, write_manifest
from advisor.index.kept import Counts, KeptIndex, Manifest, analysis, pack, unpack
from advisor.index.loading import Loader
from advisor.index.protocol import Index
from advisor.topics.content import Content

_ABOUT = "id, path, digest, provenance, tracks, words, counted"
PATHS = "paths"


class _Stage(Folder):
    """A generation in a folder whose terms went into a cluster; nobody asks it for a ranking."""

    def engine(self, size: int, mean: float, frequency: Callable[[str], int], counts: Counts) -> Index:
        return KeptIndex(size, mean, frequency, counts)


class _StageBuilder(Builder):
    """Writes a generation into a folder and its terms into a cluster."""

    def __init__(
        self,
        folder: Path,
        content: Content,
        places: Sequence[str | Path],
        old: Manifest | None,
        loader: Loader,
    ) -> None:
        super().__init__(folder, content, places, old)
        self._loader = loader

    def _terms(self, target: Path, gone: Mapping[int, int], pages: Rows) -> bool:
        if self.old is None:
            self._loader.create()
        else:
            self._loader.copy()
        self._loader.write(gone, pages)
        return False

    def _opened(self, manifest: Manifest) -> Folder:
        return _Stage(self.folder, self.content.hash, manifest)


class ClusterBuild:
    """Builds the index at an address, or brings it up to date."""

    def __init__(self, address: str, content: Content, shards: int = 1, replicas: int = 1) -> None:
        """Connect; raises what a `Connection` raises."""
        self._content = content
        self._loader = Loader(read_address(address), shards, replicas)

    def build(self, places: Sequence[str | Path]) -> Change:
        """Build a generation of all pages."""
        with TemporaryDirectory() as stage:
            return self._run(Path(stage), places, None)

    def update(self) -> Change:
        """Build a generation from the one in use, of which only what has changed is written anew."""
        _, manifest, _ = generation_in_use(self._loader.connection)
        self._loader.keep_shape()
        if manifest.analysis != analysis(self._content.hash):
            return self.build(manifest.places)
        with TemporaryDirectory() as stage:
            manifest = manifest.model_copy(update={"generation": "generation-1"})
            self._fill(Path(stage), manifest)
            return self._run(Path(stage), manifest.places, manifest)

    def _run(self, stage: Path, places: Sequence[str | Path], old: Manifest | None) -> Change:
        builder = _StageBuilder(stage, self._content, places, old, self._loader)
        try:
            change = builder.run()
            if change.is_whole or change.added or change.changed or change.removed:
                self._load(stage, builder)
        except BaseException:
            self._loader.drop()
            raise
        return change

    def _load(self, stage: Path, builder: Builder) -> None:
        """Load what was written in the stage, and put it in use."""
        folder = _Stage(stage, self._content.hash)
        connection = connect(folder.place / PAGES)
        self._loader.pages(_pages(connection, builder.first))
        parts = [*connection.execute("SELECT name, value FROM part WHERE name <> 'in_order'")]
        parts.append((PATHS, pack([*connection.execute("SELECT path, digest FROM page")])))
        connection.close()
        pieces = self._loader.parts(parts)
        manifest = folder.manifest.model_copy(update={"generation": self._loader.generation})
        self._loader.use(manifest, pieces, builder.old is None)

    def _fill(self, stage: Path, manifest: Manifest) -> None:
        """Fill a stage with what all pages together need of those in use."""
        target = stage / manifest.generation
        target.mkdir()
        connection = connect(target / PAGES, is_new=True)
        frequency: Counter[str] = Counter()
        for slot, about in self._loader.about():
            row = unpack(about)
            connection.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '')", (slot, *row))
            frequency.update(unpack(row[-1])[1])
        connection.executemany("INSERT INTO term VALUES (?, ?)", frequency.items())
        connection.commit()
        connection.close()
        write_manifest(stage, manifest)


def _pages(
    connection: sqlite3.Connection, first: int
) -> Iterator[tuple[int, bytes, bytes, bytes, list[tuple[str, str, float]]]]:
    """Yield what the loader takes of each page from a slot on."""
    query = f"SELECT slot, document, passages, {_ABOUT} FROM page WHERE slot >= ?"
    stated = "SELECT topic, kind, amount FROM fact WHERE slot = ?"
    for slot, document, passages, *about in connection.execute(query, (first,)):
        yield slot, pack(tuple(about)), document, passages, [*connection.execute(stated, (slot,))]


def known_pages(address: str) -> tuple[Manifest, dict[str, Any]]:
    """Return the manifest of the index at an address, and the digest of each page by its path."""
    connection = Connection(read_address(address))
    generation, manifest, pieces = generation_in_use(connection)
    return manifest, dict(unpack(read_parts(connection, generation, pieces, [PATHS])[PATHS]))
