"""Files that are written whole or not at all, and folders for what is kept."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

APPLICATION = "programme-advisor"


def write_whole(path: Path, text: str, mode: int | None = None) -> None:
    """Write a file so that it is either the old or the new one, whatever happens; raises OSError.

    A new file gets `mode`, or what the user's umask allows; one that is there keeps its own.
    """
    path = Path(os.path.realpath(path))
    if mode is None:
        mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise


def append_private(path: Path, line: str) -> None:
    """Add a line to a file that only its owner may read; makes it and its folder; raises OSError."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        os.chmod(path, 0o600)
        file.write(line + "\n")


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where this program keeps what it remembers (XDG_STATE_HOME)."""
    return _folder(environment, "XDG_STATE_HOME", ".local/state", "LOCALAPPDATA")


def settings_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where this program looks for settings (XDG_CONFIG_HOME)."""
    return _folder(environment, "XDG_CONFIG_HOME", ".config", "APPDATA")


def _folder(environment: Mapping[str, str], name: str, below_home: str, on_windows: str) -> Path:
    given = environment.get(name, "")
    if os.path.isabs(given):
        return Path(given) / APPLICATION
    if os.name == "nt" and environment.get(on_windows):
        return Path(environment[on_windows]) / APPLICATION
    return Path(environment.get("HOME") or os.path.expanduser("~")) / below_home / APPLICATION
