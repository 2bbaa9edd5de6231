"""Which columns name a table's rows is told by what the rows share."""

import pytest

from advisor.pages.grid import naming_columns, row_label


@pytest.mark.parametrize(
    ("rows", "count"),
    [
        ([["EU", "900", "950"], ["Other", "9,000", "9,500"]], 1),
        ([["1", "Torts", "5"], ["1", "Tax", "6"]], 2),
        ([["Fee", "900"], ["Fee", "950"]], 1),
        ([["Fee", "€ 900", "a"], ["Fee", "€ 950", "b"]], 1),
        ([["May", "EU", "home", "1"], ["May", "EU", "away", "2"]], 3),
        ([], 1),
    ],
)
def test_the_next_column_names_rows_that_share_the_first(rows: list[list[str]], count: int) -> None:
    """Words beside a shared cell belong to the row's name, values do not, and one value column is left."""
    assert naming_columns(rows) == count


def test_a_bare_number_gets_the_head_of_its_column() -> None:
    """`1` below `Semester` is `Semester 1`; words and longer heads stay as they are."""
    heads = ["Semester", "Course", "ECTS"]
    assert row_label(heads, ["1", "Torts", "5"], 2) == "Semester 1, Torts"
    assert row_label(["Number of the year", "EU"], ["1", "900"], 1) == "1"
    assert row_label([], ["1", "900"], 1) == "1"
