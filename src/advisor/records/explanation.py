"""Why a reply is what it is: the same record for people, tests and programs."""

from advisor.records.document import Record


class TermScore(Record):
    """What one term adds to a passage's BM25 score: `idf * tf * (k1 + 1) / (tf + length) + delta`."""

    term: str
    tf: int
    idf: float
    length: float
    score: float


class PassageScore(Record):
    """A passage that was weighed: its evidence score, the verdict, and its BM25 score term by term."""

    passage: str
    text: str
    score: float
    verdict: str
    bm25: float = 0.0
    terms: tuple[TermScore, ...] = ()


class TopicScore(Record):
    """A topic that the words speak for, by which rule."""

    topic: str
    score: float
    rule: str
    words: str


class PartExplanation(Record):
    """How one part of the message was understood and looked up."""

    text: str
    language: str | None = None
    topics: tuple[TopicScore, ...] = ()
    concepts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    specialisations: tuple[str, ...] = ()
    facets: tuple[str, ...] = ()
    wanted: str | None = None
    acts: tuple[str, ...] = ()
    topic: str | None = None
    rules: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    passages: tuple[PassageScore, ...] = ()


class Explanation(Record):
    """One turn explained."""

    said: str
    read_as: str
    language: str
    move: str
    repaired: tuple[tuple[str, str], ...] = ()
    parts: tuple[PartExplanation, ...] = ()
    templates: tuple[str, ...] = ()
    kind: str = ""

    def lines(self) -> list[str]:
        """Return the explanation as lines of plain text."""
        out = [f"question: {self.said}"]
        if self.read_as != self.said:
            out.append(f"read as: {self.read_as}")
        out += [f"language: {self.language}", f"move: {self.move} -> {self.kind}"]
        for number, part in enumerate(self.parts, 1):
            out.append(f"part {number}: {part.text}")
            out += [f"  {line}" for line in _part_lines(part)]
        if self.templates:
            out.append(f"templates: {', '.join(self.templates)}")
        return out


def _part_lines(part: PartExplanation) -> list[str]:
    named = {
        "programmes": part.programmes,
        "specialisations": part.specialisations,
        "facets": part.facets,
        "concepts": part.concepts,
        "other words": part.words,
        "moves": part.acts,
        "rules": part.rules,
        "query": part.terms,
    }
    out = [f"{label}: {', '.join(values)}" for label, values in named.items() if values]
    if part.wanted:
        out.append(f"kind of answer wanted: {part.wanted}")
    out.append(f"topic: {part.topic or 'none (open search)'}")
    out += [f"  {t.score:6.3f}  {t.topic}  ({t.rule}: “{t.words}”)" for t in part.topics]
    for passage in part.passages:
        out.append(f"{passage.score:6.3f}  {passage.verdict}  {passage.passage}  “{passage.text}”")
        out += [
            f"          {t.score:6.3f}  {t.term}  tf {t.tf}, idf {t.idf:.3f}, length {t.length:.3f}"
            for t in passage.terms
        ]
    return out
