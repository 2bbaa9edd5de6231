"""`advisor index`: build an index in a folder or a cluster, bring it up to date, tell its state.

    advisor index build FOLDER [PLACE...]
    advisor index build --index https://HOST:9200/NAME [PLACE...]

Exit codes: 0 fine, 1 `info` found the index out of date or a cluster does not answer, 2 bad usage, broken
content or no index.
"""

import argparse
import json
import os
import sys
import time

from advisor.editing import build_index, index_state, update_index
from advisor.errors import AdvisorError

OK, OUT_OF_DATE = 0, 1
MOST_NAMED = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("what", choices=("build", "update", "info"), help="what to do")
    parser.add_argument(
        "where", metavar="PLACE", nargs="*",
        help="the folder of the index, or with --index only pages: those to build it of (as --corpus)",
    )  # fmt: skip
    parser.add_argument(
        "--shards",
        type=int,
        default=1,
        metavar="N",
        help="build: parts of an index in a cluster (default: 1)",
    )
    parser.add_argument(
        "--replicas",
        type=int,
        default=1,
        metavar="N",
        help="build: copies of each part in a cluster (default: 1)",
    )
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Build, update or tell; returns the exit code."""
    options.where, options.target = _target(options)
    if options.what == "info":
        return _tell(options)
    began = time.monotonic()
    if options.what == "build":
        places = [*(options.corpus or ()), *options.where]
        change = build_index(
            options.target, places, options.intents, shards=options.shards, replicas=options.replicas
        )
    elif options.where:
        raise AdvisorError("advisor index update: the index knows its pages; name only the index")
    else:
        change = update_index(options.target, options.intents)
    if options.json:
        print(json.dumps(change._asdict()))
    else:
        how = "built" if change.is_whole else "updated"
        print(
            f"{how}: {change.pages} page(s); {change.added} added, {change.changed} changed,"
            f" {change.removed} removed; {time.monotonic() - began:.1f} s"
        )
    return OK


def _target(options: argparse.Namespace) -> tuple[list[str], str]:
    """Return the places of pages and the index: that of --index, else the first place, else ADVISOR_INDEX."""
    places = list(options.where)
    named = options.index or (places.pop(0) if places else os.environ.get("ADVISOR_INDEX", ""))
    target = named.removeprefix("disk:")
    if target in {"", "memory"}:
        raise AdvisorError("advisor index: which index? name a folder, or --index https://HOST:9200/NAME")
    return places, target


def _tell(options: argparse.Namespace) -> int:
    state = index_state(options.target, options.intents)
    is_current = not (state.is_stale or state.added or state.changed or state.removed)
    if options.json:
        data = {**state.manifest.model_dump(), **state._asdict(), "manifest": None}
        del data["manifest"]
        print(json.dumps(data, indent=1))
        return OK if is_current else OUT_OF_DATE
    manifest = state.manifest
    print(f"{manifest.pages} page(s), {manifest.passages} passages, from {', '.join(manifest.places)}")
    print(f"schema {manifest.schema_version}, analysis {manifest.analysis}")
    print(f"corpus {manifest.corpus}, {manifest.generation}")
    for how in ("added", "changed", "removed"):
        paths: tuple[str, ...] = getattr(state, how)
        for path in paths[:MOST_NAMED]:
            print(f"{how}: {path}")
        if len(paths) > MOST_NAMED:
            print(f"{how}: {len(paths) - MOST_NAMED} more")
    if state.is_stale:
        print("stale: made by another version of the program or the intents", file=sys.stderr)
    if not is_current:
        print(f"out of date; run: advisor index update {options.target}", file=sys.stderr)
    return OK if is_current else OUT_OF_DATE
