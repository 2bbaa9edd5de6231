"""What editors change needs no change to the code."""

import ast
import shutil
from pathlib import Path
from typing import get_args

import pytest

from advisor import Advisor, Citation, DialogueState
from advisor.topics.schema import ConceptEntry, TopicEntry, ValueKind

PAGE = """---
title: Puppetry
institution: Hogeschool Marlen
aliases: [Marlen]
language: en
last_updated: 2026-02-03
---

# Puppetry

Hogeschool Marlen

## Costs

- Tuition fee: € 3.777
- Duration: 3 years

## The workshop

The marionette workshop is open on 41 evenings a year. Every student carves one marionette.
"""

TOPIC = """name: {en: "the marionette workshop", nl: "de marionettenwerkplaats"}
kind: prose
evidence: [marionette]
phrases:
  en: ["where do they carve", "wooden puppets"]
  nl: ["waar wordt gesneden", "houten poppen"]
"""

CONCEPT = """marionette:
  name: {en: "marionette", nl: "marionet"}
  en: [marionette]
  nl: [marionet]
"""


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Advisor:
    """Return an adviser with a page and a topic more."""
    folder = tmp_path_factory.mktemp("content")
    shutil.copytree(root / "corpus", folder / "corpus")
    shutil.copytree(root / "intents", folder / "intents")
    (folder / "corpus" / "puppetry.md").write_text(PAGE, encoding="utf-8")
    (folder / "intents" / "topics" / "marionettes.yaml").write_text(TOPIC, encoding="utf-8")
    (folder / "intents" / "lexicon" / "puppets.yaml").write_text(CONCEPT, encoding="utf-8")
    return Advisor.load(folder / "corpus", folder / "intents")


def test_a_third_page_is_answered_from(changed: Advisor) -> None:
    """A page put into the folder is named, asked about and cited like the others."""
    assert [d.id for d in changed.documents].count("puppetry") == 1
    reply = changed.ask("What does Marlen cost?")
    assert reply.kind == "answer"
    assert "3,777" in reply.text
    assert {c.document for c in reply.citations} == {"puppetry"}
    assert reply.citations[0].institution == "Hogeschool Marlen"
    assert reply.citations[0].last_updated == "2026-02-03"


def test_the_other_pages_stay_as_they_were(changed: Advisor, advisor: Advisor) -> None:
    """One page more changes nothing in an answer about another."""
    question = "What is the tuition fee in Leiden?"
    ours, theirs = advisor.ask(question), changed.ask(question)
    assert ours.citations == theirs.citations
    assert "3,777" not in theirs.text


@pytest.mark.parametrize(
    "question", ["Are there wooden puppets at Marlen?", "Zijn er houten poppen bij Marlen?"]
)
def test_a_new_topic_is_understood(changed: Advisor, question: str) -> None:
    """A topic put into the folder is recognised by its phrases and proven by its concept."""
    reply = changed.ask(question)
    assert (reply.kind, reply.intent) == ("answer", "marionettes")
    assert any("marionette" in c.quote for c in reply.citations)


def test_a_new_topic_is_known_to_be_missing_elsewhere(changed: Advisor) -> None:
    """The same question about a page that is silent gets no answer."""
    reply = changed.ask("Are there wooden puppets in Leuven?")
    assert reply.kind == "no_answer"
    assert reply.citations == () or all(c.document.startswith("ku-leuven") for c in reply.citations)


# Words of the mechanism that happen to be a topic's name too: kinds of value, fields of records.
MECHANISM = frozenset(
    {"documents", *get_args(ValueKind), *DialogueState.model_fields, *Citation.model_fields}
)


def _strings(path: Path) -> set[str]:
    """Return the string constants of a module, its docstrings and annotations left out."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docstrings
    }


def test_no_topic_or_programme_is_named_in_the_code(advisor: Advisor, root: Path) -> None:
    """The code knows no topic, programme or institution by its name."""
    known = {name: "topic" for name in advisor.content.topics if name not in MECHANISM}
    for document in advisor.documents:
        own = (document.id, document.title, document.institution or "", *document.provenance.aliases)
        known |= {name: "programme" for name in own if len(name) > 2}
    found = []
    for path in sorted((root / "src").rglob("*.py")):
        for text in _strings(path):
            if text in known:
                found.append(f"{path.relative_to(root)}: the {known[text]} {text!r}")
            found += [
                f"{path.relative_to(root)}: {name!r} in {text!r}"
                for name, what in known.items()
                if what == "programme" and name in text and name != text
            ]
    assert not found, "\n".join(found)


def _said(path: Path) -> set[str]:
    """Return the sentences that a module asks for by their names."""
    calls = (n for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Call))
    return {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Attribute) and call.func.attr == "say" and call.args
        if isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str)
    }


def test_sentences_and_moves_are_those_that_the_code_names(advisor: Advisor, root: Path) -> None:
    """Every reply and move of the content folder is named in the code, and every one named is there."""
    files = [*(root / "src" / "advisor").rglob("*.py")]
    named = {text for path in files for text in _strings(path)}
    assert [k for k in advisor.words.templates if not k.startswith("wanted.") and k not in named] == []
    assert [a for a in advisor.content.acts if not a.startswith("speak-") and a not in named] == []
    assert {k for path in files for k in _said(path)} - advisor.words.templates.keys() == set()


def test_the_fields_that_editors_may_write_are_documented(root: Path) -> None:
    """Each field of a topic and of a concept stands in the text for editors."""
    text = (root / "docs" / "intents.md").read_text(encoding="utf-8")
    for entry in (TopicEntry, ConceptEntry):
        fields = [field.alias or name for name, field in entry.model_fields.items()]
        assert [f for f in fields if f"{f}:" not in text and f"`{f}`" not in text] == []
