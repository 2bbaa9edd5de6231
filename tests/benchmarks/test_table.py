"""What the benchmarks report is what was measured."""

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from benchmarks import suite
from benchmarks.picture import curves, picture
from benchmarks.table import Row, Target, as_data, from_data, number, report, table

ROWS = [
    Row("the ten best of 1,000", 0.05, "ms", "tantivy", 0.04, Target("ratio", 1.5), "on disk", 1000),
    Row("the ten best of 10,000", 0.09, "ms", "tantivy", 0.04, Target("ratio", 1.5), "on disk", 10_000),
    Row("the ten best of 1,000", 0.05, "ms", "bm25s", 0.5, None, "on disk", 1000),
    Row("POST /v1/ask", 450.0, "turns/s", "empty endpoint", 1000.0, Target("ratio", 0.4, is_least=True)),
    Row("cold start", 1234.5, target=Target("ours", 1000)),
]


def test_a_row_knows_its_ratio_and_whether_it_is_met() -> None:
    """Bounds hold for ours or for the ratio, from above or from below."""
    assert [row.ratio for row in ROWS] == pytest.approx([1.25, 2.25, 0.1, 0.45, None])
    assert [row.is_met for row in ROWS] == [True, False, None, True, False]
    assert ROWS[0]._replace(peer=None).is_met is None


def test_the_table_has_a_line_a_row_with_its_figures() -> None:
    """Names, figures, ratios and missed targets stand in their columns."""
    head, *lines = table(ROWS).splitlines()
    assert head.split() == ["name", "ours", "peer", "ratio", "the", "peer", "is", "target"]
    assert len(lines) == len(ROWS)
    assert lines[1].split("  ")[0] == "the ten best of 10,000"
    assert "0.0900 ms" in lines[1]
    assert "2.25" in lines[1]
    assert [line.endswith("MISSED") for line in lines] == [row.is_met is False for row in ROWS]
    assert "ratio ≥ 0.4" in lines[3]
    assert "1,234 ms" in lines[4]


@pytest.mark.parametrize(
    ("value", "shown"),
    [(1234.5, "1,234"), (28.25, "28.2"), (1.234, "1.23"), (0.1234, "0.123"), (0.0123, "0.0123"), (4.0, "4")],
)
def test_three_figures_count(value: float, shown: str) -> None:
    """Numbers are as long as they tell something."""
    assert number(value) == shown


def test_rows_survive_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What a benchmark writes, the suite reads back, and adds what follows from it."""
    report(iter(ROWS), tmp_path / "rows.json")
    data = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert from_data(data) == ROWS
    assert data[1]["ratio"] == pytest.approx(2.25)
    assert data[1]["is_met"] is False
    assert capsys.readouterr().out == table(ROWS)


def test_a_run_is_written_with_what_was_left_out() -> None:
    """The JSON of a run holds its rows, its machine and its gaps."""
    run = json.loads(suite.written(ROWS, ["cluster"], True, 61.4))
    assert run["rows"] == json.loads(json.dumps(as_data(ROWS)))
    assert (run["seconds"], run["left_out"], run["is_quick"]) == (61, ["cluster"], True)
    assert run["machine"]["cores"]


def test_the_picture_has_a_line_for_each_of_ours_and_of_the_peers() -> None:
    """A point said twice is drawn once, rows without a line not at all."""
    ours, peers = curves(ROWS)
    assert ours == {"on disk": [(1000, 0.05), (10_000, 0.09)]}
    assert peers == {"tantivy": [(1000, 0.04), (10_000, 0.04)], "bm25s": [(1000, 0.5)]}
    tree = ET.fromstring(picture(ROWS))
    texts = [t.text for t in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"on disk", "tantivy", "bm25s", "1,000", "10,000", "0.1 ms"} <= set(texts)
    circles = [
        (float(c.get("cx", "")), float(c.get("cy", ""))) for c in tree.iter() if c.tag.endswith("circle")
    ]
    assert len(circles) == 5
    low, high = circles[3:]  # ours come last; more passages further right, more time higher up
    assert low[0] < high[0]
    assert low[1] > high[1]
    assert picture([ROWS[4]]) == ""
