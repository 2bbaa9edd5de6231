"""Keys do in a real terminal what people of other good prompts expect."""

from pathlib import Path

import pytest

from tests.repl.conftest import Opened
from tests.repl.pseudo import ALT_ENTER, CTRL_C, CTRL_D, ENTER, F4, RIGHT, TAB, UP, Pseudo

pytestmark = pytest.mark.slow


def ready(pseudo: Pseudo) -> Pseudo:
    """Wait until the pages are read and the prompt is there."""
    pseudo.see("4)")
    pseudo.at_prompt()
    return pseudo


def ask(pseudo: Pseudo, text: str) -> None:
    """Ask, and wait for what can be asked next."""
    pseudo.enter(text)
    pseudo.see("Ask next")


def test_ctrl_c_clears_and_stays(opened: Opened) -> None:
    """Ctrl-C empties the line; on an empty one it says how to leave, and the chat goes on."""
    pseudo = ready(opened())
    pseudo.type("something half")
    pseudo.at_prompt("something half")
    pseudo.type(CTRL_C)
    pseudo.at_prompt()
    pseudo.type(CTRL_C)
    pseudo.see("Ctrl-D or /quit leaves.")
    pseudo.at_prompt()
    ask(pseudo, "What does it cost in Leiden?")
    pseudo.see("2,601")


def test_ctrl_d_leaves(opened: Opened) -> None:
    """Ctrl-D on an empty line leaves with 0 and without a word; with text it deletes."""
    pseudo = ready(opened())
    pseudo.type("ab\x01" + CTRL_D)
    pseudo.at_prompt("b")
    pseudo.type(CTRL_C)
    pseudo.at_prompt()
    pseudo.type(CTRL_D)
    assert pseudo.left() == 0
    assert "Aborted" not in pseudo.all
    assert "Traceback" not in pseudo.all


def test_leaving_before_the_pages_are_read(opened: Opened) -> None:
    """Ctrl-D at the first prompt leaves with 0, with the pages still being read."""
    pseudo = opened()
    pseudo.at_prompt()
    pseudo.type(CTRL_D)
    assert pseudo.left() == 0
    assert "Traceback" not in pseudo.all


def test_first_question_waits(opened: Opened) -> None:
    """A question typed before the pages are read is answered when they are."""
    pseudo = opened()
    pseudo.at_prompt()
    ask(pseudo, "What does it cost in Leiden?")
    pseudo.see("2,601")


def test_menu_opens_by_itself_after_a_slash(opened: Opened) -> None:
    """The menu opens by itself after a slash, never after a letter; Enter in it only closes it."""
    pseudo = ready(opened())
    pseudo.type("/so")
    pseudo.see("the passages that the last reply rests on")
    pseudo.type(TAB)
    pseudo.at_prompt("/sources")
    pseudo.type(ENTER)
    pseudo.until(lambda: "the passages that" not in pseudo.screen, "the menu to close")
    pseudo.at_prompt("/sources")
    pseudo.type(ENTER)
    pseudo.see("No reply has cited a page yet.")
    pseudo.at_prompt()
    pseudo.type("Uni")
    pseudo.at_prompt("Uni")
    assert "Universiteit Leiden" not in pseudo.screen.split("› Uni")[1]


def test_tab_completes_names_and_questions(opened: Opened) -> None:
    """Tab completes the name of a programme within a line, and a likely question from its first words."""
    pseudo = ready(opened())
    pseudo.type("Which internships are there at KUL" + TAB)
    pseudo.until(lambda: "KULeuven" in pseudo.screen, "the other names")
    pseudo.type(CTRL_C)
    pseudo.at_prompt()
    pseudo.type("what cost" + TAB)
    pseudo.see("› What does it cost at Universiteit Leiden?")


def test_tab_lists_what_can_be_picked(opened: Opened) -> None:
    """Tab on an empty line puts the first suggestion on the line, and again the second."""
    pseudo = ready(opened())
    pseudo.type(TAB)
    pseudo.see("› What does it cost at Universiteit Leiden?")
    pseudo.type(TAB)
    pseudo.see("› What can I specialise in")


def test_history_suggests_in_grey(opened: Opened) -> None:
    """What was asked before is suggested as it is typed again; Right takes it; Up brings it back."""
    pseudo = ready(opened())
    ask(pseudo, "What does it cost in Leiden?")
    pseudo.type("What d")
    pseudo.until(lambda: pseudo.line == "› What does it cost in Leiden?", "the suggestion")
    pseudo.type(RIGHT + " Now")
    pseudo.at_prompt("What does it cost in Leiden? Now")
    pseudo.type(CTRL_C)
    pseudo.at_prompt()
    pseudo.type(UP)
    pseudo.at_prompt("What does it cost in Leiden?")


