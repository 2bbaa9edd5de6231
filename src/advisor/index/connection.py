"""The way to an OpenSearch cluster: addresses, credentials, time-outs, and errors in our own words.

    https://search-1.example:9200,search-2.example:9200/programmes

names the nodes to ask and the index; a request goes to another node when one does not answer.
Credentials come from the environment and are never part of an address.
"""

import os
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from advisor.errors import IndexGone, IndexProblem, IndexUnavailable, MissingExtra

if TYPE_CHECKING:
    import ssl

USER, PASSWORD = "ADVISOR_OPENSEARCH_USER", "ADVISOR_OPENSEARCH_PASSWORD"
AUTHORITY, SECONDS, PLAIN = (
    "ADVISOR_OPENSEARCH_CA", "ADVISOR_OPENSEARCH_SECONDS", "ADVISOR_OPENSEARCH_HTTP",
)  # fmt: skip
PORT = 9200
ANSWER_SECONDS = 1.8  # within so many a request has its answer or its error
LOADING_SECONDS = 60.0
LOADING_RETRIES = 5
REST_SECONDS = 1.0  # after a time-out, requests fail at once for so long
LEAST_SECONDS = 0.1
_LOOPBACK = re.compile(r"localhost|127\.\d+\.\d+\.\d+|::1")
_NAME = re.compile(r"[a-z0-9][a-z0-9_.-]*")
_BUSY = frozenset({429, 502, 503, 504})


def is_address(place: object) -> bool:
    """Whether a place of pages or an index is the address of a cluster."""
    return str(place).startswith(("https://", "http://"))


class Address(NamedTuple):
    """The nodes of a cluster as (host, port), whether they speak TLS, and the name of an index."""

    nodes: tuple[tuple[str, int], ...]
    is_secure: bool
    name: str

    def __str__(self) -> str:
        nodes = ",".join(f"[{h}]:{p}" if ":" in h else f"{h}:{p}" for h, p in self.nodes)
        return f"{'https' if self.is_secure else 'http'}://{nodes}/{self.name}"


def read_address(text: str) -> Address:
    """Return the address in a text; raises IndexProblem for one of another form, or without TLS."""
    from urllib.parse import urlsplit

    scheme, _, rest = text.partition("://")
    listed, _, name = rest.partition("/")
    nodes = []
    for node in listed.split(","):
        if "@" in node:
            raise IndexProblem(f"credentials are not part of an address; set {USER} and {PASSWORD}")
        try:
            parts = urlsplit(f"//{node}")
            nodes.append((parts.hostname or "", parts.port or PORT))
        except ValueError:
            nodes.append(("", PORT))
    name = name.rstrip("/")
    if scheme not in {"http", "https"} or not all(h for h, _ in nodes) or not _NAME.fullmatch(name):
        raise IndexProblem(f"{text}: not an index in a cluster; the form is https://HOST:9200/NAME")
    if scheme == "http" and not os.environ.get(PLAIN):
        far = [host for host, _ in nodes if not _LOOPBACK.fullmatch(host)]
        if far:
            raise IndexProblem(f"{text}: without TLS only on this machine; use https, or set {PLAIN}=1")
    return Address(tuple(nodes), scheme == "https", name)


