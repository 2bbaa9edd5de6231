"""Question files in two other forms: a two-column CSV, and JSON Lines of conversations."""

import csv
import io
import json

from pydantic import ValidationError

from advisor import Problem
from advisor.channels.regression.cases import Case, Expectation, Turn, identifier
from advisor.channels.regression.schema import LineCase

SEPARATORS = ",;\t"
ALL_OF = ";"
ANY_OF = "|"


def read_csv(text: str, path: str, problems: list[Problem]) -> list[Case]:
    """Return a case for each row of `question,expected words` below a head row.

    In the second column `;` stands between words that must all be there, `|` between
    alternatives. Comma, semicolon and tab all serve as the separator of the columns.
    """
    head = text.partition("\n")[0]
    separator = max(SEPARATORS, key=head.count)
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    cases = []
    line = 1
    for number, row in enumerate(rows):
        start, line = line, rows.line_num + 1
        if number == 0 or not any(cell.strip() for cell in row):
            continue
        if len(row) != 2 or not all(cell.strip() for cell in row):
            problems.append(
                Problem(path, start, f"expected two columns, question and expected words; got {row!r}")
            )
            continue
        cases.append(_row_case(row[0].strip(), row[1], path, start))
    if not text.strip():
        problems.append(Problem(path, None, "the file is empty"))
    return cases


def _row_case(question: str, words: str, path: str, line: int) -> Case:
    groups = [tuple(w.strip() for w in part.split(ANY_OF) if w.strip()) for part in words.split(ALL_OF)]
    expect = Expectation(kind=("answer",), contains=tuple(g for g in groups if g))
    return Case(identifier(path, [question]), path, line, (Turn(question, expect, line),))


def read_lines(text: str, path: str, problems: list[Problem]) -> list[Case]:
    """Return a case for each line of `{"id", "tags", "turns": [{"say", "expect"}]}`."""
    cases = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            entry = LineCase.model_validate(json.loads(line))
        except ValidationError as error:
            for fault in error.errors():
                at = ".".join(str(p) for p in fault["loc"])
                problems.append(Problem(path, number, f"{at}: {fault['msg']}"))
            continue
        except ValueError as error:
            problems.append(Problem(path, number, f"not valid JSON: {error}"))
            continue
        turns = tuple(Turn(t.say, t.expectation(), number, ("turns", n)) for n, t in enumerate(entry.turns))
        cases.append(Case(entry.id, path, number, turns, entry.tags))
    return cases
