"""Write a generation of an index in a folder, from nothing or from the one in use."""

import hashlib
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from advisor.advisor import Advisor, cutter_for, editions_of, older_of, page_words, vocabulary_of
from advisor.answer.evidence import evidence_groups
from advisor.editing.content import recogniser_for
from advisor.errors import AdvisorError, ContentError, IndexProblem, Problem
from advisor.index.disk import create, is_in_order, open_index, write
from advisor.index.folder import PAGES, TERMS, Folder, connect, read_manifest, write_manifest
from advisor.index.kept import PER_PAGE, KeptStore, Manifest, analysis, pack, unpack
from advisor.index.store import index_terms
from advisor.pages.load import page_files, read_page
from advisor.records.document import Document, Provenance
from advisor.topics.content import Content
from advisor.understand.spelling import Spelling, Vocabulary

Rows = Iterable[tuple[int, Sequence[Sequence[str]]]]  # slot of a page, terms of its passages


class Change(NamedTuple):
    """What became of an index: pages in it, and how many were added, changed and removed."""

    pages: int
    added: int
    changed: int
    removed: int
    is_whole: bool


def digest_of(path: Path) -> str:
    """Return the digest of a page's file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


class Builder:
    """Writes the next generation: from nothing, or as a copy of the one in use with some pages anew."""

    def __init__(
        self, folder: Path, content: Content, places: Sequence[str | Path], old: Manifest | None
    ) -> None:
        self.folder = folder
        self.content = content
        self.places = tuple(str(p) for p in places)
        self.old = old
        self.recogniser = recogniser_for(content)
        self.lexicon = self.recogniser.lexicon
        self.cutter = cutter_for(content, self.lexicon)
        self.first = 0  # the first slot of a page that is new

    def run(self) -> Change:
        """Write the generation and put it in use; returns what became of the index.

        Raises ContentError with every problem of the pages, and then leaves all as it was.
        """
        digests = {str(p): digest_of(p) for p in page_files(self.places)}
        generation = self._next()
        target = self.folder / generation
        shutil.rmtree(target, ignore_errors=True)
        if self.old is not None:
            shutil.copytree(self.folder / self.old.generation, target)
        else:
            (target / TERMS).mkdir(parents=True)
        connection = connect(target / PAGES, is_new=self.old is None)
        known: dict[str, tuple[int, str]] = {
            path: (slot, digest)
            for slot, path, digest in connection.execute("SELECT slot, path, digest FROM page")
        }
        gone = [p for p, (_, digest) in known.items() if digests.get(p) != digest]
        new = [p for p in digests if p not in known or known[p][1] != digests[p]]
        change = Change(
            len(digests), len([p for p in new if p not in known]), len([p for p in new if p in known]),
            len([p for p in gone if p not in digests]), self.old is None,
        )  # fmt: skip
        if self.old is not None and not (gone or new):
            connection.close()
            shutil.rmtree(target)
            return change
        try:
            self._write(connection, target, [known[p][0] for p in gone], new, digests)
        except BaseException:
            connection.close()
            shutil.rmtree(target, ignore_errors=True)
            raise
        self._use(target, digests)
        return change

    def _next(self) -> str:
        try:
            last = read_manifest(self.folder).generation
        except IndexProblem:
            return "generation-1"
        return f"generation-{int(last.rpartition('-')[2]) + 1}"

    def _write(
        self,
        connection: sqlite3.Connection,
        target: Path,
        gone: Sequence[int],
        new: Sequence[str],
        digests: Mapping[str, str],
    ) -> None:
        frequency: Counter[str] = Counter()
        held: dict[int, int] = {}
        for slot in gone:
            (counted,) = connection.execute("SELECT counted FROM page WHERE slot = ?", (slot,)).fetchone()
            _, frequencies, held[slot] = unpack(counted)
            frequency.subtract(frequencies)
            connection.execute("DELETE FROM page WHERE slot = ?", (slot,))
            connection.execute("DELETE FROM fact WHERE slot = ?", (slot,))
        first = (connection.execute("SELECT max(slot) FROM page").fetchone()[0] or 0) + 1
        first = max(first, max(gone, default=0) + 1)
        self.first = first
        in_order = self._terms(target, held, self._pages(connection, first, new, digests, frequency))
        connection.executemany(
            "INSERT INTO term VALUES (?, ?)"
            " ON CONFLICT (term) DO UPDATE SET frequency = frequency + excluded.frequency",
            frequency.items(),
        )
        connection.execute("DELETE FROM term WHERE frequency <= 0")
        self._parts(connection, list(digests))
        connection.execute("INSERT OR REPLACE INTO part VALUES ('in_order', ?)", (pack(in_order),))
        connection.commit()
        self._facts(connection, target, first, new)
        connection.commit()
        connection.close()

    def _terms(self, target: Path, gone: Mapping[int, int], pages: Rows) -> bool:
        """Write the terms of passages: those of pages gone (slot to how many) out, those of pages in.

        Returns whether all passages lie in the order of their numbers.
        """
        index = create(target / TERMS) if self.old is None else open_index(target / TERMS)
        write(index, gone, pages)
        return self.old is None and is_in_order(index)

    def _opened(self, manifest: Manifest) -> Folder:
        """Return the generation that is being written, opened for reading."""
        return Folder(self.folder, self.content.hash, manifest)

    def _pages(
        self,
        connection: sqlite3.Connection,
        first: int,
        paths: Iterable[str],
        digests: Mapping[str, str],
        frequency: Counter[str],
    ) -> Iterator[tuple[int, list[list[str]]]]:
        """Read and keep pages one by one; yield each with the terms of its passages."""
        problems: list[Problem] = []
        for slot, path in enumerate(paths, first):
            try:
                document = read_page(Path(path), self.recogniser)
                own, tracks = self.cutter.cut(document)
                terms = [index_terms(p, self.lexicon.widened) for p in own]
                if len(own) > PER_PAGE:
                    raise ContentError([Problem(path, None, f"more than {PER_PAGE} passages")])
                counted = Counter(t for passage in terms for t in set(passage))
                row = (
                    slot, document.id, path, digests[path], pack(document.provenance.model_dump()),
                    pack(tuple(tracks)), pack(sorted(page_words(document))),
                    pack((sum(map(len, terms)), dict(counted), len(own))), pack(document.model_dump()),
                    pack([p.plain() for p in own]),
                )  # fmt: skip
                connection.execute("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            except ContentError as error:
                problems += error.problems
                continue
            except sqlite3.IntegrityError:
                problems.append(Problem(path, None, f"two pages have the id {document.id!r}"))
                continue
            except AdvisorError as error:
                problems.append(Problem(path, None, str(error)))
                continue
            frequency.update(counted)
            yield slot, terms
        if problems:
            raise ContentError(problems)

    def _parts(self, connection: sqlite3.Connection, paths: Sequence[str]) -> None:
        """Keep what comes of all pages together: their order, names, words and totals."""
        place = {path: i for i, path in enumerate(paths)}
        rows = sorted(
            connection.execute("SELECT path, slot, id, provenance, tracks, words, counted FROM page"),
            key=lambda row: place[row[0]],
        )
        documents = [
            Document.model_construct(id=row[2], provenance=Provenance(**unpack(row[3]))) for row in rows
        ]
        editions = editions_of(documents)
        order = tuple(d.id for d in documents if editions.get(d.id, (d.id,))[0] == d.id)
        counted = [unpack(row[6]) for row in rows]
        parts = {
            "slots": [row[1] for row in rows],
            "ids": [row[2] for row in rows],
            "tracks": {row[2]: unpack(row[4]) for row in rows},
            "editions": editions,
            "older": older_of(editions, {d.id: d for d in documents}),
            "order": order,
            "vocabulary": [*vocabulary_of((unpack(row[5]) for row in rows), self.content)],
            "totals": (sum(c[2] for c in counted), sum(c[0] for c in counted)),
        }
        parts["names"] = self._names([d for d in documents if d.id in set(order)], parts["vocabulary"])
        for name, data in parts.items():
            connection.execute("INSERT OR REPLACE INTO part VALUES (?, ?)", (name, pack(data)))

    def _names(self, documents: Sequence[Document], words: Any) -> Any:
        spelling = Spelling(Vocabulary(*words))
        return Advisor.names_of(self.content, self.lexicon, documents, spelling).plain()

    def _manifest(self, target: Path, digests: Mapping[str, str], totals: tuple[int, int]) -> Manifest:
        whole = hashlib.sha256("\n".join(f"{p} {d}" for p, d in sorted(digests.items())).encode())
        return Manifest(
            analysis=analysis(self.content.hash), corpus=whole.hexdigest(), places=self.places,
            generation=target.name, pages=len(digests), passages=totals[0],
        )  # fmt: skip

    def _facts(self, connection: sqlite3.Connection, target: Path, first: int, new: Sequence[str]) -> None:
        """Work out what the new pages state of every topic that their words may speak of."""
        manifest = self._manifest(target, {}, (0, 0))
        folder = self._opened(manifest)
        advisor = Advisor.of_kept(folder, self.content)
        stated, store = advisor.composer.listing.stated, advisor.store
        assert isinstance(store, KeptStore)
        groups = {n: evidence_groups(t) for n, t in self.content.topics.items() if t.evidence}
        for slot in range(first, first + len(new)):
            position = folder.by_slot[slot]
            page = store.pages[position]
            about = frozenset().union(*page.own, *page.near, *page.far)
            for topic, wanted in groups.items():
                if all(any(c in about for c, _ in group) for group in wanted):
                    rows = stated.of_page(topic, folder.ids[position])
                    connection.executemany(
                        "INSERT INTO fact VALUES (?, ?, ?, ?)",
                        [(topic, s.kind, s.amount, slot) for s in rows],
                    )

    def _use(self, target: Path, digests: Mapping[str, str]) -> None:
        """Put the new generation in use and remove those before the last one."""
        connection = connect(target / PAGES)
        (totals,) = connection.execute("SELECT value FROM part WHERE name = 'totals'").fetchone()
        connection.close()
        write_manifest(self.folder, self._manifest(target, digests, unpack(totals)))
        kept = {target.name, self.old.generation if self.old else ""}
        for old in self.folder.glob("generation-*"):
            if old.name not in kept:
                shutil.rmtree(old, ignore_errors=True)
