"""A conversational adviser on study programmes that proves every word it says."""

from advisor.advisor import Advisor, Conversation
from advisor.errors import AdvisorError, ContentError, MissingExtra, Problem, StateError
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
    "MissingExtra",
    "Problem",
    "Provenance",
    "Reply",
    "StateError",
    "Table",
    "TableRow",
]
__version__ = "0.1.0"
