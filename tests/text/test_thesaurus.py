"""Words of one meaning share a sense, and a word may have several."""

from advisor.text.thesaurus import Thesaurus
from advisor.text.tokens import tokenise
from advisor.topics.schema import SenseEntry

ENTRIES = {
    "judge": SenseEntry(en=("evaluate", "judge"), nl=("beoordelen", "beoordeelt")),
    "slender": SenseEntry(en=("slim",), nl=("rank",)),
    "ranking": SenseEntry(en=("rank", "league table")),
    "solve": SenseEntry(nl=("(pakt|pakken) .. aan",)),
}


def senses(text: str, language: str | None = None) -> list[set[str]]:
    """Return the senses at each word of a text."""
    tokens = tokenise(text)
    found = Thesaurus(ENTRIES, ("en", "nl")).find(tokens, language)
    return [set(found.get(i, ())) for i in range(len(tokens))]


def test_words_of_both_languages_share_a_sense() -> None:
    """`Evaluated` and `beoordeelt` mean the same."""
    assert senses("evaluated") == senses("beoordeelt") == [{"~judge"}]


def test_a_word_has_the_senses_of_its_language() -> None:
    """What is slender in Dutch is a place in a table in English."""
    assert senses("rank", "nl") == [{"~slender"}]
    assert senses("rank", "en") == [{"~ranking"}]
    assert senses("rank") == [{"~slender", "~ranking"}]


def test_each_word_of_a_phrase_has_its_sense() -> None:
    """Also where other words stand in between."""
    assert senses("wie pakt dat aan", "nl") == [set(), {"~solve"}, set(), {"~solve"}]
    assert senses("league tables") == [{"~ranking"}, {"~ranking"}]
    assert senses("a league") == [set(), set()]
