"""What is remembered between runs: the ids of the cases that failed last."""

import hashlib
import json
import os
import sys
from collections.abc import Iterable
from pathlib import Path


def state_folder() -> Path:
    """Return the folder for what programs remember: ADVISOR_STATE, or the system's own."""
    if own := os.environ.get("ADVISOR_STATE"):
        return Path(own)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home())) / "programme-advisor"
    base = os.environ.get("XDG_STATE_HOME")
    return Path(base or Path.home() / ".local" / "state") / "programme-advisor"


def _file() -> Path:
    here = hashlib.sha256(str(Path.cwd().resolve()).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return state_folder() / f"failed-{here}.json"


def remembered() -> set[str]:
    """Return the ids of the cases that failed when tests last ran in this folder."""
    try:
        ids = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return set()
    return {str(i) for i in ids} if isinstance(ids, list) else set()


def remember(ran: Iterable[str], failed: Iterable[str]) -> None:
    """Keep the ids that failed; those that did not run this time stay as they were."""
    ids = (remembered() - set(ran)) | set(failed)
    path = _file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(sorted(ids), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        print(f"advisor test: cannot remember what failed: {path}: {error.strerror}", file=sys.stderr)
