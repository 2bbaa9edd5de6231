"""Changes of pages, gaps in them, and quotes of old are told by the passages behind them."""

import csv
import json
import subprocess
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import expect

from advisor import Advisor, ContentError
from advisor.channels.regression.age import latest_day, parse_age
from advisor.channels.regression.changes import page_changes
from advisor.channels.regression.compare import compare
from advisor.channels.regression.diff import code, markdown, told
from advisor.channels.regression.gap_page import gap_page
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.quotes import read_quotes
from advisor.channels.regression.revisions import corpus_at
from advisor.channels.regression.survey import survey
from advisor.channels.regression.verify import Check
from tests.web.screen import CHROMIUM, chromium

from .conftest import CHANGED, PAGE, Run, corpus


def changed_page(folder: Path, old: str, new: str) -> Advisor:
    assert old in PAGE
    return Advisor.load(corpus(folder, PAGE.replace(old, new)))


def test_a_new_fee_changes_the_answers_that_quote_it(
    marine: Advisor, changed: Advisor, tmp_path: Path
) -> None:
    """The questions of the files and the generated ones stand below the change that is behind them."""
    path = tmp_path / "q.qa.yaml"
    path.write_text("- ask: What does Marine Biology cost for EU students?\n- ask: hello\n", encoding="utf-8")
    found = compare(marine, changed, load_cases([path]))
    (group,) = (g for g in found.groups if g.differences[0].where)
    assert (
        group.change.cause, group.change.before, group.change.after,
    ) == ("changed", ("EU/EEA | € 2,314",), ("EU/EEA | € 2,450",))  # fmt: skip
    assert f"{path}:1" == group.differences[0].where
    assert any(not d.where for d in group.differences)
    for text in (told(found), markdown(found)):
        assert "€ 2,314" in text
        assert "€ 2,450" in text


def test_the_same_pages_are_answered_the_same(marine: Advisor) -> None:
    """A corpus does not differ from itself."""
    found = compare(marine, marine, [])
    assert found.is_same
    assert found.quiet == ()
    assert found.asked > 100


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("| EU/EEA | € 2,314 |\n", "", "gone"),
        ("| EU/EEA | € 2,314 |\n", "| EU/EEA | € 2,314 |\n| Swiss | € 900 |\n", "appeared"),
        ("| EU/EEA | € 2,314 |\n", "| EU/EEA | € 2,314 |\n| EU/EEA | € 2,450 |\n", "now contradictory"),
        ("two years", "three years", "changed"),
        ("last_updated: 2021-03-01", "last_updated: 2026-03-01", "page details"),
    ],
)
def test_causes(marine: Advisor, tmp_path: Path, old: str, new: str, cause: str) -> None:
    """Each kind of change has its name."""
    assert [cause] == [c.cause for c in page_changes(marine, changed_page(tmp_path, old, new))]


