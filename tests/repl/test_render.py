"""A reply fits the terminal, and its figures, names, tables and sources are easy to find on it."""

import re
from collections.abc import Sequence

import pytest

from advisor import Advisor, Citation, Reply, Table, TableRow
from advisor.channels.repl.lines import FIGURE, MARK, NAME, RAW, Line, length, text_of
from advisor.channels.repl.render import Renderer, names_of
from advisor.channels.repl.table import rest_of_text
from advisor.channels.repl.terminal import ASCII, Terminal

COMPARISON = "Compare KU Leuven and Universiteit Leiden"


def drawn(advisor: Advisor, columns: int, **terminal: bool) -> Renderer:
    """Return a renderer for a terminal of so many columns."""
    glyphs = {"glyphs": ASCII} if terminal.get("plain") else {}
    return Renderer(Terminal(size=(columns, 24), **terminal, **glyphs), names_of(advisor))  # type: ignore[arg-type]


def texts(lines: Sequence[Line]) -> list[str]:
    """Return lines without styles."""
    return [text_of(own) for own in lines]


def styled(lines: Sequence[Line], style: str) -> list[str]:
    """Return the pieces of a style."""
    return [text for own in lines for s, text in own if s == style]


@pytest.mark.parametrize("columns", [30, 60, 80, 200])
@pytest.mark.parametrize("question", ["What does it cost in Leiden?", COMPARISON, "hello", "Wat kost het?"])
@pytest.mark.parametrize("plain", [False, True])
def test_nothing_is_wider_than_the_screen(advisor: Advisor, columns: int, question: str, plain: bool) -> None:
    """At any width each line fits, and never gets longer than can be read."""
    lines = drawn(advisor, columns, plain=plain).reply(advisor.ask(question), "en")
    assert max(map(length, lines)) <= min(columns, 100)


def test_what_stands_out(advisor: Advisor) -> None:
    """Figures, names and marks each have a style of their own."""
    lines = drawn(advisor, 80).body(advisor.ask("What does it cost in Leiden?"))
    assert styled(lines, FIGURE) == ["€2,601", "€2,530"]
    assert styled(lines, MARK) == ["[1]", "[2]"]
    assert "Universiteit Leiden" in styled(lines, NAME)


def test_comparison_in_columns(advisor: Advisor) -> None:
    """At 60 columns a comparison of two programmes still stands in columns, nothing of it lost."""
    reply = advisor.ask(COMPARISON)
    assert reply.table is not None
    lines = texts(drawn(advisor, 60).body(reply))
    assert any(re.fullmatch(r" +KU Leuven +Universiteit Leiden", own.rstrip()) for own in lines)
    marks = set(re.findall(r"\[\d+\]", reply.text))
    assert set(re.findall(r"\[\d+\]", "\n".join(lines))) == marks


def test_comparison_where_columns_do_not_fit(advisor: Advisor) -> None:
    """At 30 columns each programme has a line of its own below what is compared."""
    lines = texts(drawn(advisor, 30).body(advisor.ask("compare the tuition fees")))
    assert "the tuition fee" in lines
    assert any(own.startswith("  KU Leuven: ") for own in lines)


def test_comparison_read_aloud(advisor: Advisor) -> None:
    """For a screen reader each cell is a sentence with its row and column."""
    lines = texts(drawn(advisor, 100, plain=True).body(advisor.ask("compare the tuition fees")))
    assert "the tuition fee, KU Leuven: not stated" in lines


def test_what_the_table_does_not_say_stays() -> None:
    """Sentences of the text that no cell holds stand below the table."""
    table = Table(columns=("A", "B"), rows=(TableRow(head="fee", cells=("1 [1]", "not stated")),))
    reply = Reply(
        kind="answer", language="en", table=table,
        text="Fees:\nA: 1 [1]. A year is not named.\nB: not stated on its page.\nSo much for that.",
    )  # fmt: skip
    assert rest_of_text(reply) == ("Fees:", "A: A year is not named.\nSo much for that.")


def test_no_table_hides_a_source() -> None:
    """A table without a mark that the text has gives way to the text."""
    table = Table(columns=("A", "B"), rows=(TableRow(head="fee", cells=("1", "2")),))
    reply = Reply(kind="answer", language="en", text="A: 1 [1]\nB: 2 [2]", table=table)
    assert rest_of_text(reply) is None


def source(**changes: object) -> Citation:
    """Return a citation."""
    values = {"number": 1, "document": "d", "title": "Title", "quote": "q", "start": 0, "end": 1}
    return Citation.model_validate({**values, **changes})


def test_sources_tell_section_and_date(advisor: Advisor) -> None:
    """A source names page, section and date, and says where there is no date."""
    renderer = drawn(advisor, 80)
    dated = renderer.source(source(institution="Uni", section="Costs", last_updated="Mar 2020"), "en")
    assert texts(dated) == ["[1] Title, Uni · Costs · Mar 2020"]
    assert texts(renderer.source(source(), "nl")) == ["[1] Title · geen datum"]


def test_links_only_where_they_show(advisor: Advisor) -> None:
    """The title is a link where the terminal shows links; the address is written out where not."""
    cited = source(url="https://example.org/page")
    linked = drawn(advisor, 80, links=True).source(cited, "en")
    assert styled(linked, RAW) == ["\x1b]8;;https://example.org/page\x1b\\", "\x1b]8;;\x1b\\"]
    written = drawn(advisor, 80).source(cited, "en")
    assert styled(written, RAW) == []
    assert "https://example.org/page" in text_of(written[0])


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://a\x1b\\b", "file:///etc/passwd", "https://a b"]
)
def test_no_other_address_is_a_link(advisor: Advisor, url: str) -> None:
    """Only clean addresses of the web become links."""
    assert styled(drawn(advisor, 80, links=True).source(source(url=url), "en"), RAW) == []


def test_page_text_steers_nothing(advisor: Advisor) -> None:
    """Control characters of a page never reach the terminal."""
    reply = Reply(
        kind="answer", language="en", text="\x1b[31mred\x07 [1]", suggestions=("\x1b]0;title\x07",),
        citations=(source(title="\x9bTitle", section="\x1bS"),),
    )  # fmt: skip
    shown = "\n".join(texts(drawn(advisor, 80).reply(reply, "en")))
    assert [c for c in shown if ord(c) < 32 and c != "\n"] == []
    assert "\x9b" not in shown


def test_choices_and_suggestions_are_numbered_through(advisor: Advisor) -> None:
    """Choices come first, suggestions go on counting."""
    reply = Reply(kind="clarify", language="en", text="Which?", choices=("A", "B"), suggestions=("C",))
    lines = texts(drawn(advisor, 80).reply(reply, "en"))
    assert [own for own in lines if own.startswith("  ")] == ["  1) A", "  2) B", "  3) C"]
