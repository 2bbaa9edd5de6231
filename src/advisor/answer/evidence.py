"""Find the passages of one page that answer a query, or say why none does.

A BM25 score cannot tell whether a passage answers. What decides here is whether the passage
holds what the question is about: the topic's concepts, the kind of value asked for, the row
and column named, and enough of the question's other words.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from advisor.index.store import PassageStore
from advisor.records.document import Cell
from advisor.records.passage import Passage
from advisor.records.state import OF_WHAT_WAS_CITED, Query, Word
from advisor.text.lexicon import Lexicon
from advisor.text.tokens import tokenise
from advisor.text.values import Value
from advisor.topics.schema import TopicEntry

MOST_READ = 50_000
MOST_FACETS = 4_096
LACKS_DATA = "lacks-data"
PEOPLE = "people-listed"
SCORE = "score"
AFTER_A_WHILE = "after-a-while"
LOWEST = "lowest"
FEWEST_RANKED = 3
DIRECTLY = "="
FINAL_YEAR = "final-year"
COLUMN = "column"
DIFFERENCE = "difference"
LOWER, HIGHER, EQUAL = "lower-than", "higher-than", "equal-to"
THIS_COLUMN = "this-programme"
HOLDS_NOT = "does not hold for those asked about"
STRICT = {
    "money": {"money", "nothing"},
    "duration": {"duration", "hours", "length"},
    "date": {"date", "year", "time"},
    "percentage": {"percentage"},
    "hours": {"hours"},
    "credits": {"credits", "number"},
    "length": {"length"},
    "email": {"email"},
    "phone": {"phone"},
    "number": {"number", "length", "credits", "percentage", "duration", "hours", "money", "score"},
}
CONTACT = {"email", "phone"}
# Values that a course or module has of its own, beside the programme's.
OF_A_COURSE = {"duration", "hours", "credits", "length", "money"}
NUMERIC = {*STRICT, "number", "score", "code"}
_NAME = re.compile(r"\b[A-ZÀ-Ý][\w'’-]*\.?-?(?: [a-zà-ÿ]{1,3})* [A-ZÀ-Ý][a-zà-ÿ'’-]\w*")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_DECIMAL = re.compile(r"\d[.,]\d{1,2}(?!\d)")
_SEPARATOR = re.compile(r"[,;]")
ENOUGH_OPEN = 0.6
# What a word counts that only the headings say, and one that is said by another word of its meaning.
AROUND = 0.7
SYNONYM = 0.9
# A passage with the question's very words comes before one with others of their meaning.
LOOSE = 0.4
NO_SENSES: frozenset[str] = frozenset()
ENOUGH_OWN = 0.4
HINTED = 0.3
OF_A_FIGURE = 0.4
ENOUGH_LITERAL = 0.75
FEWEST_LITERAL = 3
LITERAL = 0.95
CLOSE = 0.86
MOST_FACTS = 6
MOST_ROWS = 8
OWN_TRACK = 0.6
COVERED = 0.9
# `Admissions: A. Jansen` says whom to ask, not how one is admitted.
WHOM_TO_ASK = 0.9
# Who asks for a person is answered by a name: two words with capitals that are no label.
NAME_PRINTED = 0.4
MOST_PROSE = 3
MOST_OTHER = 2
MOST_PARTS = 4
MOST_WORDS = 80
SENTENCE = 15  # words; items longer than that are no entries of a list
MOST_WORDS_OF_ANSWER = 60
EQUAL_ROWS = 0.98
BESIDE = 0.62
ALIKE = 0.7


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage that answers, the cells of it that were asked for, and how well it does."""

    passage: Passage
    score: float
    cells: tuple[Cell, ...] = ()
    is_general: bool = False
    matched: float = 0.0


