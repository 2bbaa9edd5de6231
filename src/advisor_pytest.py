"""The pytest plugin of programme-advisor: question files (*.qa.yaml, .qa.csv, .qa.jsonl) as tests.

It stands beside the package, so that a test run that has no question files does not import it.
"""

from fnmatch import fnmatchcase
from pathlib import Path

import pytest

PATTERNS = ["*.qa.yaml", "*.qa.yml", "*.qa.csv", "*.qa.jsonl"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the settings of the configuration file and of the command line."""
    parser.addini(
        "advisor_corpus", "places of the pages to ask, relative to the root", type="args", default=[]
    )
    parser.addini("advisor_intents", "folder of the intents, relative to the root", default="")
    parser.addini(
        "advisor_questions", "which question files to collect unasked", type="args", default=PATTERNS
    )
    group = parser.getgroup("advisor", "questions and expected answers")
    group.addoption(
        "--advisor-corpus", action="append", metavar="PLACE", help="pages to ask; may be repeated"
    )
    group.addoption("--advisor-intents", metavar="FOLDER", help="folder of the intents")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Collect a question file that was named, or that the setting `advisor_questions` covers."""
    if not any(fnmatchcase(file_path.name, pattern) for pattern in PATTERNS):
        return None
    root = parent.config.rootpath
    place = file_path.relative_to(root).as_posix() if file_path.is_relative_to(root) else file_path.as_posix()
    wanted = parent.config.getini("advisor_questions")
    is_covered = any(fnmatchcase(name, pattern) for pattern in wanted for name in (file_path.name, place))
    if not is_covered and not parent.session.isinitpath(file_path):
        return None
    from advisor.channels.regression.items import QuestionFile

    node: pytest.Collector = QuestionFile.from_parent(parent, path=file_path)
    return node
