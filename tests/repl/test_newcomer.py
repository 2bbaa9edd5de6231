"""A newcomer gets through a whole conversation with nothing but the screen to read."""

import re
from pathlib import Path

import pytest
import yaml

from tests.repl.conftest import Opened
from tests.repl.pseudo import CTRL_D, ENTER, TAB, Pseudo

pytestmark = pytest.mark.slow


def offered(pseudo: Pseudo) -> list[str]:
    """Return what can be picked, as the screen tells."""
    lists = re.split(r"(?m)^(?=  1\) )", pseudo.screen)
    return re.findall(r"(?m)^  \d+\) (.+)$", lists[-1])


def asked(pseudo: Pseudo, keys: str, sees: str) -> None:
    """Type a line; what is shown when the next prompt is there holds this."""
    pseudo.enter(keys)
    pseudo.see(sees)


def test_ten_turns(opened: Opened, tmp_path: Path) -> None:
    """Ten turns, picked, typed, compared, opened and saved, end in a transcript that holds them all."""
    pseudo = opened(rows=100)
    pseudo.see("/quit")
    pseudo.see("1)")
    pseudo.at_prompt()
    examples = offered(pseudo)
    assert len(examples) >= 3

    asked(pseudo, "1", examples[0])
    assert "[1]" in pseudo.screen
    asked(pseudo, "What does it cost in Leiden?", "2,601")
    for number in ("1", "2"):
        suggestion = offered(pseudo)[int(number) - 1]
        asked(pseudo, number, f"› {suggestion}")
    pseudo.type(TAB)
    first = offered(pseudo)[0]
    pseudo.see("› " + first)
    pseudo.type(ENTER)
    pseudo.at_prompt(first)
    asked(pseudo, "", "[1]")
    asked(pseudo, "/compare", "Compare KU Leuven and Universiteit Leiden")
    assert re.search(r"(?m)^ *KU Leuven +Universiteit Leiden$", pseudo.screen)
    asked(pseudo, "compare the tuition fees", "compare the tuition fees")
    asked(pseudo, "/open 1", "▌")
    asked(pseudo, "hello", "hello")
    asked(pseudo, "Wat kost het in Leiden?", "2.601")
    asked(pseudo, "thank you", "thank you")
    place = tmp_path / "talk.md"
    asked(pseudo, f"/save {place}", "10 turns")
    asked(pseudo, f"/record {tmp_path / 'talk.qa.yaml'}", "talk.qa.yaml runs it")
    pseudo.type(CTRL_D)

    assert pseudo.left() == 0
    assert place.read_text("utf-8").count("\n## ") == 10
    conversation = yaml.safe_load((tmp_path / "talk.qa.yaml").read_text("utf-8"))[0]["conversation"]
    assert len(conversation) == 10
    assert conversation[1]["expect"] == {"kind": "answer", "cites": ["leiden-biomedical-sciences"]}


def test_dutch(opened: Opened) -> None:
    """Under a Dutch locale the whole screen is Dutch, and Dutch commands are the ones shown."""
    pseudo = opened(LC_ALL="nl_NL.UTF-8")
    pseudo.see("Bijvoorbeeld:")
    pseudo.at_prompt()
    asked(pseudo, "/hulp", "/opleidingen")
    asked(pseudo, "Wat kost het in Leiden?", "2.601")
    pseudo.see("Vraag verder")
    pseudo.type("/stop" + ENTER)
    assert pseudo.left() == 0