@dataclass(frozen=True, slots=True)
class Trial:
    """How one passage fared: what `explain` shows."""

    passage: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What a page says about a query."""

    document: str
    evidence: tuple[Evidence, ...] = ()
    lacking: Passage | None = None
    reason: str = ""
    trials: tuple[Trial, ...] = field(default=())


@dataclass(slots=True)
class _Wanted:
    """The query in the terms of the test."""

    groups: tuple[tuple[tuple[str, str | None], ...], ...]
    topic: TopicEntry | None
    concepts: dict[str, float]
    words: list[tuple[Word, float]]
    hints: list[tuple[Word, float]]
    literal: list[tuple[Word, float]]
    strict: str | None
    named: frozenset[str]
    facets: dict[str, set[str]]
    tracks: frozenset[str]
    years: tuple[int, ...]
    rows: tuple[Word, ...]
    close: frozenset[int]
    around: frozenset[str]
    terms: list[str]
    asked: frozenset[str]
    asks_who: bool
    asks_name: bool


class Judge:
    """Tests passages against queries."""

    def __init__(self, store: PassageStore, lexicon: Lexicon, topics: Mapping[str, TopicEntry]) -> None:
        self.store = store
        self.lexicon = lexicon
        self.topics = topics
        # What stands on the pages says the same to every question.
        self._column = lru_cache(maxsize=MOST_READ)(self._read_column)
        self._head = lru_cache(maxsize=MOST_READ)(self._read_head)
        self._label = lru_cache(maxsize=MOST_READ)(self._read_label)
        self._said = lru_cache(maxsize=MOST_FACETS)(self._read_facet)
        self._things = frozenset(
            option.partition("~")[0]
            for topic in topics.values()
            if topic.is_thing
            for group in topic.evidence
            for option in ((group,) if isinstance(group, str) else group)
        )
        # What a heading names when its sentences state a figure of something: the working week.
        self._figured = frozenset(
            option.partition("~")[0]
            for topic in topics.values()
            if topic.kind in NUMERIC and not topic.is_thing
            for group in topic.evidence
            for option in ((group,) if isinstance(group, str) else group)
        )
        self.topical = frozenset(
            option.partition("~")[0]
            for topic in topics.values()
            for group in topic.evidence
            for option in ((group,) if isinstance(group, str) else group)
        )

    # -- the query ------------------------------------------------------------------------

    def _wanted(self, query: Query, document: str) -> _Wanted:
        topic = self.topics.get(query.topic or "")
        plain = evidence_groups(topic) if topic else ()
        # A concept that is narrower than several groups (an internship abroad) only joins them.
        named = [
            c
            for c in query.concepts
            if sum(bool(self.lexicon.wider(c) & {o for o, _ in g}) for g in plain) < 2
        ]
        groups = tuple(self._narrowed(g, named) for g in plain)
        of_topic = {c.removeprefix(DIRECTLY) for g in groups for c, _ in g}
        facets: dict[str, set[str]] = {}
        for facet, value in query.facets:
            facets.setdefault(facet, set()).add(value)
        for facet in [
            f
            for f, values in facets.items()
            if f != COLUMN
            and self.lexicon.widened(values) & {c.removeprefix(DIRECTLY) for g in groups for c, _ in g}
        ]:
            # The facet is what is asked (full-time or part-time?), so it must not choose the row.
            del facets[facet]
        self._resolve_last(facets, document)
        self._resolve_broader(facets, document)
        skip = {c for c in query.concepts if self.lexicon.facet(c) or self._is_name(c)}
        concepts = {
            c: self.store.rarity("#" + c)
            for c in query.concepts
            if c not in skip and not (self.lexicon.wider(c) & of_topic and c in of_topic)
        }
        words = [(w, self._weight(w)) for w in query.words]
        hints = [(w, 0.5 * self._weight(w)) for w in query.hints]
        strict = query.wanted if query.wanted in STRICT or query.wanted == SCORE else None
        if strict and topic and topic.kind in STRICT and topic.kind != strict and strict != "percentage":
            strict = topic.kind
        groups = (*groups, *(((c, None),) for c in (*query.scope, *self._apart(query, topic, of_topic))))
        terms = [t for w in (*query.words, *query.hints, *query.literal) for t in dict.fromkeys((w.en, w.nl))]
        terms += [s for w in query.words for s in w.senses]
        terms += ["#" + c for c in sorted({*query.concepts, *of_topic})]
        asked = self.lexicon.widened({*query.concepts, *of_topic})
        tracks = frozenset(name for d, name in query.specialisations if d == document)
        before = [p for i in query.context if (p := self.store.get(i)) is not None and p.document == document]
        close = frozenset(p.paragraph for p in before)
        around = frozenset(p.section for p in before if p.section)
        literal = [(w, self._weight(w)) for w in query.literal]
        return _Wanted(
            groups,
            topic,
            concepts,
            words,
            hints,
            literal,
            strict,
            self._named(query, document),
            facets,
            tracks,
            query.years,
            query.rows,
            close,
            around,
            terms,
            asked,
            "person" in {query.wanted, topic.kind if topic else None},
            query.wanted == "person" and topic is not None and topic.kind == "person",
        )

    def _named(self, query: Query, document: str) -> frozenset[str]:
        """Return the stems of the proper names in a question (a course) that stand on a page too."""
        if query.wanted not in OF_A_COURSE:
            return frozenset()
        start = query.text.lstrip()[:1]
        names = [w for w in query.words if w.text[:1].isupper() and not w.text.isupper()]
        if names and names[0].text[:1] == start and query.text.lstrip().startswith(names[0].text):
            names = names[1:]
        stems = (s for w in names for s in (w.en, w.nl))
        return frozenset(s for s in stems if self.store.holding([s], self.store.of(document)))

    def _apart(self, query: Query, topic: TopicEntry | None, of_topic: set[str]) -> list[str]:
        """Return what a figure is asked of that is neither the programme nor its students."""
        if topic is None or (query.wanted or topic.kind) not in NUMERIC:
            return []
        return [c for c in query.concepts if c in self.lexicon.apart and not self.lexicon.wider(c) & of_topic]

    def _narrowed(
        self, group: tuple[tuple[str, str | None], ...], named: Sequence[str]
    ) -> tuple[tuple[str, str | None], ...]:
        """Require what was named when it is narrower than the topic: IELTS, not any language test."""
        options = {c for c, _ in group}
        narrower = [c for c in named if c not in options and self.lexicon.wider(c) & options]
        if not narrower or options & set(named) - {w for c in narrower for w in self.lexicon.wider(c)}:
            return group
        return (*((c, None) for c in narrower), *((DIRECTLY + c, k) for c, k in group))

    def _resolve_last(self, facets: dict[str, set[str]], document: str) -> None:
        """Read `the final year` as the last that the page counts, where it lists nothing by that name."""
        for facet, values in facets.items():
            if FINAL_YEAR not in values:
                continue
            said = self._said(facet, document)
            counted = [c for c in self.lexicon.names if c in said and c != FINAL_YEAR]
            listed = [p for n in self.store.of(document) if (p := self.store.passages[n]).kind != "sentence"]
            if counted and not any((facet, FINAL_YEAR) in p.facets for p in listed):
                facets[facet] = {counted[-1], FINAL_YEAR}

    def _resolve_broader(self, facets: dict[str, set[str]], document: str) -> None:
        """Read a value of several broader ones (from the UK) as the first that the page itself uses."""
        for facet, values in facets.items():
            for value in sorted(values):
                entry = self.lexicon.entries.get(value)
                broader = [b for b in (entry.broader if entry else ()) if self.lexicon.facet(b) == facet]
                if len(broader) < 2:
                    continue
                said = self._said(facet, document)
                meant = next((b for b in broader if b in said), None)
                if meant is not None and value not in said:
                    facets[facet] = values - {value} | {meant}

    def _read_facet(self, facet: str, document: str) -> set[str]:
        """Return the values of a facet that a page uses, in its rows and in its column heads."""
        passages = [self.store.passages[n] for n in self.store.of(document)]
        said = {c for p in passages for f, c in p.facets if f == facet}
        return said | {c for p in passages for k in p.cells for c in self._column(k.column).get(facet, ())}

    def _read_label(self, label: str) -> frozenset[str]:
        """Return the concepts that a fact's label names, with the broader ones."""
        return self.lexicon.widened(f.concept for f in self.lexicon.find(tokenise(label)))

    def _read_column(self, head: str, is_head: bool = True) -> dict[str, set[str]]:
        """Return what a head or a cell of a page names, by facet."""
        result: dict[str, set[str]] = {}
        named = [f.concept for f in self.lexicon.find(tokenise(head))] if head else []
        for concept in (*named, *(self.lexicon.in_head(head) if is_head else ())):
            facet = self.lexicon.facet(concept)
            if facet:
                result.setdefault(facet, set()).add(concept)
        return result

    def _weight(self, word: Word) -> float:
        """Return how much a word counts: its idf, by the stem or sense that occurs most."""
        return min(map(self.store.rarity, (word.en, word.nl, *word.senses)))

    def _is_name(self, concept: str) -> bool:
        return bool(getattr(self.lexicon.entries.get(concept), "group", None))

    # -- the test -------------------------------------------------------------------------

    def find(self, query: Query, document: str, only: Sequence[str] | None = None) -> Findings:
        """Return what a page holds for a query.

        `only` limits the search to some passages (an elliptic question about what was cited).
        """
        wanted = self._wanted(query, document)
        numbers = self.store.of(document)
        if only is not None:
            numbers = [n for n in numbers if self.store.passages[n].id in only]
        candidates = self._candidates(wanted, numbers)
        trials: list[Trial] = []
        passed: list[Evidence] = []
        bm25: dict[int, float] = {}  # ranked only if anything passes
        highest = 1.0
        for number in candidates:
            passage = self.store.passages[number]
            score, reason, cells, is_general = self._test(wanted, number)
            if reason:
                trials.append(Trial(passage.id, round(score, 3), reason))
                continue
            if not bm25:
                bm25 = self.store.scorer.scores(wanted.terms, candidates)
                highest = max(bm25.values()) or 1.0
            score = round(score + 0.15 * bm25[number] / highest, 4)
            trials.append(Trial(passage.id, score, "passed"))
            passed.append(Evidence(passage, score, cells, is_general, self._matches(wanted, passage)))
        if any(t.reason == HOLDS_NOT for t in trials):
            # A row that holds for others: what is said beside it answers only with a value of its own.
            passed = [e for e in passed if self._kind_fits(wanted, e.passage)]
        passed = _of_years(passed, wanted.years, wanted.strict == "money")
        if not wanted.facets.get(COLUMN, set()) - {THIS_COLUMN}:
            passed = self._of_this(passed)
        if wanted.tracks:
            if all(e.is_general for e in passed):
                passed = self._otherwise(wanted, candidates) or passed
            best = max((e.score for e in passed), default=0.0)
            if any(not e.is_general and e.score >= best * OWN_TRACK for e in passed):
                passed = [e for e in passed if not e.is_general]
        fullest = max((e.matched for e in passed if e.passage.kind != "sentence"), default=0.0)
        told = [
            e
            for e in passed
            if e.matched > fullest and self._is_named(wanted, self.store.number[e.passage.id])
        ]
        if told and wanted.topic is not None and wanted.topic.kind in NUMERIC:
            # "Citizens of the EU pay no tuition" beside a table that does not say whom it is for.
            passed = told
            fullest = max(e.matched for e in told)
        picks_rows = bool(fullest) and wanted.topic is not None and wanted.topic.kind in {"list", *NUMERIC}
        passed = [
            e for e in passed if e.matched == fullest or (e.passage.kind == "sentence" and not picks_rows)
        ]
        passed = self._of_what_was_cited(passed, query)
        if wanted.facets.get(COLUMN, set()) - {THIS_COLUMN} and any(
            e.passage.kind == "fact" and self.is_beside(e) for e in passed
        ):
            passed = [e for e in passed if e.passage.kind == "fact" or self._compares(e.passage)]
        passed.sort(key=lambda e: (-e.score, e.passage.number))
        chosen = self._extremes(self._choose(passed, wanted, query), query)
        lacking = self._lacking(wanted, numbers) if wanted.topic else None
        if lacking is not None and chosen and chosen[0].passage.section != lacking.section:
            chosen = [] if self._is_weaker(chosen[0], wanted) else chosen
        trials.sort(key=lambda t: (-t.score, t.passage))
        reason = (
            "" if chosen else (trials[0].reason if trials else "no passage holds any word of the question")
        )
        return Findings(document, tuple(chosen), None if chosen else lacking, reason, tuple(trials[:12]))

    @staticmethod
    def _of_what_was_cited(passed: list[Evidence], query: Query) -> list[Evidence]:
        """Keep to the row told last where the question points at it: `when does it close?`"""
        if OF_WHAT_WAS_CITED not in query.rules:
            return passed
        rows = [e for e in passed if e.passage.id in query.context and e.passage.kind == "fact"]
        return rows if len(rows) == 1 and len(query.context) <= MOST_OTHER else passed

    def _of_this(self, passed: list[Evidence]) -> list[Evidence]:
        """Leave out another column's rows where the page has this programme's own: no national salary."""
        own = [e for e in passed if not self._compares(e.passage)]
        return own if any(e.passage.kind == "fact" for e in own) else passed

    def _otherwise(self, wanted: _Wanted, numbers: Sequence[int]) -> list[Evidence]:
        """Return what a track's own sentences say of the topic, if of another row than was asked for.

        A track that starts in September only answers whether it can be begun in February.
        """
        loose = replace(wanted, facets={}, strict=None)
        found = []
        for number in numbers:
            passage = self.store.passages[number]
            is_own = passage.kind != "fact" and passage.specialisations & wanted.tracks
            if is_own and self._cells(wanted, passage)[1] and self._is_named(loose, number):
                score, reason, cells, is_general = self._test(loose, number)
                if not reason and not is_general:
                    found.append(Evidence(passage, score, cells))
        return found

    def _is_named(self, wanted: _Wanted, number: int) -> bool:
        """Whether a passage itself names the topic."""
        own = self.store.own(number)
        return bool(wanted.groups) and all(any(c in own for c, _ in g) for g in wanted.groups)

    def admitted(self, query: Query, document: str, numbers: Sequence[int] | None = None) -> list[Evidence]:
        """Return the passages in the rows, columns and track asked about, whatever they are about.

        With `numbers`, only these passages of the page are looked at.
        """
        wanted = self._wanted(query, document)
        admitted = []
        for number in self.store.of(document) if numbers is None else numbers:
            passage = self.store.passages[number]
            if wanted.tracks and passage.specialisations and not passage.specialisations & wanted.tracks:
                continue
            cells, fault, matched = self._cells(wanted, passage)
            if not fault:
                is_general = bool(wanted.tracks) and not passage.specialisations
                matched = self._with_printed(matched, wanted, passage)
                admitted.append(Evidence(passage, 0.0, cells, is_general, matched))
        return admitted

    def terms(self, query: Query, document: str) -> list[str]:
        """Return the terms that the query is sent to the index with."""
        return self._wanted(query, document).terms

    def _candidates(self, wanted: _Wanted, numbers: Sequence[int]) -> list[int]:
        holding = self.store.holding(wanted.terms, numbers)
        if wanted.strict in CONTACT:
            holding |= {
                n for n in numbers if any(v.kind == wanted.strict for v in self.store.passages[n].values)
            }
        return [n for n in numbers if n in holding]

    def _test(self, wanted: _Wanted, number: int) -> tuple[float, str, tuple[Cell, ...], bool]:
        """Return score, the reason for failing (empty when passed), cells, and whether only general."""
        passage = self.store.passages[number]
        base = self._topicality(wanted, number, passage)
        if wanted.groups and not base:
            return 0.0, "does not hold the topic's concepts", (), False
        is_general = False
        if wanted.tracks:
            if passage.specialisations and not passage.specialisations & wanted.tracks:
                return base, "is about another specialisation", (), False
            is_general = not passage.specialisations
        cells, faults, matched = self._cells(wanted, passage)
        if faults:
            return base, faults, (), is_general
        if wanted.strict and not self._has_value(passage, cells, wanted.strict):
            return base, f"holds no {wanted.strict}", (), is_general
        if self._is_of_another(wanted, passage):
            return base, "is not about what was named", (), is_general
        if LACKS_DATA in passage.own:
            return base, "says that data are lacking", (), is_general
        own, around, total = self._coverage(wanted, number, passage)
        if not wanted.groups:
            if total == 0 and not matched:
                return 0.0, "nothing to look for", (), is_general
            bonus = self._nearness(wanted, passage)
            if total and (around / total + bonus < ENOUGH_OPEN or own / total + bonus < ENOUGH_OWN):
                return around / total, "covers too little of the question", (), is_general
            base = bonus
        cover = around / total * _trust(wanted) if total else 0.0
        score = base + 0.9 * cover + 0.3 * min(matched, 2)
        score += self._fit(wanted, number, passage) - LOOSE * _looseness(wanted, passage)
        if is_general:
            score -= 0.35
        elif not wanted.tracks and passage.specialisations:
            score -= 0.15
        is_remote = wanted.groups and base <= 0.4 and not cover and not matched
        if is_remote and not self._kind_fits(wanted, passage):
            return score, "only its chapter is about the topic", (), is_general
        return score, "", cells, is_general

    @staticmethod
    def _is_of_another(wanted: _Wanted, passage: Passage) -> bool:
        """Whether a passage, with its headings, says none of the names that the question says."""
        return bool(wanted.named) and wanted.named.isdisjoint(passage.terms | passage.near_terms)

    def _topicality(self, wanted: _Wanted, number: int, passage: Passage) -> float:
        """Return how much a passage is about the topic; 0 when it is not."""
        if not wanted.groups:
            return 0.0
        strengths = [self._group(g, number, passage) for g in wanted.groups]
        if all(strengths):
            return sum(strengths) / len(strengths)
        is_given = wanted.strict in CONTACT and any(v.kind == wanted.strict for v in passage.values)
        return LITERAL if is_given or self._is_literal(wanted, passage) else 0.0

    @staticmethod
    def _nearness(wanted: _Wanted, passage: Passage) -> float:
        """Return the bonus for standing by what was cited last."""
        if passage.paragraph in wanted.close:
            return 0.25
        return 0.15 if passage.section in wanted.around else 0.0

    def _is_literal(self, wanted: _Wanted, passage: Passage) -> bool:
        """Whether a passage holds nearly every content word of the question itself."""
        if len(wanted.literal) < FEWEST_LITERAL:
            return False
        total = sum(w for _, w in wanted.literal)
        held = sum(w for word, w in wanted.literal if {word.en, word.nl} & passage.terms)
        return held >= ENOUGH_LITERAL * total

    def _group(self, group: Sequence[tuple[str, str | None]], number: int, passage: Passage) -> float:
        best = 0.0
        for concept, kind in group:
            if concept.startswith(DIRECTLY):
                # `In English?` - a page that names the language as such answers too.
                strength = 0.8 if concept.removeprefix(DIRECTLY) in passage.own else 0.0
            else:
                strength = self.store.strength(number, concept)
            if strength and kind is not None:
                kinds = STRICT.get(kind, {kind})
                strength = strength * 0.95 if any(v.kind in kinds for v in passage.values) else 0.0
            best = max(best, strength)
        return best

    def _cells(self, wanted: _Wanted, passage: Passage) -> tuple[tuple[Cell, ...], str, float]:
        """Return the cells in the rows and columns asked for, a fault, and how many facets match."""
        if not (wanted.facets or passage.cells):
            return (), "", 0.0
        said: dict[str, set[str]] = {}
        for facet, concept in passage.facets:
            said.setdefault(facet, set()).add(concept)
        cells = [(c, self._cell_facets(c, passage)) for c in passage.cells]
        matched = 0.0
        for facet, asked in wanted.facets.items():
            in_cells = [c for c in cells if facet in c[1]]
            if facet == COLUMN:
                continue
            if facet == DIFFERENCE and passage.cells:
                if not self._differs(asked, cells, passage):
                    return (), "differs otherwise, or from nothing that is given", 0
                matched += 1.0
                continue
            if in_cells:
                best = max(self._agreement(v, c[1][facet]) for c in in_cells for v in asked)
                if not best:
                    return (), f"gives no column for the {facet} asked for", 0
                cells = [c for c in in_cells if max(self._agreement(v, c[1][facet]) for v in asked) == best]
                matched += best
            elif facet in said:
                best = max(self._agreement(v, said[facet]) for v in asked)
                if not best:
                    return (), f"is about another {facet}", 0
                matched += best
            elif any(self._excludes(c, asked) for c in passage.own | passage.near):
                return (), HOLDS_NOT, 0
        if passage.cells:
            cells = self._columns(cells, wanted.facets.get(COLUMN, set()))
            cells = self._columns_named(cells, wanted)
        return tuple(c for c, _ in cells), "", matched

    def _excludes(self, concept: str, values: set[str]) -> bool:
        """Whether a row that names a concept (a statutory fee) does not hold for what was asked (non-EU)."""
        excluded = self.lexicon.excluding.get(concept)
        return excluded is not None and any(excluded & self.lexicon.wider(v) for v in values)

    def _differs(
        self, asked: set[str], cells: Sequence[tuple[Cell, dict[str, set[str]]]], passage: Passage
    ) -> bool:
        """Whether a row's own value differs from the average's as asked, by its word or its values."""
        stated = set().union(*(said.get(DIFFERENCE, set()) for _, said in cells))
        if stated:
            return bool(stated & asked)
        own = [c for c, said in cells if THIS_COLUMN in said.get(COLUMN, {THIS_COLUMN})]
        other = [c for c, said in cells if said.get(COLUMN, set()) - {THIS_COLUMN}]
        amounts = [
            [v.amount for v in self._values_in(passage, side) if v.amount is not None]
            for side in (own, other)
        ]
        if not own or not other or not all(amounts):
            return False
        mine, theirs = (side[0] for side in amounts)
        return (LOWER if mine < theirs else HIGHER if mine > theirs else EQUAL) in asked

    def _matches(self, wanted: _Wanted, passage: Passage) -> float:
        """Return how many of the facets asked for the passage names."""
        return self._with_printed(self._cells(wanted, passage)[2], wanted, passage)

    @staticmethod
    def _with_printed(matched: float, wanted: _Wanted, passage: Passage) -> float:
        """Count a row that prints the very word (Brazil) above one that only covers it (non-EU)."""
        if not wanted.facets:
            return 0.0
        return matched + (1.0 if any({w.en, w.nl} & passage.terms for w in wanted.rows) else 0.0)

    def _columns(
        self, cells: list[tuple[Cell, dict[str, set[str]]]], columns: set[str]
    ) -> list[tuple[Cell, dict[str, set[str]]]]:
        """Keep this programme's own column unless another one was asked for too."""
        if columns - {THIS_COLUMN}:
            return cells
        own = [c for c in cells if COLUMN not in c[1] or THIS_COLUMN in c[1][COLUMN]]
        return own if own and len(own) < len(cells) else cells

    def _columns_named(
        self, cells: list[tuple[Cell, dict[str, set[str]]]], wanted: _Wanted
    ) -> list[tuple[Cell, dict[str, set[str]]]]:
        """Keep the columns whose heads hold the year, concept or word asked for, where they differ."""
        if len(cells) < 2:
            return cells
        counts = [self._head_count(cell.column, wanted) for cell, _ in cells]
        best = max(counts)
        return (
            [c for c, count in zip(cells, counts, strict=True) if count == best]
            if best > min(counts)
            else cells
        )

    def _head_count(self, head: str, wanted: _Wanted) -> int:
        stems, concepts = self._head(head)
        words = {s for w, _ in (*wanted.literal, *wanted.hints) for s in (w.en, w.nl)}
        count = sum(1 for own in stems if not words.isdisjoint(own))
        count += sum(1 for c in concepts if c in wanted.concepts)
        return count + 2 * any(str(year) in head for year in wanted.years)

    def _read_head(self, head: str) -> tuple[list[tuple[str, str]], list[str]]:
        """Return the stems of each word of a column's head, and the concepts that it names."""
        tokens = tokenise(head)
        return [t.stems for t in tokens], [f.concept for f in self.lexicon.find(tokens)]

    def _cell_facets(self, cell: Cell, passage: Passage) -> dict[str, set[str]]:
        """Return what a cell's column head, or else the cell itself, says by facet."""
        result: dict[str, set[str]] = {}
        start = cell.start - passage.start
        body = passage.text[start : start + cell.end - cell.start]
        result.update(self._column(body, is_head=False))
        result.update(self._column(cell.column))
        return result

    def _agreement(self, value: str, others: set[str]) -> float:
        """Return 1 for a row of the very value asked for, a little less for one that covers it.

        A row that is about a part of it counts for a half, any other for nothing.
        """
        if value in others:
            return 1.0
        if any(o in self.lexicon.wider(value) for o in others):
            return COVERED
        return 0.5 if any(value in self._wider_in(o, others) for o in others) else 0.0

    def _wider_in(self, value: str, row: set[str]) -> frozenset[str]:
        """Return what a value of a row belongs to; of several, the one that the row names beside it.

        The United Kingdom is abroad, but `UK and Ireland` beside a word for home students is home.
        """
        entry = self.lexicon.entries.get(value)
        broader = entry.broader if entry else ()
        said = [b for b in broader if b in row]
        return self.lexicon.widened(said) if len(broader) > 1 and said else self.lexicon.wider(value)

    def _has_value(self, passage: Passage, cells: Sequence[Cell], kind: str) -> bool:
        values = self._values_in(passage, cells)
        values = [v for v in values if kind != "number" or not is_rating(v)]
        kinds = STRICT.get(kind, {kind, "number"})
        if kind == "date" and AFTER_A_WHILE in passage.own:
            # "We answer within six weeks" says when.
            kinds = kinds | {"duration"}
        return any(v.kind in kinds for v in values)

    @staticmethod
    def _values_in(passage: Passage, cells: Sequence[Cell]) -> list[Value]:
        if not cells:
            return list(passage.values)
        spans = [(c.start - passage.start, c.end - passage.start) for c in cells]
        inside = [v for v in passage.values if any(a <= v.start and v.end <= b for a, b in spans)]
        return inside or list(passage.values)

    def _coverage(self, wanted: _Wanted, number: int, passage: Passage) -> tuple[float, float, float]:
        """Return how much of the question's other words a passage holds itself, and with its headings."""
        own = around = total = 0.0
        for concept, weight in wanted.concepts.items():
            total += weight
            strength = self.store.strength(number, concept)
            own += weight if strength == 1.0 else 0.0
            around += weight * strength
        for word, weight in wanted.words:
            held, near = _said(word, passage)
            total += weight
            own += weight * held
            around += weight * max(held, near)
        for word, weight in wanted.hints:
            # The words of a topic's phrase have said what is asked; only they themselves tell more.
            held, near = _said(word, passage, NO_SENSES)
            total += weight * max(held, near)
            own += weight * held
            around += weight * max(held, near)
        return own, around, total

    def _fit(self, wanted: _Wanted, number: int, passage: Passage) -> float:
        """Return what speaks for or against a passage beside the question's words."""
        score = 0.0
        if self._kind_fits(wanted, passage):
            score += 0.35
        if passage.kind == "fact":
            score += 0.3 if self._kind_fits(wanted, passage) else 0.1
            label = self._label(passage.label)
            if any(c in label for g in wanted.groups for c, _ in g):
                score += 0.25
        own = self.store.own(number)
        others = {
            c for c in self.store.passages[number].own
            if c in self.topical and c not in wanted.asked
        }  # fmt: skip
        is_open_prose = (
            wanted.strict is None
            and not (wanted.topic is not None and wanted.topic.kind in NUMERIC)
            and passage.kind != "fact"
            and any(c in own for g in wanted.groups for c, _ in g)
        )
        if is_open_prose:
            # Told about in general: what says more, and says it first, is better.
            score += 0.015 * min(len(passage.terms), 14) + (0.08 if self._opens(number) else 0.0)
            if passage.near & self._figured - wanted.asked and any(v.kind in NUMERIC for v in passage.values):
                score -= OF_A_FIGURE
        else:
            score -= min(0.5, 0.12 * len(others) + 0.2 * len(others & self._things))
        if wanted.topic and wanted.topic.kind == "list" and len(_SEPARATOR.findall(passage.text)) > 1:
            score += 0.3
        if len(passage.text) > 400:
            score -= 0.1
        if not wanted.asks_who and wanted.strict not in CONTACT and _names_someone(passage):
            score -= WHOM_TO_ASK
        if wanted.asks_name and _prints_name(passage):
            score += NAME_PRINTED
        return score

    def _opens(self, number: int) -> bool:
        """Whether a passage is the first under its heading."""
        passage = self.store.passages[number]
        return not passage.number or self.store.passages[number - 1].headings != passage.headings

    def _kind_fits(self, wanted: _Wanted, passage: Passage) -> bool:
        kind = wanted.strict or (wanted.topic.kind if wanted.topic else None)
        if kind not in NUMERIC:
            return False
        kinds = STRICT.get(kind, {kind, "number"} if kind in {"number", "score"} else {kind})
        return any(v.kind in kinds for v in passage.values)

    # -- the choice -----------------------------------------------------------------------

    def _extremes(self, chosen: list[Evidence], query: Query) -> list[Evidence]:
        """Keep the rows with the lowest or highest value of a list, where that is asked."""
        if query.extreme is None or len(chosen) < FEWEST_RANKED:
            return chosen
        amounts: list[float] = []
        for evidence in chosen:
            own = [
                v.amount for v in self._values_in(evidence.passage, evidence.cells) if v.amount is not None
            ]
            if evidence.passage.kind != "fact" or len(own) != 1:
                return chosen
            amounts += own
        best = min(amounts) if query.extreme == LOWEST else max(amounts)
        return [e for e, amount in zip(chosen, amounts, strict=True) if amount == best]

    def _choose(self, passed: Sequence[Evidence], wanted: _Wanted, query: Query) -> list[Evidence]:
        """Return the best passages: rows that belong together, or one or two sentences."""
        if not passed:
            return []
        top = passed[0]
        kind = query.wanted or (wanted.topic.kind if wanted.topic else "prose")
        most = wanted.topic.most if wanted.topic and wanted.topic.most else None
        unique: list[Evidence] = []
        texts: set[str] = set()
        for item in passed:
            key = " ".join(item.passage.text.split()).casefold()
            if key not in texts:
                texts.add(key)
                unique.append(item)
        if kind == "list" or (top.passage.kind == "item" and top.passage.table):
            group = [e for e in unique if _same_list(e.passage, top.passage) and e.score >= top.score * 0.3]
            if len(group) > 1:
                group = self._rows_of(group, wanted)
                if all(e.passage.kind == "fact" for e in group):
                    group = self._rows_named(group, query)
                group = _within(group, query.most_words)
                return sorted(group, key=lambda e: e.passage.number)[: most or 12]
        is_beside = bool(wanted.facets.get(COLUMN, set()) - {THIS_COLUMN})
        if top.passage.kind == "fact" or (is_beside and any(e.passage.kind == "fact" for e in unique)):
            is_told_in_list = wanted.topic is not None and wanted.topic.kind in {"list", "prose"}
            if wanted.groups and top.passage.table and (is_told_in_list or not self._is_direct(top, wanted)):
                rows = [
                    e for e in passed if e.passage.kind != "sentence" and e.passage.table == top.passage.table
                ]
                if len(rows) > 1:
                    rows = self._rows_of(rows, wanted)
                    rows = self._rows_named(rows, query)
                    return sorted(rows, key=lambda e: e.passage.number)[: most or MOST_ROWS]
            if wanted.facets.get(COLUMN, set()) - {THIS_COLUMN} and DIFFERENCE not in wanted.facets:
                compared = [e for e in unique if self._compares(e.passage)]
                own = [e for e in unique if e.passage.kind == "fact" and not self._compares(e.passage)]
                rows = [e for e in own if e.passage.cells and self._belongs(e, own[0])]
                if len(rows) > 1:
                    return sorted(rows, key=lambda e: e.passage.number)[: most or MOST_ROWS]
                own = own[:1]
                beside = {e.passage.id: e for e in (*(own or [top]), *compared)}
                return sorted(beside.values(), key=lambda e: e.passage.number)[:MOST_PROSE]
            group = [
                e for e in unique
                if e.passage.kind == "fact" and e.score >= top.score * 0.8 and self._belongs(e, top)
            ]  # fmt: skip
            group = self._rows_named(group, query)
            return sorted(group, key=lambda e: e.passage.number)[: most or MOST_FACTS]
        of_each = self._one_of_each(unique, wanted)
        if of_each:
            return of_each
        limit = most or (MOST_OTHER if kind in STRICT else MOST_PROSE)
        named = {w for w in query.words if {w.en, w.nl} & top.passage.terms} if wanted.strict else set()
        # A value asked of something named: a value of something else adds nothing.
        unique = [e for e in unique if all({w.en, w.nl} & e.passage.terms for w in named)]
        chosen = self._sentences(unique, top, limit, query.most_words)
        chosen = self._with_continuation(chosen, most or MOST_PROSE)
        return sorted(self._with_nested(chosen), key=lambda e: e.passage.number)

    def _one_of_each(self, passed: Sequence[Evidence], wanted: _Wanted) -> list[Evidence]:
        """Return a sentence of each thing that a chapter lists under headings, where all are asked for.

        `Which scholarships are there?` is answered by their names, which stand in headings alone.
        """
        top = passed[0].passage
        is_open = not (wanted.strict or wanted.words or wanted.facets or wanted.tracks)
        if not is_open or wanted.topic is None or not wanted.topic.is_thing or len(top.headings) < 2:
            return []
        best: dict[str, Evidence] = {}
        for item in passed:
            headings = item.passage.headings
            if headings[:-1] == top.headings[:-1] and item.passage.kind != "fact":
                best.setdefault(headings[-1], item)
        asked = {c for g in wanted.groups for c, _ in g}
        if len(best) < 2 or all(asked & e.passage.own for e in best.values()):
            return []
        return sorted(best.values(), key=lambda e: e.passage.number)[:MOST_PARTS]

    @staticmethod
    def _sentences(passed: Sequence[Evidence], top: Evidence, most: int, budget: int) -> list[Evidence]:
        """Return the best sentence, and others near it that add something, within a number of words."""
        chosen = [top]
        words = len(top.passage.text.split())
        for item in passed[1:]:
            passage = item.passage
            is_beside = passage.paragraph == top.passage.paragraph
            if item.score < top.score * (BESIDE if is_beside else CLOSE):
                continue
            length = len(passage.text.split())
            if len(chosen) >= most or words + length > budget:
                continue
            if any(is_alike(passage, c.passage) for c in chosen):
                continue
            chosen.append(item)
            words += length
        return chosen

    @staticmethod
    def _rows_of(rows: list[Evidence], wanted: _Wanted) -> list[Evidence]:
        """Keep the rows that hold what was named beside the topic, where some do: the professors' share."""
        if wanted.strict is None:
            return rows
        holding = [e for e in rows if e.passage.own & wanted.concepts.keys()]
        return holding or rows

    def _rows_named(self, rows: list[Evidence], query: Query) -> list[Evidence]:
        """Keep the rows whose labels hold most of the question's words, where rows differ in that.

        Of those, a row whose label says nothing else beats one that says more.
        """
        rows = _rows_numbered(rows, query.text)
        said = {s for w in (*query.literal, *query.hints, *query.rows) for s in (w.en, w.nl)}
        texts = [
            {s for t in tokenise(_whole(e.passage)) if not t.is_number for s in t.stems} & said for e in rows
        ]
        common = set.intersection(*texts) if texts else set()
        counts = [len(text - common) for text in texts]
        best = max(counts, default=0)
        if not best:
            return rows
        kept = [e for e, count in zip(rows, counts, strict=True) if count == best]
        said |= {s for t in tokenise(query.text) for s in t.stems}
        exact = [e for e in kept if e.passage.label and self._is_covered(e.passage, said)]
        return exact or kept

    @staticmethod
    def _is_covered(passage: Passage, said: set[str]) -> bool:
        """Whether every content word of a label is among the stems."""
        return all(set(t.stems) & said for t in tokenise(passage.label) if set(t.stems) & passage.terms)

    def is_beside(self, evidence: Evidence) -> bool:
        """Whether evidence gives another column's value, such as an average's."""
        if self._compares(evidence.passage):
            return True
        heads = [self._column(c.column).get(COLUMN, set()) for c in evidence.cells or evidence.passage.cells]
        return any(head - {THIS_COLUMN} for head in heads)

    def is_own_column(self, head: str) -> bool:
        """Whether a column is headed as the programme's own, beside an average's."""
        return THIS_COLUMN in self._column(head).get(COLUMN, set())

    def _compares(self, passage: Passage) -> bool:
        """Whether a passage without columns is about another column: the average of all masters."""
        values = {c for f, c in passage.facets if f == COLUMN}
        return bool(values - {THIS_COLUMN}) and not any(
            self._column(c.column).get(COLUMN) for c in passage.cells
        )

    @staticmethod
    def _is_direct(top: Evidence, wanted: _Wanted) -> bool:
        """Whether the passage names the topic's very concept, not just one narrower or its heading."""
        return bool(top.matched) or any(c in top.passage.own for g in wanted.groups for c, _ in g)

    def _with_continuation(self, chosen: list[Evidence], limit: int) -> list[Evidence]:
        """Add the sentence that goes on from a single short one."""
        if len(chosen) != 1 or limit < 2:
            return chosen
        passage = chosen[0].passage
        own = self.store.of(passage.document)
        if is_asked_by_page(passage):
            return [*chosen, *self.rest_of_answer(chosen[0])]
        if passage.number + 1 < len(own):
            after = self.store.passages[own[passage.number + 1]]
            if after.continues and after.paragraph == passage.paragraph:
                return [*chosen, Evidence(after, chosen[0].score)]
        return chosen

    def rest_of_answer(self, first: Evidence) -> list[Evidence]:
        """Return the sentences with which a page goes on answering a question that it asks itself."""
        words = len(first.passage.text.split())
        rest: list[Evidence] = []
        for number in self.store.of(first.passage.document)[first.passage.number + 1 :]:
            passage = self.store.passages[number]
            words += len(passage.text.split())
            if passage.paragraph != first.passage.paragraph or words > MOST_WORDS_OF_ANSWER:
                break
            rest.append(Evidence(passage, first.score))
        return rest

    def _with_nested(self, chosen: list[Evidence]) -> list[Evidence]:
        """Add the list item that a nested one stands under, and those that stand under a leading one."""
        numbers = {self.store.number[e.passage.id]: e for e in chosen}
        added: dict[int, Evidence] = {}
        for number, item in numbers.items():
            if item.passage.kind == "item":
                around = [*self._leads(number), *(self._under(number) if len(chosen) == 1 else ())]
                added |= {n: Evidence(self.store.passages[n], item.score) for n in around if n not in numbers}
        return [*chosen, *added.values()]

    def _leads(self, number: int) -> list[int]:
        """Return the list item that a nested one stands under: `The fee does not include:`."""
        own = self.store.passages[number]
        for n in range(number - 1, -1, -1):
            above = self.store.passages[n]
            if above.document != own.document or above.headings != own.headings or above.kind == "sentence":
                break
            if above.level < own.level:
                return [n] if above.kind == "item" else []
        return []

    def _under(self, number: int) -> list[int]:
        """Return the list items that stand under one that leads them."""
        own = self.store.passages[number]
        found = []
        for n in range(number + 1, len(self.store.passages)):
            below = self.store.passages[n]
            if below.document != own.document or below.level <= own.level or below.kind == "sentence":
                break
            found.append(n)
        return found[:MOST_FACTS]

    @staticmethod
    def _belongs(item: Evidence, top: Evidence) -> bool:
        """Whether two facts are rows of one table or values under one label."""
        if item is top:
            return True
        a, b = item.passage, top.passage
        if a.label and a.label == b.label:
            return True
        same_table = a.table and a.table == b.table
        # Without a table, rows of one section that hold as well as each other are told apart by their labels.
        is_beside = not (a.table or b.table) and a.headings == b.headings and item.matched == top.matched
        return bool(
            (same_table and item.score >= top.score * 0.92)
            or (is_beside and item.score >= top.score * EQUAL_ROWS)
        )

    def _lacking(self, wanted: _Wanted, numbers: Sequence[int]) -> Passage | None:
        """Return the page's own word that it lacks data on the topic, if it has one."""
        for number in sorted(self.store.holding(["#" + LACKS_DATA], numbers)):
            passage = self.store.passages[number]
            if LACKS_DATA in passage.own:
                strengths = [
                    max(self.store.strength(number, c.removeprefix(DIRECTLY)) for c, _ in g)
                    for g in wanted.groups
                ]
                if strengths and min(strengths) >= 0.7:
                    return passage
        return None

    @staticmethod
    def _is_weaker(best: Evidence, wanted: _Wanted) -> bool:
        """Whether the page's word that it lacks data outweighs a passage that only touches the topic."""
        return best.passage.kind != "fact" and best.score < 1.0 + 0.35 * bool(wanted.strict)


