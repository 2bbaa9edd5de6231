"""Build an index from pages, in a folder or a cluster, and bring it up to date page by page."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from advisor.editing.building import Builder, Change, digest_of
from advisor.editing.clustering import ClusterBuild, known_pages
from advisor.editing.content import corpus_places, intents_folder, load
from advisor.errors import IndexProblem, MissingExtra
from advisor.index.connection import is_address
from advisor.index.folder import MANIFEST, PAGES, connect, locked, read_manifest
from advisor.index.kept import Manifest, analysis
from advisor.pages.load import page_files
from advisor.shelf import cache_folder


class State(NamedTuple):
    """An index and how it compares with the pages and program of now."""

    manifest: Manifest
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    is_stale: bool


def build_index(
    index: str | Path,
    corpus: Sequence[str | Path] | None = None,
    intents: str | Path | None = None,
    *,
    shards: int = 1,
    replicas: int = 1,
) -> Change:
    """Build an index of all pages in a folder or a cluster; the one in use stays so until the new is whole.

    Raises ContentError with every problem of the pages, IndexProblem when another process builds,
    IndexUnavailable when a cluster does not answer.
    """
    content = load(intents)
    places = corpus_places(corpus)
    if is_address(index):
        return ClusterBuild(str(index), content, shards, replicas).build(places)
    with locked(Path(index)):
        return Builder(Path(index), content, places, None).run()


def update_index(index: str | Path, intents: str | Path | None = None) -> Change:
    """Bring an index up to date: only pages that were added, changed or removed are read.

    An index of another version of program or intents is built anew.
    """
    content = load(intents)
    if is_address(index):
        return ClusterBuild(str(index), content).update()
    place = Path(index)
    with locked(place):
        manifest = read_manifest(place)
        is_same = manifest.analysis == analysis(content.hash)
        return Builder(place, content, manifest.places, manifest if is_same else None).run()


def cached_index(
    corpus: Sequence[str | Path] | None = None, intents: str | Path | None = None
) -> Path | None:
    """Return an index of pages in the user's cache folder, made or brought up to date now.

    None where the extra `disk` is not installed, another process builds it, or the folder cannot be
    written. Raises ContentError with every problem of the pages.
    """
    places = corpus_places(corpus)
    named = "\0".join(str(Path(p).resolve()) for p in (*places, intents_folder(intents)))
    folder = cache_folder() / "indexes" / hashlib.sha256(named.encode()).hexdigest()[:24]
    try:
        if (folder / MANIFEST).is_file():
            state = index_state(folder, intents)
            if state.is_stale or state.added or state.changed or state.removed:
                update_index(folder, intents)
        else:
            build_index(folder, places, intents)
    except (MissingExtra, IndexProblem, OSError):
        return None
    return folder


def index_state(index: str | Path, intents: str | Path | None = None) -> State:
    """Return what an index was made from, and which pages are no longer as they were."""
    if is_address(index):
        manifest, known = known_pages(str(index))
    else:
        manifest = read_manifest(Path(index))
        connection = connect(Path(index) / manifest.generation / PAGES)
        known = dict(connection.execute("SELECT path, digest FROM page"))
        connection.close()
    now = {str(p): digest_of(p) for p in page_files(manifest.places)}
    return State(
        manifest,
        added=tuple(p for p in now if p not in known),
        changed=tuple(p for p in now if p in known and known[p] != now[p]),
        removed=tuple(p for p in known if p not in now),
        is_stale=manifest.analysis != analysis(load(intents).hash),
    )
