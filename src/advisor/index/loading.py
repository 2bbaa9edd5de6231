"""Write a generation into a cluster and put it in use, in one step."""

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from secrets import token_hex
from typing import Any

from advisor.errors import IndexGone, IndexProblem, IndexUnavailable
from advisor.index.cluster import (
    NUMBER,
    SLOT,
    STATED,
    TERMS,
    generations,
    indexed,
    pack_bytes,
    stated_key,
    unpack_bytes,
)
from advisor.index.connection import LOADING_SECONDS, Address, Connection
from advisor.index.kept import PER_PAGE, Manifest
from advisor.index.scorer import K1, B

PIECE = 4_000_000  # characters of a part in one document
CHUNK, CHUNK_BYTES = 1000, 4_000_000
RETRIES = 6
PAGES_AT_ONCE = 500
COPIES_SECONDS = 60
_UNREAD = {"type": "keyword", "index": False, "doc_values": False}
_MAPPING = {
    "dynamic": "strict",
    "_source": {"excludes": [TERMS]},
    "properties": {
        TERMS: {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "similarity": "bm25"},
        NUMBER: {"type": "long"},
        SLOT: {"type": "long"},
        STATED: {"type": "keyword"},
        **dict.fromkeys(("about", "document", "passages", "part"), _UNREAD),
    },
}
Rows = Iterable[tuple[int, Sequence[Sequence[str]]]]


