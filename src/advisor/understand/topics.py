"""Decide which topics a text speaks of: phrases first, then concepts."""

from collections.abc import Mapping, Sequence

from advisor.records.interpretation import TopicHit
from advisor.text.lexicon import Found, Lexicon
from advisor.text.phrasebook import PhraseBook
from advisor.text.tokens import Token, tokenise
from advisor.topics.schema import TopicEntry
from advisor.understand.standins import StandIns

SMALL_WORD = 0.2
NUMBER = 0.4
# Words such as programme or university stand in questions of every topic.
GENERIC_WORD = 0.6
INDIRECT = 0.95
HALF = 0.5
GAP_COST = 0.02
# Words that name a row or column (non-EU, first year) say which, not what.
OF_A_ROW = 0.35
LONG_PHRASE = 3
LOUD = 0.8
# So loud, beside the loudest, a topic must be to go before others.
HEARD = 0.6


class TopicFinder:
    """Scores topics by the informative words that their phrases and concepts account for."""

    def __init__(
        self,
        topics: Mapping[str, TopicEntry],
        lexicon: Lexicon,
        small: frozenset[str],
        generic: frozenset[str] = frozenset(),
        stand_ins: StandIns | None = None,
        languages: Sequence[str] = ("en", "nl"),
        book: PhraseBook | None = None,
    ) -> None:
        book = book or PhraseBook(languages)
        self.names = tuple(topics)
        self.topics = topics
        self.lexicon = lexicon
        self.small = small
        self._stand_ins = stand_ins or StandIns({})
        self.generic = frozenset(w for w in generic if not lexicon.find(tokenise(w)))
        wordings = (
            (owner, language, phrase)
            for owner, topic in enumerate(topics.values())
            for language in languages
            for phrase in getattr(topic.phrases, language)
        )
        self._matcher = book.matcher("topics", wordings)
        self._groups = {name: _groups(topic) for name, topic in topics.items()}
        rows = [(facet, lexicon.wider(concept)) for concept, facet in lexicon.facets.items()]
        resting = {name: {c for group in groups for c, _ in group} for name, groups in self._groups.items()}
        self._facets = {
            name: {facet for facet, wider in rows if not wider.isdisjoint(concepts)}
            for name, concepts in resting.items()
        }
        self._of_concept: dict[str, list[str]] = {}
        for name, groups in self._groups.items():
            for group in groups:
                for concept, _ in group:
                    owners = self._of_concept.setdefault(concept, [])
                    if name not in owners:
                        owners.append(name)

    def weight(self, token: Token) -> float:
        """Return how informative a word is."""
        if token.is_number:
            return NUMBER
        if token.fold in self.small:
            return SMALL_WORD
        return GENERIC_WORD if token.fold in self.generic else 1.0

    def find(
        self, tokens: Sequence[Token], found: Sequence[Found], wanted: str | None, ignore: frozenset[int]
    ) -> tuple[TopicHit, ...]:
        """Return the topics found, the loudest first.

        `ignore` are tokens that name programmes; they speak for no topic.
        """
        rows = {i: facet for f in found if (facet := self.lexicon.facet(f.concept)) for i in f.used}
        hits = self._find(tokens, found, wanted, ignore, rows, is_row_asked=False)
        if rows and not any(h.score >= LOUD for h in hits):
            # Nothing but the row itself is asked for: "can I do it part-time?"
            hits = self._find(tokens, found, wanted, ignore, rows, is_row_asked=True)
        if rows and not hits:
            # The words that would choose a row are the whole question: "do I need a visa?"
            hits = self._find(tokens, found, wanted, ignore, {}, is_row_asked=False)
        return hits

    def _find(
        self,
        tokens: Sequence[Token],
        found: Sequence[Found],
        wanted: str | None,
        ignore: frozenset[int],
        rows: Mapping[int, str],
        is_row_asked: bool,
    ) -> tuple[TopicHit, ...]:
        full = [0.0 if i in ignore else self.weight(t) for i, t in enumerate(tokens)]
        weights = [w * (OF_A_ROW if i in rows else 1.0) for i, w in enumerate(full)]
        best: dict[str, TopicHit] = {}
        extra, passed = self._stand_ins.read(tokens, ignore)
        for hit in self._matcher.find(tokens, extra=extra, passed=passed):
            if all(i in ignore for i in hit.used):
                continue
            asked = self._facets[self.names[hit.owner]] if is_row_asked else frozenset()
            score = (
                sum(full[i] if rows.get(i) in asked else weights[i] for i in hit.used)
                - GAP_COST * (hit.end - hit.start - len(hit.used))
                + 0.05
            )
            if sum(1 for i in hit.used if i not in ignore) >= LONG_PHRASE:
                # An editor's phrase of small words only ("what do you do") still means its topic.
                score = max(score, LOUD)
            self._keep(
                best,
                TopicHit(
                    self.names[hit.owner], round(score, 3), hit.start, hit.end, "phrase", frozenset(hit.used)
                ),
            )
        for name, named in self._by_concepts(
            found, full if is_row_asked else weights, weights, wanted
        ).items():
            self._keep(best, named)
            own = best[name]
            if own.rule == "phrase" and not (named.start >= own.start and named.end <= own.end):
                # Phrase and concept at different places: both speak for the topic.
                total = round(own.score + named.score * HALF, 3)
                start, end = min(own.start, named.start), max(own.end, named.end)
                best[name] = TopicHit(name, total, start, end, "phrase", own.used | named.used)
        ranked = sorted(
            best.values(),
            key=lambda h: (-h.score, h.start, -(h.end - h.start), self._breadth(h.topic), h.topic),
        )
        return self._meant([h for h in ranked if h.score >= HALF])

    def _meant(self, ranked: Sequence[TopicHit]) -> tuple[TopicHit, ...]:
        """Leave out the topics that another goes before, by an editor's word, where it is heard well."""
        loudest = ranked[0].score if ranked else 0.0
        well = [h for h in ranked if h.score >= max(LOUD, loudest * HEARD)]
        passed = {t for h in well for t in self.topics[h.topic].before}
        return tuple(h for h in ranked if h.topic not in passed)

    def _breadth(self, name: str) -> int:
        """Return on how many concepts a topic may rest: of two alike, the narrower comes first."""
        return sum(len(group) for group in self._groups[name])

    def _by_concepts(
        self, found: Sequence[Found], full: Sequence[float], reduced: Sequence[float], wanted: str | None
    ) -> dict[str, TopicHit]:
        direct: dict[str, list[Found]] = {}
        indirect: dict[str, list[Found]] = {}
        for item in found:
            direct.setdefault(item.concept, []).append(item)
            for wider in self.lexicon.wider(item.concept) - {item.concept}:
                indirect.setdefault(wider, []).append(item)
        names = {n for c in (*direct, *indirect) for n in self._of_concept.get(c, ())}
        hits = {}
        for name in names:
            score, start, end, missing = 0.0, len(full), 0, 0
            used: set[int] = set()
            weights = full if self._facets[name] else reduced
            for group in self._groups[name]:
                options = []
                for concept, kind in group:
                    factor = 1.0 if kind is None or kind == wanted else HALF
                    options += [(self._value(f, weights) * factor, f) for f in direct.get(concept, ())]
                    options += [
                        (self._value(f, weights) * factor * INDIRECT, f) for f in indirect.get(concept, ())
                    ]
                if not options:
                    missing += 1
                    continue
                value, item = max(options, key=lambda o: (o[0], -o[1].start))
                score += value
                start, end = min(start, item.start), max(end, item.end)
                used.update(item.used)
            if score > 0 and missing == 0:
                hits[name] = TopicHit(name, round(score, 3), start, end, "concept", frozenset(used))
        return hits

    @staticmethod
    def _value(found: Found, weights: Sequence[float]) -> float:
        return sum(weights[i] for i in found.used)

    @staticmethod
    def _keep(best: dict[str, TopicHit], hit: TopicHit) -> None:
        known = best.get(hit.topic)
        if known is None or hit.score > known.score:
            best[hit.topic] = hit


def _groups(topic: TopicEntry) -> tuple[tuple[tuple[str, str | None], ...], ...]:
    """Return the evidence as groups of (concept, value kind or None)."""
    groups = []
    for group in topic.evidence:
        options: list[tuple[str, str | None]] = []
        for option in (group,) if isinstance(group, str) else group:
            concept, _, kind = option.partition("~")
            options.append((concept, kind or None))
        groups.append(tuple(options))
    return tuple(groups)
