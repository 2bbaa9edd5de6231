"""Wordings of editors are found in tokens by a small grammar."""

import pytest

from advisor.text.phrases import Matcher, PhraseError, parse
from advisor.text.tokens import tokenise


def finds(phrase: str, text: str, language: str = "en") -> bool:
    """Return whether a phrase is found in a text."""
    matcher = Matcher(("en", "nl"))
    matcher.add(0, language, phrase)
    return bool(matcher.find(tokenise(text)))


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("tuition fee", "the tuition fees of last year"),
        ("=fees", "the fees"),
        ("internship*", "internshipplaces"),
        ("*collegegeld*", "instellingscollegegeldtarief"),
        ("(cost|price) of study", "the price of studying"),
        ("how (long|many years) does it take", "how many years does it take?"),
        ("(the)? first year", "first year"),
        ("(the)? first year", "the first year"),
        ("what .. cost", "what would that then cost"),
        ("# years", "in 2 years"),
        ("part-time", "part time"),
        ("part time", "part-time"),
        ("école", "Ecole"),
        ("((a|b)? deep nest|other)", "b deep nest"),
    ],
)
def test_a_phrase_matches_what_it_says(phrase: str, text: str) -> None:
    """Inflections, stars, alternatives, options, gaps and numbers match."""
    assert finds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("=fee", "the fees"),
        ("internship*", "an intern"),
        ("(cost|price) of study", "the cost"),
        ("what .. cost", "what would that one thing then cost"),
        ("# years", "some years"),
        ("first year", "year first"),
        ("a b", "a"),
    ],
)
def test_a_phrase_matches_nothing_else(phrase: str, text: str) -> None:
    """Other forms, orders and wider gaps do not match."""
    assert not finds(phrase, text)


@pytest.mark.parametrize(
    ("phrase", "fault"),
    [
        ("(cost", "not closed"),
        ("cost)", "not opened"),
        ("", "nothing that must stand there"),
        ("..", "nothing that must stand there"),
        ("(maybe)?", "nothing that must stand there"),
        ("ab*", "three letters"),
        ("&", "no word"),
    ],
)
def test_a_bad_phrase_is_refused_with_its_words(phrase: str, fault: str) -> None:
    """What does not follow the grammar is named, never ignored."""
    with pytest.raises(PhraseError, match=fault):
        parse(phrase, 0)


def test_a_hit_tells_owner_place_and_words() -> None:
    """A hit says whose phrase it was, where it stands, and which words made it."""
    matcher = Matcher()
    matcher.add(7, "en", "what .. cost")
    matcher.add(8, "nl", "wat kost")
    (hit,) = matcher.find(tokenise("so what does it cost"))
    assert (hit.owner, hit.start, hit.end, hit.used) == (7, 1, 5, (1, 4))
    assert matcher.find(tokenise("so what does it cost"), "nl") == []


def test_many_brackets_are_never_multiplied_out() -> None:
    """A phrase of twenty choices of five is read and matched at once."""
    phrase = " ".join(["(alpha|beta|gamma|delta|epsilon)"] * 20)
    assert finds(phrase, " ".join(["gamma"] * 20))
