"""The structure of a page copied as plain text is recovered from the shape of its lines."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from advisor.pages.plain import read_plain
from advisor.pages.recognise import Recogniser
from advisor.records.document import Block

TITLE = "Puppetry\n\n"


def facts(text: str, recogniser: Recogniser) -> list[tuple[str, str]]:
    """Return (label, value) of each fact of a page with a title."""
    page = TITLE + text
    found = [b for b in read_plain(page, recogniser) if b.kind == "fact"]
    return [(b.label, " ".join(page[c.start : c.end] for c in b.cells)) for b in found]


def rows(text: str, recogniser: Recogniser) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return (label, [(column, value)]) of each row of a page with a title."""
    page = TITLE + text
    found = [b for b in read_plain(page, recogniser) if b.kind == "row"]
    return [(b.label, [(c.column, page[c.start : c.end]) for c in b.cells]) for b in found]


def texts(text: str, recogniser: Recogniser, kind: str) -> list[str]:
    """Return the texts of the blocks of one kind of a page with a title."""
    page = TITLE + text
    return [page[b.start : b.end] for b in read_plain(page, recogniser) if b.kind == kind]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("€ 3.777\nTuition fee\n", [("Tuition fee", "€ 3.777")]),
        ("3 years\n\nDuration\n", [("Duration", "3 years")]),
        ("587\naanmeldingen in 2025\n", [("aanmeldingen in 2025", "587")]),
        ("Number of students\n212\n", [("Number of students", "212")]),
        ("Tuition fee: € 3.777\n", [("Tuition fee", "€ 3.777")]),
        ("Taal: Nederlands (100%)\n", [("Taal", "Nederlands (100%)")]),
        ("1.148 studenten volgen deze opleiding\n", [("studenten volgen deze opleiding", "1.148")]),
        ("Verpleegkundigen 72%\n", [("Verpleegkundigen", "72%")]),
    ],
)
def test_labels_and_values_are_joined(
    recogniser: Recogniser, text: str, expected: list[tuple[str, str]]
) -> None:
    """A value finds its label whether that stands before, behind, above or below it."""
    assert facts(text, recogniser) == expected


def test_a_value_under_a_heading_and_its_explanation_is_that_headings(recogniser: Recogniser) -> None:
    """A bare value below one sentence belongs to the heading above the sentence."""
    text = "Average working week\n\nHow many hours graduates work on average.\n\n32 hours\n"
    assert facts(text, recogniser) == [("Average working week", "32 hours")]


def test_two_values_with_one_label_are_two_facts(recogniser: Recogniser) -> None:
    """A label that stands below two values is not mixed up."""
    text = "€ 2.601\nWettelijk collegegeld\n\n€ 2.530\nWettelijk collegegeld\n"
    assert facts(text, recogniser) == [
        ("Wettelijk collegegeld", "€ 2.601"),
        ("Wettelijk collegegeld", "€ 2.530"),
    ]


def test_rating_rows_get_their_columns(recogniser: Recogniser) -> None:
    """Column heads above a list of ratings name the values of each row."""
    text = (
        "Deze opleiding\nLandelijk gemiddelde\n"
        "Sfeer 4.3 / 5 4.1 / 5\n0.2 meer dan landelijk gemiddelde\n"
        "Docenten 4.0 / 5 3.8 / 5\n0.2 meer dan landelijk gemiddelde\n"
    )
    found = rows(text, recogniser)
    assert [label for label, _ in found] == ["Sfeer", "Docenten"]
    assert found[0][1][:2] == [("Deze opleiding", "4.3 / 5"), ("Landelijk gemiddelde", "4.1 / 5")]
    assert found[1][1][:2] == [("Deze opleiding", "4.0 / 5"), ("Landelijk gemiddelde", "3.8 / 5")]


def test_a_table_of_tabs_is_read_as_rows(recogniser: Recogniser) -> None:
    """Lines of as many columns are a table whose first line heads it."""
    text = "Year\tEU\tOther\n2025\t€ 1.000\t€ 2.000\n2026\t€ 1.100\t€ 2.200\n"
    assert rows(text, recogniser) == [
        ("2025", [("EU", "€ 1.000"), ("Other", "€ 2.000")]),
        ("2026", [("EU", "€ 1.100"), ("Other", "€ 2.200")]),
    ]


