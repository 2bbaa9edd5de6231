"""Text is cut into tokens and sentences whose spans point back into it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.text.tokens import sentences, stems, tokenise, trim


@given(st.text())
def test_spans_are_true(text: str) -> None:
    """A token is what stands at its span, and tokens neither overlap nor go back."""
    here = 0
    for token in tokenise(text):
        assert token.start >= here
        assert token.text == text[token.start : token.end]
        here = token.end


@given(st.text())
def test_sentences_leave_nothing_out(text: str) -> None:
    """What no sentence holds is white space."""
    spans = sentences(text, 0, len(text))
    outside = text
    for start, end in reversed(spans):
        assert text[start:end] == text[start:end].strip() != ""
        outside = outside[:start] + outside[end:]
    assert not outside.strip()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It takes 1,5 jaar.", ["It", "takes", "1,5", "jaar"]),
        ("the school's fee", ["the", "school's", "fee"]),
        ("60ec and 28-week", ["60", "ec", "and", "28", "week"]),
        ("the 1st of May", ["the", "1st", "of", "May"]),
        ("co-op/part_time", ["co", "op", "part", "time"]),
        ("学费 多少?", ["学费", "多少"]),
        ("", []),
        ("?!… —", []),
    ],
)
def test_words_and_numbers_are_tokens(text: str, expected: list[str]) -> None:
    """Figures stay whole, units part from them, and signs part words."""
    assert [t.text for t in tokenise(text)] == expected


def test_stems_are_of_both_languages() -> None:
    """A token has the stem of each language, so that inflections meet."""
    assert stems("studying")[0] == stems("studies")[0]
    assert stems("opleidingen")[1] == stems("opleiding")[1]
    assert stems("2601") == ("2601", "2601")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Dr. Smith teaches. He is new.", ["Dr. Smith teaches.", "He is new."]),
        ("It costs € 2.601. That is much.", ["It costs € 2.601.", "That is much."]),
        ("Come at 5 p.m. Doors close then.", ["Come at 5 p.m.", "Doors close then."]),
        ("A first line\nA second line", ["A first line", "A second line"]),
        ("Why? Because! “So.” It is.", ["Why?", "Because!", "“So.”", "It is."]),
        ("no capital. follows here", ["no capital. follows here"]),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, expected: list[str]) -> None:
    """Abbreviations and decimals do not end a sentence; line breaks do."""
    assert [text[a:b] for a, b in sentences(text, 0, len(text))] == expected


def test_trim_leaves_the_words() -> None:
    """White space at both ends is left out, and a blank span becomes empty."""
    assert trim("  a b \n", 0, 7) == (2, 5)
    start, end = trim("   ", 0, 3)
    assert start == end
