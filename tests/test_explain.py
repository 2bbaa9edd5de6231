"""Every reply can explain itself."""

import json

from advisor import Advisor


def test_a_turn_tells_how_it_was_understood_and_answered(advisor: Advisor) -> None:
    """The record of a turn is plain data, and reads as lines for people."""
    chat = advisor.start()
    reply = chat.ask("What does Leiden cost?")
    record = chat.explain()
    assert record is not None
    told = json.dumps(record.model_dump(mode="json"))
    assert reply.intent is not None
    assert reply.intent in told
    assert "leiden-biomedical-sciences" in told
    assert len(record.lines()) > 3


def test_an_abstention_explains_itself_too(advisor: Advisor) -> None:
    """The record of a turn without an answer names what was looked for."""
    chat = advisor.start()
    reply = chat.ask("What does Leuven cost?")
    record = chat.explain()
    assert reply.kind == "no_answer"
    assert record is not None
    assert any("fees" in line or "tuition" in line for line in record.lines())
