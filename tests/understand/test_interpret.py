"""An utterance is understood on its own: language, slips, parts, names, topics, moves."""

import pytest

from advisor import Advisor
from advisor.records.interpretation import Interpretation
from advisor.text.phrases import Matcher
from advisor.text.tokens import tokenise

LEIDEN, LEUVEN = "leiden-biomedical-sciences", "ku-leuven-biomedical-sciences"


def read(advisor: Advisor, said: str) -> Interpretation:
    """Return what an utterance says."""
    return advisor.interpreter.interpret(said)


@pytest.mark.parametrize(
    ("said", "programmes"),
    [
        ("What does it cost in Leiden?", {LEIDEN}),
        ("wat kost de KUL", {LEUVEN}),
        ("fees at the university of leiden", {LEIDEN}),
        ("Leuven's fees", {LEUVEN}),
        ("Leiden or Leuven, which is cheaper?", {LEIDEN, LEUVEN}),
        ("how much is it", set()),
        ("I am a layman", set()),
    ],
)
def test_programmes_are_named_in_many_ways(advisor: Advisor, said: str, programmes: set[str]) -> None:
    """City, alias, institution and genitive name a programme; other words do not."""
    named = {p for part in read(advisor, said).parts for p in part.programmes}
    assert named == programmes


def test_two_questions_are_two_parts(advisor: Advisor) -> None:
    """Both parts of a message are about the programme that one of them names."""
    parts = read(advisor, "What does Leiden cost and what language is it in?").parts
    assert len(parts) == 2
    assert all(p.programmes == (LEIDEN,) for p in parts)
    assert len({p.topic.topic for p in parts if p.topic}) == 2


def test_one_question_stays_whole(advisor: Advisor) -> None:
    """A conjunction within one question does not split it."""
    assert len(read(advisor, "What are the terms and conditions in Leiden?").parts) == 1


@pytest.mark.parametrize(
    ("said", "language"),
    [("what does it cost", "en"), ("wat kost het", "nl"), ("collegegeld?", "nl"), ("12345", None)],
)
def test_the_language_is_that_of_the_words(advisor: Advisor, said: str, language: str | None) -> None:
    """Small words tell the language, else the lexicon's words do, else nothing does."""
    assert read(advisor, said).language == language


def test_a_small_word_repaired_is_read(advisor: Advisor) -> None:
    """A slip of a small word is not told, but the question is read with what was meant."""
    slip, plain = read(advisor, "how manny yrs is leiden"), read(advisor, "how many years is leiden")
    assert slip.repaired == ()
    assert slip.parts == plain.parts


def test_slips_are_repaired_and_told(advisor: Advisor) -> None:
    """A misspelt word of the subject is read as meant, and the reader is told."""
    said = read(advisor, "collegegled Leiden")
    assert ("collegegled", "collegegeld") in said.repaired
    assert "(Ik lees “collegegled” als “collegegeld”.)" in advisor.ask("collegegled Leiden").text


@pytest.mark.parametrize(
    ("said", "is_smalltalk"),
    [
        ("thanks!", True),
        ("hi", True),
        ("hi, what does it cost?", False),
        ("what can you do there in the evening", False),
        ("stop", True),
        ("stoppen er veel", False),
    ],
)
def test_only_a_whole_message_is_small_talk(advisor: Advisor, said: str, is_smalltalk: bool) -> None:
    """A greeting before a question does not swallow the question."""
    assert (read(advisor, said).smalltalk is not None) is is_smalltalk


def test_a_place_without_a_page_is_known_as_foreign(advisor: Advisor) -> None:
    """A university that no page is about is told apart from those that have one."""
    assert read(advisor, "and in Utrecht?").parts[0].foreign
    assert advisor.ask("What does it cost in Utrecht?").kind == "no_answer"


def test_a_track_is_named_with_its_programme(advisor: Advisor) -> None:
    """A specialisation is found in the question, and whose it is."""
    (part,) = read(advisor, "What does the Management specialisation contain?").parts
    assert [(s.document, s.name) for s in part.specialisations] == [(LEIDEN, "Management")]


@pytest.mark.parametrize(
    ("said", "tracks"),
    [
        ("how long is management in Leiden?", ["Management"]),
        ("my English is rusty, will I manage in Leiden?", []),
    ],
)
def test_a_verb_before_a_programme_is_no_specialisation(
    advisor: Advisor, said: str, tracks: list[str]
) -> None:
    """Right before a programme's name the very name counts, and no other word of its stem."""
    named = [s.name for part in read(advisor, said).parts for s in part.specialisations]
    assert named == tracks


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("When can I start?", "When exactly can my daughter actually start?"),
        ("Kan ik werken naast mijn studie?", "Kan mijn zoon eigenlijk ook werken naast zijn studie?"),
        ("How long does it take?", "How long does it roughly take?"),
    ],
)
def test_fillers_and_relatives_change_no_topic(advisor: Advisor, plain: str, said: str) -> None:
    """A phrase passes over `actually`, and `my daughter` stands for the one who asks."""
    topics = [read(advisor, text).parts[0].topic for text in (plain, said)]
    assert topics[0] is not None
    assert topics[1] is not None
    assert topics[0].topic == topics[1].topic


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ("Do graduates work full weeks?", "Do graduates in Leiden work full weeks?"),
        ("How good do students find the teachers?", "How good do students at Leiden find the teachers?"),
        ("Sluit de opleiding aan op de praktijk?", "Sluit de opleiding in Leiden aan op de praktijk?"),
    ],
)
def test_where_it_is_parts_no_phrase(advisor: Advisor, plain: str, said: str) -> None:
    """A programme's name and the small word before it may stand anywhere in a wording."""
    topics = [read(advisor, text).parts[0].topic for text in (plain, said)]
    assert topics[0] is not None
    assert topics[1] is not None
    assert topics[0].topic == topics[1].topic


def test_what_is_passed_over_does_not_lengthen_a_gap() -> None:
    """Three words fit a gap, and any number that may be passed over beside them."""
    matcher = Matcher()
    matcher.add(0, "en", "work .. weeks")
    tokens = tokenise("work in Leiden one two three weeks")
    assert not matcher.find(tokens)
    assert [h.used for h in matcher.find(tokens, passed=frozenset({1, 2}))] == [(0, 6)]
    assert not matcher.find(tokens, passed=frozenset({2}))


def test_a_filler_that_a_phrase_names_still_counts() -> None:
    """A word that may be passed over is matched where the phrase says it."""
    matcher = Matcher()
    matcher.add(0, "en", "how long still")
    matcher.add(1, "en", "how long left")
    tokens = tokenise("how long still left")
    hits = matcher.find(tokens, passed=frozenset({2}))
    assert {(h.owner, h.used) for h in hits} == {(0, (0, 1, 2)), (1, (0, 1, 3))}


@pytest.mark.parametrize("said", ["Do I need a visa?", "Heb ik een visum nodig?"])
def test_words_that_choose_a_row_may_be_the_whole_question(advisor: Advisor, said: str) -> None:
    """`Need a visa` tells a non-EU student's row, and asks about visas where nothing else is asked."""
    topic = read(advisor, said).parts[0].topic
    assert topic is not None
    assert topic.topic == "visa"
