"""OpenSearch: an index in a cluster, for as many services as one likes.

    NAME                       an alias, which names the generation in use
    NAME-<time>-<chance>       a generation: an index of its own, closed to writing once it is in use

A generation holds three sorts of documents: passages (their terms as they were analysed, and the number
that orders ties), pages (what is read when they are needed, and what they state), and parts (what comes of
all pages together). Its mapping holds the manifest. Answering only reads.
"""

import base64
import re
import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from advisor.errors import IndexGone, IndexProblem, IndexUnavailable
from advisor.index.connection import LOADING_SECONDS, Address, Connection, found, lines
from advisor.index.kept import (
    MOST_OPEN,
    Counts,
    Kept,
    KeptIndex,
    Manifest,
    Recent,
    checked_manifest,
    pack,
    unpack,
)
from advisor.index.scorer import K1, RANKED_DIGITS, ranked

TERMS, NUMBER, SLOT, STATED = "terms", "number", "slot", "stated"
PARTS = ("slots", "ids", "tracks", "editions", "older", "order", "vocabulary", "totals", "names")
MOST_CLAUSES = 1000  # of a query; OpenSearch takes 1,024
MOST_HITS = 10_000  # of a search; OpenSearch gives no more at once
LONGEST = 100  # characters of a term; OpenSearch cuts words of 256 in two
PER_REQUEST = 8  # pieces of parts that are read together
WITHOUT_K1 = 3  # from this version on scores lack the factor k1 + 1
PAGE_FIELDS = f"document,passages,{STATED}"
LOCAL = {"preference": "_local"}
_NONE = {"_source": False, "stored_fields": "_none_", "track_total_hits": False}


def packed(data: Any) -> str:
    """Return plain data as text that a field can hold."""
    return pack_bytes(pack(data))


def pack_bytes(data: bytes) -> str:
    """Return bytes as text that a field can hold, compressed."""
    return base64.b64encode(zlib.compress(data)).decode("ascii")


def unpack_bytes(text: str) -> bytes:
    """Return the bytes that `pack_bytes` was given."""
    return zlib.decompress(base64.b64decode(text))


def indexed(term: str) -> str:
    """Return a term as it is indexed: itself, or when it is very long something as telling."""
    return term if len(term) <= LONGEST else f"{term[: LONGEST - 9]}~{zlib.crc32(term.encode()):08x}"


def stated_key(topic: str, kind: str, amount: float) -> str:
    """Return a statement as a word; those of one topic and kind sort by their amounts."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", amount + 0.0))
    ordered = bits ^ ((1 << 64) - 1) if bits >> 63 else bits | 1 << 63
    return f"{topic}\x1f{kind}\x1f{ordered:016x}"


def generations(connection: Connection) -> list[tuple[str, Mapping[str, Any]]]:
    """Return (name, what the mapping holds) of the generation in use; none, or more after a mishap."""
    name = connection.address.name
    try:
        indices = connection.ask("GET", f"/{name}")
    except IndexGone:
        return []
    return [(index, data.get("mappings", {}).get("_meta", {})) for index, data in indices.items()]


def generation_in_use(connection: Connection) -> tuple[str, Manifest, Mapping[str, int]]:
    """Return a generation's name, manifest, and the pieces of its parts; raises IndexProblem."""
    in_use, where = generations(connection), str(connection.address)
    if not in_use:
        raise IndexProblem(f"{where}: no index here; make one with `advisor index build`")
    if len(in_use) > 1:
        raise IndexProblem(f"{where}: several generations are in use; build it again")
    index, held = in_use[0]
    return index, checked_manifest(held.get("manifest"), where), held.get("parts", {})


def documents(
    connection: Connection, generation: str, ids: Sequence[str], fields: str, seconds: float | None = None
) -> list[Mapping[str, Any]]:
    """Return fields of documents by their ids; raises IndexProblem when one is not there."""
    params = {**LOCAL, "realtime": "false", "_source_includes": fields}
    answer = connection.ask("POST", f"/{generation}/_mget", {"ids": ids}, params, seconds)
    return found(answer["docs"], str(connection.address))