def evidence_groups(topic: TopicEntry) -> tuple[tuple[tuple[str, str | None], ...], ...]:
    """Return a topic's evidence as groups of (concept, kind of value or None)."""
    groups = []
    for group in topic.evidence:
        options: list[tuple[str, str | None]] = []
        for option in (group,) if isinstance(group, str) else group:
            concept, _, kind = option.partition("~")
            options.append((concept, kind or None))
        groups.append(tuple(options))
    return tuple(groups)


def _said(word: Word, passage: Passage, senses: Collection[str] | None = None) -> tuple[float, float]:
    """Return how far a passage says a word itself, and how far its headings do, from 0 to 1.

    Another word of the same meaning, by the word's senses or those given, counts a little less.
    """
    stems, senses = {word.en, word.nl}, set(word.senses if senses is None else senses)
    own = 1.0 if stems & passage.terms else SYNONYM if senses & passage.senses else 0.0
    near = 1.0 if stems & passage.near_terms else SYNONYM if senses & passage.near_senses else 0.0
    return own, AROUND * near


def _looseness(wanted: _Wanted, passage: Passage) -> float:
    """Return how much of the question's words a passage says in other words only, from 0 to 1."""
    total = sum(weight for _, weight in wanted.words)
    loose = sum(weight for word, weight in wanted.words if _said(word, passage)[0] == SYNONYM)
    return loose / total if total else 0.0