def test_navigation_is_dropped(recogniser: Recogniser) -> None:
    """Crumbs and buttons are no part of the page."""
    text = (
        "Home > Studies > Masters > Puppetry\n\nSave\n\nRead more\n\nThe workshop is open in the evening.\n"
    )
    page = TITLE + text
    kept = [page[b.start : b.end] for b in read_plain(page, recogniser)]
    assert kept == ["Puppetry", "The workshop is open in the evening."]


def test_a_teaser_gives_way_to_its_full_text(recogniser: Recogniser) -> None:
    """The cut beginning of a paragraph is dropped where the whole stands further down."""
    whole = "Every student carves one marionette and keeps it."
    text = f"Every student carves one ... Read more\n\n{whole}\n"
    assert texts(text, recogniser, "paragraph") == [whole]


def test_bullets_are_items_and_wrapped_lines_go_on(recogniser: Recogniser) -> None:
    """An item goes on in a line that begins with a small letter."""
    text = "The school has three rooms.\n\n- a workshop\n- a theatre\n  in the park\n• a library\n"
    assert texts(text, recogniser, "item") == ["a workshop", "a theatre\n  in the park", "a library"]


def test_short_lines_head_what_follows(recogniser: Recogniser) -> None:
    """The first short line is the title, later ones are headings."""
    blocks = read_plain(TITLE + "The workshop\n\nIt is open in the evening.\n", recogniser)
    assert [(b.kind, b.level) for b in blocks] == [("heading", 1), ("heading", 2), ("paragraph", 0)]


