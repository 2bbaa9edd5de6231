"""A PDF brochure becomes headings, prose, items, facts and rows in reading order."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor.errors import ContentError
from advisor.pages.build import PageBuilder
from advisor.pages.pdf import read_pdf
from advisor.pages.recognise import Recogniser
from tests.pages.test_html_content import FIXTURES

PATH = Path("brochure.pdf")
# (x, y from the top, size, is bold, text)
Placed = tuple[float, float, float, bool, str]


def make(pages: Sequence[Sequence[Placed]], trailer: str = "") -> bytes:
    """Return a PDF with the texts at their places."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", ""]
    for name in ("Helvetica", "Helvetica-Bold"):
        objects.append(f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>")
    kids = []
    for page in pages:
        shown = [
            f"BT /F{2 if bold else 1} {size} Tf {x} {842 - y} Td ({text}) Tj ET"
            for x, y, size, bold, text in page
        ]
        stream = "\n".join(shown)
        length = len(stream.encode("cp1252"))
        objects.append(f"<< /Length {length} >>\nstream\n{stream}\nendstream")
        fonts = "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >>"
        box = "/MediaBox [0 0 595 842]"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} {fonts} /Contents {len(objects)} 0 R >>")
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body.encode("cp1252")))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    start = len(body.encode("cp1252"))
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{p:010} 00000 n \n" for p in places
    )
    body += f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n"
    return body.encode("cp1252")


def prose(x: float, y: float, *lines: str) -> list[Placed]:
    return [(x, y + 13 * number, 10, False, line) for number, line in enumerate(lines)]


def outline(builder: PageBuilder) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, builder.text[b.start : b.end]) for b in builder.blocks]


def test_headings_are_told_by_size_and_weight(recogniser: Recogniser) -> None:
    """The largest line is the title, smaller ones are one level deeper each, bold lines the deepest."""
    page = [
        (50, 60, 24, True, "MSc Law"),
        (50, 100, 15, True, "Fees"),
        *prose(50, 120, "You pay 900 euros in each of the two years, and nothing"),
        *prose(50, 133, "for books."),
        (50, 160, 10, True, "Discounts"),
        *prose(50, 175, "There are none."),
    ]
    assert outline(read_pdf(make([page]), PATH, recogniser)) == [
        ("heading", 1, "MSc Law"),
        ("heading", 2, "Fees"),
        ("paragraph", 0, "You pay 900 euros in each of the two years, and nothing for books."),
        ("heading", 3, "Discounts"),
        ("paragraph", 0, "There are none."),
    ]


def test_two_columns_are_read_one_after_the_other(recogniser: Recogniser) -> None:
    """The left column comes before the right one, and below the title that crosses both."""
    left = prose(
        50, 110, "The first column of this page is here", "and it goes on for some lines, for it is", "long."
    )
    right = prose(
        320,
        108,
        "The second column has other words in it",
        "which nobody should read before the first",
        "ends.",
    )
    title = (50.0, 60.0, 24.0, True, "A title that is as wide as the page is")
    text = read_pdf(make([[title, *right, *left]]), PATH, recogniser).text
    assert text.index("page is\n\nThe first column") < text.index("long.") < text.index("The second column")


def test_words_cut_at_a_line_end_are_joined(recogniser: Recogniser) -> None:
    """A hyphen at the end of a line goes, unless the page uses it elsewhere."""
    page = prose(
        50,
        60,
        "In this full-time programme, students learn the law of pro-",
        "perty and contract. It is taught as a full-",
        "time study; there is a place for non-",
        "EU students.",
    )
    text = read_pdf(make([page]), PATH, recogniser).text
    assert "property" in text
    assert "as a full-time study" in text
    assert "non-EU students" in text


def test_bullets_are_items_with_the_lines_they_wrap(recogniser: Recogniser) -> None:
    """Each bullet starts an item, the indented line below goes on with it."""
    page = [
        *prose(50, 60, "You need, with your application for this programme of study:"),
        *prose(50, 73, "\x95 a diploma of a secondary school and the"),
        *prose(60, 86, "list of grades"),
        *prose(50, 99, "\x95 a letter"),
    ]
    builder = read_pdf(
        make([[(p[0], p[1], p[2], p[3], p[4].replace("\x95", "•")) for p in page]]), PATH, recogniser
    )
    items = [b for b in builder.blocks if b.kind == "item"]
    assert [builder.text[b.start : b.end] for b in items] == [
        "a diploma of a secondary school and the list of grades",
        "a letter",
    ]
    assert items[0].context.startswith("You need")
    assert items[0].table == items[1].table


