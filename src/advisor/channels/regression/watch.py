"""`advisor test --watch`: run again whenever a question file, a page or an intent changes."""

import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from advisor import AdvisorError

SECONDS = 0.5
Stamp = frozenset[tuple[str, int, int]]


def watch(run: Callable[[], int], places: Callable[[], Iterable[Path]], wait: Callable[[], None]) -> None:
    """Run, and run again after each change below the places, until interrupted.

    What is wrong with the files is told and waited out: it is what the next change will mend.
    """
    while True:
        before = stamp(places())
        try:
            run()
        except AdvisorError as error:
            print(error, file=sys.stderr)
        print("-- waiting for a change; Ctrl-C ends", file=sys.stderr, flush=True)
        while stamp(places()) == before:
            wait()


def stamp(places: Iterable[Path]) -> Stamp:
    """Return path, time and size of every file at and below places, without hidden folders."""
    found = set()
    for place in places:
        for path in (place, *(place.rglob("*") if place.is_dir() else ())):
            if any(part.startswith(".") and part.strip(".") for part in path.relative_to(place).parts):
                continue
            try:
                status = path.stat()
            except OSError:
                continue
            if not path.is_dir():
                found.add((str(path), status.st_mtime_ns, status.st_size))
    return frozenset(found)


def pause() -> None:
    """Wait a little before the files are looked at again."""
    time.sleep(SECONDS)
