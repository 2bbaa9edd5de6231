"""What loading works out from pages and intents, kept for the next start.

A shelf is a file in the user's cache folder under the digest of everything that it was made from:
the content, the code that reads it, and the libraries beside it. Its parts are plain data; nothing
that anybody asks ever goes there. A shelf that is not there, cannot be written, belongs to somebody
else or is damaged only makes loading take longer.
"""

import hashlib
import marshal
import os
import sys
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

Part = TypeVar("Part")
MOST_KEPT = 8
# The rooms whose code makes what is kept.
_MAKERS = ("index", "pages", "passages", "records", "text", "topics", "understand")
_CHECKED = 4


def pack(data: Any) -> bytes:
    """Return plain data as bytes; raises ValueError for anything else."""
    return marshal.dumps(data)


def unpack(packed: bytes) -> Any:
    """Return the data that `pack` was given."""
    return marshal.loads(packed)


class Shelf:
    """Named parts that loading works out: found from the last start, or made now and kept."""

    def __init__(self, *made_from: Iterable[bytes]) -> None:
        """Look for the shelf of what was made from this content, in this order; without any, keep nothing."""
        self._path = _path(made_from) if made_from else None
        self._parts = _read(self._path) if self._path else {}
        self.is_known = bool(self._parts)
        self._is_new, self._is_whole = False, True

    def part(self, name: str, make: Callable[[], Part]) -> Part:
        """Return a part: as it was kept, or made now; a shelf with other than plain data is not kept."""
        packed = self._parts.get(name)
        if packed is not None:
            kept: Part = unpack(packed)
            return kept
        made = make()
        if self._path is not None:
            try:
                self._parts[name] = pack(made)
                self._is_new = True
            except ValueError:
                self._is_whole = False
        return made

    def save(self) -> None:
        """Keep the parts, if any was made now; the shelves longest out of use go. Failing is no error."""
        if self._path is None or not (self._is_new and self._is_whole):
            return
        self._is_new = False
        import tempfile

        packed = pack(self._parts)
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._path.parent, suffix=".part")
            with os.fdopen(handle, "wb") as file:
                file.write(_checksum(packed) + packed)
            os.replace(name, self._path)
            kept = sorted(self._path.parent.glob("*.kept"), key=lambda p: p.stat().st_mtime, reverse=True)
            for old in kept[MOST_KEPT:]:
                old.unlink(missing_ok=True)
        except OSError:
            return


def _path(made_from: Iterable[Iterable[bytes]]) -> Path:
    digest = hashlib.sha256(_code())
    for pieces in made_from:
        for piece in pieces:
            digest.update(len(piece).to_bytes(8, "big") + piece)
    return cache_folder() / f"{digest.hexdigest()}-{sys.implementation.cache_tag}.kept"


def cache_folder() -> Path:
    """Return the user's cache folder for what this program works out."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "programme-advisor"


def _checksum(packed: bytes) -> bytes:
    return zlib.crc32(packed).to_bytes(_CHECKED, "big")


def _read(path: Path) -> dict[str, bytes]:
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return {}
        kept = path.read_bytes()
        if kept[:_CHECKED] != _checksum(kept[_CHECKED:]):
            return {}
        parts = unpack(kept[_CHECKED:])
        os.utime(path)
    except (OSError, ValueError, EOFError, TypeError):
        return {}
    return parts if isinstance(parts, dict) else {}


@cache
def makers(*more: str) -> bytes:
    """Return the digest of the code that reads, cuts and understands, and of further rooms."""
    digest = hashlib.sha256()
    house = Path(__file__).parent
    for room in (*_MAKERS, *more):
        for path in sorted((house / room).rglob("*.py")):
            digest.update(path.relative_to(house).as_posix().encode() + path.read_bytes())
    return digest.digest()


@cache
def _code() -> bytes:
    """Return the digest of the code that makes what is kept, and of which libraries are installed."""
    digest = hashlib.sha256(makers())
    for place in sys.path:
        try:
            digest.update("\n".join(sorted(n for n in os.listdir(place) if n.endswith("-info"))).encode())
        except OSError:
            continue
    return digest.digest()
