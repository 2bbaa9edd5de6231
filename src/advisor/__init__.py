"""A conversational adviser on study programmes that proves every word it says."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from advisor.advisor import Advisor, Conversation
    from advisor.errors import (
        AdvisorError,
        ContentError,
        IndexGone,
        IndexProblem,
        IndexUnavailable,
        MissingExtra,
        Problem,
        StateError,
    )
    from advisor.records.document import Document, Provenance
    from advisor.records.explanation import Explanation
    from advisor.records.reply import Citation, Reply, Table, TableRow
    from advisor.records.state import DialogueState

__all__ = [
    "Advisor",
    "AdvisorError",
    "Citation",
    "ContentError",
    "Conversation",
    "DialogueState",
    "Document",
    "Explanation",
    "IndexGone",
    "IndexProblem",
    "IndexUnavailable",
    "MissingExtra",
    "Problem",
    "Provenance",
    "Reply",
    "StateError",
    "Table",
    "TableRow",
]
__version__ = "0.1.0"

# Where each public name lives: a module is imported when its name is first used, so that a
# command can show its prompt before the libraries are there.
_HOMES = {
    "advisor.advisor": ("Advisor", "Conversation"),
    "advisor.errors": (
        "AdvisorError",
        "ContentError",
        "IndexGone",
        "IndexProblem",
        "IndexUnavailable",
        "MissingExtra",
        "Problem",
        "StateError",
    ),
    "advisor.records.document": ("Document", "Provenance"),
    "advisor.records.explanation": ("Explanation",),
    "advisor.records.reply": ("Citation", "Reply", "Table", "TableRow"),
    "advisor.records.state": ("DialogueState",),
}


def __getattr__(name: str) -> object:
    """Return a public name, importing its module when it is first used."""
    for home, names in _HOMES.items():
        if name in names:
            value: object = getattr(import_module(home), name)
            globals()[name] = value
            return value
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
