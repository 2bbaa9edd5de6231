"""A reply passes when it is what was expected, and each thing that it is not is told."""

import pytest

from advisor import Citation, Reply
from advisor.channels.regression.cases import Expectation
from advisor.channels.regression.grade import grade, holds, normal

CITED = Citation(
    number=1, document="leiden-bio", title="Biology", section="Fees", quote="€ 2.601", start=0, end=7
)
ANSWER = Reply(
    kind="answer", text="The fee: **€ 2.601** [1].", language="en", intent="fees", citations=(CITED,)
)
SILENT = Reply(kind="no_answer", text="The page does not say.", language="en")


def rules(expect: Expectation, reply: Reply) -> list[str]:
    return [fault.rule for fault in grade(expect, reply)]


@pytest.mark.parametrize(
    ("text", "words", "is_held"),
    [
        ("it is 1.95", "95", False), ("it is 2,950", "950", False), ("it is 95.", "95", True),
        ("95,5 of them", "95", False), ("95, or so", "95", True), ("(95%)", "95", True),
        ("€ 2.601", "€2.601", True), ("€2.601", "€ 2.601", True), ("the **EU** fee", "eu fee", True),
        ("20–week", "20-week", True), ("it’s “so”", "it's \"so\"", True), ("x", "", False),
        ("ＡＢＣ", "abc", True), ("a\nb", "a b", True),
    ],
)  # fmt: skip
def test_words_are_found_as_a_reader_finds_them(text: str, words: str, is_held: bool) -> None:
    """Case, markup, typography and line breaks do not count; figures stand alone."""
    assert is_held == holds(normal(text), words)


@pytest.mark.parametrize(
    ("expect", "rule"),
    [
        (Expectation(kind=("no_answer",)), "kind"),
        (Expectation(contains=(("2,601", "2601"),)), "contains"),
        (Expectation(lacks=("2.601",)), "lacks"),
        (Expectation(cites=("leuven",)), "cites"),
        (Expectation(cites_not=("leiden",)), "cites_not"),
        (Expectation(language="nl"), "language"),
        (Expectation(intent="housing"), "intent"),
        (Expectation(section="housing"), "section"),
        (Expectation(max_words=3), "max_words"),
        (Expectation(choices=("Biology",)), "choices"),
    ],
)
def test_each_expectation_can_fail(expect: Expectation, rule: str) -> None:
    """Each kind of expectation has a reply that does not meet it."""
    assert [rule] == rules(expect, ANSWER)


def test_what_is_offered_is_held_against_the_choices() -> None:
    """Each expected choice must be among those offered, in other case and in part."""
    asked = Reply(kind="clarify", text="Which?", language="en", choices=("Biology, Leiden", "Law, Ghent"))
    assert rules(Expectation(kind=("clarify",), choices=("biology", "Ghent")), asked) == []
    assert rules(Expectation(kind=("clarify",), choices=("biology", "Utrecht")), asked) == ["choices"]


def test_what_a_conversation_holds_is_held_against_the_slots() -> None:
    """A slot must hold the words; where it is not known what is held, slots are left aside."""
    expect = Expectation(slots=(("programme", "leiden"), ("topic", "fees")))
    held = {"programme": "leiden-bio Biology", "topic": "housing"}
    assert [(f.rule, f.got) for f in grade(expect, ANSWER, held)] == [("slots", "housing")]
    assert grade(expect, ANSWER, held | {"topic": "fees"}) == ()
    assert grade(expect, ANSWER) == ()


def test_a_reply_that_is_as_expected_passes() -> None:
    """All expectations at once can hold."""
    expect = Expectation(
        ("answer",), (("2,601", "2.601"),), ("leuven",), ("leiden",), ("leuven",), "en", "fees", "fees", 10
    )
    assert grade(expect, ANSWER) == ()


def test_contents_are_looked_at_only_in_answers() -> None:
    """A silence that was allowed needs no words and no citation."""
    expect = Expectation(kind=("answer", "no_answer"), contains=(("2.601",),), cites=("leiden",))
    assert grade(expect, SILENT) == ()


def test_an_answer_without_proof_fails() -> None:
    """Whatever is expected, an answer cites."""
    assert rules(Expectation(), ANSWER.model_copy(update={"citations": ()})) == ["cites"]


def test_a_long_reply_fails_unless_it_is_allowed() -> None:
    """150 words are the most when nothing is said."""
    long = SILENT.model_copy(update={"text": "word " * 151})
    assert rules(Expectation(), long) == ["max_words"]
    assert rules(Expectation(max_words=151), long) == []
