"""A page of any format is taken into a folder whole, or not at all."""

from pathlib import Path

import pytest

from advisor import Advisor, ContentError
from advisor.editing import AdoptedPage, Adopter, store

FIXTURES = Path(__file__).parents[1] / "fixtures" / "pages"


@pytest.fixture(scope="module")
def adopter() -> Adopter:
    return Adopter()


@pytest.fixture(scope="module")
def games(adopter: Adopter) -> AdoptedPage:
    return adopter.adopt(FIXTURES / "game-design.html")


def test_what_is_recognised_is_told(games: AdoptedPage) -> None:
    """Title, owner, sections and facts by topic are told, and what the page does not say."""
    assert games.document.title == "Game Design"
    assert games.document.institution == "Vlietstad University of Applied Sciences"
    assert "Fees and costs" in games.sections
    credits = next(t for t in games.topics if t.topic == "credits")
    assert "Credits: 240 EC" in credits.facts
    assert games.unknown == ("edition",)


def test_each_fact_is_counted_once(games: AdoptedPage) -> None:
    """A fact stands under one topic, or under none."""
    listed = [f for t in games.topics for f in t.facts] + list(games.other_facts)
    blocks = [b for b in games.document.blocks if b.kind in {"fact", "row"}]
    assert len(listed) == games.facts == len(blocks)


def test_the_page_written_answers_like_the_page_read(games: AdoptedPage, tmp_path: Path) -> None:
    """The Markdown page has the same id, facts and address as the web page."""
    (path,) = store([games], tmp_path / "new")
    assert path == tmp_path / "new" / "game-design.md"
    loaded = Advisor.load(tmp_path / "new").document("game-design")
    assert loaded.provenance == games.document.provenance
    assert [b.label for b in loaded.blocks] == [b.label for b in games.document.blocks]


def test_an_existing_page_stays_unless_replaced(games: AdoptedPage, tmp_path: Path) -> None:
    """A page is overwritten only when asked to."""
    target = tmp_path / "game-design.md"
    target.write_text("mine")
    with pytest.raises(ContentError, match=r"game-design\.md: exists already; --replace overwrites it"):
        store([games], tmp_path)
    assert target.read_text() == "mine"
    store([games], tmp_path, replaces=True)
    assert target.read_text(encoding="utf-8") == games.markdown
    assert [p.name for p in tmp_path.iterdir()] == ["game-design.md"]


def test_nothing_is_written_when_one_of_several_cannot_be(
    games: AdoptedPage, adopter: Adopter, tmp_path: Path
) -> None:
    """One obstacle keeps all pages out, and every obstacle is named."""
    other = adopter.adopt(FIXTURES / "applied-linguistics.md")
    (tmp_path / "applied-linguistics.txt").write_text("There is a page with that id.")
    (tmp_path / "game-design.md").write_text("mine")
    with pytest.raises(ContentError) as caught:
        store([games, other], tmp_path)
    assert len(caught.value.problems) == 2
    assert "applied-linguistics.txt: has the id 'applied-linguistics' too" in str(caught.value)
    assert not (tmp_path / "applied-linguistics.md").exists()


def test_two_files_with_one_id_are_refused(games: AdoptedPage, tmp_path: Path) -> None:
    """Two files that would become the same page are refused."""
    with pytest.raises(ContentError, match="another file named has the id 'game-design' too"):
        store([games, games], tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named(games: AdoptedPage, tmp_path: Path) -> None:
    """A file in the place of the folder is told with its path."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(ContentError, match="cannot be written: "):
        store([games], tmp_path / "file")


@pytest.mark.parametrize(
    ("name", "complaint"),
    [
        ("nothing.html", "no such file"),
        ("picture.png", "unknown format '.png'; can read"),
        ("", "is a folder"),
    ],
)
def test_what_is_no_page_is_refused(name: str, complaint: str, adopter: Adopter, tmp_path: Path) -> None:
    """A missing file, a folder and an unknown format are told from each other."""
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    with pytest.raises(ContentError, match=complaint):
        adopter.adopt(tmp_path / name)
