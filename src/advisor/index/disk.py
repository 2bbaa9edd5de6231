"""tantivy on disk: memory-mapped, for as many passages as the disk holds.

Terms are indexed as they were analysed. Ties go by number: more passages are taken than asked for,
until what follows is no tie. After an update its statistics still count what was taken out, until
tantivy merges its segments; the scores of passages do not come from there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from advisor.errors import MissingExtra
from advisor.index.kept import PER_PAGE, KeptIndex
from advisor.index.scorer import RANKED_DIGITS, ranked

WRITER_BYTES = 1_000_000_000  # so much may be held before it is written out; a million passages need half
PAGE, NUMBER, TERMS = "page", "number", "terms"


def _tantivy() -> Any:
    try:
        import tantivy
    except ImportError as error:
        raise MissingExtra("disk", "an index on disk") from error
    return tantivy


def create(folder: Path) -> Any:
    """Return a new tantivy index in an empty folder; raises MissingExtra without the library."""
    builder = _tantivy().SchemaBuilder()
    builder.add_unsigned_field(PAGE, stored=False, indexed=True)
    builder.add_unsigned_field(NUMBER, stored=False, fast=True)
    builder.add_text_field(TERMS, stored=False, tokenizer_name="whitespace", index_option="freq")
    return _tantivy().Index(builder.build(), path=str(folder))


def open_index(folder: Path) -> Any:
    """Return the tantivy index in a folder."""
    return _tantivy().Index.open(str(folder))


def write(index: Any, gone: Iterable[int], pages: Iterable[tuple[int, Sequence[Sequence[str]]]]) -> None:
    """Take pages out by their slots, then add pages as (slot, terms of each passage); all or nothing."""
    tantivy = _tantivy()
    writer = index.writer(WRITER_BYTES, 1)
    for slot in gone:
        writer.delete_documents_by_query(tantivy.Query.term_query(index.schema, PAGE, slot))
    for slot, passages in pages:
        for number, terms in enumerate(passages):
            passage = tantivy.Document()
            passage.add_unsigned(PAGE, slot)
            passage.add_unsigned(NUMBER, slot * PER_PAGE + number)
            passage.add_text(TERMS, " ".join(terms))
            writer.add_document(passage)
    writer.commit()
    writer.wait_merging_threads()
    index.reload()


def is_in_order(index: Any) -> bool:
    """Whether all passages of an index lie one behind the other by their numbers."""
    searcher = index.searcher()
    if searcher.num_segments != 1:
        return False
    addresses = [_tantivy().DocAddress(0, n) for n in range(searcher.num_docs)]
    numbers = searcher.fast_field_values(NUMBER, addresses)
    return all(a < b for a, b in pairwise(numbers))


class DiskIndex(KeptIndex):
    """A tantivy index with the statistics that the folder keeps beside it."""

    def __init__(
        self,
        folder: Path,
        size: int,
        mean: float,
        frequency: Callable[[str], int],
        counts: Callable[[int], Mapping[str, int]],
        placed: Callable[[int], int],
        is_in_order: bool = False,
    ) -> None:
        """Open a folder; `placed` tells a passage's number from that under which it is indexed.

        In an index whose passages are all in the order of their numbers, tantivy orders ties itself.
        """
        super().__init__(size, mean, frequency, counts)
        self._is_in_order = is_in_order
        self._placed = placed
        self._tantivy = _tantivy()
        self._index = open_index(folder)
        self._searcher = self._index.searcher()

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        most = sum(map(self.frequency, dict.fromkeys(terms)))
        return {n for n, _ in self._found(terms, most)} if most else set()

    def rank(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number."""
        return ranked(lambda taken: self._found(terms, taken), most, self._is_in_order) if terms else []

    def _found(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the passages that tantivy ranks first, at most so many."""
        query, schema = self._tantivy.Query, self._index.schema
        terms_of = [query.term_query(schema, TERMS, t, index_option="freq") for t in terms]
        either = query.boolean_query([(self._tantivy.Occur.Should, q) for q in terms_of])
        hits = self._searcher.search(either, limit=most, count=False).hits
        numbers = self._searcher.fast_field_values(NUMBER, [address for _, address in hits])
        return [
            (self._placed(n), round(score, RANKED_DIGITS))
            for n, (score, _) in zip(numbers, hits, strict=True)
        ]
