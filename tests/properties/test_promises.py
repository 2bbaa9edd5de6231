"""What the adviser promises holds for whatever is said to it."""

import json
import os
import subprocess
import sys
import unicodedata
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from advisor import Advisor, DialogueState, Reply
from advisor.dialogue.policy import SPEAK
from tests.properties.wordings import (
    NASTY,
    any_text,
    content_questions,
    conversations,
    figures,
    marks,
    questions,
    utterances,
)


def replies(advisor: Advisor, said: list[str], language: str | None = None) -> list[Reply]:
    """Return the replies of one conversation."""
    chat = advisor.start(language)
    return [chat.ask(text) for text in said]


@given(said=conversations())
def test_quotes_are_true(advisor: Advisor, said: list[str]) -> None:
    """A quote is what stands in the document at its span."""
    for reply in replies(advisor, said):
        for citation in reply.citations:
            document = advisor.document(citation.document)
            assert citation.quote
            assert document.text[citation.start : citation.end] == citation.quote
            assert (citation.title, citation.institution) == (document.title, document.institution)


@given(said=conversations())
def test_figures_are_proven(advisor: Advisor, said: list[str]) -> None:
    """Every figure of an answer stands in a quote, its page's headings or dates, or in what was said."""
    spoken = ""
    for text, reply in zip(said, replies(advisor, said), strict=True):
        spoken += " " + unicodedata.normalize("NFKC", text)
        if reply.kind != "answer":
            continue
        quoted = (
            " ".join(filter(None, (c.quote, c.section, c.title, c.institution, c.last_updated, c.edition)))
            for c in reply.citations
        )
        proof = " ".join([spoken, *quoted])
        assert figures(reply.text) <= figures(proof)


@given(said=conversations())
def test_marks_and_citations_match_one_to_one(advisor: Advisor, said: list[str]) -> None:
    """Marks are numbered in order of use, each has its citation, and a span is cited once."""
    for text, reply in zip(said, replies(advisor, said), strict=True):
        numbers = [c.number for c in reply.citations]
        spans = [(c.document, c.start, c.end) for c in reply.citations]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(set(spans)) == len(spans)
        if "[" not in unicodedata.normalize("NFKC", text):
            assert marks(reply.text) == numbers


@given(said=conversations(4))
def test_a_state_survives_json_and_a_restart(advisor: Advisor, said: list[str]) -> None:
    """A conversation resumed from JSON goes on as the one that was never interrupted."""
    chat = advisor.start()
    resumed = advisor.start()
    for text in said:
        resumed = advisor.resume(resumed.state.model_dump_json())
        assert resumed.ask(text) == chat.ask(text)
        assert resumed.state == chat.state
        assert DialogueState.model_validate_json(chat.state.model_dump_json()) == chat.state


@given(said=conversations(4))
def test_a_state_equals_the_state_of_its_replay(advisor: Advisor, said: list[str]) -> None:
    """The state after some turns is that of saying them again from the start."""
    first, second = advisor.start(), advisor.start()
    for text in said:
        first.ask(text)
    for text in said:
        second.ask(text)
    assert first.state.model_dump_json() == second.state.model_dump_json()


@pytest.fixture(scope="module")
def twin() -> Advisor:
    """Return a second adviser on the same pages and intents."""
    return Advisor.load()


@given(said=conversations(4))
def test_the_same_turns_give_the_same_bytes(advisor: Advisor, twin: Advisor, said: list[str]) -> None:
    """Two advisers on the same pages give the same bytes, whatever they were asked before."""
    ours = [r.model_dump_json() for r in replies(advisor, said)]
    theirs = [r.model_dump_json() for r in replies(twin, said)]
    assert ours == theirs


PROCESS = """
import sys
from advisor import Advisor
chat = Advisor.load().start()
for line in sys.stdin:
    sys.stdout.write(chat.ask(line.strip()).model_dump_json() + "\\n")
"""


