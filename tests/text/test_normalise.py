"""Any string becomes safe to read and to compare."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.text.normalise import LONGEST_UTTERANCE, clean, fold


@given(st.text(st.characters(exclude_categories=()), max_size=300))
def test_clean_text_is_one_visible_line(raw: str) -> None:
    """Nothing invisible, no break and no half character is left."""
    text = clean(raw)
    assert text == text.strip()
    assert not [c for c in text if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"}]
    text.encode("utf-8")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("  what\tdoes\r\nit cost ", "what does it cost"),
        ("<b>bold</b> <script>x</script>move", "bold x move"),
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("ﬁrst ２０２６", "first 2026"),
        ("zero\u200bwidth \ud83d half", "zerowidth half"),
    ],
)
def test_markup_and_odd_characters_go(raw: str, expected: str) -> None:
    """Tags, wide forms, zero-width and half characters are read as a person would."""
    assert clean(raw) == expected


def test_a_long_text_is_cut() -> None:
    """However much is said, only the beginning is read."""
    assert len(clean("a" * 100_000)) == LONGEST_UTTERANCE


@pytest.mark.parametrize(
    ("one", "other"), [("Één", "een"), ("café", "CAFE"), ("what's", "whats"), ("what’s", "whats")]
)
def test_folding_ignores_case_accents_and_apostrophes(one: str, other: str) -> None:
    """Two spellings of a word fold to the same."""
    assert fold(one) == fold(other)
