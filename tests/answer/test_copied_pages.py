"""A page copied from a portal is answered from by the right row, though nothing marks its rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from advisor import Advisor

PAGE = """KiteFinder

Kite Engineering, M.Sc.
Loftham University
Loftham, United Kingdom

Compare
Add to shortlist

What does it cost?

Full-time

UK and Ireland
2025/26: £9,100
2026/27: £9,400

EU, EEA and Switzerland
2025/26: £12,000
2026/27: £12,500

Rest of the world
2025/26: £19,800
2026/27: £20,300

Deadlines

September 2026, full-time
Applicants who need a visa: 12 June 2026
Applicants who need no visa: 31 July 2026

September 2026, part-time
14 August 2026

January 2027, full-time
Applicants who need a visa: 16 October 2026
Applicants who need no visa: 20 November 2026

Degree within 3 years  38%
Degree within 4 years  61%

After the study

£31,000
Median starting salary of graduates, this programme
£29,000
Median starting salary of graduates, national average

What do students think?

                      this programme     national average
Lecturers             4.2                3.9
Atmosphere            4.4                4.1

★ Sponsored: Rooms in Loftham for £90 a week.

You may also like
Balloon Engineering, M.Sc. – Loftham University – from £8,888
"""


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], str]:
    """Return what asks one question of the page and gives the reply's text."""
    page: Path = tmp_path_factory.mktemp("pages") / "kites.txt"
    page.write_text(PAGE, encoding="utf-8")
    advisor = Advisor.load(page)
    return lambda question: advisor.ask(question).text


@pytest.mark.parametrize(
    ("question", "expected", "others"),
    [
        ("What is the tuition fee for non-EU students in 2026?", "20,300", ["9,400", "19,800"]),
        ("What is the tuition fee for EU students in 2025?", "12,000", ["9,100", "12,500", "19,800"]),
        ("deadline for the January start if I don't need a visa?", "20 November", ["16 October", "31 July"]),
        ("full-time deadline, September intake, if I need a visa?", "12 June", ["31 July", "16 October"]),
        ("What do graduates earn?", "31,000", ["29,000"]),
        ("What share gets the degree within 4 years?", "61%", ["38%"]),
        ("What do students think of the lecturers?", "4.2", ["4.4"]),
    ],
)  # fmt: skip
def test_the_row_asked_for_is_given(
    ask: Callable[[str], str], question: str, expected: str, others: list[str]
) -> None:
    """Nationality, year, intake and visa choose among rows; the nation's average is not the programme's."""
    text = ask(question)
    assert expected in text
    assert not any(other in text for other in others), text


def test_the_average_is_given_where_it_is_asked_for(ask: Callable[[str], str]) -> None:
    """Beside the programme's own."""
    assert "29,000" in ask("What do graduates earn compared with the national average?")


def test_a_rating_counts_nothing(ask: Callable[[str], str]) -> None:
    """`4.2` is no number of lecturers."""
    assert "4.2" not in ask("How many lecturers are there?")


def test_others_and_advertisements_say_nothing(ask: Callable[[str], str]) -> None:
    """Neither rooms for rent nor the fee of another programme."""
    assert "£90" not in ask("What does a room cost?")
    assert "8,888" not in ask("What is the tuition fee?")