@pytest.mark.slow
def test_the_same_turns_give_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    """Neither the order of sets nor the working folder has a say in the replies."""
    said = "\n".join(q.replace("\n", " ") for q in content_questions()[::6] if q.isprintable()) + "\n"
    outputs = []
    for seed, folder in (("0", tmp_path), ("1", Path.cwd()), ("4242", tmp_path)):
        surroundings = {k: v for k, v in os.environ.items() if not k.startswith(("ADVISOR_", "COV_"))}
        done = subprocess.run(
            [sys.executable, "-c", PROCESS],
            input=said.encode(),
            cwd=folder,
            env={**surroundings, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        )
        outputs.append(done.stdout.decode().splitlines())
    assert len(outputs[0]) == said.count("\n")
    for one, two, three in zip_longest(*outputs):
        assert one == two == three


@given(
    said=st.lists(st.one_of(utterances(), any_text()), min_size=1, max_size=4),
    language=st.sampled_from((None, "en", "nl")),
)
@example(said=list(NASTY), language=None)
@example(said=list(reversed(NASTY)), language="nl")
@example(said=["What does Leiden cost? " * 4500], language=None)
@example(said=["\U0001f600\x00é‮" * 25_000], language=None)
@example(said=["(" * 100_000, "[1]" * 34_000, "a-" * 50_000, ", and " * 17_000], language=None)
def test_nothing_raises(advisor: Advisor, said: list[str], language: str | None) -> None:
    """Any string gets a well-formed reply, in the fixed language unless another is asked for."""
    for text, reply in zip(said, replies(advisor, said, language), strict=True):
        assert reply.text.strip()
        assert reply.language in advisor.content.languages
        asks_for_another = any(a.startswith(SPEAK) for a in advisor.interpreter.interpret(text).acts)
        assert language is None or reply.language == language or asks_for_another
        assert len(reply.suggestions) <= 4
        assert not reply.choices or reply.kind == "clarify"
        assert reply == Reply.model_validate_json(reply.model_dump_json())
        reply.text.encode("utf-8")
        json.dumps(reply.model_dump(mode="json"), ensure_ascii=False).encode("utf-8")
        unseen = [c for c in reply.text if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
        assert not unseen


@given(
    said=utterances(),
    marker=st.sampled_from(("{place}", "{evidence}", "%s", "\\1", "{{7*7}}", "${x}", "<b>", "[3]")),
)
def test_words_are_data(advisor: Advisor, said: str, marker: str) -> None:
    """What the student says is never a template, a pattern or markup."""
    reply = advisor.ask(f"{said} {marker} xyzzy{marker}plugh")
    assert "<b>" not in reply.text
    if reply.kind == "answer":
        assert "49" not in figures(reply.text) - figures(
            " ".join((said, *(c.quote for c in reply.citations)))
        )


NONSENSE = st.text("bcdfghjklmnpqrstvwxz", min_size=7, max_size=12)


@given(
    word=NONSENSE,
    pattern=st.sampled_from(
        (
            "Does Leiden have a {}?",
            "Heeft Leiden een {}?",
            "What does the Leuven page say about {}?",
            "Is er een {} in Leuven?",
            "Tell me about the {} in Leiden",
            "How many {} are there in Leuven?",
        )
    ),
)
def test_the_adviser_does_not_guess(advisor: Advisor, word: str, pattern: str) -> None:
    """A thing that no page names is never answered."""
    reply = advisor.ask(pattern.format(word))
    assert reply.kind != "answer"
    assert "[" not in reply.text or reply.citations


@given(said=questions())
def test_an_answer_has_a_source(advisor: Advisor, said: str) -> None:
    """What is called an answer cites at least one passage."""
    reply = advisor.ask(said)
    assert reply.kind != "answer" or reply.citations


def test_templates_hold_no_figures(advisor: Advisor) -> None:
    """The adviser's own sentences hold no digit."""
    content = advisor.content
    own = [text for languages in content.templates.values() for text in languages.values()]
    for entry in (*content.smalltalk.values(), *content.outside.values()):
        own += [*entry.replies.en, *entry.replies.nl]
    for topic in content.topics.values():
        own += [topic.name.en, topic.name.nl]
    assert len(own) > 100
    assert [text for text in own if any(c.isdigit() for c in text)] == []
