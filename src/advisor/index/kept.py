"""An index that was built before, opened for reading: pages and passages come when they are asked for.

What is kept is a generation, which never changes: whatever was read of it may be kept in memory. Where it
is kept, in a folder or in a cluster, is the business of the classes behind `Kept`.
"""

import marshal
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar, overload

from pydantic import ValidationError

from advisor.errors import IndexProblem
from advisor.index.protocol import Index
from advisor.index.scorer import Scorer
from advisor.index.store import PassageStore, index_terms
from advisor.records.document import Document, Record
from advisor.records.passage import Passage
from advisor.shelf import makers

SCHEMA = 1
PER_PAGE = 1 << 12  # passages of a page have numbers of their own, with room at the end
MOST_OPEN = 256  # pages kept read
MOST_TERMS = 1 << 16
READ_AHEAD = 64
Counts = Callable[[int], Mapping[str, int]]
Key = TypeVar("Key")
Value = TypeVar("Value")


class Manifest(Record):
    """What an index was made from; another program or content makes it stale."""

    schema_version: int = SCHEMA
    analysis: str
    corpus: str
    places: tuple[str, ...]
    generation: str
    pages: int
    passages: int


def checked_manifest(data: Any, where: str) -> Manifest:
    """Return a manifest from its plain data; raises IndexProblem for another version or none at all."""
    version = data.get("schema_version") if isinstance(data, dict) else None
    if version != SCHEMA:
        raise IndexProblem(f"{where}: an index of version {version}, this program reads {SCHEMA}")
    try:
        return Manifest.model_validate(data)
    except ValidationError as error:
        raise IndexProblem(f"{where}: not the manifest of an index") from error


def analysis(content: str) -> str:
    """Return the version of the analysis: of the code, of the content with this digest, of the format."""
    return f"{makers('answer').hex()[:24]}-{content[:24]}-{sys.implementation.cache_tag}"


def pack(data: Any) -> bytes:
    """Return plain data as bytes."""
    return marshal.dumps(data)


def unpack(packed: bytes) -> Any:
    """Return the data that `pack` was given."""
    return marshal.loads(packed)


