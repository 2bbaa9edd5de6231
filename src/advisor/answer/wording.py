"""Find what a page says in nearly the question's own words, whatever topic these speak for."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.answer.evidence import LACKS_DATA, STRICT, Evidence, Findings, Judge, Trial
from advisor.records.passage import Passage
from advisor.records.state import Query
from advisor.text.tokens import tokenise

NEAR = 0.6
# So much of a question a passage must say: to be told at all, and to be told in another's place.
HALF = 0.5
ENOUGH = 0.74
PLENTY = 0.8
AHEAD = 0.4
FEWEST = 2
FEWEST_AGAINST = 3
MOST = 3


@dataclass(frozen=True, slots=True)
class _Unit:
    """A content word of the question, or several that name one concept, and how much it weighs."""

    concept: str | None
    stems: tuple[tuple[str, str], ...]
    weight: float


class Wording:
    """Compares questions with passages word by word."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.store = judge.store
        self.lexicon = judge.lexicon

    def find(self, query: Query, document: str, before: Findings) -> Findings | None:
        """Return what says far more of the question than the findings before, if anything does."""
        if before.lacking is not None:
            return None
        units = self._units(query)
        told = max((self._share(units, e.passage) for e in before.evidence), default=0.0)
        least, fewest = (max(PLENTY, told + AHEAD), FEWEST_AGAINST) if before.evidence else (ENOUGH, FEWEST)
        openly = query.but(topic=None, scope=(), words=query.literal, hints=())
        ranked = []
        for evidence in self.judge.admitted(openly, document):
            passage = evidence.passage
            if LACKS_DATA in passage.own or not self._has_kind(query, evidence):
                continue
            share = self._share(units, passage)
            is_named = not before.evidence and share >= HALF and self._is_label(query, passage)
            if is_named or (share >= least and len(units) >= fewest):
                ranked.append((max(share, is_named), evidence))
        if not ranked:
            return None
        best = max(share for share, _ in ranked)
        chosen = [e for share, e in ranked if share >= best - 0.01][:MOST]
        top = chosen[0].passage
        chosen = [e for e in chosen if e.passage.kind == top.kind]
        trials = tuple(Trial(e.passage.id, round(s, 3), "says what the question says") for s, e in ranked)
        return Findings(document, tuple(chosen), None, "", trials[:12])

    def _units(self, query: Query) -> tuple[_Unit, ...]:
        literal = {(w.en, w.nl): w for w in query.literal}
        rows = {(w.en, w.nl) for w in query.rows}
        tokens = tokenise(query.text)
        units: list[_Unit] = []
        done: set[tuple[str, str]] = set(rows)
        for found in self.lexicon.find(tokens):
            named = tuple(tokens[i].stems for i in found.used if tokens[i].stems in literal)
            if named and self.lexicon.facet(found.concept) is None and not set(named) <= done:
                units.append(_Unit(found.concept, named, self.store.rarity("#" + found.concept)))
                done |= set(named)
        for stems in literal:
            if stems not in done:
                units.append(_Unit(None, (stems,), min(self.store.rarity(s) for s in stems)))
        return tuple(units)

    def _share(self, units: Sequence[_Unit], passage: Passage) -> float:
        """Return how much of the question a passage says, by weight: from 0 to 1."""
        total = sum(u.weight for u in units)
        number = self.store.number[passage.id]
        return sum(u.weight * self._held(u, number, passage) for u in units) / total if total else 0.0

    def _held(self, unit: _Unit, number: int, passage: Passage) -> float:
        if unit.concept is not None and unit.concept in self.store.own(number):
            return 1.0
        if all(set(s) & passage.terms for s in unit.stems):
            return 1.0
        if unit.concept is not None and self.store.strength(number, unit.concept) >= NEAR:
            return NEAR
        return NEAR if all(set(s) & (passage.terms | passage.near_terms) for s in unit.stems) else 0.0

    def _is_label(self, query: Query, passage: Passage) -> bool:
        """Whether a fact's label says nothing that the question does not."""
        if passage.kind != "fact" or query.wanted not in STRICT:
            return False
        said = {s for w in (*query.literal, *query.rows) for s in (w.en, w.nl)}
        label = [t for t in tokenise(passage.label) if set(t.stems) & passage.terms]
        own = {s for w in query.literal for s in (w.en, w.nl)} - {s for w in query.rows for s in (w.en, w.nl)}
        return any(set(t.stems) & own for t in label) and all(set(t.stems) & said for t in label)

    @staticmethod
    def _has_kind(query: Query, evidence: Evidence) -> bool:
        kind = query.wanted
        if kind not in STRICT:
            return True
        spans = [(c.start, c.end) for c in evidence.cells]
        start = evidence.passage.start
        return any(
            v.kind in STRICT[kind]
            and (not spans or any(a <= start + v.start and start + v.end <= b for a, b in spans))
            for v in evidence.passage.values
        )
