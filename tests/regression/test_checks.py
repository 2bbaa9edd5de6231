"""Question files are checked themselves: lint, mutation, coverage."""

import json
from pathlib import Path

import pytest

from advisor import Advisor
from advisor.channels.regression.holdings import Piece, pieces
from advisor.channels.regression.spoil import alike, has_figures, with_other_figures, without

from .conftest import Run, corpus


def write(here: Path, text: str) -> tuple[str, ...]:
    (here / "some.qa.yaml").write_text(text, encoding="utf-8")
    return "--corpus", str(corpus(here / "pages")), "some.qa.yaml"


SLIPS = (
    ("- ask: a0", "nothing is expected"),
    ("- ask: what is the EU fee\n  answer contains: EU", "'EU' stands in the question"),
    ("- ask: a1\n  answer contains: page", "'page' stands in"),
    ("- ask: a2\n  answer contains: [['9,999', '9.999']]", "no page holds '9,999' or '9.999'"),
    ("- ask: a3\n  answer cites: leuven", "no page is called 'leuven'"),
    ("- ask: a4\n  intent: nonsense", "no topic is called 'nonsense'"),
    ("- ask: a5\n  kind: no_answer\n  contains: x", "`contains` is only checked of answers"),
    ("- ask: a6\n  contains: x\n  lacks: X", "'X' is both wanted and unwanted"),
    ("- {id: x, ask: a7, kind: answer}\n- {id: x, ask: a8, kind: answer}", "the id 'x' is taken by"),
)


def test_cases_that_prove_nothing_are_told(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each slip is told with its line."""
    assert command("test", *write(here, "\n".join(text for text, _ in SLIPS)), "--lint") == 1
    told = capsys.readouterr().out
    line = 1
    for text, said in SLIPS:
        at = line + 1 if "taken" in said else line
        assert f"some.qa.yaml:{at}: {said}" in told
        line += text.count("\n") + 1


def test_sound_cases_pass_the_lint(here: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Figures count in either way of writing."""
    expect = 'answer contains: [["2.314", x], ["18,400"]]\n  answer cites: oosterkust'
    text = f"- ask: What does Marine Biology cost?\n  {expect}\n"
    assert command("test", *write(here, text), "--lint") == 0
    assert "0 problem(s) in 1 cases" in capsys.readouterr().out


def test_a_case_that_notices_nothing_is_told(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """With its fact gone or wrong a case must fail; one that asks for nothing in particular stays green."""
    blind = "- id: blind\n  ask: What does Marine Biology cost for EU students?\n  lacks: swimming\n"
    sound = '- id: sound\n  ask: What does Marine Biology cost for EU students?\n  answer contains: "2,314"\n'
    silent = "- id: silent\n  ask: Is there a swimming pool?\n  kind: no_answer\n"
    wrong = "- id: wrong\n  ask: Is there a swimming pool?\n  kind: answer\n"
    assert command("test", *write(here, blind + sound + silent + wrong), "--mutate") == 1
    said = capsys.readouterr().out
    assert "stay green whatever is done to what they rest on:\n  some.qa.yaml:1  blind\n" in said
    assert "1 of 2 cases stay green (left out: 1 cases that do not pass, 1 that cite nothing)" in said
    assert "  sound" not in said


def test_spoilt_pages_keep_every_other_passage(marine: Advisor) -> None:
    """Taking a passage out, or its figures, leaves the others where they are."""
    before = pieces(marine)
    for piece in before[::2]:
        rest = [p for p in before if p.text != piece.text]
        assert _places(rest) == _places(pieces(without(marine, alike(marine, piece))))
        spoilt = pieces(with_other_figures(marine, alike(marine, piece)))
        assert len(before) == len(spoilt)
        assert has_figures(piece) == (piece.text not in {p.text for p in spoilt})
    assert before == pieces(marine)


def _places(found: "list[Piece] | tuple[Piece, ...]") -> list[tuple[int, int, str]]:
    return [(p.start, p.end, p.text) for p in found]


def test_what_no_case_touches_is_told(here: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Sections, facts and topics are touched by what replies cite and are about."""
    places = write(here, "- ask: What does Marine Biology cost for EU students?\n  kind: answer\n")
    assert command("test", *places, "--coverage", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    sections = {s["section"]: s["touched"] for s in found["sections"]}
    assert {k: sections[k] for k in ("Tuition fees", "How to apply")} == {
        "Tuition fees": True,
        "How to apply": False,
    }
    assert {f["text"]: f["touched"] for f in found["facts"]} == {
        "EU/EEA | € 2,314": True,
        "Non-EU/EEA | € 18,400": False,
    }
    assert sum(found["topics"].values()) == 1
    assert command("test", *places, "--coverage") == 0
    assert (
        "facts: 1 of 2 touched; untouched:\n  marine-biology, Tuition fees: Non-EU/EEA"
        in capsys.readouterr().out
    )
