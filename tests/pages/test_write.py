"""A page written as Markdown loads back to the same blocks."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor.pages.build import PageBuilder, squeeze
from advisor.pages.load import read_page
from advisor.pages.markdown import read_markdown
from advisor.pages.recognise import Recogniser
from advisor.pages.write import as_body, as_markdown
from advisor.records.document import Block
from tests.pages.test_html_content import FIXTURES, read

Shape = tuple[str, int, str, str, tuple[tuple[str, str], ...], str]


def shapes(text: str, blocks: Sequence[Block]) -> list[Shape]:
    """Return what of each block must survive: all but its place, and the spaces in it."""
    return [
        (
            b.kind,
            b.level,
            squeeze(text[b.start : b.end]),
            squeeze(b.label),
            tuple((c.column, squeeze(text[c.start : c.end])) for c in b.cells),
            b.context,
        )
        for b in blocks
    ]


def lists(blocks: Sequence[Block]) -> list[int]:
    """Return to which list or table each block belongs, counted from the first one."""
    numbers = [b.table for b in blocks if b.table]
    known = list(dict.fromkeys(numbers))
    return [known.index(n) for n in numbers]


def again(builder: PageBuilder) -> PageBuilder:
    return read_markdown(as_body(builder.text, builder.blocks))


@pytest.mark.parametrize(
    "name",
    [
        "bio-informatica.html",
        "game-design.html",
        "food-science-brochure.pdf",
        "applied-linguistics.md",
        "museum-studies-2026.md",
        "rechten-deeltijd.md",
    ],
)
def test_pages_of_each_format_load_back(name: str, recogniser: Recogniser, tmp_path: Path) -> None:
    """Sections, facts, tables, items and provenance are the same after a page became Markdown."""
    first = read_page(FIXTURES / name, recogniser)
    path = tmp_path / f"{first.id}.md"
    path.write_text(as_markdown(first), encoding="utf-8")
    second = read_page(path, recogniser)
    assert shapes(second.text, second.blocks) == shapes(first.text, first.blocks)
    assert lists(second.blocks) == lists(first.blocks)
    assert second.provenance == first.provenance


@pytest.mark.parametrize("name", ["marine-engineering.txt", "verpleegkunde-hbo.txt"])
def test_plain_text_keeps_its_facts_and_sections(name: str, recogniser: Recogniser, tmp_path: Path) -> None:
    """No heading, item or value of a plain text is lost when it becomes Markdown."""
    first = read_page(FIXTURES / name, recogniser)
    path = tmp_path / f"{first.id}.md"
    path.write_text(as_markdown(first), encoding="utf-8")
    second = read_page(path, recogniser)

    def kept(text: str, blocks: Sequence[Block]) -> list[str]:
        return [squeeze(text[b.start : b.end]) for b in blocks if b.kind in {"heading", "item"}]

    def values(text: str, blocks: Sequence[Block]) -> set[tuple[str, str]]:
        return {(squeeze(b.label), squeeze(text[c.start : c.end])) for b in blocks for c in b.cells}

    assert kept(second.text, second.blocks) == kept(first.text, first.blocks)
    assert values(first.text, first.blocks) <= values(second.text, second.blocks)


def test_lists_next_to_each_other_stay_apart() -> None:
    """Two lists in a row, nested ones and continued items come back as they were."""
    page = read(
        "<h1>Law</h1><ul><li>a<ul><li>b</li><li>c</li></ul></li><li>d</li></ul>"
        "<ol><li>e</li><li>Fee: 5 euros</li></ol><ul><li>f<p>More on f.</p></li><li>g</li></ul><p>End.</p>"
    ).builder
    loaded = again(page)
    assert shapes(loaded.text, loaded.blocks) == shapes(page.text, page.blocks)
    assert lists(loaded.blocks) == lists(page.blocks)


def test_a_fact_keeps_the_caption_above_it() -> None:
    """A label and value under a caption come back with the caption as their context."""
    page = read("<table><caption>Fees 2026</caption><tr><td>EU</td><td>900</td></tr></table>").builder
    block = again(page).blocks[0]
    assert (block.label, block.context) == ("EU", "Fees 2026")


def test_empty_cells_stay_empty() -> None:
    """A value stays below its own head when the cell before it is empty."""
    page = read(
        "<table><tr><th>Step</th><th>EU</th><th>Other</th></tr><tr><td>Apply</td><td></td><td>1 May</td></tr>"
        "<tr><td>Pay</td><td>2 June</td><td></td></tr></table>"
    ).builder
    loaded = again(page)
    assert [s[4] for s in shapes(loaded.text, loaded.blocks)] == [(("Other", "1 May"),), (("EU", "2 June"),)]


AWKWARD = st.text(alphabet="ab1 .:-*_`|#<>[]()&;\\~=+!^", min_size=1, max_size=30).map(squeeze).filter(bool)


@given(AWKWARD)
def test_no_text_turns_into_markup(text: str) -> None:
    """A paragraph, heading, item or value of any characters comes back as it was."""
    page = PageBuilder()
    page.heading(text, 2)
    page.paragraph(text)
    page.heading("next", 2)
    page.item(text, 0, group=page.new_group())
    page.row("x" + text, [("head", text), ("b", "1")], page.new_group(), context="what")
    loaded = again(page)
    assert shapes(loaded.text, loaded.blocks) == shapes(page.text, page.blocks)
