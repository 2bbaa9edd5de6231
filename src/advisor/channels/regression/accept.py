"""`advisor test --accept`: show each changed answer, and write the accepted ones into the files."""

import csv
import difflib
import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from advisor.channels.regression.ask import Adviser
from advisor.channels.regression.bar import Bar
from advisor.channels.regression.cases import Case, Expectation
from advisor.channels.regression.grade import grade
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.memory import remember
from advisor.channels.regression.play import Outcome, Played, play_all
from advisor.channels.regression.renew import renewed
from advisor.channels.regression.report import told
from advisor.channels.regression.rewrite import rewritten
from advisor.channels.regression.visible import visible

OK, FAILED = 0, 1
QUESTION = "Accept this answer? [y]es, [n]o, [a]ll, [q]uit: "


def accept(cases: Sequence[Case], adviser: Adviser, *, is_all: bool = False) -> int:
    """Go through the failing turns one by one; returns 0 when none is left, 1 otherwise."""
    with Bar(len(cases), "asking") as bar:
        bad = [o for o in play_all(cases, adviser, tick=bar.tick) if not o.is_good]
    remember((c.id for c in cases), (o.case.id for o in bad))
    answers = _Answers(is_all)
    for outcome in bad:
        _conversation(outcome, answers)
    print(f"{answers.taken} accepted, {answers.left} left as they were")
    return FAILED if answers.left else OK


def _conversation(outcome: Outcome, answers: "_Answers") -> None:
    """Go through the turns of a bad outcome; an answer accepted before may have settled them."""
    is_shown = False
    for number, played in enumerate(outcome.played):
        if played.is_good:
            continue
        now = _as_it_stands(outcome.case, number, played)
        if now.is_good:
            continue
        if not is_shown:
            print(visible(told(outcome)) + "\n")
            is_shown = True
        if answers.is_over:
            answers.left += 1
        else:
            _one(outcome.case, now, answers)


def _as_it_stands(case: Case, number: int, played: Played) -> Played:
    """Return the turn held against what the file says by now: other wordings share its expectation."""
    if played.reply is None:
        return played
    turn = next(c for c in load_cases([case.path]) if c.id == case.id).turns[number]
    return replace(played, turn=turn, faults=grade(turn.expect, played.reply))


class _Answers:
    """What the editor says, and how often what was said."""

    def __init__(self, is_all: bool) -> None:
        self.is_all = is_all
        self.is_over = False
        self.taken = 0
        self.left = 0

    def is_wanted(self) -> bool:
        """Ask, unless the answer is known already."""
        if self.is_all:
            return True
        print(QUESTION, end="", flush=True)
        said = sys.stdin.readline()
        if not sys.stdin.isatty():
            print(said.strip())
        said = said.strip().casefold()[:1]
        self.is_all = said == "a"
        self.is_over = said in {"q", ""}
        return said in {"y", "j", "a"}


def _one(case: Case, played: Played, answers: _Answers) -> None:
    """Show the change of one turn, and make it when it is accepted."""
    if played.reply is None:
        answers.left += 1
        print(f"{case.path}:{played.turn.line}: there was no reply; nothing to accept\n")
        return
    new = renewed(played.turn.expect, played.reply, played.faults)
    if new is None:
        answers.left += 1
        print(f"{case.path}:{played.turn.line}: this answer meets no like expectation; change it by hand\n")
        return
    path = Path(case.path)
    mark, before = _text(path)
    try:
        after = _written(path)(before, case, played, new)
    except ValueError as error:
        answers.left += 1
        print(f"{case.path}:{played.turn.line}: {error}; change it by hand\n")
        return
    print(visible("".join(_difference(before, after, case.path))))
    if answers.is_wanted():
        path.write_bytes((mark + after).encode("utf-8"))
        answers.taken += 1
        print("written\n")
    else:
        answers.left += 1


def _text(path: Path) -> tuple[str, str]:
    """Return a file's byte order mark, if any, and its text with the line ends that it has."""
    text = path.read_bytes().decode("utf-8")
    return (text[:1], text[1:]) if text.startswith("\ufeff") else ("", text)


def _difference(before: str, after: str, path: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), path, path, lineterm="", n=1)
    return [f"  {line}\n" for line in list(lines)[2:]]


def _written(path: Path) -> Callable[[str, Case, Played, Expectation], str]:
    forms = {".csv": _in_csv, ".jsonl": _in_lines}
    return forms.get(path.suffix, _in_yaml)


def _in_yaml(text: str, case: Case, played: Played, new: Expectation) -> str:
    del case
    return rewritten(text, played.turn.place, played.turn.expect, new)


def _in_csv(text: str, case: Case, played: Played, new: Expectation) -> str:
    """Write a row's expected words anew; other kinds than an answer have no place in a table."""
    if new.kind != ("answer",):
        raise ValueError(f"a table cannot expect {' or '.join(new.kind)}")
    from advisor.channels.regression.tables import SEPARATORS

    lines = text.splitlines(keepends=True)
    separator = max(SEPARATORS, key=lines[0].count)
    line = lines[case.line - 1]
    row = next(csv.reader([line], delimiter=separator), [])
    if len(row) != 2 or row[0].strip() != played.turn.ask:
        raise ValueError("the row goes over several lines")
    out = io.StringIO()
    words = "; ".join("|".join(group) for group in new.contains)
    csv.writer(out, delimiter=separator, lineterminator="\n").writerow([row[0], words])
    lines[case.line - 1] = out.getvalue()
    return "".join(lines)


def _in_lines(text: str, case: Case, played: Played, new: Expectation) -> str:
    """Write one line of JSON anew."""
    lines = text.split("\n")
    entry = json.loads(lines[case.line - 1])
    turn = entry["turns"][played.turn.place[1]]
    fields: dict[str, Any] = {
        "kind": new.kind, "all": new.contains, "none": new.lacks, "cite": new.cites,
        "cite_not": new.cites_not, "lang": new.language, "max_words": new.max_words,
    }  # fmt: skip
    turn["expect"] = {k: v for k, v in fields.items() if v or k in turn.get("expect", {})}
    lines[case.line - 1] = json.dumps(entry, ensure_ascii=False)
    return "\n".join(lines)
