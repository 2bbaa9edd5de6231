"""Question files of every form become cases; whatever is wrong with one is told with its line."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advisor import ContentError, Problem
from advisor.channels.regression.cases import Case, Expectation
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.schema import json_schema


def read(folder: Path, text: str, name: str = "some.qa.yaml") -> list[Case]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return load_cases([path])


def problems(folder: Path, text: str, name: str = "some.qa.yaml") -> list[tuple[int | None, str]]:
    with pytest.raises(ContentError) as caught:
        read(folder, text, name)
    assert all(p.path.endswith(name) for p in caught.value.problems)
    return [(p.line, p.message) for p in caught.value.problems]


def test_expectations_may_stand_under_expect_or_beside_the_question(tmp_path: Path) -> None:
    """Three ways of writing one expectation are one expectation."""
    text = """
- ask: one
  expect: {kind: answer, contains: [a, [b, c]], cites: leiden}
- ask: two
  kind: answer
  contains: [a, [b, c]]
  cites: [leiden]
- ask: three
  answer contains: [a, [b, c]]
  answer cites: leiden
"""
    expected = Expectation(kind=("answer",), contains=(("a",), ("b", "c")), cites=("leiden",))
    assert [expected] * 3 == [c.turns[0].expect for c in read(tmp_path, text)]


def test_words_stay_as_they_are_written(tmp_path: Path) -> None:
    """Figures keep their noughts, and no is a word."""
    (case,) = read(tmp_path, "- ask: what\n  contains: [2.60, no, 007, 1_000]\n")
    assert case.turns[0].expect.contains == (("2.60",), ("no",), ("007",), ("1_000",))


def test_each_wording_is_a_case(tmp_path: Path) -> None:
    """A list of questions makes as many cases, each with a name of its own."""
    cases = read(tmp_path, "- ask: [a, b, c]\n  kind: answer\n- id: x\n  ask: [d, e]\n")
    assert [c.turns[0].ask for c in cases] == ["a", "b", "c", "d", "e"]
    assert [c.id for c in cases[3:]] == ["x~1", "x~2"]
    assert len({c.id for c in cases}) == 5


def test_a_name_does_not_depend_on_the_place(tmp_path: Path) -> None:
    """A case keeps its id when others come before it."""
    (alone,) = read(tmp_path, "- ask: a\n")
    assert alone.id in {c.id for c in read(tmp_path, "- ask: b\n- ask: a\n")}


def test_turns_know_their_lines(tmp_path: Path) -> None:
    """Each turn of a conversation has the line it stands on."""
    (case,) = read(
        tmp_path, "# head\n- conversation:\n    - ask: a\n      kind: answer\n    - ask: b\n  tags: t\n"
    )
    assert (case.line, [t.line for t in case.turns], case.tags) == (2, [3, 5], ("t",))


def test_the_full_form_holds_for_all_its_cases(tmp_path: Path) -> None:
    """Tags and corpus reach the cases, included ones too; the corpus is relative to the file."""
    (tmp_path / "more.qa.yaml").write_text("- ask: c\n  tags: [own]\n", encoding="utf-8")
    text = "tags: [all]\ncorpus: pages\ncases:\n- ask: a\n- include: more.qa.yaml\n"
    cases = read(tmp_path, text)
    assert [c.tags for c in cases] == [("all",), ("all", "own")]
    assert {(str(tmp_path / "pages"),)} == {c.corpus for c in cases}


def test_files_that_include_each_other_are_read_once(tmp_path: Path) -> None:
    """A ring of includes ends."""
    (tmp_path / "b.qa.yaml").write_text("- include: a.qa.yaml\n- ask: b\n", encoding="utf-8")
    assert [c.turns[0].ask for c in read(tmp_path, "- include: b.qa.yaml\n- ask: a\n", "a.qa.yaml")] == [
        "b",
        "a",
    ]


@pytest.mark.parametrize(
    ("text", "line", "word"),
    [
        ("- ask: a\n  expcet: {}\n", 2, "expcet"),
        ("- ask: a\n  expect:\n    kind: anwser\n", 3, "no_answer"),
        ("- ask: a\n- expect: {kind: answer}\n", 2, "ask"),
        ("- ask: a\n  expect: {max_words: many}\n", 2, "max_words"),
        ("- conversation: []\n", 1, "conversation"),
        ("- include: nowhere.qa.yaml\n", 1, "nowhere"),
        ("- ask: a\n  ask: b\n", 2, "twice"),
        ("- ask: [a\n", 2, "YAML"),
        ("", None, "empty"),
        ("just words", 1, "list"),
        ("- just words", 1, "ask"),
        ("cases: none\n", 1, "list"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, line: int | None, word: str) -> None:
    """An editor learns where the slip is."""
    found = problems(tmp_path, text)
    assert any(at == line and word in said for at, said in found), found


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    """Two slips are two problems."""
    assert [line for line, _ in problems(tmp_path, "- ask: a\n  x: 1\n- y: 1\n  ask: b\n")] == [2, 3]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_table_of_questions(tmp_path: Path, separator: str) -> None:
    """Spreadsheets of any country are read: semicolon for all, bar for any."""
    text = f'question{separator}expected words\nHow much?{separator}"2,450|2.450; per year"\n'
    (case,) = read(tmp_path, text, "t.qa.csv")
    assert case.turns[0].expect.contains == (("2,450", "2.450"), ("per year",))
    assert (case.turns[0].expect.kind, case.line) == (("answer",), 2)


def test_a_row_of_another_width_is_told(tmp_path: Path) -> None:
    """A row of three columns has a line."""
    assert problems(tmp_path, "question,expected words\na,b\na,b,c\n", "t.qa.csv")[0][0] == 3


def test_lines_of_json(tmp_path: Path) -> None:
    """The other names of expectations mean the same."""
    expect = {
        "kind": ["answer"],
        "all": [["a", "b"]],
        "none": ["c"],
        "cite": ["d"],
        "cite_not": ["e"],
        "lang": "nl",
    }
    line = json.dumps({"id": "A-1", "tags": ["t"], "turns": [{"say": "q", "expect": expect}]})
    (case,) = read(tmp_path, line + "\n\n", "t.jsonl")
    wanted = Expectation(("answer",), (("a", "b"),), ("c",), ("d",), ("e",), "nl")
    assert ("A-1", ("t",), wanted) == (case.id, case.tags, case.turns[0].expect)


@pytest.mark.parametrize(
    "line", ["{", '{"id": "x"}', '{"id": "x", "turns": [{"say": "q", "more": 1}]}', "[]"]
)
def test_broken_lines_of_json_are_told(tmp_path: Path, line: str) -> None:
    """The line is named."""
    assert problems(tmp_path, "\n" + line, "t.jsonl")[0][0] == 2


def test_places_that_are_not_there_are_told(tmp_path: Path) -> None:
    """A path that leads nowhere is an error, a folder without question files is not."""
    with pytest.raises(ContentError, match="no such"):
        load_cases([tmp_path / "nowhere"])
    assert load_cases([tmp_path]) == []


def test_the_schema_knows_every_key() -> None:
    """Completion offers what the reader takes."""
    definitions = json_schema()["$defs"]
    assert {"ask", "expect", "answer contains", "xfail", "tags", "id"} <= set(
        definitions["ShortCase"]["properties"]
    )
    assert {"conversation", "xfail", "tags", "id"} == set(definitions["LongCase"]["properties"])
    assert all(d["additionalProperties"] is False for d in definitions.values())


@given(text=st.text(max_size=80))
def test_any_text_is_cases_or_problems(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """No text makes the reader crash."""
    path = tmp_path_factory.getbasetemp() / "any.qa.yaml"
    path.write_bytes(text.encode("utf-8", "replace"))
    try:
        found: tuple[object, ...] = tuple(load_cases([path]))
    except ContentError as error:
        found = error.problems
    assert all(isinstance(one, Case | Problem) for one in found)
