"""Lines fit their width by what characters measure on a screen, and steer no terminal."""

from hypothesis import given
from hypothesis import strategies as st

from advisor.channels.repl.lines import RAW, clean, length, line, text_of, wrap


@given(st.text(max_size=300), st.integers(4, 60))
def test_no_line_is_wider(text: str, width: int) -> None:
    """Whatever the text, no line takes more columns than there are."""
    assert all(length(own) <= width for own in wrap(line(text), width))


@given(st.text(max_size=300), st.integers(4, 60))
def test_no_word_is_lost(text: str, width: int) -> None:
    """Wrapping changes nothing but white space."""
    wrapped = "".join(text_of(own) for own in wrap(line(text), width))
    assert "".join(wrapped.split()) == "".join(clean(text).split())


@given(st.text(max_size=200))
def test_clean_text_steers_nothing(text: str) -> None:
    """No control character but the end of a line is left."""
    cleaned = clean(f"\x1b[2J{text}\x07\u202e")
    assert [c for c in cleaned if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c == "\u202e"] == []


def test_a_figure_keeps_its_sign_and_its_mark() -> None:
    """A line never ends between an amount and its currency, or between a claim and its mark."""
    lines = [text_of(own) for own in wrap(line("het kost € 2.601 [1]; en later nog € 2.530 [2]."), 17)]
    assert lines == ["het kost", "€ 2.601 [1]; en", "later nog", "€ 2.530 [2]."]


def test_wide_characters_count_double() -> None:
    """Characters of two columns are wrapped as such."""
    assert [text_of(own) for own in wrap(line("日本語日本語"), 6)] == ["日本語", "日本語"]


def test_later_lines_are_indented() -> None:
    """The second line stands below the text of the first, not below its label."""
    assert [text_of(own) for own in wrap(line("aa bb cc"), 8, "1) ")] == ["1) aa bb", "   cc"]


def test_link_codes_take_no_room() -> None:
    """What is invisible does not count as width, and stays where it was."""
    linked = [(RAW, "<on>"), ("", "a link"), (RAW, "<off>")]
    (own,) = wrap(linked, 6)
    assert "".join(text for _, text in own) == "<on>a link<off>"
