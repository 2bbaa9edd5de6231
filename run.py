#!/usr/bin/env python3
"""Set everything up and start the chat, or pass the tests; needs Python 3.11 or later and nothing else.

python3 run.py [ARGUMENTS]     the chat, or any other command of `advisor`
python3 run.py check           formatting, lint, types, import layers, tests and coverage
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
CONSTRAINTS = ROOT / "constraints.txt"

STEPS = (
    ("formatting", ["ruff", "format", "--check", "--quiet", "."]),
    ("lint", ["ruff", "check", "--quiet", "."]),
    ("types", ["mypy"]),
    ("import layers", ["lint-imports"]),
    (
        "tests",
        ["pytest", "-n", "auto", "--dist", "loadgroup", "-q", "--cov", "--cov-report=term:skip-covered"],
    ),
)


def main(arguments: list[str]) -> int:
    """Run the chat or the check; returns the exit code."""
    if sys.version_info < OLDEST:
        return with_newer_python(arguments)
    is_check = arguments[:1] == ["check"] and not arguments[1:]
    try:
        environment("dev" if is_check else "pages,web,disk")
    except subprocess.CalledProcessError as error:
        print(f"run.py: setting up failed: {' '.join(map(str, error.cmd))}", file=sys.stderr)
        return 1
    if is_check:
        return check()
    return subprocess.call([str(SCRIPTS / "advisor"), *arguments])


def with_newer_python(arguments: list[str]) -> int:
    """Go on with a Python that is new enough, if there is one."""
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", "pass"]) == 0:
            return subprocess.call([found, str(ROOT / "run.py"), *arguments])
    have = ".".join(map(str, sys.version_info[:2]))
    print(f"run.py: Python 3.11 or later is needed, this is {have}", file=sys.stderr)
    return 2


def environment(extra: str, venv: Path = VENV, also: tuple[str, ...] = ()) -> Path:
    """Make a virtual environment with the project and more, unless that is done; returns its Python."""
    python = venv / PYTHON.relative_to(VENV)
    stamp = venv / ".installed"
    wanted = (ROOT / "pyproject.toml").read_bytes() + CONSTRAINTS.read_bytes() + " ".join(also).encode()
    digest = hashlib.sha256(wanted).hexdigest()
    done = stamp.read_text().split() if python.exists() and stamp.exists() else []
    if digest in done and extra in done[1:]:
        return python
    if not python.exists():
        print(f"Making a virtual environment in {venv.relative_to(ROOT)} ...", file=sys.stderr)
        make_venv(venv)
    print("Installing what is needed; this is done once ...", file=sys.stderr)
    pip = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    install = ["--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[{extra}]", *also]
    subprocess.run([*pip, *install], check=True)
    kept = done[1:] if digest in done else []
    stamp.write_text(" ".join([digest, *kept, extra]))
    return python


def make_venv(venv: Path) -> None:
    """Make the virtual environment; some systems ship Python without the module for it."""
    make = [sys.executable, "-m", "venv", "--clear", str(venv)]
    if subprocess.run(make, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0:
        return
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root and shutil.which("apt-get"):
        subprocess.run(["apt-get", "update", "-qq"], check=True)
        subprocess.run(
            ["apt-get", "install", "-qq", "-y", "python3-venv"], check=True, stdout=subprocess.DEVNULL
        )
    elif shutil.which("apt-get"):
        print("run.py: Python's venv is missing: sudo apt-get install python3-venv", file=sys.stderr)
    subprocess.run(make, check=True)


def check() -> int:
    """Run every step, even after one that failed; returns 1 when any failed."""
    surroundings = {**os.environ, "PATH": f"{SCRIPTS}{os.pathsep}{os.environ.get('PATH', '')}"}
    outcomes = []
    for name, command in STEPS:
        print(f"\n== {name}: {' '.join(command)}", flush=True)
        began = time.monotonic()
        code = subprocess.call([str(SCRIPTS / command[0]), *command[1:]], cwd=ROOT, env=surroundings)
        outcomes.append((name, code, time.monotonic() - began))
    print("\n== summary")
    for name, code, seconds in outcomes:
        print(f"{'ok' if code == 0 else 'FAILED':<7} {name} ({seconds:.0f} s)")
    return int(any(code for _, code, _ in outcomes))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
