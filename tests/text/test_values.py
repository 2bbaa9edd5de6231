"""Typed values are found in text, with the number that is meant."""

from itertools import pairwise

import pytest

from advisor import Advisor
from advisor.text.values import ValueFinder, amount, plain


@pytest.fixture(scope="module")
def finder(advisor: Advisor) -> ValueFinder:
    """Return a finder with the words of the shipped content."""
    return ValueFinder(advisor.content.languages)


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        ("2.601", 2601.0),
        ("2,601", 2601.0),
        ("1.234.567", 1234567.0),
        ("4.0", 4.0),
        ("1,5", 1.5),
        ("0.125", 0.125),
        ("1.200,50", 1200.5),
        ("12", 12.0),
    ],
)
def test_a_point_is_read_as_it_is_meant(figure: str, expected: float) -> None:
    """Three digits behind a point or comma are thousands, fewer are a fraction."""
    assert amount(figure) == expected


def test_figures_compare_without_separators() -> None:
    """Both ways to write thousands are the same figure."""
    assert plain("2.601") == plain("2,601") == plain("2601")


@pytest.mark.parametrize(
    ("text", "kind", "found", "number"),
    [
        ("It costs € 2.601 a year", "money", "€ 2.601", 2601.0),
        ("about 2,601 euros", "money", "2,601 euros", 2601.0),
        ("Salaris EUR 1.200,50", "money", "EUR 1.200,50", 1200.5),
        ("score 3,5/5 here", "score", "3,5/5", 3.5),
        ("takes 1,5 jaar", "duration", "1,5 jaar", 1.5),
        ("a 28-week project", "duration", "28-week", 28.0),
        ("about twenty hours", "hours", "twenty hours", 20.0),
        ("has 120 ects", "credits", "120 ects", 120.0),
        ("only 26% men", "percentage", "26%", 26.0),
        ("by 15 January 2026", "date", "15 January 2026", 15.0),
        ("voor 1 mei 2026", "date", "1 mei 2026", 1.0),
        ("page of 2025-2026", "year", "2025-2026", 2025.0),
        ("mail info@uni.example now", "email", "info@uni.example", None),
        ("see https://uni.example/a?b=c.", "url", "https://uni.example/a?b=c", None),
        ("call +31 (0)71 527 2727", "phone", "+31 (0)71 527 2727", 31.0),
        ("om 10:30 uur", "time", "10:30 uur", 10.0),
    ],
)
def test_values_have_a_kind(
    finder: ValueFinder, text: str, kind: str, found: str, number: float | None
) -> None:
    """Each way to write a value is told for what it is."""
    (value,) = finder.find(text)
    assert (value.kind, value.text, value.amount) == (kind, found, number)
    assert text[value.start : value.end] == found


def test_several_values_are_found_in_order(finder: ValueFinder) -> None:
    """Values of one text come in order and do not overlap."""
    values = finder.find("2 years (120 ects), € 2.530 and 4.0 / 5 in 2026")
    assert [v.kind for v in values] == ["duration", "credits", "money", "score", "year"]
    assert all(a.end <= b.start for a, b in pairwise(values))
    assert values[-1].year == 2026
