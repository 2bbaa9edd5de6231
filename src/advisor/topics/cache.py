"""Keep what reading the intents cost, for the next start.

Only content of the intents folder is kept, under the hash of all its files; nothing of what
anybody asked. Where the folder cannot be written, each start reads the files anew.
"""

import marshal
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

MOST_KEPT = 4


def _folder() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "programme-advisor"


def _name(key: str) -> str:
    return f"{key}-{sys.implementation.cache_tag}.kept"


def recall(key: str) -> dict[str, Any] | None:
    """Return what was kept under a key, or None."""
    try:
        path = _folder() / _name(key)
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return None
        data = marshal.loads(path.read_bytes())
    except (OSError, ValueError, EOFError, TypeError, RuntimeError):
        return None
    return data if isinstance(data, dict) else None


def keep(key: str, data: dict[str, Any]) -> None:
    """Keep data under a key; the oldest of several go. Failing to is no error."""
    try:
        folder = _folder()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            file.write(marshal.dumps(data))
        os.replace(name, folder / _name(key))
        kept = sorted(folder.glob("*.kept"), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in kept[MOST_KEPT:]:
            old.unlink(missing_ok=True)
    except (OSError, RuntimeError, ValueError):
        return