class Recent(Generic[Key, Value]):
    """Values read lately, at most so many, the oldest go first; those that are missing are read together."""

    def __init__(self, read: Callable[[Sequence[Key]], Sequence[Value]], most: int) -> None:
        self._read, self._most = read, most
        self._kept: dict[Key, Value] = {}
        self._lock = threading.Lock()

    def __getitem__(self, key: Key) -> Value:
        try:
            return self._kept[key]
        except KeyError:
            return self.all([key])[0]

    def all(self, keys: Sequence[Key]) -> list[Value]:
        """Return the values of keys."""
        found = {k: self._kept[k] for k in keys if k in self._kept}
        missing = [k for k in dict.fromkeys(keys) if k not in found]
        if missing:
            fresh = dict(zip(missing, self._read(missing), strict=True))
            found.update(fresh)
            with self._lock:
                self._kept.update(fresh)
                if len(self._kept) > self._most:
                    for old in [*islice(self._kept, len(self._kept) - self._most // 2)]:
                        del self._kept[old]
        return [found[k] for k in keys]


class KeptIndex:
    """The statistics that are kept beside an index; which passages come first, an engine of its own finds."""

    def __init__(self, size: int, mean: float, frequency: Callable[[str], int], counts: Counts) -> None:
        """Take how many passages there are, their mean length, and what tells of a term and of a passage."""
        self.size, self.mean = size, mean
        self.frequency, self.counts = frequency, counts

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        raise NotImplementedError

    def holding_among(self, terms: Sequence[str], numbers: Sequence[int]) -> set[int]:
        """Return which of the passages hold any of the terms; of each its own terms are read."""
        wanted = frozenset(terms)
        return {n for n in numbers if not wanted.isdisjoint(self.counts(n))}

    def rank(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number."""
        raise NotImplementedError


class Kept(ABC):
    """A generation of an index, opened for reading; safe to share by threads.

    A page has a slot, by which it is kept, and a position in the order of pages; `ids` and `slots`
    are by position.
    """

    home: str
    manifest: Manifest
    is_remote = False

    def check(self, content: str) -> None:
        """Raise IndexProblem when the index was not made for the content with this digest."""
        if self.manifest.analysis != analysis(content):
            raise IndexProblem(
                f"{self.home}: the index is stale, it was made by another version of the program or the"
                " intents; run `advisor index build` again"
            )

    @cached_property
    def slots(self) -> Sequence[int]:
        """The slot of each page, in the order of pages."""
        slots: Sequence[int] = self.part("slots")
        return slots

    @cached_property
    def ids(self) -> Sequence[str]:
        """The id of each page, in the order of pages."""
        ids: Sequence[str] = self.part("ids")
        return ids

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """Where each page stands in the order of pages."""
        return {identifier: position for position, identifier in enumerate(self.ids)}

    @cached_property
    def by_slot(self) -> Mapping[int, int]:
        """Where the page of each slot stands in the order of pages."""
        return {slot: position for position, slot in enumerate(self.slots)}

    def placed(self, number: int) -> int:
        """Return a passage's number from that under which it is indexed, which goes by the page's slot."""
        return self.by_slot[number // PER_PAGE] * PER_PAGE + number % PER_PAGE

    @abstractmethod
    def stamp(self) -> str:
        """Return what changes whenever another generation is put in use; raises IndexProblem."""

    @abstractmethod
    def day(self) -> str | None:
        """Return the day on which the generation was made, where that is known."""

    def ahead(self, positions: Sequence[int]) -> None:  # noqa: B027
        """Read together what the pages at positions state, where that saves time."""

    @abstractmethod
    def part(self, name: str) -> Any:
        """Return what was kept under a name; raises IndexProblem when it is not there."""

    @abstractmethod
    def blobs(self, column: str, positions: Sequence[int]) -> Sequence[bytes]:
        """Return a column (`document` or `passages`) of the pages at positions."""

    @abstractmethod
    def frequencies(self, terms: Sequence[str]) -> Sequence[int]:
        """Return in how many passages each term occurs."""

    @abstractmethod
    def engine(self, size: int, mean: float, frequency: Callable[[str], int], counts: Counts) -> Index:
        """Return the index over the passages, of which there are `size` of this mean length."""

    @abstractmethod
    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> Iterable[int]:
        """Return the slots of the pages with a statement of the kind whose amount compares so."""

    @abstractmethod
    def states(self, topic: str, slot: int) -> bool:
        """Return whether the page says anything about a topic."""


class _Page:
    """One page read: its passages, with what they are about and hold."""

    def __init__(self, packed: bytes, widened: Callable[[Iterable[str]], frozenset[str]]) -> None:
        self.passages = [Passage.restore(data) for data in unpack(packed)]
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


class Pages(Mapping[str, Document]):
    """The documents of an index by id, read when they are asked for."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept
        self.at: Recent[int, Document] = Recent(self._read, MOST_OPEN)

    def _read(self, positions: Sequence[int]) -> list[Document]:
        return [Document.model_validate(unpack(b)) for b in self._kept.blobs("document", positions)]

    def __len__(self) -> int:
        return len(self._kept.ids)

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept.ids)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._kept.positions

    def __getitem__(self, identifier: str) -> Document:
        return self.at[self._kept.positions[identifier]]


class InOrder(Sequence[Document]):
    """The documents of an index in order."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def __len__(self) -> int:
        return len(self._pages)

    def __iter__(self) -> Iterator[Document]:
        for first in range(0, len(self), READ_AHEAD):
            yield from self[first : first + READ_AHEAD]

    @overload
    def __getitem__(self, key: int) -> Document: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Document, ...]: ...
    def __getitem__(self, key: int | slice) -> Document | tuple[Document, ...]:
        if isinstance(key, slice):
            return tuple(self._pages.at.all(range(len(self))[key]))
        return self._pages.at[range(len(self))[key]]


class _Passages(Sequence[Passage]):
    """The passages of an index by their numbers, which leave room at the end of each page."""

    def __init__(self, store: "KeptStore") -> None:
        self._store = store

    def __len__(self) -> int:
        return self._store.index.size

    def __iter__(self) -> Iterator[Passage]:
        for position in range(len(self._store.kept.ids)):
            yield from self._store.pages[position].passages

    @overload
    def __getitem__(self, key: int) -> Passage: ...
    @overload
    def __getitem__(self, key: slice) -> tuple[Passage, ...]: ...
    def __getitem__(self, key: int | slice) -> Passage | tuple[Passage, ...]:
        if isinstance(key, slice):
            raise TypeError("passages of a built index are read one by one")
        return self._store.pages[key // PER_PAGE].passages[key % PER_PAGE]


class _Numbers(Mapping[str, int]):
    """The numbers of passages by their ids."""

    def __init__(self, store: "KeptStore") -> None:
        self._store = store

    def __len__(self) -> int:
        return self._store.index.size

    def __iter__(self) -> Iterator[str]:
        return (p.id for p in self._store.passages)

    def __getitem__(self, identifier: str) -> int:
        document, _, number = identifier.rpartition("#")
        position = self._store.kept.positions[document]
        if not number.isdecimal() or int(number) >= len(self._store.pages[position].passages):
            raise KeyError(identifier)
        return position * PER_PAGE + int(number)


class KeptStore(PassageStore):
    """The passages of an index that was built before; pages are read as they are needed."""

    def __init__(self, kept: Kept, widened: Callable[[Iterable[str]], frozenset[str]]) -> None:
        self.kept = kept
        self.widened = widened
        self.pages: Recent[int, _Page] = Recent(self._read, MOST_OPEN)
        self.frequencies: Recent[str, int] = Recent(kept.frequencies, MOST_TERMS)
        size, length = kept.part("totals")
        mean = length / size if size else 0.0
        self.index = kept.engine(size, mean, self.frequencies.__getitem__, self._counts_of)
        self.scorer = Scorer(self.index)
        self.passages = _Passages(self)
        self.number = _Numbers(self)

    def _read(self, positions: Sequence[int]) -> list[_Page]:
        return [_Page(packed, self.widened) for packed in self.kept.blobs("passages", positions)]

    def _counts_of(self, number: int) -> Mapping[str, int]:
        return self.pages[number // PER_PAGE].counts(number % PER_PAGE)

    def of(self, document: str) -> Sequence[int]:
        """Return the numbers of a document's passages in order."""
        position = self.kept.positions.get(document)
        if position is None:
            return ()
        first = position * PER_PAGE
        return range(first, first + len(self.pages[position].passages))

    def ahead(self, documents: Iterable[str]) -> None:
        """Read together what will soon be asked of documents, where each reading takes a request."""
        if self.kept.is_remote:
            self.kept.ahead([self.kept.positions[d] for d in documents])

    def _about(self, number: int) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
        page, number = self.pages[number // PER_PAGE], number % PER_PAGE
        return page.own[number], page.near[number], page.far[number]

    def document_of(self, number: int) -> str:
        """Return the document of a passage, without reading its page."""
        return self.kept.ids[number // PER_PAGE]


class KeptFacts:
    """What the pages of an index state by topic, worked out when it was built."""

    def __init__(self, kept: Kept) -> None:
        self._kept = kept

    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> set[str]:
        """Return the programmes with a statement of the kind whose amount compares so."""
        ids, positions = self._kept.ids, self._kept.by_slot
        return {ids[positions[slot]] for slot in self._kept.meeting(topic, kind, bound, amount)}

    def states(self, topic: str, document: str) -> bool | None:
        """Return whether a page says anything about a topic."""
        return self._kept.states(topic, self._kept.slots[self._kept.positions[document]])
