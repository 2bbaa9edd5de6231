"""Files and folders of pages are read all or not at all."""

import os
from pathlib import Path

import pytest

from advisor import Advisor, ContentError, Problem
from advisor.pages.load import decode, identifier, load_documents, page_files, read_page
from advisor.pages.recognise import Recogniser

GOOD = "---\ntitle: Puppetry\n---\n# Puppetry\n\nIt is taught in the evening.\n"


def problems(place: Path, recogniser: Recogniser) -> list[tuple[str, int | None, str]]:
    """Return (file name, line, message) of what is wrong with a place."""
    with pytest.raises(ContentError) as caught:
        load_documents([place], recogniser)
    return [(Path(p.path).name, p.line, p.message) for p in caught.value.problems]


def test_pages_come_in_the_order_of_their_paths(tmp_path: Path) -> None:
    """Folders are searched whole, hidden files left out, and no page is read twice."""
    for name in ("b.md", "a/z.txt", "a/.hidden.md", "notes.doc", "c.HTML"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(GOOD)
    found = page_files([tmp_path, tmp_path / "b.md"])
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a/z.txt", "b.md", "c.HTML"]


def test_every_broken_page_is_named_at_once(tmp_path: Path, recogniser: Recogniser) -> None:
    """Wrong front matter, a wrong encoding, a binary and an empty page are told in one go."""
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "front.md").write_text("---\ntitle: A\ncolour: red\n---\nText.\n")
    (tmp_path / "latin.md").write_bytes("# Page\n\ncaf\xe9 society\n".encode("latin-1"))
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x02\x03")
    (tmp_path / "empty.md").write_text("")
    (tmp_path / "heading.md").write_text("# Only a heading\n")
    found = {name: (line, message) for name, line, message in problems(tmp_path, recogniser)}
    assert set(found) == {"front.md", "latin.md", "binary.txt", "empty.md", "heading.md"}
    assert found["front.md"][0] == 3
    assert found["latin.md"] == (3, "not UTF-8 text; save the file as UTF-8")
    assert "binary" in found["binary.txt"][1]
    assert "no text" in found["empty.md"][1]
    assert "no text" in found["heading.md"][1]


def test_broken_pages_may_be_passed_over(tmp_path: Path, recogniser: Recogniser) -> None:
    """When asked to keep going, the sound pages load and the others are reported."""
    (tmp_path / "good.md").write_text(GOOD)
    (tmp_path / "empty.md").write_text("")
    told: list[Problem] = []
    documents = load_documents([tmp_path], recogniser, keep_going=True, report=told.append)
    assert [d.id for d in documents] == ["good"]
    assert [Path(p.path).name for p in told] == ["empty.md"]


def test_two_pages_may_not_share_an_id(tmp_path: Path, recogniser: Recogniser) -> None:
    """Two files of one stem are an error that names both."""
    (tmp_path / "one.md").write_text(GOOD)
    (tmp_path / "One.txt").write_text("Puppetry\n\nIt is taught in the evening.\n")
    ((name, _, message),) = problems(tmp_path, recogniser)
    assert {name, Path(message.rsplit(" ", 1)[-1]).name} == {"one.md", "One.txt"}


@pytest.mark.parametrize("name", ["nowhere", "empty", "page.docx"])
def test_a_place_without_pages_is_an_error(tmp_path: Path, recogniser: Recogniser, name: str) -> None:
    """A missing place, an empty folder and an unknown format are told apart and refused."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "page.docx").write_text("x")
    ((found, line, message),) = problems(tmp_path / name, recogniser)
    assert (found, line) == (name, None)
    expected = {"nowhere": "no such", "empty": "no pages", "page.docx": "unknown format"}
    assert expected[name] in message


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, recogniser: Recogniser) -> None:
    """A corpus holds no file from elsewhere."""
    (tmp_path / "secret.md").write_text(GOOD)
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "link.md").symlink_to(tmp_path / "secret.md")
    ((name, _, message),) = problems(tmp_path / "corpus", recogniser)
    assert name == "link.md"
    assert "outside" in message


def test_encodings_with_a_mark_are_read(tmp_path: Path) -> None:
    """UTF-8 with a byte order mark and UTF-16 are text too; line ends become one kind."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert decode("één\r\ntwee".encode(encoding), tmp_path / "a.txt") == "één\ntwee"


@pytest.mark.parametrize(
    ("name", "expected"), [("KU Leuven (2026).md", "ku-leuven-2026"), ("Één.txt", "een"), ("学费.md", "page")]
)
def test_an_id_is_the_stem_in_plain_letters(name: str, expected: str) -> None:
    """An id can stand in an address."""
    assert identifier(Path(name)) == expected


def test_a_plain_page_says_what_front_matter_would(tmp_path: Path, recogniser: Recogniser) -> None:
    """Title, institution, language, date and edition are read off the page."""
    path = tmp_path / "page.txt"
    path.write_text(
        "Poppenspel 2026-2027\n\nHogeschool Marlen\n\nDe opleiding is er voor wie van poppen houdt en "
        "wat het kost staat op deze pagina.\n\nBijgewerkt op 3 november 2025\n",
        encoding="utf-8",
    )
    provenance = read_page(path, recogniser).provenance
    assert provenance.title == "Poppenspel 2026-2027"
    assert provenance.institution == "Hogeschool Marlen"
    assert provenance.language == "nl"
    assert provenance.last_updated == "3 november 2025"
    assert provenance.edition == "2026-2027"
    assert (provenance.url, provenance.source) == (None, None)


def test_an_empty_list_of_places_is_an_empty_corpus(recogniser: Recogniser) -> None:
    """Nothing to load is an error, not an adviser that knows nothing."""
    with pytest.raises(ContentError, match="corpus is empty"):
        load_documents([], recogniser)
    with pytest.raises(ContentError):
        Advisor.load(corpus=[])
