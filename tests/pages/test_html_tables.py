"""A web page's table becomes rows whose values know their heads."""

from tests.pages.test_html_content import facts, read


def rows(table: str) -> list[tuple[str, dict[str, str], str]]:
    page = read(f"<h1>Law</h1>{table}")
    text = page.builder.text
    return [
        (b.label, {c.column: text[c.start : c.end] for c in b.cells}, b.context)
        for b in page.builder.blocks
        if b.kind == "row"
    ]


def test_caption_and_heads_belong_to_each_row() -> None:
    """A row has its head, each value its column, and the caption is the row's context."""
    table = (
        "<table><caption>Fees 2026</caption><thead><tr><th>Year</th><th>EU</th><th>Other</th></tr></thead>"
        "<tbody><tr><th>Year 1</th><td>900</td><td>9,000</td></tr></tbody></table>"
    )
    assert rows(table) == [("Year 1", {"EU": "900", "Other": "9,000"}, "Fees 2026")]


def test_spans_are_expanded_in_both_directions() -> None:
    """A cell over several rows or columns stands in each of them, in heads too."""
    table = (
        "<table><tr><th rowspan=2>Group<th colspan=2>Parts</tr><tr><th>Fixed</th><th>Credit</th></tr>"
        "<tr><td rowspan=2>EU</td><td>1</td><td>2</td></tr><tr><td colspan=2>3</td></tr></table>"
    )
    assert rows(table) == [
        ("EU", {"Parts – Fixed": "1", "Parts – Credit": "2"}, "Group"),
        ("EU", {"Parts – Fixed": "3", "Parts – Credit": "3"}, "Group"),
    ]


def test_a_cell_as_wide_as_the_table_heads_the_rows_below() -> None:
    """A group's name is context of its rows; a remark below them is prose."""
    table = (
        "<table><tr><th>Course</th><th>EC</th></tr><tr><td colspan=2>Year 1</td></tr>"
        "<tr><td>Torts</td><td>5</td></tr><tr><td colspan=2>All courses are taught in English.</td></tr>"
        "</table>"
    )
    assert rows(table) == [("Torts", {"EC": "5"}, "Year 1")]
    assert "All courses are taught in English." in read(table).builder.text


def test_a_first_row_without_figures_is_a_head() -> None:
    """Column heads that are plain cells are recognised, for every row below has figures."""
    head = "<tr><td>Year</td><td>EU</td><td>Other</td></tr>"
    table = f"<table>{head}<tr><td>1</td><td>900</td><td>950</td></tr></table>"
    assert rows(table) == [("Year 1", {"EU": "900", "Other": "950"}, "Year")]


def test_columns_that_only_group_belong_to_the_row_head() -> None:
    """Where rows share their first cell, the next cell names the row too; a bare number gets its head."""
    table = (
        "<table><tr><th>Semester</th><th>Course</th><th>EC</th></tr>"
        "<tr><td rowspan=2>1</td><td>Torts</td><td>5</td></tr><tr><td>Tax</td><td>6</td></tr></table>"
    )
    assert rows(table) == [
        ("Semester 1, Torts", {"EC": "5"}, "Semester, Course"),
        ("Semester 1, Tax", {"EC": "6"}, "Semester, Course"),
    ]


def test_two_columns_without_heads_are_facts() -> None:
    """A table of labels and values is a list of facts."""
    assert facts(
        read("<table><tr><td>Length</td><td>4 years</td></tr><tr><td>Start</td><td>May</td></tr></table>")
    ) == {
        "Length": "4 years",
        "Start": "May",
    }


def test_layout_tables_are_not_tables() -> None:
    """A table that only places things is read as what it holds."""
    page = read("<table><tr><td><h1>Law</h1><p>Text.</p></td><td><h2>Fees</h2><p>Free.</p></td></tr></table>")
    assert page.builder.text == "Law\n\nText.\n\nFees\n\nFree."