def read_parts(
    connection: Connection, generation: str, pieces: Mapping[str, int], names: Sequence[str]
) -> dict[str, bytes]:
    """Return parts by their names, packed; several pieces are read at once."""
    owners = [name for name in names for _ in range(pieces.get(name, 1))]
    ids = [f"part-{name}-{i}" for name in names for i in range(pieces.get(name, 1))]
    whole = dict.fromkeys(names, "")
    for first in range(0, len(ids), PER_REQUEST):
        some = slice(first, first + PER_REQUEST)
        held = documents(connection, generation, ids[some], "part", LOADING_SECONDS)
        for name, piece in zip(owners[some], held, strict=True):
            whole[name] += piece["part"]
    return {name: unpack_bytes(text) for name, text in whole.items()}


class Cluster(Kept):
    """A generation in use in a cluster, opened for reading."""

    is_remote = True

    def __init__(self, address: Address, content: str) -> None:
        """Open an index for the content with this digest.

        Raises IndexProblem when it is stale, refused or none, IndexUnavailable when no node answers.
        """
        self.connection = Connection(address)
        self.home = str(address)
        self.generation, self.manifest, pieces = generation_in_use(self.connection)
        self.check(content)
        version = self.connection.ask("GET", "/")["version"]["number"]
        self._factor = K1 + 1 if int(version.split(".")[0]) >= WITHOUT_K1 else 1.0
        self._parts = read_parts(self.connection, self.generation, pieces, PARTS)
        self._pages = Recent(self._read_pages, MOST_OPEN)
        self._slots = lru_cache(maxsize=64)(self._meeting)

    def stamp(self) -> str:
        """Return the name of the generation in use."""
        return generation_in_use(self.connection)[0]

    def day(self) -> str | None:
        """Return the day in the name of the generation."""
        made = re.search(r"-(\d{4})(\d\d)(\d\d)t\d+-", self.generation)
        return "-".join(made.groups()) if made else None

    def part(self, name: str) -> Any:
        """Return what was kept under a name, which is held until it is asked for."""
        return unpack(self._parts.pop(name))

    def blobs(self, column: str, positions: Sequence[int]) -> Sequence[bytes]:
        """Return a column of the pages at positions."""
        held = self._pages.all([self.slots[p] for p in positions])
        return [unpack_bytes(h[column]) for h in held]

    def _read_pages(self, slots: Sequence[int]) -> list[Mapping[str, Any]]:
        """Read all that a turn may need of pages, for what needs one thing of a page soon needs the rest."""
        ids = [f"page-{slot}" for slot in slots]
        return documents(self.connection, self.generation, ids, PAGE_FIELDS)

    def ahead(self, positions: Sequence[int]) -> None:
        """Read the pages at positions together."""
        self._pages.all([self.slots[p] for p in positions])

    def frequencies(self, terms: Sequence[str]) -> Sequence[int]:
        """Return in how many passages each term occurs."""
        head = {"index": self.generation, **LOCAL, "allow_partial_search_results": False}
        rows: list[object] = []
        for term in terms:
            only = {"term": {TERMS: {"value": indexed(term)}}}
            rows += [head, {"size": 0, "track_total_hits": True, "query": only}]
        answer = self.connection.ask("POST", "/_msearch", lines(*rows))
        for one in answer["responses"]:
            self._check(one)
        return [one["hits"]["total"]["value"] for one in answer["responses"]]

    def _check(self, answer: Mapping[str, Any]) -> None:
        problem = answer.get("error")
        if problem and "index_not_found" in str(problem):
            raise IndexGone(f"{self.home}: not there any more")
        if problem:
            raise IndexUnavailable(f"{self.home}: the cluster cannot answer now")

    def search(self, query: object, sort: object, most: int, after: object = None) -> list[list[Any]]:
        """Return the sort values of at most so many documents that meet a query, in order."""
        body = {**_NONE, "query": query, "sort": sort, "size": most}
        if after is not None:
            body["search_after"] = after
        params = {
            **LOCAL, "search_type": "dfs_query_then_fetch", "allow_partial_search_results": "false",
            "filter_path": "hits.hits.sort",
        }  # fmt: skip
        answer = self.connection.ask("POST", f"/{self.generation}/_search", body, params)
        return [hit["sort"] for hit in answer.get("hits", {}).get("hits", ())]

    def every(self, query: object, field: str) -> "array[int]":
        """Return a number of every document that meets a query, in order."""
        numbers = array("q")
        rows: list[list[Any]] = []
        while not numbers or len(rows) == MOST_HITS:
            after = [numbers[-1]] if numbers else None
            rows = self.search({"bool": {"filter": query}}, [{field: "asc"}], MOST_HITS, after)
            if not rows:
                break
            numbers.extend(row[0] for row in rows)
        return numbers

    def engine(
        self, size: int, mean: float, frequency: Callable[[str], int], counts: Counts
    ) -> "ClusterIndex":
        """Return the index over the passages."""
        return ClusterIndex(self, size, mean, frequency, counts, self._factor)

    def meeting(self, topic: str, kind: str, bound: str, amount: float) -> Iterable[int]:
        """Return the slots of the pages with a statement of the kind whose amount compares so."""
        return self._slots(topic, kind, bound, amount)

    def _meeting(self, topic: str, kind: str, bound: str, amount: float) -> "array[int]":
        least, key = f"{topic}\x1f{kind}\x1f", stated_key(topic, kind, amount)
        most = least + "g"  # behind all digits
        compared = {
            "equal": {"gte": key, "lte": key}, "below": {"gte": least, "lt": key},
            "at-most": {"gte": least, "lte": key}, "above": {"gt": key, "lt": most},
            "at-least": {"gte": key, "lt": most},
        }  # fmt: skip
        return self.every({"range": {STATED: compared[bound]}}, SLOT)

    def states(self, topic: str, slot: int) -> bool:
        """Return whether the page says anything about a topic."""
        return stated_key(topic, "has", 0.0) in self._pages[slot].get(STATED, ())


