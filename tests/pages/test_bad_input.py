"""Files that are no pages are refused with one line each, and the good ones can go on."""

import importlib
import sys
from pathlib import Path

import pytest

from advisor import ContentError, MissingExtra, Problem
from advisor.pages.load import load_documents
from advisor.pages.recognise import Recogniser
from tests.pages.test_html_content import FIXTURES

ENCRYPTED = b"""%%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [] /Count 0 >>
endobj
trailer << /Size 3 /Root 1 0 R /ID [<41> <41>]
/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <%b> /U <%b> >> >>
%%%%EOF
""" % (b"41" * 32, b"42" * 32)

BAD = {
    "binary.md": (b"\0\1\2\3", "a binary file, not text"),
    "binary.html": (b"GIF89a\0\0\0", "a binary file, not a web page"),
    "bomb.html": (b"<table><tr>" * 50_000, "tags nested more than 200 deep"),
    "latin.txt": ("Caf\xe9\n\nPrijs: 5 euro\n".encode("latin-1"), "not UTF-8 text; save the file as UTF-8"),
    "latin.html": (
        "<p>Caf\xe9</p>".encode("latin-1"),
        "not UTF-8 text; save the file as UTF-8 or name its charset",
    ),
    "empty.txt": (b"", "no text in this page"),
    "empty.html": (b"<nav>Home</nav><footer>Contact</footer>", "no text in this page"),
    "heading.md": (b"# Only a heading\n", "no text in this page"),
    "keys.md": (b"---\ntitle: A\nprice: 5\n---\n\nText.\n", "front matter: price"),
    "locked.pdf": (ENCRYPTED, "an encrypted PDF; save it without a password"),
    "broken.pdf": (b"%PDF-1.4\n%%EOF", "not a PDF that can be read"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, (raw, _) in BAD.items():
        (tmp_path / name).write_bytes(raw)
    return tmp_path


def test_each_bad_file_is_one_problem(folder: Path, recogniser: Recogniser) -> None:
    """Every bad file of a folder is named once, with what is wrong, and nothing is loaded."""
    with pytest.raises(ContentError) as caught:
        load_documents([folder], recogniser)
    told = {Path(p.path).name: p.message for p in caught.value.problems}
    assert len(caught.value.problems) == len(BAD)
    assert {name: complaint for name, (_, complaint) in BAD.items() if complaint not in told[name]} == {}


def test_good_pages_go_on_without_the_bad(folder: Path, recogniser: Recogniser) -> None:
    """With `keep_going` the good page is loaded and the bad ones are told."""
    (folder / "good.html").write_bytes((FIXTURES / "game-design.html").read_bytes())
    told: list[Problem] = []
    documents = load_documents([folder], recogniser, True, told.append)
    assert [d.id for d in documents] == ["good"]
    assert len(told) == len(BAD)


def test_a_file_that_may_not_be_read_is_a_problem(
    tmp_path: Path, recogniser: Recogniser, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file without permission is told with its path."""
    (tmp_path / "a.html").write_text("<p>Text.</p>")

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ContentError, match=r"a\.html: cannot be read: Permission denied"):
        load_documents([tmp_path], recogniser)


@pytest.mark.parametrize(
    ("library", "room", "purpose"), [("lxml", "html", "HTML"), ("pdfplumber", "pdf", "PDF")]
)
def test_a_missing_library_names_its_extra(
    library: str, room: str, purpose: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the extra `pages`, reading such a page says how to install it."""
    for name in [
        n for n in sys.modules if n.startswith(f"advisor.pages.{room}") or n.split(".")[0] == library
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(
        MissingExtra, match=rf"Reading {purpose} needs the extra 'pages': pip install"
    ) as caught:
        importlib.import_module(f"advisor.pages.{room}")
    assert caught.value.extra == "pages"
