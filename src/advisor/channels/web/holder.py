"""The adviser that is serving, and how a new one takes its place."""

import asyncio
import hashlib
import logging
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from advisor import Advisor, AdvisorError, ContentError

_log = logging.getLogger("advisor.web")


@dataclass(frozen=True, slots=True)
class Loaded:
    """An adviser with the fingerprint of its pages and intents."""

    advisor: Advisor
    corpus_hash: str
    fingerprint: str
    date: str | None
    loaded_at: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A reload that did not succeed: when, how many problems, and which."""

    at: str
    problems: tuple[str, ...]


class Holder:
    """Holds the adviser that answers; a reload replaces it whole or not at all."""

    def __init__(self, load: Callable[[], Advisor], advisor: Advisor | None = None) -> None:
        self._load = load
        self._lock = threading.Lock()
        self.current = identify(advisor or load())
        self.failure: Failure | None = None

    def renew(self, former: Loaded) -> Loaded:
        """Return what serves in place of a former adviser, loaded anew unless that was done meanwhile."""
        if self.current is former:
            self.reload()
        return self.current

    def reload(self) -> bool:
        """Load pages and intents anew; broken ones leave the former serving. Returns success."""
        with self._lock:
            try:
                fresh = identify(self._load())
            except Exception as error:  # whatever is wrong with the new pages, the former must go on
                self._keep(error)
                return False
            self.current, self.failure = fresh, None
            _log.warning("pages loaded anew: %s", fresh.corpus_hash[:12])
            return True

    def _keep(self, error: Exception) -> None:
        problems = [f"{type(error).__name__}: {error}"]
        if isinstance(error, ContentError):
            problems = [str(problem) for problem in error.problems]
        self.failure = Failure(_now(), tuple(problems))
        _log.error("reload failed, the former pages go on serving:\n%s", "\n".join(problems))


def identify(advisor: Advisor) -> Loaded:
    """Return an adviser with the hash of its pages and their date."""
    digest = hashlib.sha256()
    if advisor.index is not None:
        digest.update(advisor.index.manifest.model_dump_json().encode())
    for document in () if advisor.index else advisor.documents:
        digest.update(document.model_dump_json(exclude={"path"}).encode("utf-8", "surrogatepass"))
    corpus_hash = digest.hexdigest()
    fingerprint = hashlib.sha256(f"{corpus_hash} {advisor.content.hash}".encode()).hexdigest()[:16]
    return Loaded(advisor, corpus_hash, fingerprint, _newest(advisor), _now())


def _newest(advisor: Advisor) -> str | None:
    """Return the day on which the index was made, or the youngest file of the pages was written."""
    if advisor.index is not None:
        return advisor.index.day()
    times = [t for _, t, _ in _stats(_files(advisor))]
    return datetime.fromtimestamp(max(times) / 1e9, UTC).date().isoformat() if times else None


@asynccontextmanager
async def watched(holder: Holder, seconds: float, intents: str | None = None) -> AsyncIterator[None]:
    """Reload whenever a file of the pages or intents changes, looked at every `seconds`."""
    task = asyncio.create_task(_watch(holder, seconds, intents)) if seconds else None
    try:
        yield
    finally:
        if task is not None:
            task.cancel()


async def _watch(holder: Holder, seconds: float, intents: str | None) -> None:
    seen = await asyncio.to_thread(_stamp, holder.current.advisor, intents)
    while True:
        await asyncio.sleep(seconds)
        now = await asyncio.to_thread(_stamp, holder.current.advisor, intents)
        if now is not None and now != seen:
            if seen is not None:
                await asyncio.to_thread(holder.reload)
            seen = now


def _stamp(advisor: Advisor, intents: str | None) -> frozenset[tuple[str, int, int]] | None:
    """Return path, time and size of every file beside the documents and among the intents.

    An index has a stamp of its own; None when it cannot be told at the moment.
    """
    folders = {path.parent for path in _files(advisor)}
    paths = [p for folder in folders if folder.is_dir() for p in folder.iterdir()]
    stats = _stats([*paths, *(Path(intents).rglob("*") if intents else ())])
    try:
        return frozenset([*stats, *([(advisor.index.stamp(), 0, 0)] if advisor.index else [])])
    except (AdvisorError, OSError):
        return None


def _files(advisor: Advisor) -> list[Path]:
    """Return the files of the pages, where these were read and not an index."""
    return [] if advisor.index else [Path(d.path) for d in advisor.documents]


def _stats(paths: Iterable[Path]) -> Iterable[tuple[str, int, int]]:
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        yield str(path), stat.st_mtime_ns, stat.st_size


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