def test_page_numbers_and_running_heads_are_dropped(recogniser: Recogniser) -> None:
    """What stands at the edge of each page is left out, and a sentence goes on over the page."""
    pages = [
        [
            *prose(50, 30, "Moor University"),
            *prose(50, 100, "This sentence goes on"),
            *prose(290, 820, f"page {n}"),
        ]
        for n in (1, 2)
    ]
    pages[1][1] = (50, 100, 10, False, "on the next page.")
    assert read_pdf(make(pages), PATH, recogniser).text == "This sentence goes on on the next page."


def test_labels_beside_values_are_facts(recogniser: Recogniser) -> None:
    """Two columns of short labels and values are facts, not two columns of prose."""
    labels = prose(50, 60, "Length", "Start", "Language", "Credits")
    values = prose(320, 60, "2 years", "24 August 2026", "English", "120 ECTS")
    builder = read_pdf(make([[*labels, *values]]), PATH, recogniser)
    assert [b.label for b in builder.blocks if b.kind == "fact"] == ["Length", "Start", "Language", "Credits"]
    assert "Start: 24 August 2026" in builder.text


def test_a_brochure_of_columns_and_tables(recogniser: Recogniser) -> None:
    """The brochure's facts, rows with their heads, and items are found, other programmes are not."""
    path = FIXTURES / "food-science-brochure.pdf"
    builder = read_pdf(path.read_bytes(), path, recogniser)
    text = builder.text
    rows = {
        b.label: {c.column: text[c.start : c.end] for c in b.cells} for b in builder.blocks if b.kind == "row"
    }
    assert rows["Non-EU citizens"]["Second year"] == "DKK 95,500"
    assert rows["Deadline for applications"] == {
        "Non-EU applicants": "15 January 2026",
        "EU applicants": "1 March 2026",
    }
    assert {b.label for b in builder.blocks if b.kind == "fact"} >= {"Degree", "Places", "Head of studies"}
    assert ("item", 0, "Cambridge C1 Advanced 176") in outline(builder)
    assert ("heading", 2, "Tuition fees") in outline(builder)
    assert ("heading", 3, "Plant Proteins") in outline(builder)
    assert "page 2 of 3" not in text
    assert "104,000" not in text
    assert "seven-point scale" in text
    assert text.index("Food Safety") < text.index("How we teach") < text.index("Tuition fees")


@pytest.mark.parametrize(
    ("raw", "complaint"),
    [
        (b"", "not a PDF that can be read"),
        (b"%PDF-1.7 nothing else", "not a PDF that can be read"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a PDF that can be read"),
        (make([[]]), "no text in this PDF; if it is a scan"),
        (
            make(
                [prose(50, 60, "Secret")],
                "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4"
                f" /O <{'41' * 32}> /U <{'42' * 32}> >> /ID [<41> <41>]",
            ),
            "an encrypted PDF; save it without a password",
        ),
        (make([[]] * 201), "more than 200 pages"),
    ],
)
def test_a_bad_pdf_is_one_error(raw: bytes, complaint: str, recogniser: Recogniser) -> None:
    """A broken, encrypted, scanned or endless PDF raises one ContentError that says what to do."""
    with pytest.raises(ContentError) as caught:
        read_pdf(raw, PATH, recogniser)
    assert len(caught.value.problems) == 1
    assert f"{PATH}: {complaint}" in str(caught.value)


PATCH = st.tuples(st.integers(0, 7989), st.binary(min_size=1, max_size=8))


@settings(max_examples=25)
@given(damage=st.lists(PATCH, min_size=1, max_size=6))
def test_damaged_pdfs_are_read_or_refused(damage: list[tuple[int, bytes]], recogniser: Recogniser) -> None:
    """Bytes changed anywhere in a PDF lead to blocks or to a ContentError, never to another error."""
    raw = bytearray((FIXTURES / "food-science-brochure.pdf").read_bytes())
    for place, patch in damage:
        raw[place : place + len(patch)] = patch
    try:
        builder = read_pdf(bytes(raw), PATH, recogniser)
    except ContentError:
        return
    assert all(builder.text[b.start : b.end].strip() for b in builder.blocks)