def test_revisions_of_git_are_compared(here: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """REVISION:FOLDER is laid out and asked; a change of answers can be an exit code."""
    corpus(here / "pages")
    for words in (
        ["init", "-q"],
        ["add", "pages"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *words], check=True)
    corpus(here / "pages", CHANGED)
    assert command("diff", "HEAD:pages", "pages", "--exit-code", "--markdown") == 1
    assert "€ 2,314 -> EU/EEA | € 2,450" in capsys.readouterr().out
    assert (corpus_at("HEAD:pages/marine-biology.md", here / "scratch")).read_text(encoding="utf-8") == PAGE
    for place in ("nowhere", "HEAD:nowhere", "nobody:pages", "--help:pages"):
        with pytest.raises(ContentError, match=place):
            corpus_at(place, here / "other")


def test_page_text_is_never_markup_in_markdown() -> None:
    """Backticks within are outnumbered, lines are joined."""
    assert code("a``b\nc") == "```a``b c```"
    assert code("`a") == "`` `a ``"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_gaps_have_the_passages_behind_them(tmp_path: Path) -> None:
    """Stated, silent, contradictory and old are told apart; a page's text is no markup on the HTML page."""
    text = PAGE.replace("| EU/EEA | € 2,314 |", "| EU/EEA | € 2,314 |\n| EU/EEA | € 2,450 |").replace(
        "biology.", "biology, &lt;script&gt; too."
    )
    advisor = Advisor.load(corpus(tmp_path, text))
    found = survey(advisor, "en", None, date(2026, 1, 1))
    states = {row.topic: row.cells[0].state for row in found.rows}
    assert (states["fees"], states["housing"]) == ("contradictory", "silent")
    assert "stated" in states.values()
    old = {
        row.topic: row.cells[0].state for row in survey(advisor, "en", timedelta(365), date(2026, 1, 1)).rows
    }
    assert {"contradictory", "silent", "old"} == set(old.values())
    reader = _Reader()
    reader.feed(gap_page(found))
    assert "script" not in reader.tags
    assert any("<script> too." in words for words in reader.words)
    assert {"details", "blockquote", "caption"} <= set(reader.tags)


def test_gaps_are_printed(here: Path, command: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """A table for people, one for spreadsheets, and only the topics of a state."""
    pages = str(corpus(here / "pages"))
    assert command("gaps", "--corpus", pages, "--csv", "--html", "gaps.html") == 0
    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    fees = next(r for r in rows if r["topic"] == "fees")
    assert (fees["state"], fees["section"]) == ("stated", "Tuition fees")
    assert (here / "gaps.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert command("gaps", "--corpus", pages, "--state", "stated") == 0
    said = capsys.readouterr().out
    assert "the tuition fee" in said
    assert "marine-biology: " in said.splitlines()[-1]
    assert "silent" not in said.splitlines()[-1]
    assert command("gaps", "--older-than", "soon") == 2


def test_questions_without_an_answer_stand_by_topic(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Those of a journal that got none, the same ones once, in the table, the CSV and the page."""
    pages = str(corpus(here / "pages"))
    kept = [
        ("Is there <b>housing</b>?", "no_answer", "housing"),
        ("is there <b>housing</b>", "no_answer", "housing"),
        ("=1+1", "out_of_scope", None),
        ("What does it cost?", "answer", "fees"),
        ("mail a@b.nl", "no_answer", "gone"),
    ]
    lines = [
        json.dumps({"day": "2026-01-05", "question": q, "kind": k, "intent": i, "language": "en"})
        for q, k, i in kept
    ]
    (here / "2026-01-05.jsonl").write_text("\n".join(lines), encoding="utf-8")
    assert command("gaps", "--corpus", pages, "--journal", ".") == 0
    said = capsys.readouterr().out
    assert "asked and not answered: 4 questions about 2 topics" in said
    assert "housing: 2\n    2 x  Is there <b>housing</b>\n" in said
    assert "about no topic that is known: 2\n    1 x  =1+1\n    1 x  mail [e-mail]\n" in said
    assert command("gaps", "--corpus", pages, "--journal", ".", "--csv", "--html", "gaps.html") == 0
    rows = [r for r in csv.DictReader(capsys.readouterr().out.splitlines()) if r["state"] == "unanswered"]
    assert [(r["topic"], r["number"], r["text"]) for r in rows][:2] == [
        ("housing", "2", "Is there <b>housing</b>"), ("", "1", "'=1+1"),
    ]  # fmt: skip
    page = (here / "gaps.html").read_text(encoding="utf-8")
    assert '<a href="#housing">' in page
    assert "Is there &lt;b&gt;housing&lt;/b&gt;" in page
    assert command("gaps", "--corpus", pages, "--journal", "nowhere") == 2
    assert command("gaps", "--corpus", pages, "--html", "no/such/folder.html") == 2


def test_the_chat_keeps_questions_for_editors(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a folder is named for them; small talk is no gap of the pages."""
    pages = str(corpus(here / "pages"))
    command("chat", "--corpus", pages, "--journal", "kept", typed="Is there a swimming pool?\nthanks\n")
    command("chat", "--corpus", pages, "--journal", "kept", "--json", typed="is there a swimming pool\n")
    capsys.readouterr()
    assert command("gaps", "--corpus", pages, "--journal", "kept") == 0
    said = capsys.readouterr().out
    assert "  2 x  Is there a swimming pool\n" in said
    assert "thanks" not in said


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: .ci/browser installs it")
def test_the_page_of_gaps_is_for_everyone(here: Path, command: Run) -> None:
    """No rule of axe is broken, in light and dark, wide and narrow; a cell opens to its passage."""
    pages = str(corpus(here / "pages"))
    command("gaps", "--corpus", pages, "--html", "gaps.html")
    with chromium() as browser:
        for width in (1200, 320):
            page = browser.new_page(viewport={"width": width, "height": 800})
            page.emulate_media(color_scheme="light" if width > 320 else "dark")
            page.goto((here / "gaps.html").as_uri())
            assert Axe().run(page)["violations"] == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            page.locator("#fees summary").focus()
            page.keyboard.press("Enter")
            expect(page.locator("#fees blockquote").first).to_contain_text("2,314")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-03-01", date(2021, 3, 1)), ("Mar 2020", date(2020, 3, 31)),
        ("12 maart 2019", date(2019, 3, 12)),
        ("2024", date(2024, 12, 31)), ("2024-13-01", None), ("lately", None),
        ("31 februari 2023", date(2023, 2, 28)),
    ],
)  # fmt: skip
def test_dates_in_words(text: str, day: date | None) -> None:
    """A date that says little is taken for the latest day that it can mean."""
    months = {"mar": 3, "maart": 3, "februari": 2}
    assert day == latest_day(text, months)


def test_ages() -> None:
    """Years, months, weeks and days."""
    assert [parse_age(a).days for a in ("2y", "3m", "2w", "5d")] == [730, 90, 14, 5]


def test_quotes_are_looked_up(marine: Advisor, changed: Advisor) -> None:
    """A quote stands, stands elsewhere, has changed, or is gone with its page."""
    replies = [
        marine.ask(q) for q in ("What does Marine Biology cost for EU students?", "application deadline")
    ]
    quotes = read_quotes(json.dumps([r.model_dump(mode="json") for r in replies]), "x.json")
    assert [True] * len(quotes) == [Check(marine).verdict(q)[1] for q in quotes]
    said, is_good = Check(changed).verdict(quotes[0])
    assert (is_good, said) == (False, "changed: “EU/EEA | € 2,314” is now “EU/EEA | € 2,450”")
    moved = read_quotes(
        '{"citations": [{"document": "marine-biology", "start": 0, "end": 5, "quote": "1 April"},'
        ' {"document": "other", "start": 0, "end": 5, "quote": "x"},'
        ' {"document": "marine-biology", "start": 0, "end": 5, "quote": "zzz zzz zzz"}]}', "x",
    )  # fmt: skip
    verdicts = [Check(marine).verdict(q) for q in moved]
    for (verdict, _), start in zip(verdicts, ("stands elsewhere", "no page has", "gone"), strict=True):
        assert verdict.startswith(start)
    assert [good for _, good in verdicts] == [True, False, False]


def test_transcripts_of_the_chat_are_read(marine: Advisor, here: Path, command: Run) -> None:
    """What the chat saves is checked, whatever characters the page holds."""
    from advisor.channels.repl.transcript import Turn, markdown

    chat = marine.start()
    asked = ["What does Marine Biology cost for EU students?", "and the deadline?", "[hello] *there*"]
    (here / "t.md").write_text(
        markdown([Turn(q, chat.ask(q)) for q in asked], "en", date(2026, 1, 1)), encoding="utf-8"
    )
    assert command("verify", "t.md", "--corpus", str(corpus(here / "pages"))) == 0
    assert command("verify", "t.md", "--corpus", str(corpus(here / "pages", CHANGED))) == 1
    (here / "empty.md").write_text("# nothing\n", encoding="utf-8")
    assert command("verify", "empty.md") == 2


def test_a_conversation_becomes_a_case_that_passes(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Typed lines are turns, an empty one starts another case; the file that is there stays as it is."""
    pages = str(corpus(here / "pages"))
    (here / "q.qa.yaml").write_text("# mine\n- ask: hello\n  kind: smalltalk", encoding="utf-8")
    typed = (
        'What does Marine Biology cost for EU students?\nand "the deadline"?\n\nIs there a swimming pool?\n'
    )
    assert command("record", "--corpus", pages, "-o", "q.qa.yaml", "--tag", "new", typed=typed) == 0
    cases = load_cases(["q.qa.yaml"])
    assert [len(c.turns) for c in cases] == [1, 2, 1]
    assert cases[1].turns[0].expect.contains == (("2,314",),)
    assert (
        (here / "q.qa.yaml")
        .read_text(encoding="utf-8")
        .startswith("# mine\n- ask: hello\n  kind: smalltalk\n")
    )
    assert command("test", "--corpus", pages, "q.qa.yaml", "--tag", "new") == 0
    assert command("record", "--corpus", pages, typed="") == 2
    assert "nothing to record" in capsys.readouterr().err
    (here / "full.qa.yaml").write_text("cases:\n  - ask: a\n", encoding="utf-8")
    assert command("record", "--corpus", pages, "-o", "full.qa.yaml", typed="hello\n") == 2
    assert (here / "full.qa.yaml").read_text(encoding="utf-8") == "cases:\n  - ask: a\n"


def test_page_text_is_never_a_command_to_the_terminal(
    here: Path, command: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Escapes on a page or in a question are shown as letters that nobody obeys."""
    evil = "\x1b]0;mine\x07\x1b[2J\u202e"
    pages = str(corpus(here / "pages", PAGE.replace("two years", f"two {evil} years")))
    (here / "q.qa.yaml").write_text(
        '- ask: "How long is it? \\e[2J"\n  answer contains: never\n- ask: hello\n', encoding="utf-8"
    )
    command("test", "--corpus", pages, "q.qa.yaml")
    command("test", "--corpus", pages, "q.qa.yaml", "--coverage")
    command("gaps", "--corpus", pages, "--csv")
    command("diff", str(corpus(here / "before")), pages)
    assert not set(evil) & set("\x1b\x07\u202e") & set(capsys.readouterr().out)
