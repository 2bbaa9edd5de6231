"""Find what a page says in nearly the question's own words, whatever topic these speak for."""

from collections.abc import Sequence
from dataclasses import dataclass

from advisor.answer.evidence import (
    LACKS_DATA,
    STRICT,
    SYNONYM,
    Evidence,
    Findings,
    Judge,
    Trial,
    evidence_concepts,
    evidence_groups,
    is_asked_by_page,
    is_rating,
)
from advisor.records.passage import Passage
from advisor.records.state import OF_WHAT_WAS_CITED, Query
from advisor.text.tokens import tokenise

NEAR = 0.6
# A heading right above that names a thing (Blue Horizon Scholarship) says what its sentences are about.
HEADED = 0.85
# Of a rating that a page does not print no other sentence tells.
VALUED = {**STRICT, "score": {"score", "percentage"}}
# So much of a question a passage must say: to be told at all, and to be told in another's place.
HALF = 0.5
ENOUGH = 0.74
ENOUGH_OF_KIND = 0.6
PLENTY = 0.65
PLENTY_LOOSELY = 0.8
AHEAD = 0.25
FEWEST = 2
FEWEST_AGAINST = 2
# A word in so few of a page's passages can be what a value is asked of.
RARE = 4
MOSTLY = 0.6
MOST = 3


@dataclass(frozen=True, slots=True)
class _Unit:
    """A content word of the question, or several that name one concept, and how much it weighs."""

    concept: str | None
    stems: tuple[tuple[str, str], ...]
    weight: float
    senses: frozenset[str] = frozenset()


# How far passages say a unit, by their numbers: 1 in their own words, less by what stands above them.
_Held = dict[int, float]