def _rows_numbered(rows: list[Evidence], question: str) -> list[Evidence]:
    """Keep the rows with a number of the question, where each row's label has one: `within 5 years`."""
    asked = {t.fold for t in tokenise(question) if t.is_number}
    printed = [{t.fold for t in tokenise(e.passage.label) if t.is_number} for e in rows]
    if not asked or not all(printed):
        return rows
    return [e for e, own in zip(rows, printed, strict=True) if own & asked] or rows


def _within(group: list[Evidence], budget: int) -> list[Evidence]:
    """Keep the best items of a list within a number of words, where the items are whole sentences."""
    lengths = [len(e.passage.text.split()) for e in group]
    if sum(lengths) <= SENTENCE * len(group):
        return group
    kept: list[Evidence] = []
    words = 0
    for item, length in sorted(zip(group, lengths, strict=True), key=lambda pair: -pair[0].score):
        if kept and words + length > budget:
            break
        kept.append(item)
        words += length
    return kept


def _of_years(passed: list[Evidence], years: Sequence[int], is_amount: bool) -> list[Evidence]:
    """Leave out rows of other years than were asked for: amounts always, others where one is of that year.

    A row is of the years that its label, value or columns print: `2026/27: £11,850`.
    """
    printed = [_printed_years(e.passage) for e in passed]
    if not years or not (is_amount or any(own & set(years) for own in printed)):
        return passed
    return [e for e, own in zip(passed, printed, strict=True) if not own or own & set(years)]


