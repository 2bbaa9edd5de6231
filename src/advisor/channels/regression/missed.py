"""Questions that got no answer, as a journal kept them, grouped by topic."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from advisor import Advisor
from advisor.channels.journal import Entry, entries
from advisor.channels.regression.holdings import topic_name, topics

# Kinds of reply that left a question about studying without an answer.
UNANSWERED = ("no_answer", "out_of_scope")
NO_TOPIC = ""


@dataclass(frozen=True, slots=True)
class Missed:
    """The questions about one topic, each with how often it was asked, most often first.

    `topic` and `name` are empty for questions that were understood as no topic.
    """

    topic: str
    name: str
    questions: tuple[tuple[str, int], ...]

    @property
    def times(self) -> int:
        """How often the topic was asked about in vain."""
        return sum(count for _, count in self.questions)


def missed(advisor: Advisor, folders: Iterable[Path], language: str) -> tuple[Missed, ...]:
    """Return the unanswered questions of journals by topic, the topic asked about most first.

    Raises ContentError for a folder that is none or holds something else.
    """
    known = set(topics(advisor))
    asked: dict[str, Counter[str]] = {}
    for entry in (e for folder in folders for e in entries(folder) if e.kind in UNANSWERED):
        topic = entry.intent if entry.intent in known else None
        asked.setdefault(topic or NO_TOPIC, Counter())[_said(entry)] += 1
    found = [
        Missed(topic, topic_name(advisor, topic, language) if topic else "", _often(counted))
        for topic, counted in asked.items()
    ]
    return tuple(sorted(found, key=lambda m: (m.topic == NO_TOPIC, -m.times, m.topic)))


def _said(entry: Entry) -> str:
    """Return a question as it is counted: one that differs in spaces or its last mark is the same."""
    return " ".join(entry.question.split()).rstrip("?!. ")


def _often(counted: Counter[str]) -> tuple[tuple[str, int], ...]:
    merged: dict[str, tuple[str, int]] = {}
    for said, count in counted.items():
        first, before = merged.get(said.casefold(), (said, 0))
        merged[said.casefold()] = (first, before + count)
    return tuple(sorted(merged.values(), key=lambda pair: (-pair[1], pair[0].casefold())))