class Wording:
    """Compares questions with passages word by word."""

    def __init__(self, judge: Judge) -> None:
        self.judge = judge
        self.store = judge.store
        self.lexicon = judge.lexicon
        self._heads: dict[str, list[tuple[tuple[str, str], frozenset[str], float]]] = {}

    def find(self, query: Query, document: str, before: Findings) -> Findings | None:
        """Return what says far more of the question than the findings before, if anything does."""
        topic = self.judge.topics.get(query.topic or "")
        if before.lacking is not None or OF_WHAT_WAS_CITED in query.rules or (topic and topic.before):
            # Of what was told last, or goes before other topics, no passage in the same words tells.
            return None
        kind = self._kind(query)
        units = self._units(query, kind, bool(before.evidence))
        # Where the topic's own words stand with such a value, one word more must be said itself.
        is_told = len(units) < FEWEST_AGAINST and kind is not None and self._is_told(query, kind, before)
        held = [self._holding(u, document) for u in units]
        shares = _shares(units, held)
        told = max((shares.get(self.store.number[e.passage.id], 0.0) for e in before.evidence), default=0.0)
        openly = query.but(topic=None, scope=(), words=query.literal, hints=())
        ranked = []
        asked = self._asked(query) if not before.evidence else frozenset()
        worded = [n for n in self.store.of(document) if shares.get(n, 0.0) >= HALF]
        if asked:
            # The topic was named: where no passage holds it, nothing else stands in.
            worded = [n for n in worded if any(self.store.strength(n, c) for c in asked)]
        for evidence in self.judge.admitted(openly, document, worded) if worded else ():
            passage = evidence.passage
            is_of_row = evidence.matched >= max((e.matched for e in before.evidence), default=0.0)
            is_wider = evidence.is_general and any(not e.is_general for e in before.evidence)
            if (
                is_wider
                or LACKS_DATA in passage.own
                or not is_of_row
                or (is_told and shares[self.store.number[passage.id]] < 1.0)
                or (kind and not _has_kind(kind, evidence))
            ):
                continue
            if self._misses_named(units, passage, before.evidence):
                continue
            share = shares[self.store.number[passage.id]]
            if self._is_enough(query, kind, held, share, told, passage, bool(before.evidence)):
                ranked.append((share, evidence))
        if not ranked:
            return None
        best = max(share for share, _ in ranked)
        chosen = [e for share, e in ranked if share >= best - 0.01][:MOST]
        top = chosen[0].passage
        chosen = [e for e in chosen if e.passage.kind == top.kind]
        if len(chosen) == 1 and is_asked_by_page(top):
            chosen += self.judge.rest_of_answer(chosen[0])
        trials = tuple(Trial(e.passage.id, round(s, 3), "says what the question says") for s, e in ranked)
        return Findings(document, tuple(chosen), None, "", trials[:12])

    def _misses_named(self, units: Sequence[_Unit], passage: Passage, before: Sequence[Evidence]) -> bool:
        """Whether a passage does not itself name what the question names and what was found does."""
        named = {u.concept for u in units if u.concept is not None}
        told = set().union(*(self.store.own(self.store.number[e.passage.id]) & named for e in before))
        return not told <= self.store.own(self.store.number[passage.id])

    def _is_told(self, query: Query, kind: str, before: Findings) -> bool:
        """Whether the topic's own words stand with a value of the kind asked for."""
        topic = self.judge.topics.get(query.topic or "")
        asked = {c for g in evidence_groups(topic) for c, _ in g} if topic else set()
        return any(
            _has_kind(kind, e) and self.lexicon.widened(e.passage.own) & asked for e in before.evidence[:1]
        )

    def _is_enough(
        self,
        query: Query,
        kind: str | None,
        held: Sequence[_Held],
        share: float,
        told: float,
        passage: Passage,
        is_against: bool,
    ) -> bool:
        """Whether a passage says enough of the question, also against what was found before."""
        if len(held) == 1 and share <= NEAR:
            return False
        if self._is_headed(query, passage) and (len(held) >= FEWEST or not is_against):
            is_question = passage.kind != "fact"
            least = PLENTY if is_against and not is_question else HALF if kind or is_question else ENOUGH
            ahead = 0.0 if is_question else AHEAD
            if share >= max(least, told + ahead if is_against else 0.0):
                return True
        # Any sentence may hold some number.
        is_telling = kind is not None and (kind != "number" or passage.kind == "fact")
        is_value_of_it = is_telling and all(map(_is_rare, held))
        if not is_against:
            return share >= (ENOUGH_OF_KIND if kind else ENOUGH) and (len(held) >= FEWEST or is_value_of_it)
        # Other words of the same meaning must say more of it than the very words.
        is_loose = any(h.get(self.store.number[passage.id]) == SYNONYM for h in held)
        least = PLENTY_LOOSELY if is_loose else PLENTY
        return share >= max(least, told + AHEAD) and (len(held) >= FEWEST_AGAINST or is_value_of_it)

    def _asked(self, query: Query) -> frozenset[str]:
        """Return the concepts of the topic that the question itself names."""
        topic = self.judge.topics.get(query.topic or "")
        named = {*query.concepts, *(concept for _, concept in query.facets)}
        return evidence_concepts(topic) & self.lexicon.widened(named) if topic is not None else frozenset()

    def _kind(self, query: Query) -> str | None:
        """Return the kind of value that an answer must hold."""
        if query.wanted in STRICT:
            return query.wanted
        topic = self.judge.topics.get(query.topic or "")
        return topic.kind if topic is not None and topic.kind in VALUED and not topic.is_thing else None

    def _units(self, query: Query, kind: str | None, is_against: bool) -> tuple[_Unit, ...]:
        """Return what the question is about, without the words that only ask for a kind of value.

        A figure that was said is nothing to go by where there is an answer already: it may be wrong.
        """
        literal = {(w.en, w.nl): w for w in query.literal if not (is_against and w.text.isdecimal())}
        done = {(w.en, w.nl) for w in query.rows}
        # What the words of a topic's phrase ask is known; where no page says them, nor need an answer.
        used = self.store.index.frequency
        topic = self.judge.topics.get(query.topic or "")
        asks_value = kind is not None and (topic is None or topic.kind == kind)
        done |= {
            (w.en, w.nl) for w in query.hints if asks_value or not any(map(used, (w.en, w.nl, *w.senses)))
        }
        asked = {c for g in evidence_groups(topic) for c, _ in g} if topic and topic.kind == kind else set()
        tokens = tokenise(query.text)
        units: list[_Unit] = []
        for found in self.lexicon.find(tokens):
            named = tuple(tokens[i].stems for i in found.used if tokens[i].stems in literal)
            if not named or self.lexicon.facet(found.concept) is not None or set(named) <= done:
                continue
            if not self.lexicon.wider(found.concept) & asked:
                units.append(_Unit(found.concept, named, self.store.rarity("#" + found.concept)))
            done |= set(named)
        for stems, word in literal.items():
            if stems not in done:
                weight = min(map(self.store.rarity, (*stems, *word.senses)))
                units.append(_Unit(None, (stems,), weight, frozenset(word.senses)))
        return tuple(units)

    def _holding(self, unit: _Unit, document: str) -> _Held:
        """Return how far each passage of a page says a unit, without those that do not at all."""
        concepts = self.lexicon.narrower(unit.concept) if unit.concept is not None else frozenset()
        terms = [*(s for stems in unit.stems for s in stems), *unit.senses, *("#" + c for c in concepts)]
        numbers = self.store.holding(terms, self.store.of(document))
        return {n: held for n in numbers if (held := self._held(unit, n, self.store.passages[n]))}

    def _held(self, unit: _Unit, number: int, passage: Passage) -> float:
        if unit.concept is not None and unit.concept in self.store.own(number):
            return 1.0
        terms, near_terms = passage.terms, passage.near_terms
        if not any(map(terms.isdisjoint, unit.stems)):
            return 1.0
        if not unit.senses.isdisjoint(passage.senses):
            return SYNONYM
        if unit.concept is not None and self.store.strength(number, unit.concept) >= NEAR:
            return HEADED if passage.section.endswith("?") else NEAR
        is_near = not any(terms.isdisjoint(s) and near_terms.isdisjoint(s) for s in unit.stems)
        return (HEADED if unit.concept is None else NEAR) if is_near else 0.0

    def _is_headed(self, query: Query, passage: Passage) -> bool:
        """Whether a fact's label, or a question on the page, says nothing that the question does not."""
        content = self._head(passage)
        if not content:
            return False
        rows = {s for w in query.rows for s in (w.en, w.nl)}
        said = {s for w in query.literal for s in (w.en, w.nl)} | rows
        named = set(query.concepts)
        held = [
            (stems, weight) for stems, concepts, weight in content
            if not said.isdisjoint(stems) or concepts & named
        ]  # fmt: skip
        if all(rows.issuperset(stems) for stems, _ in held):
            return False
        if passage.kind == "fact":
            return len(held) == len(content)
        # A question on the page may add a plain word, but is about what its rarest word names.
        rarest = max(weight for _, _, weight in content)
        weights = [weight for _, weight in held]
        return max(weights, default=0.0) == rarest and sum(weights) >= MOSTLY * sum(w for _, _, w in content)

    def _head(self, passage: Passage) -> list[tuple[tuple[str, str], frozenset[str], float]]:
        """Return the content words of a fact's label or a question on the page: stems, concepts, weight."""
        known = self._heads.get(passage.id)
        if known is None:
            known = []
            head = passage.label if passage.kind == "fact" else passage.text.partition("?")[0]
            if passage.kind != "fact" and passage.section.endswith("?"):
                head = passage.section
            elif len(head) >= len(passage.text):
                head = ""
            tokens = tokenise(head)
            found = [f for f in self.lexicon.find(tokens) if self.lexicon.facet(f.concept) is None]
            terms = passage.terms | passage.near_terms
            for i, token in enumerate(tokens):
                if not terms.isdisjoint(token.stems):
                    concepts = frozenset(f.concept for f in found if i in f.used)
                    weight = min(self.store.rarity(s) for s in token.stems)
                    known.append((token.stems, concepts, weight))
            self._heads[passage.id] = known
        return known


def _shares(units: Sequence[_Unit], held: Sequence[_Held]) -> dict[int, float]:
    """Return how much of the question each passage says, by weight: up to 1."""
    total = sum(u.weight for u in units)
    said: dict[int, float] = {}
    for unit, passages in zip(units, held, strict=True):
        for number, share in passages.items():
            said[number] = said.get(number, 0.0) + unit.weight * share
    return {number: share / total for number, share in said.items()} if total else {}


def _is_rare(held: _Held) -> bool:
    """Whether few passages of a page say a unit itself."""
    return sum(share == 1.0 for share in held.values()) <= RARE


def _has_kind(kind: str, evidence: Evidence) -> bool:
    """Whether the cells asked for, or else the passage, hold a value of a kind."""
    spans = [(c.start, c.end) for c in evidence.cells]
    start = evidence.passage.start
    return any(
        v.kind in VALUED[kind]
        and not (kind == "number" and is_rating(v))
        and (not spans or any(a <= start + v.start and start + v.end <= b for a, b in spans))
        for v in evidence.passage.values
    )