class Connection:
    """Requests to a cluster; safe to share by threads."""

    def __init__(self, address: Address) -> None:
        """Prepare to connect; raises MissingExtra without the library, IndexProblem for a broken setting."""
        self.address = address
        self._library = _library()
        self.seconds = _seconds()
        self._rests_until = 0.0
        self.sent = 0  # requests, those tried again once
        # Retried below, within the time there is; a node that was silent is asked last.
        self._client = self._made(max_retries=0, retry_on_timeout=True, dead_timeout=1, pool_maxsize=16)

    def _made(self, **more: object) -> Any:
        user, password = os.environ.get(USER), os.environ.get(PASSWORD)
        return self._library.OpenSearch(
            hosts=[{"host": h, "port": p, "use_ssl": self.address.is_secure} for h, p in self.address.nodes],
            http_auth=(user, password or "") if user else None,
            ssl_context=_context() if self.address.is_secure else None,
            http_compress=True,
            **more,
        )

    @cached_property
    def loading(self) -> Any:
        """The library's own client for loading, which takes its time and tries again."""
        return self._made(
            max_retries=LOADING_RETRIES, retry_on_timeout=True, retry_on_status=tuple(_BUSY - {429})
        )

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        params: Mapping[str, object] | None = None,
        seconds: float | None = None,
    ) -> Any:
        """Return what the cluster answers, within `seconds` where this may take longer.

        Raises IndexUnavailable when no node answers in time, IndexGone when the index is not there,
        IndexProblem when the request is refused.
        """
        import urllib3

        began = time.monotonic()
        self.sent += 1
        if began < self._rests_until:
            raise IndexUnavailable(self._silent("did not answer a moment ago"))
        for attempt in count(1):
            left = max(self.seconds - (time.monotonic() - began), LEAST_SECONDS)
            share = min(left, self.seconds / 2)
            wait = urllib3.Timeout(connect=share, read=seconds) if seconds else urllib3.Timeout(total=share)
            try:
                return self._client.transport.perform_request(method, path, params, body, timeout=wait)
            except self._library.ConnectionError as error:
                self._check_certificate(error)
                is_last = attempt >= max(2, len(self.address.nodes))
                if is_last or self.seconds - (time.monotonic() - began) < LEAST_SECONDS:
                    if time.monotonic() - began > self.seconds / 2:
                        self._rests_until = time.monotonic() + REST_SECONDS
                    raise IndexUnavailable(self._silent("does not answer")) from error
            except self._library.TransportError as error:
                if error.status_code in _BUSY and attempt == 1:
                    continue
                raise self._told(error) from error
        raise AssertionError("not reached")

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn what the library raises while loading into our own errors."""
        try:
            yield
        except self._library.ConnectionError as error:
            self._check_certificate(error)
            raise IndexUnavailable(self._silent("does not answer")) from error
        except self._library.TransportError as error:
            raise self._told(error) from error

    def _silent(self, what: str) -> str:
        return f"{self.address}: the cluster {what}; is it running?"

    def _check_certificate(self, error: Exception) -> None:
        if isinstance(error, self._library.SSLError) or "CERTIFICATE" in str(error):
            raise IndexProblem(
                f"{self.address}: its certificate is not trusted here; {AUTHORITY} names the file of the"
                f" authority that signed it ({error})"
            ) from error

    def _told(self, error: Any) -> Exception:
        """Return a refusal in our own words; what the cluster says may quote the request, and is left out."""
        status = error.status_code
        if status in {401, 403}:
            return IndexProblem(
                f"{self.address}: the cluster refuses the credentials ({status}); check {USER} and {PASSWORD}"
            )
        if status == 404:
            return IndexGone(f"{self.address}: not there (any more)")
        if status in _BUSY:
            return IndexUnavailable(f"{self.address}: the cluster cannot answer now ({status})")
        return IndexProblem(f"{self.address}: the cluster refuses a request ({status}, {error.error})")


def lines(*rows: object) -> str:
    """Return rows as JSON, one a line."""
    import json

    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def found(documents: Sequence[Mapping[str, Any]], where: str) -> list[Mapping[str, Any]]:
    """Return what documents asked for by their ids hold; raises IndexProblem when one is not there."""
    for document in documents:
        problem = document.get("error")
        if problem and "index_not_found" in str(problem):
            raise IndexGone(f"{where}: not there any more")
        if problem:
            raise IndexUnavailable(f"{where}: the cluster cannot answer now")
        if not document.get("found"):
            raise IndexProblem(f"{where}: the index is damaged, {document['_id']} is missing")
    return [document["_source"] for document in documents]


def _seconds() -> float:
    try:
        return max(float(os.environ.get(SECONDS) or ANSWER_SECONDS), LEAST_SECONDS)
    except ValueError as error:
        raise IndexProblem(f"{SECONDS} is not a number of seconds") from error


def _context() -> "ssl.SSLContext":
    """Return what checks certificates: by the authority named, or those that the system trusts."""
    import ssl

    named = os.environ.get(AUTHORITY)
    try:
        return ssl.create_default_context(cafile=named or None)
    except (OSError, ssl.SSLError) as error:
        raise IndexProblem(f"{AUTHORITY}: {named}: not a readable file of certificates") from error


def _library() -> Any:
    try:
        import opensearchpy
    except ImportError as error:
        raise MissingExtra("cluster", "an index in an OpenSearch cluster") from error
    return opensearchpy
