"""One command runs all benchmarks."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks import suite
from benchmarks.table import Row, table


def test_help_needs_no_environment(root: Path, tmp_path: Path) -> None:
    """`benchmarks/run --help` tells its options from any folder, and installs nothing."""
    had = (root / "benchmarks" / ".venv").exists()
    done = subprocess.run(
        [sys.executable, root / "benchmarks" / "run", "--help"],
        cwd=tmp_path, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for option in ("--quick", "--only", "--json", "--picture"):
        assert option in done.stdout
    assert (root / "benchmarks" / ".venv").exists() == had


def test_it_can_be_executed(root: Path) -> None:
    """Nothing has to be typed before its name."""
    assert (root / "benchmarks" / "run").stat().st_mode & 0o111


def test_every_benchmark_is_there_and_takes_what_it_is_given(root: Path) -> None:
    """Each name is a module beside the suite, with the options of a quick run."""
    assert set(suite.QUICK) == set(suite.FULL)
    for name, given in suite.QUICK.items():
        source = (root / "benchmarks" / f"{name}.py").read_text(encoding="utf-8")
        for option in given[::2]:
            assert f'"{option}"' in source, name


def test_all_rows_come_into_one_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The rows of all benchmarks are printed and written together; what failed is named."""
    row = Row("a turn", 2.0, "ms", "baseline", 1.0, None, "ours", 1000)

    def measured(python: Path, name: str, *rest: Any) -> tuple[list[Row], bool]:
        return ([], False) if name == "cluster" else ([row._replace(name=name)], True)

    monkeypatch.setattr(suite, "environment", lambda *given: Path(sys.executable))
    monkeypatch.setattr(suite, "measured", measured)
    files = ["--json", str(tmp_path / "t.json"), "--picture", str(tmp_path / "p.svg")]
    assert suite.main(["--quick", "--only", "turn", "load", "cluster", *files]) == 0
    rows = [row._replace(name="turn"), row._replace(name="load")]
    told = capsys.readouterr().out
    assert told.startswith(table(rows))
    assert "left out or failed, see above: cluster" in told
    assert [r["name"] for r in json.loads((tmp_path / "t.json").read_text("utf-8"))["rows"]] == [
        "turn",
        "load",
    ]
    assert "<svg" in (tmp_path / "p.svg").read_text("utf-8")
