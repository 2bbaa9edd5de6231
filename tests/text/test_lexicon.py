"""Concepts are found behind words of several languages."""

from advisor.text.lexicon import Lexicon
from advisor.text.tokens import tokenise
from advisor.topics.schema import ConceptEntry

ENTRIES = {
    "cost": ConceptEntry(en=("cost", "fee"), nl=("kosten",)),
    "tuition-fee": ConceptEntry(en=("tuition fee",), nl=("collegegeld",), broader=("cost",)),
    "statutory-fee": ConceptEntry(en=("statutory tuition fee",), broader=("tuition-fee",)),
    "first-year": ConceptEntry(en=("first year",), facet="year"),
    "first-year-fee": ConceptEntry(en=("first year fee",)),
    "price": ConceptEntry(en=("tuition fee",)),
}


def names(text: str, language: str | None = None) -> list[str]:
    """Return the concepts found in a text."""
    return [f.concept for f in Lexicon(ENTRIES).find(tokenise(text), language)]


def test_the_longest_match_hides_what_lies_inside() -> None:
    """`statutory tuition fee` is one concept, not three."""
    assert names("the statutory tuition fee") == ["statutory-fee"]
    assert names("the fee") == ["cost"]


def test_values_of_facets_are_found_beside_the_rest() -> None:
    """`first year fee` names a fee and the year that it is for."""
    assert names("the first year fee") == ["first-year", "first-year-fee"]


def test_two_concepts_may_share_the_same_words() -> None:
    """Neither of two concepts with one wording hides the other."""
    assert sorted(names("a tuition fee")) == ["price", "tuition-fee"]


def test_both_languages_mean_the_same() -> None:
    """A Dutch and an English word lead to one concept, unless one language is asked for."""
    assert names("het collegegeld") == ["tuition-fee"]
    assert names("het collegegeld", "en") == []


def test_broader_concepts_follow() -> None:
    """What is a statutory fee is a tuition fee and a cost."""
    lexicon = Lexicon(ENTRIES)
    assert lexicon.wider("statutory-fee") == {"statutory-fee", "tuition-fee", "cost"}
    assert lexicon.widened(["cost", "tuition-fee"]) == {"cost", "tuition-fee"}
    assert lexicon.facet("first-year") == "year"
    assert lexicon.facet("cost") is None


def test_a_circle_of_broader_concepts_ends() -> None:
    """Two concepts that are each other's broader one do no harm."""
    circle = {
        "a": ConceptEntry(en=("alpha",), broader=("b",)),
        "b": ConceptEntry(en=("beta",), broader=("a",)),
    }
    assert Lexicon(circle).wider("a") == {"a", "b"}


def test_a_part_of_a_head_names_no_other_value_than_its_words() -> None:
    """`International` alone is a value; in `Non-EU/EEA` the second part is not another one."""
    lexicon = Lexicon(
        {
            "eu": ConceptEntry(en=("=eu",), heads=("eu", "eea"), facet="nationality"),
            "abroad": ConceptEntry(en=("non eu",), heads=("international",), facet="nationality"),
        }
    )
    assert lexicon.in_head("International, full-time") == {"abroad"}
    assert lexicon.in_head("EEA") == {"eu"}
    assert lexicon.in_head("Non-EU/EEA") == frozenset()
    assert lexicon.in_head("EU and international") == {"abroad"}