LINES = st.lists(
    st.one_of(
        st.sampled_from(
            ("", "Costs", "€ 2.601", "Tuition fee", "- item", "A 4.0 / 5 3.0 / 5", "x > y > z > q",
             "Read more", "Label: value", "a\tb\tc", "1\t2\t3",
             "Some longer sentence that ends with a full stop.")
        ),
        st.text(max_size=40),
    ),
    max_size=20,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(lines=LINES)
def test_every_span_stays_in_the_text(recogniser: Recogniser, lines: list[str]) -> None:
    """Whatever the text, blocks and cells lie in it and hold something."""
    text = "\n".join(lines)
    for block in read_plain(text, recogniser):
        assert_inside(text, block)


def assert_inside(text: str, block: Block) -> None:
    """Assert that a block and its cells have true spans."""
    assert 0 <= block.start < block.end <= len(text)
    assert text[block.start : block.end].strip()
    for cell in block.cells:
        assert block.start <= cell.start < cell.end <= block.end


def test_labels_and_values_in_turn(recogniser: Recogniser) -> None:
    """A block of labels and values needs no typed value in each line."""
    text = "Taal\nNederlands\nDuur\n4 jaar\nTitel\nBachelor of Arts\nPlaatsen per jaar\n45 (selectie)\n"
    assert facts(text, recogniser) == [
        ("Taal", "Nederlands"),
        ("Duur", "4 jaar"),
        ("Titel", "Bachelor of Arts"),
        ("Plaatsen per jaar", "45 (selectie)"),
    ]


def test_headings_under_a_specialisations_heading_are_its_own(recogniser: Recogniser) -> None:
    """The names of the specialisations stand a level below the heading that announces them."""
    page = (
        TITLE
        + "Specialisaties\n\nKies er een.\n\nSchimmenspel\n\nMet licht werken.\n\nToelating\n\nVraag het.\n"
    )
    headings = [(page[b.start : b.end], b.level) for b in read_plain(page, recogniser) if b.kind == "heading"]
    assert headings[1:] == [("Specialisaties", 2), ("Schimmenspel", 3), ("Toelating", 2)]


def test_headings_right_under_another_stand_below_it(recogniser: Recogniser) -> None:
    """`Start in September` under `Deadlines`, and its sibling, are parts of the section."""
    page = TITLE + "Deadlines\n\nStart in September\n\nEU\n1 May\n\nStart in February\n\nEU\n1 December\n"
    headings = [(page[b.start : b.end], b.level) for b in read_plain(page, recogniser) if b.kind == "heading"]
    assert headings[1:] == [("Deadlines", 2), ("Start in September", 3), ("Start in February", 3)]


def test_a_menu_above_the_title_is_left_out(recogniser: Recogniser) -> None:
    """Several lines of a word or three at the very top are no title."""
    page = "Home\nStudies\nResearch\nBachelors\n\nBachelor of Puppetry\n\nYou learn to move wood.\n"
    blocks = read_plain(page, recogniser)
    assert (blocks[0].kind, page[blocks[0].start : blocks[0].end]) == ("heading", "Bachelor of Puppetry")


def headings(text: str, recogniser: Recogniser) -> list[tuple[int, str]]:
    """Return (level, text) of each heading below the title."""
    page = TITLE + text
    found = [b for b in read_plain(page, recogniser) if b.kind == "heading"][1:]
    return [(b.level, page[b.start : b.end]) for b in found]


def test_rows_within_a_paragraph_are_a_table(recogniser: Recogniser) -> None:
    """Rows with tabs right under their heading, and before a sentence, are rows all the same."""
    text = "Internship\nYear\tWeeks\n1\t5\n2\t10\nYou need forty puppets.\n"
    assert rows(text, recogniser) == [("1", [("Weeks", "5")]), ("2", [("Weeks", "10")])]
    assert headings(text, recogniser) == [(2, "Internship")]


def test_bars_at_the_ends_of_a_row_part_nothing(recogniser: Recogniser) -> None:
    """A table typed with bars has no empty first and last field."""
    text = "Costs\n\n| Students | 2026 |\n| EU | € 2.720 |\n| Other | € 9.410 |\n"
    assert rows(text, recogniser) == [("EU", [("2026", "€ 2.720")]), ("Other", [("2026", "€ 9.410")])]


def test_values_over_their_labels_under_a_heading(recogniser: Recogniser) -> None:
    """A survey's name heads the percentages, and takes none of them."""
    text = "Student survey 2025\n94%\nTeaching\n88%\nLearning\n71%\nFeedback\n"
    assert facts(text, recogniser) == [("Teaching", "94%"), ("Learning", "88%"), ("Feedback", "71%")]
    assert headings(text, recogniser) == [(2, "Student survey 2025")]


def test_courses_with_their_size_are_a_list_under_their_year(recogniser: Recogniser) -> None:
    """Lines that end in credits are items, not labels for each other."""
    text = "Year 1\nCells and Genes (30 credits)\nSkills for Carvers (20 credits)\n"
    assert texts(text, recogniser, "item") == [
        "Cells and Genes (30 credits)",
        "Skills for Carvers (20 credits)",
    ]
    assert headings(text, recogniser) == [(2, "Year 1")]


def test_short_lines_over_a_sentence_are_headings(recogniser: Recogniser) -> None:
    """Of two awards in one paragraph each has its own sentence."""
    text = (
        "Bursaries\nStrings Bursary\n£1,500 a year for those with a low income.\n"
        "Young Carver Award\nOne award of £4,000, decided by an essay.\n"
    )
    assert headings(text, recogniser) == [(2, "Bursaries"), (3, "Strings Bursary"), (3, "Young Carver Award")]
    assert len(texts(text, recogniser, "paragraph")) == 2


def test_a_line_right_above_a_list_heads_it(recogniser: Recogniser) -> None:
    """Also between two lists without a blank line."""
    text = "Year 1 (60 credits)\n- Anatomy: 9\n- Wood: 12\nYear 2 (60 credits)\n- Strings: 11\n- Stage: 9\n"
    assert [t for _, t in headings(text, recogniser)] == ["Year 1 (60 credits)", "Year 2 (60 credits)"]
    assert facts(text, recogniser)[2] == ("Strings", "11")


def test_the_title_stands_above_its_institution_and_below_the_site(recogniser: Recogniser) -> None:
    """The site's name, its menu and a short title are told apart."""
    site = "SkillHarbour\nCatalogue  Business  Sign in\n\n"
    page = site + "Puppetry\nBSc (Hons)\nUniversity of Marlen\n\nLevel\nBeginner\n"
    first = read_plain(page, recogniser)[0]
    assert (first.kind, first.level, page[first.start : first.end]) == ("heading", 1, "Puppetry")


def test_a_title_that_is_a_subject_is_not_taken_for_a_label(recogniser: Recogniser) -> None:
    """Below the site's own name stands what the page speaks of, though the lexicon knows its word."""
    assert recogniser.is_subject("Museum Studies")
    assert not recogniser.is_subject("Tuition fee")
    assert not recogniser.is_subject("Museum Studies in Marlen")


def outline(page: str, recogniser: Recogniser) -> list[tuple[str, int]]:
    """Return (text, level) of each heading of a page."""
    return [(page[b.start : b.end], b.level) for b in read_plain(page, recogniser) if b.kind == "heading"]


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            "Puppetry and Masks, M.A.\nUniversity of Velmora\nLissabay\n\nYou learn.\n",
            "Puppetry and Masks, M.A.",
        ),
        ("MastersFinder\n\nPuppetry\n\nUniversity of Velmora\n\nYou learn.\n", "Puppetry"),
        ("Poppenspel\n\nHbo bachelor\nHogeschool Veldzicht\n\nJe leert het.\n", "Poppenspel"),
    ],
)
def test_the_title_stands_above_the_institution(recogniser: Recogniser, page: str, title: str) -> None:
    """What stands above is the site's, and a degree alone names nothing."""
    assert outline(page, recogniser) == [(title, 1)]


