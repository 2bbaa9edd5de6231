"""Questions in words that the pages do not use find what says the same."""

import pytest

from advisor import Advisor

PAGE = """---
title: Glass Studies
institution: Hogeschool Marlen
aliases: [Marlen]
language: en
---

# Glass Studies

## The kiln

The kiln committee evaluates every vase. A vase that cracks is melted again.
Beside the kiln grows an orchard.

## Evenings

Blowers of renown give talks. Blowers tackle brittle problems in the cellar.
"""

OTHER = """---
title: Glass Studies
institution: Hogeschool Vondeloo
aliases: [Vondeloo]
language: en
---

# Glass Studies

## The kiln

The kiln orchestra appraises vases loudly.
"""


@pytest.fixture(scope="module")
def glass(tmp_path_factory: pytest.TempPathFactory) -> Advisor:
    """Return an adviser for two pages about glass."""
    folder = tmp_path_factory.mktemp("glass")
    (folder / "marlen.md").write_text(PAGE, encoding="utf-8")
    (folder / "vondeloo.md").write_text(OTHER, encoding="utf-8")
    return Advisor.load(folder)


@pytest.mark.parametrize(
    ("question", "quoted"),
    [
        ("Who appraises a vase in Marlen?", "evaluates every vase"),
        ("Wie beoordeelt in Marlen de kiln?", "evaluates every vase"),
        ("Which brittle issues are solved at Marlen?", "tackle brittle problems"),
    ],
)
def test_another_word_of_the_same_meaning_finds_the_passage(
    glass: Advisor, question: str, quoted: str
) -> None:
    """In the page's language and in the other one."""
    reply = glass.ask(question)
    assert reply.kind == "answer"
    assert any(quoted in c.quote for c in reply.citations)


def test_the_very_word_comes_before_another_of_its_meaning(glass: Advisor) -> None:
    """Both pages judge vases; the one that says it in the question's word is told first."""
    reply = glass.ask("Who appraises vases in Vondeloo?")
    assert ["appraises" in c.quote for c in reply.citations] == [True]


def test_one_shared_meaning_is_not_enough(glass: Advisor) -> None:
    """A passage that evaluates something says nothing about how essays are graded."""
    assert glass.ask("Who appraises the sculpture essay in Marlen?").kind != "answer"


def test_words_of_the_thesaurus_are_never_what_is_asked_about(advisor: Advisor) -> None:
    """No topic rests on a sense, so none can be named like a concept."""
    content = advisor.content
    concepts = {f"~{name}" for name in content.senses}
    rested_on = {str(option) for t in content.topics.values() for option in t.evidence}
    assert content.senses
    assert not concepts & rested_on


def test_what_a_question_means_survives_the_state(glass: Advisor) -> None:
    """A conversation resumed goes on from the same words."""
    chat = glass.start()
    chat.ask("Who appraises a vase in Marlen?")
    resumed = glass.resume(type(chat.state).model_validate_json(chat.state.model_dump_json()))
    assert resumed.state == chat.state
    assert resumed.ask("and in Vondeloo?") == chat.ask("and in Vondeloo?")


def test_a_phrase_that_made_the_topic_asks_for_nothing_more(advisor: Advisor) -> None:
    """Who teaches is answered by who teaches, not by what else means teaching."""
    reply = advisor.ask("who are the teachers at ku leuven")
    assert reply.intent == "teachers"
    assert "Teaching is in the hands of" in reply.citations[0].quote