def test_suggestions_can_be_off(opened: Opened) -> None:
    """With --no-suggest nothing grey stands behind what is typed."""
    pseudo = ready(opened("--no-suggest"))
    ask(pseudo, "What does it cost in Leiden?")
    pseudo.type("What d")
    pseudo.at_prompt("What d")


def test_history_outlives_the_chat(opened: Opened) -> None:
    """The next chat knows the lines of the last one; --no-history knows none."""
    pseudo = ready(opened())
    ask(pseudo, "What does it cost in Leiden?")
    pseudo.type(CTRL_D)
    assert pseudo.left() == 0
    later = ready(opened())
    later.type(UP)
    later.at_prompt("What does it cost in Leiden?")
    without = ready(opened("--no-history"))
    without.type(UP + "x")
    without.at_prompt("x")


def test_pasted_lines_are_one_question(opened: Opened) -> None:
    """Several lines pasted at once wait for Enter, and are one question then."""
    pseudo = ready(opened())
    pseudo.type("\x1b[200~What does it\ncost in\nLeiden?\x1b[201~")
    pseudo.see("cost in Leiden?")
    assert "Ask next" not in pseudo.screen
    pseudo.type(ENTER)
    pseudo.see("2,601")
    pseudo.at_prompt()
    assert pseudo.screen.count("Ask next") == 1


def test_alt_enter_starts_a_line(opened: Opened) -> None:
    """Alt-Enter goes to a new line of the same question."""
    pseudo = ready(opened())
    pseudo.type("What does it cost")
    pseudo.at_prompt("What does it cost")
    pseudo.type(ALT_ENTER)
    pseudo.type("in Leiden?")
    pseudo.until(lambda: pseudo.line == "  in Leiden?", "the second line")
    pseudo.type(ENTER)
    pseudo.see("2,601")


def test_vi_keys(opened: Opened) -> None:
    """With vi keys the toolbar tells the mode, and commands of vi edit the line; F4 goes back to emacs."""
    pseudo = ready(opened("--keys", "vi"))
    pseudo.see("vi insert")
    pseudo.type("one two")
    pseudo.at_prompt("one two")
    pseudo.type("\x1b")
    pseudo.see("vi navigation")
    pseudo.type("0dw")
    pseudo.at_prompt("two")
    pseudo.type(F4)
    pseudo.until(lambda: "vi" not in pseudo.screen.split("\n")[-1], "emacs keys")


def test_resize(opened: Opened) -> None:
    """A window made narrow takes the next reply in its new width."""
    pseudo = ready(opened(columns=100))
    pseudo.resize(50, 40)
    pseudo.at_prompt()
    ask(pseudo, "What does it cost in Leiden?")
    pseudo.see("2,601")
    end = pseudo.screen.split("cost in Leiden?")[-1]
    assert max(map(len, end.split("\n"))) <= 50


def test_pager_only_for_what_is_taller(opened: Opened, tmp_path: Path) -> None:
    """What a command shows goes through the pager where it is taller than the screen, and only there."""
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\nsed 's/^/PAGED /'\n", "utf-8")
    pager.chmod(0o755)
    tall = ready(opened(rows=60, PAGER=str(pager)))
    tall.enter("/help")
    assert "PAGED" not in tall.screen
    low = ready(opened(rows=18, PAGER=str(pager)))
    low.type("/help" + ENTER)
    low.see("PAGED")


def test_resize_while_typing(opened: Opened) -> None:
    """A line half typed survives a change of the window."""
    pseudo = ready(opened())
    pseudo.type("What does it")
    pseudo.at_prompt("What does it")
    pseudo.resize(60, 30)
    pseudo.type(" cost in Leiden?" + ENTER)
    pseudo.see("2,601")


def test_toolbar(opened: Opened) -> None:
    """The toolbar tells programme, language and date of the page; --no-toolbar takes it away."""
    pseudo = ready(opened())
    ask(pseudo, "Which internships are there at KU Leuven?")
    pseudo.see("KU Leuven · English · page: Mar 2020")
    pseudo.type("/set toolbar off" + ENTER)
    pseudo.see("toolbar off")
    pseudo.at_prompt()
    assert "page: Mar 2020" not in pseudo.screen
    bare = opened("--no-toolbar")
    bare.see("4)")
    bare.at_prompt()
    assert "all programmes" not in bare.screen
