"""What a corpus holds: its passages and topics, and how a page stands on a topic.

The one module of this package that looks behind questions and replies.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from advisor import Advisor, Citation, DialogueState, Document

_QUALIFIER = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A passage of a page: a sentence, a list item or a fact."""

    id: str
    document: str
    kind: str
    label: str
    columns: tuple[str, ...]
    headings: tuple[str, ...]
    start: int
    end: int
    text: str
    values: tuple[str, ...] = ()
    language: str = ""

    @property
    def key(self) -> tuple[str, tuple[str, ...], str, tuple[str, ...]]:
        """What a fact is about: the page, the headings above, the label, the columns."""
        return self.document, self.headings, self.label, self.columns

    @property
    def section(self) -> str:
        """The headings above, outermost first."""
        return " > ".join(self.headings) or "(top of the page)"


def pieces(advisor: Advisor) -> tuple[Piece, ...]:
    """Return the passages of the corpus, in order."""
    return tuple(_piece(advisor, passage) for passage in advisor.store.passages)


def _piece(advisor: Advisor, passage: Any) -> Piece:
    text = advisor.document(passage.document).text
    return Piece(
        id=passage.id, document=passage.document, kind=passage.kind, label=passage.label,
        columns=tuple(c.column for c in passage.cells), headings=tuple(passage.headings),
        start=passage.start, end=passage.end, text=" ".join(passage.text.split()),
        values=tuple(text[c.start : c.end].strip() for c in passage.cells), language=passage.language,
    )  # fmt: skip


def touched(advisor: Advisor, citations: Sequence[Citation]) -> set[str]:
    """Return the ids of the passages that citations rest on."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for citation in citations:
        spans.setdefault(citation.document, []).append((citation.start, citation.end))
    return {
        p.id
        for p in advisor.store.passages
        if any(p.start < end and start < p.end for start, end in spans.get(p.document, ()))
    }


def programmes(advisor: Advisor) -> tuple[Document, ...]:
    """Return the documents that stand for a programme; of several editions, the newest."""
    return tuple(advisor.document(identifier) for identifier in advisor.programmes.order)


def place_name(advisor: Advisor, document: str) -> str:
    """Return how a programme is called in questions."""
    name: str = advisor.composer.place(document)
    return name


def topics(advisor: Advisor) -> tuple[str, ...]:
    """Return the topics that students may ask about, in the order of their names."""
    return tuple(sorted(advisor.content.topics))


def topic_name(advisor: Advisor, topic: str, language: str) -> str:
    """Return a topic as a noun phrase."""
    name: str = advisor.composer.topic_name(topic, language)
    return name


@dataclass(frozen=True, slots=True)
class Standing:
    """How a page stands on a topic: the passages that answer, or the one that says it lacks data."""

    evidence: tuple[Piece, ...] = ()
    lacking: Piece | None = None

    @property
    def is_contradictory(self) -> bool:
        """Whether facts about one thing give different values, and nothing says what sets them apart."""
        seen: dict[tuple[object, ...], set[tuple[str, ...]]] = {}
        for piece in self.evidence:
            if piece.kind == "fact":
                seen.setdefault(piece.key, set()).add(piece.values)
        return any(len(values) > 1 and not _are_told_apart(values) for values in seen.values())


def _are_told_apart(values: set[tuple[str, ...]]) -> bool:
    """Whether values carry different words, such as `(non-EU)`."""
    words = {tuple(_QUALIFIER.findall(" ".join(v))) for v in values}
    return len(words) == len(values)


def standing(advisor: Advisor, topic: str, document: str) -> Standing:
    """Return how a page stands on a topic when nothing else is asked."""
    query = DialogueState.model_validate({"query": {"topic": topic, "programmes": [document]}}).query
    assert query is not None
    found = advisor.composer.judge.find(query, document)
    lacking = _piece(advisor, found.lacking) if found.lacking is not None else None
    return Standing(tuple(_piece(advisor, e.passage) for e in found.evidence), lacking)


def with_documents(advisor: Advisor, documents: Sequence[Document]) -> Advisor:
    """Return an adviser with the same intents and other pages."""
    return Advisor(documents, advisor.content, advisor.lexicon)