def _printed_years(passage: Passage) -> set[int]:
    if passage.kind != "fact":
        return set()
    in_heads = {int(y) for c in passage.cells for y in _YEAR.findall(c.column)}
    return in_heads | {v.year for v in passage.values if v.kind == "year" and v.year is not None}


def is_rating(value: Value) -> bool:
    """Whether a number is no count of anything: `4,2`."""
    return value.kind in {"number", SCORE} and bool(_DECIMAL.search(value.text))


def _whole(passage: Passage) -> str:
    """Return a passage with its label, which may stand above several values."""
    return passage.text if passage.label in passage.text else f"{passage.label} {passage.text}"


def _trust(wanted: _Wanted) -> float:
    """Return how far words that are held speak for a passage.

    Where only words of the topic's own phrase are left, in one language, they are no more than a hint.
    """
    return HINTED if wanted.groups and not (wanted.words or wanted.concepts) else 1.0


def _names_someone(passage: Passage) -> bool:
    """Whether a passage is a fact in a list of people, with nothing but ways to reach one as its values."""
    is_listed = passage.kind == "fact" and PEOPLE in passage.near
    return is_listed and all(v.kind in CONTACT for v in passage.values)


def _prints_name(passage: Passage) -> bool:
    """Whether a passage prints what looks like somebody's name, other than in its label."""
    text = passage.text
    if passage.cells:
        text = " ; ".join(text[c.start - passage.start : c.end - passage.start] for c in passage.cells)
    return bool(_NAME.search(text))


def evidence_concepts(topic: TopicEntry) -> frozenset[str]:
    """Return the concepts of a topic's evidence."""
    return frozenset(concept for group in evidence_groups(topic) for concept, _ in group)


def is_asked_by_page(passage: Passage) -> bool:
    """Whether a sentence answers a question that the page asks itself, in a heading or before it."""
    return passage.kind == "sentence" and (passage.section.endswith("?") or "?" in passage.text)


def is_alike(a: Passage, b: Passage) -> bool:
    """Whether two passages say nearly the same."""
    return len(a.terms & b.terms) >= ALIKE * len(a.terms | b.terms) if a.terms and b.terms else False


def _same_list(a: Passage, b: Passage) -> bool:
    return a.kind in {"item", "fact"} and bool(a.table) and a.table == b.table and a.document == b.document
