"""Each command shows or changes what it says, in English and in Dutch."""

import json
from pathlib import Path

import pytest
import yaml

from advisor.channels.repl.actions import Actions
from advisor.channels.repl.commands import Command, UnknownCommand, read
from advisor.channels.repl.keeping import Keeper
from advisor.channels.repl.strings import command_names
from tests.repl.conftest import shown


def run(actions: Actions, line: str) -> str:
    """Return what a typed command shows."""
    command = read(line)
    assert command is not None, f"{line!r} is no command"
    return shown(actions.run(command))


def test_help_names_every_command(actions: Actions) -> None:
    """/help names each command by the name in the chat's language."""
    text = run(actions, "/help")
    assert [c.id for c in command_names() if c.shown("en") not in text] == []
    actions.talk.fix_language("nl")
    assert [c.id for c in command_names() if c.shown("nl") not in run(actions, "/hulp")] == []


def test_every_command_can_be_run(actions: Actions) -> None:
    """No command of the list is without its action, before anything was asked."""
    for command in command_names():
        assert isinstance(actions.run(Command(command.id)), list | str)


def test_programmes(actions: Actions) -> None:
    """/programmes tells each page with its date, and specialisations where the page has them."""
    text = run(actions, "/programmes")
    assert "1  KU Leuven, Master of Biomedical Sciences" in text
    assert "Mar 2020" in text
    assert "Communication, Education, Management" in text


@pytest.mark.parametrize("name", ["KU Leuven", "leuven", "KUL", "1", "ku-leuven-biomedical-sciences"])
def test_use(actions: Actions, name: str) -> None:
    """/use takes a name, an alias, a number of the list or an id, and the next question is about it."""
    assert "KU Leuven" in run(actions, f"/use {name}")
    reply = actions.talk.ask("Which internships are there?")
    assert {c.document for c in reply.citations} == {"ku-leuven-biomedical-sciences"}


def test_use_all(actions: Actions) -> None:
    """/use all lets go of the programme in focus."""
    run(actions, "/use leiden")
    run(actions, "/use all")
    assert actions.talk.programmes == ()


def test_use_of_something_unknown(actions: Actions) -> None:
    """A name that no page has, or that several may have, changes nothing."""
    assert "no page named Oxford" in run(actions, "/use Oxford")
    assert "may be several" in run(actions, "/use Biomedical")
    assert actions.talk.programmes == ()


def test_sources_and_open(actions: Actions) -> None:
    """/sources quotes what the reply cites, /open N shows it in its page, only the quote's lines marked."""
    reply = actions.talk.ask("What does it cost in Leiden?")
    sources = run(actions, "/sources")
    assert all(c.quote in sources for c in reply.citations)
    opened = run(actions, "/open 2")
    marked = [line.removeprefix("▌ ") for line in opened.split("\n") if line.startswith("▌")]
    assert marked == [reply.citations[1].quote]


def test_open_a_source_that_is_not_there(actions: Actions) -> None:
    """/open says which numbers there are."""
    assert "No reply has cited" in run(actions, "/open 1")
    actions.talk.ask("What does it cost in Leiden?")
    assert "from 1 to 2" in run(actions, "/open 9")
    assert "from 1 to 2" in run(actions, "/open")


def test_open_after_small_talk(actions: Actions) -> None:
    """A reply without sources leaves those of the reply before to be opened."""
    actions.talk.ask("What does it cost in Leiden?")
    actions.talk.ask("thanks!")
    assert "Collegegeld" in run(actions, "/open 1")


def test_lang(actions: Actions) -> None:
    """/lang fixes the language, by code or name; auto lets it go; another one is told what there is."""
    assert "Dutch" in run(actions, "/lang fr") or "nl" in run(actions, "/lang fr")
    assert "Nederlands" in run(actions, "/lang dutch")
    assert actions.talk.ask("What does it cost in Leiden?").language == "nl"
    run(actions, "/taal auto")
    assert actions.talk.ask("What does it cost in Leiden?").language == "en"


def test_reset(actions: Actions) -> None:
    """/reset forgets the turns and the focus, and keeps a fixed language."""
    run(actions, "/lang nl")
    actions.talk.ask("Wat kost het in Leiden?")
    run(actions, "/opnieuw")
    assert actions.talk.turns == []
    assert actions.talk.chat.state.turns == 0
    assert actions.talk.chat.state.fixed_language == "nl"


def test_save(actions: Actions, tmp_path: Path) -> None:
    """/save writes each question, its reply and its sources with their quotes."""
    reply = actions.talk.ask("What does it cost in Leiden?")
    place = tmp_path / "talk.md"
    assert "1 turn" in run(actions, f"/save {place}")
    text = place.read_text("utf-8")
    assert "## What does it cost in Leiden?" in text
    assert "leiden-biomedical-sciences` 9771-9802" in text or all(
        str(c.start) in text for c in reply.citations
    )


