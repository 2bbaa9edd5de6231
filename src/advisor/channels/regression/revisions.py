"""Corpora to compare: folders, files, or git revisions, written REVISION or REVISION:FOLDER."""

import io
import re
import subprocess
import tarfile
from pathlib import Path

from advisor import ContentError, Problem

_HUNK = re.compile(r"@@ -\S+ \+(?P<first>\d+)(?:,(?P<count>\d+))? @@")


def corpus_at(place: str, scratch: Path, other: str = "") -> Path:
    """Return the folder or file of a corpus; one of a git revision is laid out in `scratch`.

    A revision alone means the folder that it is compared with, `other`. Raises ContentError when
    there is neither such a place nor such a revision.
    """
    if Path(place).exists():
        return Path(place)
    revision, colon, path = place.partition(":")
    if not colon:
        path = other.rpartition(":")[2]
    if not revision or revision.startswith("-") or not path or Path(path).is_absolute():
        said = "no such folder or file; of a git revision it is written REVISION:FOLDER, such as main:pages"
        raise ContentError([Problem(place, None, said)])
    scratch.mkdir(parents=True, exist_ok=True)
    tree = _git("archive", "--format=tar", f"{revision}:./{path}".removesuffix("/"))
    if tree.returncode == 0:
        with tarfile.open(fileobj=io.BytesIO(tree.stdout)) as archive:
            archive.extractall(scratch, filter="data")
        return scratch
    blob = _git("show", f"{revision}:./{path}")
    if blob.returncode == 0:
        target = scratch / Path(path).name
        target.write_bytes(blob.stdout)
        return target
    reason = blob.stderr.decode("utf-8", "replace").strip().splitlines()
    said = f"git says: {reason[-1] if reason else 'no such revision or folder'}"
    raise ContentError([Problem(place, None, said if colon else f"no such folder or file, and {said}")])


def changed_files(revision: str) -> set[Path]:
    """Return the files that differ from a git revision, new ones too; raises ContentError without one."""
    asked = (
        _git("diff", "--name-only", "--relative", "-z", revision, "--"),
        _git("ls-files", "--others", "--exclude-standard", "-z"),
    )
    for answer in asked:
        if answer.returncode:
            lines = answer.stderr.decode("utf-8", "replace").strip().splitlines()
            raise ContentError([Problem(revision, None, f"git says: {lines[0] if lines else 'no'}")])
    names = b"\0".join(a.stdout for a in asked).decode("utf-8", "surrogateescape").split("\0")
    return {Path(name).resolve() for name in names if name}


def changed_lines(revision: str, path: Path) -> list[range] | None:
    """Return the lines of a file that differ from a git revision, or None where all of it is new."""
    answer = _git("diff", "--unified=0", revision, "--", str(path))
    if answer.returncode or not answer.stdout:
        return None
    found = []
    for line in answer.stdout.decode("utf-8", "replace").splitlines():
        match = _HUNK.match(line)
        if match:
            first, count = int(match["first"]), int(match["count"] or 1)
            # Where lines only went, what stood around them has changed.
            found.append(range(first, first + max(count, 1)))
    return found


def _git(*arguments: str) -> "subprocess.CompletedProcess[bytes]":
    try:
        return subprocess.run(["git", *arguments], capture_output=True, check=False)
    except OSError as error:
        raise ContentError([Problem("git", None, f"cannot be run: {error.strerror}")]) from error
