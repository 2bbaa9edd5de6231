"""Question files as pytest items: selected by -k and by tag, run by any number of workers."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from advisor import ContentError
from advisor.channels.regression.ask import SECONDS, LocalAdviser
from advisor.channels.regression.cases import Case
from advisor.channels.regression.load import load_cases
from advisor.channels.regression.play import play_within
from advisor.channels.regression.report import told

_ADVISER = pytest.StashKey[LocalAdviser]()
_NOT_NAME = re.compile(r"\W+")


def _adviser(config: pytest.Config) -> LocalAdviser:
    """Return the adviser that all items of this process share."""
    if _ADVISER not in config.stash:
        root = config.rootpath
        corpus = config.getoption("advisor_corpus") or [
            str(root / p) for p in config.getini("advisor_corpus")
        ]
        own = config.getini("advisor_intents")
        intents = config.getoption("advisor_intents") or (root / own if own else None)
        config.stash[_ADVISER] = LocalAdviser(corpus, intents)
    return config.stash[_ADVISER]


class QuestionFile(pytest.File):
    """A file of cases."""

    def collect(self) -> Iterator["CaseItem"]:
        """Yield an item for each case; a broken file is told in full."""
        try:
            cases = load_cases([self.path])
        except ContentError as error:
            raise self.CollectError(str(error)) from error
        for case in cases:
            yield CaseItem.from_parent(self, name=case.id, case=case)


class UnexpectedError(Exception):
    """A case that did not go as expected; the text is the dialogue."""


class CrashError(Exception):
    """A case in which there was no reply; the text is the dialogue with the traceback."""


class CaseItem(pytest.Item):
    """A conversation with its expectations."""

    def __init__(self, *, case: Case, **other: Any) -> None:
        super().__init__(**other)
        self.case = case
        for name in (_NOT_NAME.sub("_", tag) for tag in case.tags):
            self.config.addinivalue_line("markers", f"{name}: a tag of question files")
            self.add_marker(name)
        if case.xfail is not None:
            self.add_marker(pytest.mark.xfail(reason=case.xfail, raises=UnexpectedError, strict=True))

    def runtest(self) -> None:
        """Hold the conversation; raises with the dialogue when it goes wrong."""
        outcome = play_within(self.case, _adviser(self.config), SECONDS)
        if outcome.status == "crashed":
            raise CrashError(told(outcome))
        if outcome.failing is not None:
            raise UnexpectedError(told(outcome))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Return the dialogue instead of a traceback."""
        if isinstance(excinfo.value, UnexpectedError | CrashError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Return where the case stands."""
        return self.path, self.case.line - 1, self.case.id