def test_groups_of_buttons_and_advertisements_are_dropped(recogniser: Recogniser) -> None:
    """A line beside a button above the text is one too; who sponsors is no part of the page."""
    page = (
        "Puppetry\nUniversity of Velmora\n\nCompare\nTalk to somebody\n\nSave   Share   Meet us there\n\n"
        "Sponsored: Need a room?\n\nYou learn to carve.\n"
    )
    kept = [page[b.start : b.end] for b in read_plain(page, recogniser)]
    assert kept == ["Puppetry", "University of Velmora", "You learn to carve."]


def test_labels_above_lines_that_open_with_values(recogniser: Recogniser) -> None:
    """A line above several such pairs heads them; what is told below the last is its own."""
    text = (
        "Grants\nThe Bursary\n15% off tuition for all\nThe Award\n£6,000, four a year\n"
        "Grants are paid in the autumn of each year.\n"
    )
    assert facts(text, recogniser) == [
        ("The Bursary", "15% off tuition for all"),
        ("The Award", "£6,000, four a year"),
    ]
    assert outline(TITLE + text, recogniser)[1:] == [("Grants", 2)]


def test_a_label_keeps_several_years(recogniser: Recogniser) -> None:
    """`Year: amount` lines under a label are that label's, each for itself."""
    text = "Tuition\n2026: € 2.695\n2025: € 2.601\nField work\n2026: € 400\n2025: € 380\n"
    assert facts(text, recogniser) == [
        ("Tuition", "2026: € 2.695"),
        ("Tuition", "2025: € 2.601"),
        ("Field work", "2026: € 400"),
        ("Field work", "2025: € 380"),
    ]


def test_lines_inside_a_group_head_those_below(recogniser: Recogniser) -> None:
    """Courses stand under the semester right above, and belong to one list."""
    page = (
        TITLE
        + "Autumn\nCarving (15 credits)\nMasks (15 credits)\nSpring\nVoice (10 credits)\nLight (5 credits)\n"
    )
    blocks = read_plain(page, recogniser)[1:]
    assert [(b.kind, page[b.start : b.end]) for b in blocks[:3]] == [
        ("heading", "Autumn"),
        ("item", "Carving (15 credits)"),
        ("item", "Masks (15 credits)"),
    ]
    assert blocks[1].table == blocks[2].table != blocks[4].table