class ClusterIndex(KeptIndex):
    """The passages of a generation, ranked by the cluster with the statistics of all its shards."""

    def __init__(
        self,
        cluster: Cluster,
        size: int,
        mean: float,
        frequency: Callable[[str], int],
        counts: Counts,
        factor: float,
    ) -> None:
        """Take a generation; `factor` makes its scores those of the other engines."""
        super().__init__(size, mean, frequency, counts)
        self._cluster = cluster
        self._factor = factor
        self._is_in_order = all(a < b for a, b in pairwise(cluster.slots))

    def holding(self, terms: Sequence[str]) -> set[int]:
        """Return the numbers of the passages that hold any of the terms."""
        known = [indexed(t) for t in dict.fromkeys(terms) if self.frequency(t)]
        if not known:
            return set()
        return set(map(self._cluster.placed, self._cluster.every({"terms": {TERMS: known}}, NUMBER)))

    def rank(self, terms: Sequence[str], most: int) -> list[tuple[int, float]]:
        """Return (number, score) of the best passages that hold a term, ties by number.

        Of more terms than a query may have, the rarest count.
        """
        times = Counter(t for t in terms if self.frequency(t))
        if not times:
            return []
        rarest = sorted(times, key=self.frequency)[:MOST_CLAUSES]
        clauses = [{"term": {TERMS: {"value": indexed(t), "boost": float(times[t])}}} for t in rarest]
        return ranked(lambda taken: self._found(clauses, taken), most, self._is_in_order)

    def _found(self, clauses: Sequence[object], most: int) -> list[tuple[int, float]]:
        rows = self._cluster.search(
            {"bool": {"should": clauses}}, [{"_score": "desc"}, {NUMBER: "asc"}], most
        )
        return [
            (self._cluster.placed(number), round(score * self._factor, RANKED_DIGITS))
            for score, number in rows
        ]
