"""Run all benchmarks beside their peers and print one table; write it as JSON and draw the growth curves.

    benchmarks/run [--quick] [--only NAME ...] [--json FILE] [--picture FILE]

It needs Python 3.11 or later and nothing else: the project and the peers (rank-bm25, bm25s, tantivy,
FastAPI) are installed into benchmarks/.venv. Each benchmark runs in a process of its own. The million of
passages takes 3.6 GB of memory. Read the ratios, which are of one run; the milliseconds are the machine's.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.picture import picture
from benchmarks.table import Row, as_data, from_data, table
from run import environment

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
EXTRAS = "web,disk,cluster"
PEERS = ("bm25s==0.3.16",)
FULL: Mapping[str, Sequence[str]] = {
    "turn": (),
    "start": (),
    "load": (),
    "many": (),
    "growth": (),
    "cluster": (),
}
QUICK: Mapping[str, Sequence[str]] = {
    "turn": ("--turns", "200"),
    "start": ("--rounds", "3"),
    "load": ("--seconds", "2", "--soak", "0"),
    "many": ("--programmes", "200", "--questions", "100"),
    "growth": ("--passages", "1000,10000,100000", "--programmes", "200,1000"),
    "cluster": ("--programmes", "100", "--turns", "100"),
}


def main(arguments: Sequence[str]) -> int:
    """Run what was asked for; returns 1 when a benchmark failed."""
    options = parsed(arguments)
    began = time.monotonic()
    try:
        python = environment(EXTRAS, HERE / ".venv", PEERS)
    except subprocess.CalledProcessError as error:
        print(f"setting up failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    given = QUICK if options.quick else FULL
    rows: list[Row] = []
    left_out: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)  # an OpenSearch server runs as another user
        for benchmark in options.only or given:
            found, is_whole = measured(python, benchmark, given[benchmark], Path(name))
            rows += found
            if not is_whole:
                left_out.append(benchmark)
            seconds = time.monotonic() - began
            keep(options, rows, written(rows, left_out, options.quick, seconds))
    print(table(rows), end="")
    for benchmark in left_out:
        print(f"left out or failed, see above: {benchmark}")
    print(f"{seconds / 60:.0f} min on {machine()['cores']} cores")
    return int(any(benchmark != "cluster" for benchmark in left_out))


def keep(options: argparse.Namespace, rows: Sequence[Row], run: str) -> None:
    """Write the JSON, and the picture where there is something to draw."""
    for file, text in ((options.json, run), (options.picture, picture(rows))):
        if text:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options."""
    parser = argparse.ArgumentParser(
        prog="benchmarks/run", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--quick", action="store_true", help="smaller sizes, about five minutes")
    parser.add_argument("--only", nargs="+", choices=[*FULL], metavar="NAME", help=f"of {', '.join(FULL)}")
    default = ROOT / "build" / "benchmarks"
    for name, file in (("json", default / "table.json"), ("picture", default / "growth.svg")):
        parser.add_argument(
            f"--{name}", type=Path, default=file, metavar="FILE", help=f"(default: {file.relative_to(ROOT)})"
        )
    return parser.parse_args(arguments)


def measured(python: Path, name: str, given: Sequence[str], scratch: Path) -> tuple[list[Row], bool]:
    """Run a benchmark in a process of its own; returns its rows, and whether it came to its end.

    Whatever it leaves in temporary folders or in the user's cache goes when `scratch` goes.
    """
    file = scratch / f"{name}.json"
    surroundings = {
        **os.environ, "TMPDIR": str(scratch), "XDG_CACHE_HOME": str(scratch / "cache"),
        "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    print(f"== {name} {' '.join(given)}", file=sys.stderr, flush=True)
    began = time.monotonic()
    command = [str(python), "-m", f"benchmarks.{name}", *given, "--json", str(file)]
    code = subprocess.run(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL).returncode
    print(f"   {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
    rows = from_data(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else []
    return rows, code == 0


def machine() -> dict[str, object]:
    """Return what tells of the machine; the load says how much else it did."""
    load = os.getloadavg()[2] if hasattr(os, "getloadavg") else None
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load_of_15_minutes": load}


def written(rows: Sequence[Row], left_out: Sequence[str], is_quick: bool, seconds: float) -> str:
    """Return the run as JSON: the machine, what was left out, and the rows with ratios and targets."""
    run = {
        "is_quick": is_quick,
        "seconds": round(seconds),
        "machine": machine(),
        "left_out": list(left_out),
        "rows": as_data(rows),
    }
    return json.dumps(run, indent=1, ensure_ascii=False) + "\n"
