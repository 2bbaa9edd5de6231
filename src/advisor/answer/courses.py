"""Find the list of courses that stands in the part of a page that was asked for: a year, a track."""

from collections.abc import Sequence

from advisor.answer.evidence import COLUMN, Evidence, Findings, Judge, evidence_groups
from advisor.records.passage import Passage
from advisor.records.state import Query

CREDITS = "credits"
NEAR = 0.7
FEWEST = 2
MOST = 12


class CourseLists:
    """Looks for lists by where they stand, not by their own words."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.store = judge.store

    def find(self, query: Query, document: str) -> Findings | None:
        """Return the items of the list asked for, where the page has one."""
        topic = self.judge.topics.get(query.topic or "")
        tracks = {name for d, name in query.specialisations if d == document}
        rows = any(f != COLUMN for f, _ in query.facets)
        if topic is None or not topic.is_listing or query.words:
            return None
        if topic.is_general and not (rows or tracks):
            return None
        groups: dict[tuple[str, ...], list[Evidence]] = {}
        for evidence in self.judge.admitted(query.but(topic=None, words=(), concepts=()), document):
            passage = evidence.passage
            is_there = bool(passage.specialisations & tracks) if tracks else not rows or evidence.matched > 0
            is_listed = passage.kind == "item" or (
                passage.kind == "fact" and (passage.table or _credits(passage))
            )
            if not is_there or not is_listed:
                continue
            if not topic.is_general and not self._is_under(passage, query.topic or ""):
                continue
            groups.setdefault(passage.headings, []).append(evidence)
        lists = [g for g in groups.values() if len(g) >= FEWEST and self._has_credits(g)]
        if not lists:
            return None
        chosen = max(lists, key=len)[:MOST]
        return Findings(document, tuple(chosen))

    def _is_under(self, passage: Passage, topic: str) -> bool:
        """Whether the heading of a list is about the topic: compulsory courses."""
        number = self.store.number[passage.id]
        groups = evidence_groups(self.judge.topics[topic])
        return all(
            any(c in self.store.widened(passage.near) or self.store.strength(number, c) >= NEAR for c, _ in g)
            for g in groups
        )

    @staticmethod
    def _has_credits(group: Sequence[Evidence]) -> bool:
        """Whether most items of a list give credits, as courses do."""
        return sum(_credits(e.passage) for e in group) * 2 > len(group)


def _credits(passage: Passage) -> bool:
    """Whether a passage gives credits, itself or by the head of its column."""
    kinds = {v.kind for v in passage.values}
    return CREDITS in kinds or (CREDITS in passage.near and "number" in kinds)
