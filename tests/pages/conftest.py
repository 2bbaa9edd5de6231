"""A recogniser with the words of the shipped content."""

import pytest

from advisor import Advisor
from advisor.pages.recognise import Recogniser
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.values import ValueFinder


@pytest.fixture(scope="session")
def recogniser(advisor: Advisor) -> Recogniser:
    """Return what page readers ask about labels, values and institutions."""
    content = advisor.content
    lexicon = Lexicon(content.concepts, tuple(content.languages))
    finder, teller = ValueFinder(content.languages), LanguageTeller(content.languages)
    return Recogniser(lexicon, finder, teller, content.languages)
