"""The errors that callers may see, in one tree.

AdvisorError
├── ContentError      broken pages or intents: every problem at once, with path and line
├── StateError        a saved dialogue state that cannot be read
├── IndexProblem      an index that cannot be used: stale, damaged, refused, or none at all
│   └── IndexGone     the generation that was open has been removed; what is in use now can be opened
├── IndexUnavailable  a cluster that does not answer now, and may again later
└── MissingExtra      an optional library is needed and not installed
"""

from typing import NamedTuple


class Problem(NamedTuple):
    """One thing wrong with a file that an editor wrote."""

    path: str
    line: int | None
    message: str

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.message}"


class AdvisorError(Exception):
    """Anything this package raises on purpose."""


class ContentError(AdvisorError):
    """Pages or intents that cannot be used; holds every problem found."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda p: (p.path, p.line or 0, p.message)))
        super().__init__("\n".join(str(p) for p in self.problems))


class StateError(AdvisorError):
    """A dialogue state that this version cannot resume."""


class IndexProblem(AdvisorError):
    """An index that cannot be used: stale, damaged, refused, or none at all."""


class IndexGone(IndexProblem):
    """A generation that was open and has been removed; open the index again for the one in use."""


class IndexUnavailable(AdvisorError):
    """A cluster that does not answer now; it is safe to try again."""


class MissingExtra(AdvisorError):
    """A library of an optional extra is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        self.extra = extra
        self.purpose = purpose
        super().__init__(f"{purpose} needs the extra '{extra}': pip install 'programme-advisor[{extra}]'")
