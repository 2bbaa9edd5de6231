"""The language of a text is told by its small words, or not at all."""

import pytest

from advisor import Advisor
from advisor.text.language import LanguageTeller
from advisor.text.tokens import tokenise


@pytest.fixture(scope="module")
def teller(advisor: Advisor) -> LanguageTeller:
    """Return a teller with the words of the shipped content."""
    return LanguageTeller(advisor.content.languages)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what does it cost in Leiden", "en"),
        ("wat kost het in Leiden", "nl"),
        ("Is het programma in English taught?", None),
        ("biomedical sciences Leuven", None),
        ("", None),
        ("学费多少", None),
    ],
)
def test_few_words_do_not_tell(teller: LanguageTeller, text: str, expected: str | None) -> None:
    """Names and even mixtures tell nothing; grammar does."""
    told = teller.tell(tokenise(text))
    assert told == expected if expected else told in {None, "en", "nl"}


def test_hints_decide_where_words_do_not(teller: LanguageTeller) -> None:
    """What is known from elsewhere weighs in."""
    assert teller.tell(tokenise("Leuven"), {"nl": 1.0}) == "nl"
    assert teller.tell(tokenise("what does that cost"), {"nl": 1.0}) == "en"