def test_headings_without_a_blank_line_stand_below_those_with_one(recogniser: Recogniser) -> None:
    """Where sections are set apart, a line that opens a group heads a part of the section."""
    page = (
        TITLE + "Study\n\nYou carve and act.\n\nFees\n\nThey rise each year.\n\n"
        "Paying\nYou pay in two parts.\n\nContact\n\nCall us.\n"
    )
    assert outline(page, recogniser)[1:] == [("Study", 2), ("Fees", 2), ("Paying", 3), ("Contact", 2)]


def test_a_table_in_columns_of_spaces(recogniser: Recogniser) -> None:
    """Heads that begin above the second column leave the labels without one."""
    text = (
        "                   this programme     national\n"
        "Hours a week       19                 16\n"
        "Drops out          21%                26%\n"
    )
    assert rows(text, recogniser) == [
        ("Hours a week", [("this programme", "19"), ("national", "16")]),
        ("Drops out", [("this programme", "21%"), ("national", "26%")]),
    ]


def test_rows_without_heads_are_all_rows(recogniser: Recogniser) -> None:
    """`Year 1` heads no columns where the next line begins with `Year 2`."""
    assert [label for label, _ in rows("Year 1 | wood\nYear 2 | light\n", recogniser)] == ["Year 1", "Year 2"]


def test_slashes_part_columns_in_lines_alike(recogniser: Recogniser) -> None:
    """They are no way through the site there."""
    text = "Test / Overall / Writing\nIELTS / 6.5 / 6.0\nTOEFL / 88 / 21\n"
    assert rows(text, recogniser)[1] == ("TOEFL", [("Overall", "88"), ("Writing", "21")])


def test_a_rating_may_hold_another_columns_value(recogniser: Recogniser) -> None:
    """The value in brackets is that of the column named with it."""
    text = "".join(f"{x} (national average 76%)\n" for x in ("Teaching – 89%", "Rooms – 71%", "Voice – 97%"))
    assert rows(text, recogniser)[1] == ("Rooms", [("", "71%"), ("national average", "76%")])


def test_a_label_labels_again(recogniser: Recogniser) -> None:
    """What labelled a value above labels a statement below."""
    text = "Elsewhere\n2026: £900\nUK\n2026: £500\n\nPart-time\n\nElsewhere\nThis is not open to them\n"
    assert facts(text, recogniser)[-1] == ("Elsewhere", "This is not open to them")


def test_other_programmes_named_in_one_group(recogniser: Recogniser) -> None:
    """A heading of others in a group takes the lines below it along."""
    text = "You carve.\n\nYou may also like\nFilm Scoring, M.A. – from £12,300\n"
    assert outline(TITLE + text, recogniser)[-1] == ("You may also like", 2)


def test_labels_with_their_values_behind_them_are_facts(recogniser: Recogniser) -> None:
    """A list of marks without colons, and rows in small letters, head nothing."""
    marks = "Oordeel\nAlgemeen 7,1\nDocenten 7,4\nToetsing 6,3\n\n"
    text = marks + "Stage\njaar 1: 1 dag per week\njaar 2: 2 dagen\n"
    assert facts(text, recogniser) == [
        ("Algemeen", "7,1"),
        ("Docenten", "7,4"),
        ("Toetsing", "6,3"),
        ("jaar 1", "1 dag per week"),
        ("jaar 2", "2 dagen"),
    ]
    assert [t for _, t in headings(text, recogniser)] == ["Oordeel", "Stage"]


def test_a_question_heads_its_answer_in_one_paragraph(recogniser: Recogniser) -> None:
    """Several questions with answers may stand line under line."""
    text = "Questions\nMust I sing?\nNo.\nCan I carve first?\nYes, if a theatre asks you.\n"
    assert [t for _, t in headings(text, recogniser)][-2:] == ["Must I sing?", "Can I carve first?"]


def test_a_button_is_known_by_how_it_begins(recogniser: Recogniser) -> None:
    """What leads back to a list is no title."""
    assert recogniser.is_interface("← Back to all results")
    assert recogniser.is_interface("Terug naar zoeken")
    assert not recogniser.is_interface("Back to school: a year for those who left early")
