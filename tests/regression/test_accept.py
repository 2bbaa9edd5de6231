"""An accepted answer changes the expectation it concerns, and no other character of the file."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advisor import Citation, Reply
from advisor.channels.regression.cases import KINDS, Expectation
from advisor.channels.regression.grade import grade
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.renew import nearest, renewed
from advisor.channels.regression.rewrite import flow, rewritten

from .conftest import CHANGED, Run, corpus

FILE = """# Questions about money.
- ask: What does Marine Biology cost for EU students?   # the plain one
  answer contains: "2,314"

- ask:
    - How much is Marine Biology for EU students?
    - what is the EU fee of Marine Biology
  expect:
    # in both ways of writing
    kind: answer
    contains:
      - ["2,314", "2.314"]   # the fee
      - EU

    language: en
  tags: [fees]
- conversation:
    - ask: Is there a swimming pool?
      expect: {kind: [no_answer, clarify], language: en}   # none known
"""


def cited(quote: str, text: str) -> Reply:
    citation = Citation(
        number=1, document="page", title="Page", section="Fees", quote=quote, start=0, end=len(quote)
    )
    return Reply(kind="answer", text=f"{text} [1]", language="en", citations=(citation,))


def test_answers_are_accepted_one_by_one(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is accepted is written, comments and order are kept; wordings share one answer."""
    path = here / "fees.qa.yaml"
    path.write_text(FILE, encoding="utf-8")
    places = ("--corpus", str(corpus(here / "pages", CHANGED)), "fees.qa.yaml")
    assert command("test", *places, "--accept", typed="n\ny\n") == 1
    assert FILE.replace('["2,314", "2.314"]', '["2,450", "2.450"]') == path.read_text(encoding="utf-8")
    said = capsys.readouterr().out
    assert "1 accepted, 1 left as they were" in said
    assert said.count("Accept this answer?") == 2
    assert command("test", *places, "--accept", "--yes") == 0
    assert FILE.replace("2,314", "2,450").replace("2.314", "2.450") == path.read_text(encoding="utf-8")
    assert command("test", *places) == 0


def test_line_ends_stay_as_they_are(here: Path, command: Run) -> None:
    """A file from another system keeps its line ends and its byte order mark."""
    before = "\ufeff" + FILE.replace("\n", "\r\n")
    (here / "fees.qa.yaml").write_bytes(before.encode())
    pages = str(corpus(here / "pages", CHANGED))
    assert command("test", "--corpus", pages, "fees.qa.yaml", "--accept", "--yes") == 0
    after = before.replace("2,314", "2,450").replace("2.314", "2.450")
    assert after.encode() == (here / "fees.qa.yaml").read_bytes()


TABLE = 'question;expected words\nEU fee of Marine Biology?;"2,314; EU"\n'
LINE = '{"id": "a", "turns": [{"say": "EU fee of Marine Biology?", "expect": {"all": [["2,314"]]}}]}\n'


@pytest.mark.parametrize(("name", "text"), [("t.qa.csv", TABLE), ("t.qa.jsonl", LINE)])
def test_other_forms_are_written_back_too(here: Path, command: Run, name: str, text: str) -> None:
    """Tables and JSON Lines take accepted answers as well."""
    (here / name).write_text(text, encoding="utf-8")
    pages = str(corpus(here / "pages", CHANGED))
    assert command("test", "--corpus", pages, name, "--accept", "--yes") == 0
    assert text.replace("2,314", "2,450") == (here / name).read_text(encoding="utf-8")


def test_a_figure_takes_the_place_of_a_figure() -> None:
    """The new figure is one that the quotes prove, most like the old, and not wanted elsewhere."""
    reply = cited("EU 2.450 of 18.400 in 2026", "EU: 2,450; others: 18,400")
    assert nearest(["2,314"], reply) == ("2,450",)
    assert nearest(["2,314", "2.314"], reply) == ("2,450", "2.450")
    assert nearest(["2,314"], reply, ["2,450"]) == ("18,400",)


def test_words_take_the_place_of_words() -> None:
    """A wording gives way to the most alike; nothing is made up when nothing is alike."""
    reply = cited("Apply before 15 May or later.", "Apply before 15 May or later.")
    assert nearest(["before mid May"], reply) == ("before 15 May",)
    assert nearest(["a swimming pool"], reply) == ()


def test_what_cannot_be_met_is_left_alone() -> None:
    """An expectation that no change within reason meets is for the editor to change."""
    expect = Expectation(kind=("answer",), contains=(("a swimming pool",),))
    reply = cited("The programme takes two years.", "Two years.")
    assert renewed(expect, reply, grade(expect, reply)) is None


def test_what_concerns_answers_goes_with_them() -> None:
    """When an answer becomes a silence, its words and pages are expected no more."""
    expect = Expectation(("answer",), (("2,314",),), ("x",), ("page",), (), "en", None, "Fees")
    silent = Reply(kind="no_answer", text="The page does not say.", language="en")
    assert Expectation(("no_answer",), lacks=("x",), language="en") == renewed(
        expect, silent, grade(expect, silent)
    )


WORDS = st.text("ab1,.:#- '\"é[]{}", min_size=1, max_size=8)
LISTS = st.lists(WORDS, max_size=3).map(tuple)
GROUPS = st.lists(st.lists(WORDS, min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)
EXPECTATIONS = st.builds(
    Expectation,
    kind=st.lists(st.sampled_from(KINDS), min_size=1, max_size=2, unique=True).map(tuple),
    contains=GROUPS,
    lacks=LISTS,
    cites=LISTS,
    cites_not=LISTS,
    language=st.none() | st.sampled_from(["en", "nl"]),
    intent=st.none() | WORDS,
    section=st.none() | WORDS,
    max_words=st.none() | st.integers(1, 500),
)


@settings(max_examples=40)
@given(place=st.integers(0, 3), new=EXPECTATIONS, number=st.integers(0, 1))
def test_what_is_written_is_what_is_read(
    tmp_path_factory: pytest.TempPathFactory, place: int, new: Expectation, number: int
) -> None:
    """Any expectation written into any turn reads back as itself, and the other turns as they were."""
    path = tmp_path_factory.getbasetemp() / "write.qa.yaml"
    path.write_text(FILE, encoding="utf-8")
    before = [t for c in load_cases([path]) for t in c.turns]
    old = before[place].expect
    groups = tuple(
        (new.contains or (("x",),))[n % max(len(new.contains), 1)] for n in range(len(old.contains))
    )
    new = replace(new, contains=groups if number else ())
    path.write_text(rewritten(FILE, before[place].place, old, new), encoding="utf-8")
    after = [t for c in load_cases([path]) for t in c.turns]
    for was, now in zip(before, after, strict=True):
        assert (was.ask, new if was.place == before[place].place else was.expect) == (now.ask, now.expect)


@given(value=WORDS | LISTS | st.text(max_size=20))
def test_values_on_one_line_read_back(value: str | tuple[str, ...]) -> None:
    """Quotes are put where they are needed."""
    import yaml

    assert (list(value) if isinstance(value, tuple) else value) == yaml.safe_load(flow(value))
