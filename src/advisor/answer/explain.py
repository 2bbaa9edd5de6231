"""Write down how a turn was understood and why its passages passed or failed."""

from collections.abc import Sequence

from advisor.answer.desk import Draft
from advisor.answer.evidence import Findings, Judge
from advisor.index.store import PassageStore
from advisor.records.explanation import (
    Explanation,
    PartExplanation,
    PassageScore,
    TermScore,
    TopicScore,
)
from advisor.records.interpretation import Interpretation, Part
from advisor.records.reply import Reply
from advisor.records.state import Query

MOST_PASSAGES = 6
MOST_TOPICS = 5
LONGEST_TEXT = 90


def explain_turn(
    said: Interpretation,
    queries: Sequence[Query],
    drafts: Sequence[Draft],
    move: str,
    reply: Reply,
    judge: Judge,
    store: PassageStore,
) -> Explanation:
    """Return the record of a turn."""
    parts = []
    for number, part in enumerate(said.parts):
        query = queries[number] if number < len(queries) else None
        findings = drafts[number].findings if number < len(drafts) else ()
        parts.append(_part(part, query, findings, judge, store))
    return Explanation(
        said=said.said,
        read_as=said.text,
        language=reply.language,
        move=move,
        repaired=said.repaired,
        parts=tuple(parts),
        templates=tuple(dict.fromkeys(d.rule for d in drafts if d.rule)),
        kind=reply.kind,
    )


def _part(
    part: Part, query: Query | None, findings: Sequence[Findings], judge: Judge, store: PassageStore
) -> PartExplanation:
    topics = tuple(
        TopicScore(
            topic=hit.topic,
            score=hit.score,
            rule=hit.rule,
            words=" ".join(t.text for t in part.tokens[hit.start : hit.end]),
        )
        for hit in part.topics[:MOST_TOPICS]
    )
    terms = judge.terms(query, findings[0].document) if query is not None and findings else []
    return PartExplanation(
        text=part.text,
        language=part.language,
        topics=topics,
        concepts=tuple(sorted(part.concepts)),
        words=tuple(t.text for t in part.terms),
        programmes=query.programmes if query is not None else part.programmes,
        specialisations=tuple(n for _, n in (query.specialisations if query is not None else ())),
        facets=tuple(f"{f}={c}" for f, c in (query.facets if query is not None else part.facets)),
        wanted=query.wanted if query is not None else part.wanted,
        acts=tuple(sorted(part.acts)),
        topic=query.topic if query is not None else None,
        rules=query.rules if query is not None else (),
        terms=tuple(terms),
        passages=_passages(findings, terms, store),
    )


def _passages(
    findings: Sequence[Findings], terms: Sequence[str], store: PassageStore
) -> tuple[PassageScore, ...]:
    trials = sorted((t for f in findings for t in f.trials), key=lambda t: (-t.score, t.passage))
    rows = []
    for trial in trials[:MOST_PASSAGES]:
        number = store.number[trial.passage]
        scores = tuple(
            TermScore(term=term, tf=tf, idf=round(idf, 6), length=round(length, 6), score=round(score, 6))
            for term, tf, idf, length, score in store.scorer.explain(terms, number)
        )
        text = " ".join(store.passages[number].text.split())
        rows.append(
            PassageScore(
                passage=trial.passage,
                text=text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…",
                score=trial.score,
                verdict=trial.reason,
                bm25=round(sum(s.score for s in scores), 6),
                terms=scores,
            )
        )
    return tuple(rows)