def test_save_asks_first(actions: Actions, tmp_path: Path) -> None:
    """A file that is there stays as it was when overwriting is not agreed to."""
    actions.keeper = Keeper(lambda question: False, tmp_path / "feedback.jsonl")
    actions.talk.ask("hello")
    place = tmp_path / "mine.md"
    place.write_text("mine", "utf-8")
    assert "left as it is" in run(actions, f"/save {place}").replace("\n", " ")
    assert place.read_text("utf-8") == "mine"


def test_save_where_nothing_can_be_written(actions: Actions, tmp_path: Path) -> None:
    """A place that cannot be written to is named, with the reason, and nothing is left behind."""
    actions.talk.ask("hello")
    text = run(actions, f"/save {tmp_path / 'no' / 'such' / 'folder.md'}")
    assert "No such file or directory" in text.replace("\n", " ")
    assert "Is a directory" in run(actions, f"/save {tmp_path}").replace("\n", " ")
    assert list(tmp_path.iterdir()) == []


def test_save_without_a_name(actions: Actions) -> None:
    """/save without a file gives an example of one."""
    assert "nothing to write" in run(actions, "/save x.md")
    actions.talk.ask("hello")
    assert "/save advice-2026-02-01.md" in run(actions, "/save")


def test_record(actions: Actions, tmp_path: Path) -> None:
    """/record writes a question file with the kind of each reply and the pages that it cites."""
    actions.talk.ask("What does it cost in Leiden?")
    actions.talk.ask("thanks")
    place = tmp_path / "talk.qa.yaml"
    run(actions, f"/record {place}")
    cited = {"kind": "answer", "cites": ["leiden-biomedical-sciences"]}
    assert yaml.safe_load(place.read_text("utf-8")) == [
        {
            "conversation": [
                {"ask": "What does it cost in Leiden?", "expect": cited},
                {"ask": "thanks", "expect": {"kind": "smalltalk"}},
            ]
        }
    ]


def test_feedback(actions: Actions, tmp_path: Path) -> None:
    """/feedback notes opinion, question and reply on this computer, and no personal data."""
    assert "Nothing was asked" in run(actions, "/feedback good")
    actions.talk.ask("What does it cost in Leiden?")
    assert "personal data" in run(actions, "/feedback call me at +31 6 12345678")
    run(actions, "/feedback good")
    (note,) = (tmp_path / "feedback.jsonl").read_text("utf-8").splitlines()
    assert json.loads(note)["feedback"] == "good"
    assert json.loads(note)["reply"]["kind"] == "answer"


def test_why(actions: Actions) -> None:
    """/why tells how the last reply came about; an adviser that keeps no record of it says so."""
    keeps_record = hasattr(actions.talk.chat, "explain")
    before = run(actions, "/why")
    actions.talk.ask("What does it cost in Leiden?")
    after = run(actions, "/why")
    expected = ("Nothing was asked", "fees") if keeps_record else ("keeps no record", "keeps no record")
    assert expected[0] in before
    assert expected[1] in after


def test_compare(actions: Actions) -> None:
    """/compare asks about all programmes, a topic of all of them, or what is named."""
    compare = Command("compare")
    assert actions.run(compare) == "Compare KU Leuven and Universiteit Leiden"
    topic = actions.run(Command("compare", "the tuition fee"))
    assert topic == "Compare the tuition fee at KU Leuven and Universiteit Leiden"
    assert actions.run(Command("compare", "fees in Leiden, KUL")) == "Compare fees in Leiden, KUL"
    actions.talk.fix_language("nl")
    assert actions.run(compare) == "Vergelijk KU Leuven en Universiteit Leiden"


def test_set(actions: Actions) -> None:
    """/set changes keys, toolbar and suggestions, and tells how where it is misunderstood."""
    run(actions, "/set keys vi")
    run(actions, "/set toolbar off")
    run(actions, "/stel suggest uit")
    assert (actions.switches.keys, actions.switches.toolbar, actions.switches.suggest) == ("vi", False, False)
    assert "/set takes" in run(actions, "/set colour blue")


def test_a_wrong_command_gets_the_nearest(actions: Actions) -> None:
    """A wrong command is told the nearest one in the chat's language; a far one where the list is."""
    assert "/help?" in run(actions, "/hepl")
    assert "/sources?" in run(actions, "/sour")
    assert "/help lists" in run(actions, "/xyzzy")
    assert read("/hepl") == UnknownCommand("/hepl", "help")