class Loader:
    """A generation that is being written; nothing reads it before `use`."""

    def __init__(self, address: Address, shards: int, replicas: int) -> None:
        """Connect; raises what a `Connection` raises."""
        self.connection = Connection(address)
        self.address = address
        self.shards, self.replicas = shards, replicas
        in_use = generations(self.connection)
        if any(index == address.name for index, _ in in_use):
            raise IndexProblem(f"{address}: there is an index by that very name; it must be an alias")
        self.former = [index for index, _ in in_use]
        now = datetime.now(UTC)
        self.generation = f"{address.name}-{now:%Y%m%dt%H%M%S}{now.microsecond // 1000:03d}-{token_hex(2)}"

    def keep_shape(self) -> None:
        """Take as many shards and replicas as the generation in use has."""
        (held,) = self._ask("GET", f"/{self.former[0]}/_settings").values()
        shape = held["settings"]["index"]
        self.shards, self.replicas = int(shape["number_of_shards"]), int(shape["number_of_replicas"])

    def create(self) -> None:
        """Start a generation from nothing."""
        similarity = {"bm25": {"type": "BM25", "k1": K1, "b": B}}
        settings = {
            "number_of_shards": self.shards, "number_of_replicas": 0, "refresh_interval": "-1",
            "codec": "best_compression", "similarity": similarity,
        }  # fmt: skip
        self._ask("PUT", f"/{self.generation}", {"settings": {"index": settings}, "mappings": _MAPPING})

    def copy(self) -> None:
        """Start a generation from the one in use, whose files it shares."""
        settings = {"number_of_replicas": 0, "blocks.write": False, "refresh_interval": "-1"}
        path = f"/{self.former[0]}/_clone/{self.generation}"
        self._ask("PUT", path, {"settings": {"index": settings}}, {"wait_for_active_shards": 1})

    def write(self, gone: Mapping[int, int], pages: Rows) -> None:
        """Take out the passages of pages, given as slot and how many, and add those of pages by slot."""
        self._bulk(self._changes(gone, pages))

    def _changes(self, gone: Mapping[int, int], pages: Rows) -> Iterator[dict[str, Any]]:
        for slot, passages in gone.items():
            yield {"_op_type": "delete", "_id": f"page-{slot}"}
            for number in range(passages):
                yield {"_op_type": "delete", "_id": str(slot * PER_PAGE + number)}
        for slot, terms_of in pages:
            for number, terms in enumerate(terms_of, slot * PER_PAGE):
                yield {"_id": str(number), NUMBER: number, TERMS: " ".join(map(indexed, terms))}

    def pages(
        self, rows: Iterable[tuple[int, bytes, bytes, bytes, Iterable[tuple[str, str, float]]]]
    ) -> None:
        """Add pages as (slot, what all pages together need of it, document, passages, statements)."""
        self._bulk(
            {
                "_id": f"page-{slot}", SLOT: slot, "about": pack_bytes(about),
                "document": pack_bytes(document), "passages": pack_bytes(passages),
                STATED: [stated_key(*s) for s in stated],
            }
            for slot, about, document, passages, stated in rows
        )  # fmt: skip

    def parts(self, parts: Iterable[tuple[str, bytes]]) -> dict[str, int]:
        """Add parts; returns in how many pieces each is kept."""
        pieces: dict[str, int] = {}
        documents = []
        for name, data in parts:
            text = pack_bytes(data)
            cut = [text[i : i + PIECE] for i in range(0, len(text), PIECE)]
            pieces[name] = len(cut)
            documents += [{"_id": f"part-{name}-{i}", "part": piece} for i, piece in enumerate(cut)]
        self._bulk(documents)
        return pieces

    def _bulk(self, actions: Iterable[dict[str, Any]]) -> None:
        """Send changes in bulk; what the cluster has no room for now is sent again, later each time."""
        from opensearchpy.helpers import streaming_bulk

        sent = streaming_bulk(
            self.connection.loading, ({"_index": self.generation, **a} for a in actions),
            chunk_size=CHUNK, max_chunk_bytes=CHUNK_BYTES, max_retries=RETRIES, initial_backoff=1,
            max_backoff=20, raise_on_error=False, request_timeout=LOADING_SECONDS,
        )  # fmt: skip
        with self.connection.translated():
            for is_done, result in sent:
                action, told = next(iter(result.items()))
                if not is_done and not (action == "delete" and told.get("status") == 404):
                    kind = told.get("error", {})
                    kind = kind.get("type", "unknown") if isinstance(kind, dict) else kind
                    raise IndexProblem(f"{self.address}: the cluster refuses a document ({kind})")

    def use(self, manifest: Manifest, pieces: Mapping[str, int], is_new: bool) -> None:
        """Close the generation to writing and put it in use, in one step; the former one is kept besides.

        Raises IndexProblem when another process has put one in use meanwhile.
        """
        index = self.generation
        self._ask("POST", f"/{index}/_refresh")
        if is_new:  # one segment a shard: quicker to read, and nothing in it was ever changed
            self._ask("POST", f"/{index}/_forcemerge", params={"max_num_segments": 1}, seconds=3600)
        held = {"manifest": manifest.model_dump(mode="json"), "parts": dict(pieces)}
        self._ask("PUT", f"/{index}/_mapping", {"_meta": held})
        settings = {"number_of_replicas": self.replicas, "refresh_interval": None, "blocks.write": True}
        self._ask("PUT", f"/{index}/_settings", {"index": settings})
        self._wait()
        actions: list[object] = [
            {"remove": {"index": old, "alias": self.address.name, "must_exist": True}} for old in self.former
        ]
        actions.append({"add": {"index": index, "alias": self.address.name}})
        try:
            self._ask("POST", "/_aliases", {"actions": actions})
        except IndexGone as error:
            raise IndexProblem(f"{self.address}: another process has built this index meanwhile") from error
        self._clear()

    def _wait(self) -> None:
        """Wait for the copies, as long as that may take; what is not there by then comes later."""
        until = time.monotonic() + COPIES_SECONDS
        while time.monotonic() < until:
            health = self._ask("GET", f"/_cluster/health/{self.generation}")
            if not (health["initializing_shards"] or health["relocating_shards"]):
                nodes = health["number_of_data_nodes"]
                if not health["unassigned_shards"] or nodes <= self.replicas:
                    return
            time.sleep(0.1)

    def _clear(self) -> None:
        """Remove generations from before the former one; a younger one may be in the making."""
        form = re.compile(re.escape(self.address.name) + r"-\d{8}t\d{9}-[0-9a-f]{4}")
        known = self._ask("GET", f"/{self.address.name}-*", params={"filter_path": "*.aliases"})
        eldest = min([self.generation, *self.former])
        for index in known:
            if form.fullmatch(index) and index < eldest:
                self._remove(index)

    def drop(self) -> None:
        """Remove the generation, as far as that can be done."""
        try:
            self._remove(self.generation)
        except (IndexProblem, IndexUnavailable):
            return

    def _remove(self, index: str) -> None:
        self._ask("DELETE", f"/{index}", params={"ignore_unavailable": "true"})

    def about(self) -> Iterator[tuple[int, bytes]]:
        """Yield (slot, what all pages together need of it) of every page of the generation in use."""
        after: list[int] = []
        rows: Sequence[Mapping[str, Any]] = ()
        while not after or len(rows) == PAGES_AT_ONCE:
            body: dict[str, object] = {
                "query": {"exists": {"field": SLOT}}, "sort": [{SLOT: "asc"}], "size": PAGES_AT_ONCE,
                "_source": ["about"],
            }  # fmt: skip
            if after:
                body["search_after"] = after
            rows = self._ask("POST", f"/{self.former[0]}/_search", body)["hits"]["hits"]
            if not rows:
                return
            for row in rows:
                yield row["sort"][0], unpack_bytes(row["_source"]["about"])
            after = rows[-1]["sort"]

    def _ask(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
        seconds: float = LOADING_SECONDS,
    ) -> Any:
        return self.connection.ask(method, path, body, params, seconds)
