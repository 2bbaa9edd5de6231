"""A Markdown page becomes text without markup, with blocks that point into it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import ContentError
from advisor.pages.markdown import read_markdown, split_front_matter

FRONT = "---\ntitle: Puppetry\naliases: [Marlen]\nedition: 2026\n---\n# Puppetry\n"


def test_front_matter_is_parted_from_the_page() -> None:
    """What stands between the dashes is read, the rest keeps its line numbers."""
    front, body, first_line = split_front_matter(FRONT, "a.md")
    assert front is not None
    assert (front.title, front.aliases, front.edition) == ("Puppetry", ("Marlen",), "2026")
    assert (body, first_line) == ("# Puppetry\n", 6)


def test_a_page_without_front_matter_is_all_page() -> None:
    """No dashes, no front matter."""
    assert split_front_matter("# Puppetry\n", "a.md") == (None, "# Puppetry\n", 1)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("---\ntitle: A\ncolour: red\n---\n", [(3, "colour")]),
        ("---\ninstitution: A\n---\n", [(1, "title")]),
        ("---\ntitle: A\naliases: 5\n---\n", [(3, "aliases")]),
        ("---\ntitle: [A\n---\n", [(3, "not valid YAML")]),
        ("---\ncolour: red\nshape: round\ntitle: A\n---\n", [(2, "colour"), (3, "shape")]),
        ("---\njust words\n---\n", [(1, "")]),
    ],
)
def test_wrong_front_matter_is_told_with_its_line(raw: str, expected: list[tuple[int, str]]) -> None:
    """Every wrong key is named with path and line, all at once."""
    with pytest.raises(ContentError) as caught:
        split_front_matter(raw, "a.md")
    problems = caught.value.problems
    assert [(p.path, p.line) for p in problems] == [("a.md", line) for line, _ in expected]
    assert all(word in p.message for p, (_, word) in zip(problems, expected, strict=True))


def kinds(body: str) -> list[tuple[str, str]]:
    """Return (kind, text) of every block."""
    page = read_markdown(body)
    return [(b.kind, page.text[b.start : b.end]) for b in page.blocks]


def test_markup_is_left_out_of_the_text() -> None:
    """Emphasis, links, code and images leave their words."""
    body = "# A *title*\n\nSome **bold**, a [link](http://x.example), `code`<br> and ~~old~~.\n"
    assert kinds(body) == [("heading", "A title"), ("paragraph", "Some bold, a link, code and old.")]


def test_tables_become_rows_with_columns() -> None:
    """Each cell knows the head of its column, each row its first cell."""
    page = read_markdown("| Year | EU | Other |\n|---|---|---|\n| 2025 | € 1 | € 2 |\n| 2026 | € 3 | |\n")
    cells = [(b.label, [(c.column, page.text[c.start : c.end]) for c in b.cells]) for b in page.blocks]
    assert cells == [("2025", [("EU", "€ 1"), ("Other", "€ 2")]), ("2026", [("EU", "€ 3")])]


def test_lists_know_their_lead_and_depth() -> None:
    """The sentence before a list and the item above an inner one belong to the items."""
    page = read_markdown("We offer:\n\n- one\n  - inner\n- two\n")
    items = [(page.text[b.start : b.end], b.level, b.context) for b in page.blocks if b.kind == "item"]
    assert items == [("one", 0, "We offer:"), ("inner", 1, "one"), ("two", 0, "We offer:")]


def test_labels_become_facts() -> None:
    """`Label: value` in a line, an item or a definition is a fact."""
    page = read_markdown("Taal: Engels\n\n- Duur: 2 jaar\n\nDegree\n: Master of Science\n")
    facts = [(b.label, page.text[b.cells[0].start : b.cells[0].end]) for b in page.blocks if b.kind == "fact"]
    assert facts == [("Taal", "Engels"), ("Duur", "2 jaar"), ("Degree", "Master of Science")]


def test_blocks_know_their_line() -> None:
    """A block tells the line of the file that it came from."""
    _, body, first_line = split_front_matter(FRONT + "\nSome text.\n", "a.md")
    assert [b.line for b in read_markdown(body, first_line).blocks] == [6, 8]


@settings(deadline=None)
@given(st.text(st.sampled_from("#*_-|[]()`>:.\n ab1é~<&!\\"), max_size=120))
def test_any_markdown_gives_true_spans(body: str) -> None:
    """Whatever is written, blocks lie in the text, in order, and hold something."""
    page = read_markdown(body)
    here = 0
    for block in page.blocks:
        assert here <= block.start < block.end <= len(page.text)
        assert page.text[block.start : block.end].strip()
        assert all(block.start <= c.start < c.end <= block.end for c in block.cells)
        here = block.end


def test_a_footnote_stands_behind_what_it_is_about() -> None:
    """Wherever a page prints its footnotes, each follows the block that refers to it."""
    page = read_markdown("# P\n\nPay a deposit.[^1]\n\n## Other\n\nMore.\n\n[^1]: It is paid back.\n")
    shown = [page.text[b.start : b.end] for b in page.blocks]
    assert shown == ["P", "Pay a deposit.", "It is paid back.", "Other", "More."]
