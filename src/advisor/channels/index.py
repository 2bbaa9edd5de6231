"""`advisor index`: build an index on disk, bring it up to date, tell its state.

Exit codes: 0 fine, 1 `info` found the index out of date, 2 bad usage, broken content or no index.
"""

import argparse
import json
import sys
import time

from advisor.editing import build_index, index_state, update_index

OK, OUT_OF_DATE = 0, 1
MOST_NAMED = 10


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's own arguments."""
    parser.add_argument("what", choices=("build", "update", "info"), help="what to do")
    parser.add_argument("folder", metavar="FOLDER", help="the folder of the index")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(options: argparse.Namespace) -> int:
    """Build, update or tell; returns the exit code."""
    if options.what == "info":
        return _tell(options)
    began = time.monotonic()
    if options.what == "build":
        change = build_index(options.folder, options.corpus, options.intents)
    else:
        change = update_index(options.folder, options.intents)
    if options.json:
        print(json.dumps(change._asdict()))
    else:
        how = "built" if change.is_whole else "updated"
        print(
            f"{how}: {change.pages} page(s); {change.added} added, {change.changed} changed,"
            f" {change.removed} removed; {time.monotonic() - began:.1f} s"
        )
    return OK


def _tell(options: argparse.Namespace) -> int:
    state = index_state(options.folder, options.intents)
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
        print(f"out of date; run: advisor index update {options.folder}", file=sys.stderr)
    return OK if is_current else OUT_OF_DATE
