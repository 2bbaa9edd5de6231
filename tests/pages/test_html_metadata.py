"""What a web page's head says is read, and nothing is made up."""

import json

from tests.pages.test_html_content import read

MAIN = "<main><h1>Law</h1><p>Text of the page, long enough to be its main part.</p></main>"


def data(*objects: object) -> str:
    return f"<script type='application/ld+json'>{json.dumps(list(objects))}</script>"


def test_a_silent_head_gives_no_more_than_title_and_language() -> None:
    """Without metadata the institution, address and date stay unknown."""
    known = read(MAIN, "<title>Law</title>").known
    assert known is not None
    assert known.model_dump(exclude_none=True, exclude_defaults=True) == {"title": "Law", "language": "en"}


def test_programme_data_give_owner_address_and_date() -> None:
    """The data of a programme name its institution, address and date of change."""
    course = {
        "@type": "Course",
        "name": "Law",
        "url": "https://x.example/law",
        "provider": {"@type": "Organization", "name": "Moor University"},
        "dateModified": "2025-10-14T09:00:00Z",
    }
    known = read(MAIN, data({"@graph": [course]})).known
    assert known is not None
    assert (known.institution, known.url, known.last_updated) == (
        "Moor University",
        "https://x.example/law",
        "2025-10-14",
    )


def test_the_canonical_address_wins_and_must_be_one() -> None:
    """The canonical link is the page's address; a relative one is not."""
    known = read(MAIN, "<link rel='canonical' href='https://x.example/law'>").known
    assert known is not None
    assert known.url == "https://x.example/law"
    known = read(MAIN, "<link rel='canonical' href='/law'>").known
    assert known is not None
    assert known.url is None


def test_the_title_names_the_institution_when_the_margin_does_too() -> None:
    """The last part of the title is the institution only if the page's margin confirms it."""
    head = "<title>Law | Moor Academy</title>"
    confirmed, alone = (
        read(f"{MAIN}<footer><p>© 2025 Moor Academy. All rights reserved.</p></footer>", head).known,
        read(MAIN, head).known,
    )
    assert confirmed is not None
    assert alone is not None
    assert (confirmed.institution, alone.institution) == ("Moor Academy", None)


def test_a_slogan_is_no_title() -> None:
    """A heading that shares no word with the window's title is a slogan; the data's name beats both."""
    slogan = "<h1>From field to fork</h1><p>Text.</p>"
    window = "<title>Food Science | Moor University</title>"
    said = data({"@type": "Course", "name": "MSc Food Science"})
    titles = [read(slogan, window).known, read(slogan, window + said).known, read(slogan).known]
    assert [k.title for k in titles if k] == ["Food Science", "MSc Food Science", "From field to fork"]


def test_questions_in_the_data_are_added_only_when_not_on_the_page() -> None:
    """An FAQPage adds the questions that the page itself does not show."""
    faq = {
        "@type": "FAQPage",
        "mainEntity": [
            {
                "@type": "Question",
                "name": "Is it free?",
                "acceptedAnswer": {"text": "<p>No, it is 900 euros.</p>"},
            },
            {"@type": "Question", "name": "Is it hard?", "acceptedAnswer": {"text": "Yes."}},
        ],
    }
    text = read("<h1>Law</h1><h2>Is it hard?</h2><p>Yes.</p>", data(faq)).builder.text
    assert text == "Law\n\nIs it hard?\n\nYes.\n\nIs it free?\n\nNo, it is 900 euros."


def test_broken_data_are_passed_over() -> None:
    """Data that are not JSON, or deeply nested, change nothing."""
    for script in ("{", "[" * 100_000):
        page = read(MAIN, f"<script type='application/ld+json'>{script}</script>")
        assert page.builder.text.startswith("Law")
