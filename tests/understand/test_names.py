"""Programmes are found by their names, however many there are and however alike."""

import pytest

from advisor import Advisor
from advisor.records.document import Document, Provenance
from advisor.text.normalise import fold
from advisor.text.tokens import tokenise
from advisor.understand.names import Mention, Names

TOWNS = ("Marlendam", "Vlierveen", "Tornzande", "Elderdam", "Quistveen", "Hazelzande")
PAGES = (
    *((f"physics-{t}", "Physics", f"University of {t}", (f"Universiteit {t}",)) for t in TOWNS),
    ("applied", "Applied Physics", "University of Marlendam", ()),
    ("society", "Physics and Society", "University of Vlierveen", ()),
    ("hbo", "Physics", "Marlendam University of Applied Sciences", ("Hogeschool Marlendam",)),
    ("data", "Data Science", "Hogeschool Sterdam", ()),
    ("wetenschappen", "Datawetenschappen", "Hogeschool Sterdam", ()),
    ("puppetry", "Puppetry", "University of Sterdam", ()),
)


@pytest.fixture(scope="module")
def names(advisor: Advisor) -> Names:
    """Return an index of twelve programmes."""
    pages = [
        Document(
            id=fold(i),
            path="",
            format="",
            text="",
            blocks=(),
            provenance=Provenance(title=t, institution=place, aliases=aliases),
        )
        for i, t, place, aliases in PAGES
    ]
    languages = advisor.content.languages.values()
    small = [w for words in advisor._teller.small.values() for w in words]
    generic = [w for e in languages for w in e.generic_words]
    return Names(pages, advisor.lexicon, generic, small)


def find(names: Names, text: str) -> Mention:
    tokens = tokenise(text)
    return names.find(tokens, names.lexicon.find(tokens))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("physics at the University of Marlendam", ("physics-marlendam",)),
        ("physics at Hogeschool Marlendam", ("hbo",)),
        ("Applied Physics in Marlendam", ("applied",)),
        ("applied phisics in Marlendam", ("applied",)),
        ("physics and society in Vlierveen", ("society",)),
        ("physics in Vlierveen", ("physics-vlierveen",)),
        ("physics in Vlierven", ("physics-vlierveen",)),
        ("what does physics in Marlendam cost", ("physics-marlendam", "hbo")),
        ("physics in Tornzande or in Elderdam", ("physics-tornzande", "physics-elderdam")),
        ("datawetenschappen in Sterdam", ("wetenschappen",)),
        ("puppetry", ("puppetry",)),
        ("applied physics", ("applied",)),
        ("what does it cost", ()),
    ],
)
def test_names_nearly_the_same_are_told_apart(names: Names, said: str, meant: tuple[str, ...]) -> None:
    """A whole name beats one of which only words were said, and an institution one of the same town."""
    assert set(find(names, said).documents) == set(meant)


def test_a_name_of_many_narrows(names: Names) -> None:
    """A title that many offer names none of them; those that have it are kept as words, not as a list."""
    mention = find(names, "what does physics cost")
    assert mention.documents == ()
    among = names.among(mention.within)
    assert set(among) == {"hbo", *(f"physics-{fold(t)}" for t in TOWNS)}


def test_a_title_and_a_place_that_do_not_meet_name_nothing(names: Names) -> None:
    """Puppetry in Marlendam is nowhere; neither the puppetry elsewhere nor Marlendam's physics is meant."""
    mention = find(names, "puppetry in Marlendam")
    assert mention.documents == ()
    assert mention.within
    assert names.among(mention.within) == ()


def test_the_words_beside_a_named_title_belong_to_it(names: Names) -> None:
    """A word too common to tell titles apart is not left over for something else."""
    said = "the fee of data science in Sterdam"
    used = find(names, said).used
    assert {t.fold for i, t in enumerate(tokenise(said)) if i in used} >= {"data", "science", "sterdam"}


@pytest.mark.parametrize(
    "question", ["Is Leiden cheaper than Ghent?", "Wat is beter, Leiden of Maastricht?", "Oxford or Leiden?"]
)
def test_a_place_that_no_page_has_beside_one_that_a_page_has_is_told_to_be_unknown(
    advisor: Advisor, question: str
) -> None:
    assert advisor.ask(question).kind == "no_answer"
