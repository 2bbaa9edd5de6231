"""Fill in from the conversation what an utterance leaves unsaid.

Each rule has a name, which the explain record shows.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from advisor.records.interpretation import Part, Term, TopicHit
from advisor.records.passage import Specialisation
from advisor.records.state import OF_WHAT_WAS_CITED, DialogueState, Query, Word
from advisor.text.lexicon import Lexicon
from advisor.text.tokens import tokenise
from advisor.topics.schema import TopicEntry

LOUD = 0.8
SPECIALISATION = "specialisation"
ALIKE = 0.7
NAMED_READING = 0.6
SHORT = 7
_LAST_NUMBER = re.compile(r"\d+$")
MOST_TOGETHER = 4
POINTS_BACK = "points back"
NAMED = "programme named"
CARRIED = "programme carried"
WHICH_TRACK = "which of the specialisations"
OF_EACH_TRACK = "asked of each specialisation"
FRAGMENT = 3
POINTERS = frozenset({"other", "both", "first-one", "compare", "which-of-them"})
COLUMN = "column"
DIFFERENCE = "difference"
JUDGE = "judge"
SUCH = "such"
SAME_FOR = "same-for"
JOIN = "join"
CHOOSE = "choose-programme"
DESCRIBED = "described"
TURNED = ("other", "both", "first-one", "second-one", "which-of-them", "all-tracks")
EXTREMES = ("lowest", "highest")
COMPARING = frozenset({"compare", "difference-yes-no", JUDGE})
VALUES = frozenset({"money", "duration", "date", "credits", "hours"})
COUNTS = frozenset({"number", "credits"})
# What is heard without a word of its own: how many, and who.
HEARD_ALONE = frozenset({"number", "person"})
FIGURES = VALUES | {"number", "percentage", "score"}


@dataclass(frozen=True, slots=True)
class Programmes:
    """The programmes that can be talked about, the newest edition of each, and their tracks."""

    order: tuple[str, ...]
    specialisations: Mapping[str, Sequence[str]]
    older: Mapping[str, tuple[tuple[int, str], ...]]
    among: Callable[[Sequence[str]], tuple[str, ...]] = lambda within: ()

    def tracks(self, document: str) -> tuple[tuple[str, str], ...]:
        """Return the specialisations of a programme."""
        return tuple((document, name) for name in self.specialisations.get(document, ()))


class Tracker:
    """Resolves a part against the state; both are left as they were."""

    def __init__(
        self,
        programmes: Programmes,
        lexicon: Lexicon,
        topics: Mapping[str, TopicEntry],
        unsaid: Mapping[str, str],
        joiners: frozenset[str] = frozenset(),
        conjunctions: frozenset[str] = frozenset(),
        polar: frozenset[str] = frozenset(),
        ordinals: Mapping[str, int] | None = None,
    ) -> None:
        self._ordinals = dict(ordinals or {})
        self.joiners = joiners
        self.conjunctions = conjunctions
        self._polar = polar
        self.programmes = programmes
        self.lexicon = lexicon
        self.topics = topics
        rated = {o for t in topics.values() for g in t.evidence for o in ((g,) if isinstance(g, str) else g)}
        # Columns that are an average: their concept, or a broader one, is a topic's own evidence.
        columns = [c for c in lexicon.names if lexicon.facet(c) == COLUMN and lexicon.wider(c) & rated]
        self._averages = tuple(columns)
        self._average = frozenset(w for c in columns for w in lexicon.wider(c))
        self.unsaid = unsaid
        self._of_last = frozenset(n for n, t in topics.items() if t.is_of_last)
        narrow = {
            c: lexicon.wider(c) - {c}
            for n, t in topics.items()
            if t.kind == "score"
            for c in self._concepts_of(n)
        }
        covering: frozenset[str] = frozenset().union(*narrow.values())
        self._covering = frozenset(
            n for n, t in topics.items() if t.kind == "score" and self._concepts_of(n) & covering
        )

    def resolve(self, part: Part, state: DialogueState, forced: bool = False) -> Query:
        """Return the query that a part of the utterance stands for.

        With `forced`, the question of the turn before is carried, whatever words are new.
        """
        rules: list[str] = []
        last = state.query
        part = self._without_asides(self._counted(part, last), last)
        part = self._of_the_talk(part, state)
        tracks = tuple((s.document, s.name) for s in part.specialisations)
        within = self._within(part, state)
        programmes = self._programmes(part, state, tracks, within, rules)
        tracks = self._tracks(part, state, programmes, tracks, rules)
        if tracks and not part.programmes:
            own = tuple(dict.fromkeys(document for document, _ in tracks))
            if not programmes or not set(own) <= set(programmes):
                programmes = tuple(p for p in programmes if p in own) or own
        base = last if last is not None and (forced or self._carries(part, last, rules)) else None
        topic, alternatives = self._topic(part, state, rules)
        facets = part.facets
        concepts = self._concepts(part, topic)
        words = _words(part.terms)
        hints = _words(part.claimed)
        wanted = part.wanted
        negated = tuple(sorted(part.negated))
        is_elliptic = False
        if base is not None:
            topic = base.topic
            said = {f for f, _ in facets}
            if self._is_comparison(part) and self._averages:
                facets = (*facets, (COLUMN, self._averages[0]))
            facets = (*facets, *((f, c) for f, c in base.facets if f not in said and f != COLUMN))
            concepts = tuple(sorted({*concepts, *self._without_facets(base.concepts, said)}))
            names_more = part.facets or part.programmes or part.specialisations or part.acts & POINTERS
            is_elliptic = bool(wanted and wanted != base.wanted and not names_more)
            alternatives = base.alternatives
            words = base.words if forced else words or base.words
            hints = hints or base.hints
            wanted = wanted or base.wanted
            negated = negated or base.negated
        if (
            base is None
            and last is not None
            and "narrow" in part.acts
            and all(f != COLUMN for f, _ in facets)
        ):
            # "Just the facilities": one row of the comparison before.
            facets = (*facets, *(f for f in last.facets if f[0] == COLUMN))
        kept = self._rows_kept(part, last) if base is None else ()
        facets = (*facets, *kept)
        literal = part.literal if base is None else ()
        if self._is_compared(part, facets):
            facets = self._beside_average(part, topic, facets, rules)
            # Both columns are wanted, so the head of one must not single it out.
            concepts = tuple(c for c in concepts if c not in {*self._average, *self._averages})
            if any(f == COLUMN for f, _ in facets):
                literal = hints = ()
        is_faint = part.topic is not None and part.topic.score < LOUD and not part.terms
        if base is None and wanted in self.unsaid and is_faint and self.topics[topic or ""].kind != wanted:
            topic = None
        if topic is None and base is None and wanted is None:
            topic = self._topic_of_a_value(part, rules)
        topic, wanted = self._value_of_a_thing(part, topic, wanted, rules)
        if base is None and last is not None:
            topic, wanted = self._value_of_the_last(part, topic, wanted, last, rules)
        topic, scope = self._scope(part, topic, base, rules)
        if base is None and topic and (part.topic is None or part.topic.topic != topic):
            alternatives = self._readings(part, topic)
        is_elliptic = is_elliptic or topic in self._of_last
        if topic is None and base is None and not words and wanted in self.unsaid:
            rules.append("question by its kind only")
            topic = self.unsaid[wanted or ""]
        if part.points_back and (last is not None or "both" in part.acts):
            rules.append(POINTS_BACK)
            rules += self._of_what_was_cited(part, topic, wanted, last)
        years = part.years or (base.years if base else ())
        return Query(
            act=self._act(part, programmes, base, last),
            topic=topic,
            concepts=concepts,
            words=words,
            hints=hints,
            rows=_words(part.rows) or (base.rows if base is not None and not part.facets else ()),
            literal=_words(literal) if base is None else base.literal,
            wanted=wanted,
            facets=tuple(sorted(facets)),
            kept=kept,
            programmes=self._editions(programmes, years),
            within=() if programmes else within or (base.within if base is not None else ()),
            specialisations=tracks,
            misplaced=tuple((s.document, s.name) for s in part.misplaced),
            negated=negated,
            denied=tuple(sorted({h.topic for h in part.topics} if "skip" in part.acts else part.denied)),
            years=years,
            alternatives=alternatives,
            scope=scope,
            also=tuple(h.topic for h in part.topics if h.score >= LOUD and h.topic != topic),
            context=state.cited if part.programmes in ((), state.programmes) else (),
            is_elliptic=is_elliptic,
            is_carried=base is not None,
            asks_which=WHICH_TRACK in rules,
            extreme=next((a for a in EXTREMES if a in part.acts), None),
            rules=tuple(rules),
            text=part.text,
        )

    def _without_asides(self, part: Part, last: Query | None) -> Part:
        """Hear `is that per month?` only as asked of what was told last; else the words only say more."""
        is_asked = last is not None and len(part.tokens) <= SHORT and not part.programmes
        if is_asked and part.topic is not None and part.topic.rule == "phrase":
            return part
        concepts = {c for t in self._of_last for c in self._concepts_of(t)}
        if not concepts & part.concepts and not any(h.topic in self._of_last for h in part.topics):
            return part
        return replace(
            part,
            topics=tuple(h for h in part.topics if h.topic not in self._of_last),
            found=tuple(f for f in part.found if f.concept not in concepts),
        )

    def asks_anew(self, part: Part, last: Query) -> bool:
        """Whether the part is a yes-or-no question in whole words, after one that got a value.

        `Is it bad if I stay away?` after a fee is no follow-up: the fee again would be no answer.
        """
        words = [t.fold for t in part.tokens]
        if words and words[0] in self.conjunctions:
            words = words[1:]
        is_whole = len(words) > FRAGMENT and words[0] in self._polar
        return is_whole and part.wanted is None and last.wanted is not None

    def _rows_kept(self, part: Part, last: Query | None) -> tuple[tuple[str, str], ...]:
        """Return the rows that `and when do they decide?` means after a question about round 2."""
        if last is None or not part.points_back or part.acts & POINTERS:
            return ()
        if part.programmes not in ((), last.programmes) or part.specialisations:
            return ()
        said = {f for f, _ in part.facets}
        return tuple((f, c) for f, c in last.facets if f not in said and f not in {COLUMN, DIFFERENCE})

    def _counted(self, part: Part, last: Query | None) -> Part:
        """Read `and in the first?` as the first of the years or semesters that were talked about."""
        if last is None or part.facets or len(part.tokens) > SHORT:
            return part
        spots = [i for i, t in enumerate(part.tokens) if t.fold in self._ordinals]
        rest = [t for t in part.terms if t.position not in spots]
        if len(spots) != 1 or rest or (part.topic is not None and part.topic.score >= LOUD):
            return part
        number = self._ordinals[part.tokens[spots[0]].fold]
        for facet, value in last.facets:
            meant = _LAST_NUMBER.sub(str(number), value)
            if meant != value and self.lexicon.facet(meant) == facet:
                return replace(part, facets=((facet, meant),), terms=(), claimed=(), topics=())
        return part

    @staticmethod
    def _of_the_talk(part: Part, state: DialogueState) -> Part:
        """Leave out another programme's specialisation that words of this talk only resemble.

        "And their research?", said of a programme without such a specialisation, is about research.
        """
        if part.programmes or not state.programmes:
            return part
        said = {t.fold: t for t in part.tokens}
        names_tracks = DESCRIBED in part.acts or any(f.concept == SPECIALISATION for f in part.found)
        kept, terms = [], list(part.terms)
        for track in part.specialisations:
            name = [t.fold for t in tokenise(track.name)]
            is_named = set(name) <= said.keys()
            is_plain = len(name) == 1 and is_named and said[name[0]].text.islower() and not names_tracks
            if track.document in state.programmes or (
                is_named and (not is_plain or track.document in state.mentioned)
            ):
                kept.append(track)
            elif is_plain:
                token = said[name[0]]
                terms.append(Term(token.stems, token.text, part.tokens.index(token)))
        return replace(part, specialisations=tuple(kept), terms=tuple(terms))

    # -- what is talked about -------------------------------------------------------------

    @staticmethod
    def _within(part: Part, state: DialogueState) -> tuple[str, ...]:
        """Return the titles and institutions named, with those that a question back was about."""
        asked = state.pending.query.within if state.pending is not None else ()
        kinds = {w[0] for w in part.within}
        if part.within and kinds.isdisjoint(w[0] for w in asked):
            return (*asked, *part.within)
        return part.within

    def _programmes(
        self,
        part: Part,
        state: DialogueState,
        tracks: Sequence[tuple[str, str]],
        within: tuple[str, ...],
        rules: list[str],
    ) -> tuple[str, ...]:
        if part.programmes:
            rules.append(NAMED)
            if "compare" in part.acts and part.points_back and len(part.programmes) == 1:
                # "Does it cost the same as X?": the other side is what was talked about.
                return tuple(dict.fromkeys((*state.programmes, *part.programmes)))
            return part.programmes
        if CHOOSE in part.acts and part.points_back:
            # "Which university supports that?": any may.
            return ()
        if within:
            among = self.programmes.among(within)
            spoken_of = tuple(p for p in state.programmes if p in among)
            if spoken_of or 0 < len(among) <= MOST_TOGETHER:
                rules.append("programme of that name")
                return spoken_of or among
            rules.append("name of many programmes")
            return ()
        known = self.programmes.order
        if "other" in part.acts and state.programmes and not state.specialisations:
            pool = state.mentioned if len(set(state.mentioned)) > 1 else known
            others = tuple(p for p in pool if p not in state.programmes)
            if others:
                rules.append("the other programme")
                return others[:1] if len(known) > 2 else others
        if "both" in part.acts and not (len(state.specialisations) > 1):
            pool = state.mentioned if len(state.mentioned) > 1 else known
            if 1 < len(pool) <= 4:
                rules.append("both programmes")
                return tuple(pool[-2:]) if len(known) > 2 else tuple(pool)
        for place, act in enumerate(("first-one", "second-one")):
            listed = state.mentioned if len(state.mentioned) > place else known if len(known) < 4 else ()
            if act in part.acts and not tracks and len(listed) > place and not state.specialisations:
                rules.append("one of the programmes by its place")
                return listed[place : place + 1]
        if tracks:
            owners = tuple(dict.fromkeys(d for d, _ in tracks))
            return tuple(p for p in state.programmes if p in owners) or owners
        if state.programmes:
            rules.append(CARRIED)
        return state.programmes

    def _tracks(
        self,
        part: Part,
        state: DialogueState,
        programmes: Sequence[str],
        tracks: tuple[tuple[str, str], ...],
        rules: list[str],
    ) -> tuple[tuple[str, str], ...]:
        if tracks and "except" in part.acts:
            rules.append("all but the specialisations named")
            denied = tuple(dict.fromkeys(d for d, _ in tracks))
            return tuple(t for d in denied for t in self.programmes.tracks(d) if t not in tracks)
        if tracks:
            rules.append("specialisation named")
            kept = tuple(t for t in tracks if not programmes or t[0] in programmes)
            return kept or tracks
        spoken = programmes or state.programmes or self.programmes.order
        every = tuple(t for d in spoken for t in self.programmes.tracks(d))
        if every and self._of_each_track(part) is not None:
            rules.append(OF_EACH_TRACK)
            return every
        if part.programmes and set(part.programmes) != set(state.programmes):
            return ()
        if every and "all-tracks" in part.acts:
            rules.append("all specialisations")
            return every
        last = state.query.topic if state.query else None
        of_tracks = bool(state.specialisations) or SPECIALISATION in (self._concepts_of(last) if last else ())
        if "which-of-them" in part.acts and len(state.programmes) == 1 and of_tracks and not part.programmes:
            rules.append(WHICH_TRACK)
            return self.programmes.tracks(state.programmes[0])
        if "other" in part.acts and state.specialisations and not part.programmes:
            document = state.specialisations[0][0]
            told = tuple(t for t in state.tracks if t[0] == document and t not in state.specialisations)
            rest = tuple(t for t in self.programmes.tracks(document) if t not in state.specialisations)
            others = told[-1:] if len(state.specialisations) == 1 and told else rest
            if others:
                rules.append("the other specialisations")
                return others
        if "first-one" in part.acts and len(state.tracks) > 1 and state.specialisations:
            rules.append("the first specialisation")
            return tuple(t for t in state.tracks if t not in state.specialisations)[:1] or state.tracks[:1]
        if state.specialisations and {d for d, _ in state.specialisations} <= set(programmes):
            if "which-of-them" in part.acts and len(state.specialisations) > 1:
                rules.append(WHICH_TRACK)
            rules.append("specialisation carried")
            return state.specialisations
        return ()

    def _editions(self, programmes: Sequence[str], years: Sequence[int]) -> tuple[str, ...]:
        """Replace a programme by its older edition where the question names that one's year.

        Where it names other years too, the programme stands for those: the editions are compared.
        """
        chosen: list[str] = []
        for programme in programmes:
            older = dict(self.programmes.older.get(programme, ()))
            named = [older.get(y, programme) for y in years]
            chosen += dict.fromkeys(named) if set(named) - {programme} else [programme]
        return tuple(chosen)

    # -- what is asked --------------------------------------------------------------------

    def _concepts(self, part: Part, topic: str | None) -> tuple[str, ...]:
        """Return the concepts named beside the words that make the topic."""
        top = next((h for h in part.topics if h.topic == topic), None)
        if top is None or top.rule != "phrase":
            return tuple(sorted(part.concepts))
        own = self._concepts_of(top.topic)
        return tuple(
            sorted(
                {
                    f.concept
                    for f in part.found
                    if f.concept in own
                    or not set(f.used) <= top.used
                    or self.lexicon.facet(f.concept)
                    or f.concept in self.lexicon.apart
                }
            )
        )

    def _topic(
        self, part: Part, state: DialogueState, rules: list[str]
    ) -> tuple[str | None, tuple[str, ...]]:
        """Return the topic, and the other readings of the same words."""
        if not part.topics:
            return None, ()
        each = self._of_each_track(part) if OF_EACH_TRACK in rules else None
        if each is not None:
            return each, ()
        top = self._compared(part)
        if self.topics[top.topic].is_general and part.wanted in FIGURES:
            # "What do graduates of that track earn?": the figure is asked for, of the track.
            figures = (h for h in part.topics if self.topics[h.topic].kind == part.wanted)
            top = next((h for h in figures if h.score >= LOUD), top)
        last = self.topics.get(state.query.topic or "") if state.query else None
        is_rated = last is not None and last.kind == "score" and len(part.tokens) <= SHORT
        if is_rated or any(f == COLUMN for f, _ in part.facets):
            rated = [t for t in self.topics[top.topic].related if self.topics[t].kind == "score"]
            if rated:
                rules.append("rated side of the same topic")
                return rated[0], ()
        if is_rated:
            alike = [
                h
                for h in part.topics
                if h.score >= top.score * ALIKE and self.topics[h.topic].kind == "score"
            ]
            if alike and alike[0] is not top:
                rules.append("same kind of answer as before")
                top = alike[0]
        if top.topic == self.unsaid.get("prose"):
            # "Tell me about admission": what is named is meant, not an introduction.
            named_things = [h for h in part.topics if h.score >= LOUD and not self.topics[h.topic].is_general]
            top = named_things[0] if named_things else top
        if part.acts & set(EXTREMES):
            # "Which jobs do most end up in?": the most of a list, if one of the readings has one.
            lists = [h for h in part.topics if h.score >= top.score * ALIKE and self._is_list(h.topic)]
            top = lists[0] if lists else top
        named = {f.concept for f in part.found}
        others = tuple(
            h.topic
            for h in part.topics
            if h is not top
            and h.score >= top.score * NAMED_READING
            and self._concepts_of(h.topic)
            & (self.lexicon.widened(named) if self.topics[h.topic].is_thing else named)
            and h.start < top.end
            and h.end > top.start
            and not _says_less(h, top)
            and not self._is_of_the_whole(h.topic, top.topic)
            and not (self.topics[h.topic].kind in FIGURES and self._is_wider(h.topic, top.topic))
            and (self.topics[h.topic].kind == "score" or self.topics[top.topic].kind != "score")
        )
        return top.topic, others[:3]

    def _is_list(self, topic: str) -> bool:
        return self.topics[topic].kind == "list"

    def _of_each_track(self, part: Part) -> str | None:
        """Return what is told of all students, where `which track pays best` asks it of each track."""
        is_ranking = "which-track" in part.acts and part.acts & {"compare", *EXTREMES}
        if not is_ranking or part.specialisations:
            return None
        return next((h.topic for h in part.topics if self.topics[h.topic].is_collective), None)

    def _is_wider(self, topic: str, than: str) -> bool:
        """Whether a topic rests on what the other is but a kind of: its figures are of something else."""
        own, narrow = self._concepts_of(topic), self._concepts_of(than)
        return not own & narrow and bool(own & self.lexicon.widened(narrow))

    def _is_of_the_whole(self, value: str, thing: str) -> bool:
        """Whether a topic is a value of the programme, where that of a thing in it is asked for."""
        return (
            self.topics[thing].is_thing
            and self.topics[value].kind in VALUES
            and not self.topics[value].is_thing
        )

    def _value_of_a_thing(
        self, part: Part, topic: str | None, wanted: str | None, rules: list[str]
    ) -> tuple[str | None, str | None]:
        """Turn `how long is the internship` into the internship's duration, never the programme's."""
        entry = self.topics.get(topic or "")
        if entry is not None and entry.is_thing and wanted is None:
            return topic, self._value_named(part, topic)
        if entry is None or entry.is_thing or entry.kind not in VALUES | COUNTS:
            return topic, wanted
        is_count = entry.kind == "number"
        if is_count != (wanted == "credits") or (wanted and wanted != entry.kind and not is_count):
            return topic, wanted
        own = self._naming(part, topic or "")
        own = own or next((h.used for h in part.topics if h.topic == topic), frozenset())
        things = [
            h.topic for h in part.topics if self.topics[h.topic].is_thing and self._says_else(part, h, own)
        ]
        if not things:
            return topic, wanted
        rules.append("value of a thing named")
        return things[0], wanted or entry.kind

    def _says_else(self, part: Part, hit: TopicHit, own: frozenset[int]) -> bool:
        """Whether a topic is named by words of its own: `the Leadership Programme lasts ...`."""
        return not hit.used & own or bool((hit.used - own) & self._naming(part, hit.topic))

    def _naming(self, part: Part, topic: str) -> frozenset[int]:
        """Return the positions of the words that name a topic's own concepts."""
        concepts = self._concepts_of(topic)
        return frozenset(i for f in part.found if f.concept in concepts for i in f.used)

    def _value_named(self, part: Part, thing: str | None) -> str | None:
        """Return the kind of value that is asked of a thing: `does the traineeship give credits?`."""
        own = next((h.used for h in part.topics if h.topic == thing), frozenset())
        named = {f.concept for f in part.found}
        values = (
            self.topics[h.topic].kind for h in part.topics
            if h.score >= LOUD and not h.used & own and self._concepts_of(h.topic) & named
            and self.topics[h.topic].kind in VALUES and not self.topics[h.topic].is_thing
        )  # fmt: skip
        return next(values, None)

    def _topic_of_a_value(self, part: Part, rules: list[str]) -> str | None:
        """Read `is it the one-year thing?` as a question about the kind of value it names."""
        if not part.programmes or part.terms:
            return None
        kinds = {v.kind for v in part.values}
        for kind, topic in self.unsaid.items():
            if kind in kinds:
                rules.append("question by the value it names")
                return topic
        return None

    def _readings(self, part: Part, topic: str) -> tuple[str, ...]:
        """Return the other topics that the words of a topic's hit may mean."""
        own = next((h for h in part.topics if h.topic == topic), None)
        if own is None:
            return ()
        return tuple(
            h.topic for h in part.topics
            if h is not own and self.topics[h.topic].is_thing and h.start < own.end and h.end > own.start
        )[:3]  # fmt: skip

    @staticmethod
    def _of_what_was_cited(
        part: Part, topic: str | None, wanted: str | None, last: Query | None
    ) -> tuple[str, ...]:
        """Read `when does it close?` as a value of what was told last, where nothing else is named."""
        is_other = part.acts & {*TURNED, SAME_FOR}
        names_more = part.facets or part.programmes or part.specialisations or part.terms
        is_of_it = last is not None and last.topic == topic and wanted in FIGURES
        return (OF_WHAT_WAS_CITED,) if is_of_it and not (is_other or names_more) else ()

    def _value_of_the_last(
        self, part: Part, topic: str | None, wanted: str | None, last: Query, rules: list[str]
    ) -> tuple[str | None, str | None]:
        """Read `how long is it?` after a talk about an internship as the internship's."""
        entry, before = self.topics.get(topic or ""), self.topics.get(last.topic or "")
        if entry is None or before is None or not before.is_thing or entry.kind not in VALUES:
            return topic, wanted
        points_at_it = SUCH in part.acts
        names_more = bool(part.programmes or part.specialisations)
        points_only = part.points_back and part.tokens[0].fold not in self.conjunctions
        own = self._concepts_of(topic or "") if points_only else frozenset()
        says_more = bool(part.terms or entry.kind == "money" or self._has_content(part, own))
        names_more = names_more or (says_more and not points_at_it)
        if names_more or len(part.tokens) > SHORT + 2 * points_at_it:
            return topic, wanted
        if topic not in self.unsaid.values() and not (points_at_it or part.points_back):
            # "How many hours do people work?" is no question about the exchange.
            return topic, wanted
        rules.append("value of the thing talked about")
        return last.topic, entry.kind

    def _scope(
        self, part: Part, topic: str | None, base: Query | None, rules: list[str]
    ) -> tuple[str | None, tuple[str, ...]]:
        """Return what is asked, and of what in the programme it is asked."""
        topic, scope = self._one_of_another(part, topic, rules)
        return (topic, scope) if scope or base is not None else self._side_of_a_part(part, topic, rules)

    def _one_of_another(
        self, part: Part, topic: str | None, rules: list[str]
    ) -> tuple[str | None, tuple[str, ...]]:
        """Read `selection for the honours programme`: the first is asked, of the second."""
        hits = [h for h in part.topics if self.topics[h.topic].is_thing and h.score >= LOUD]
        if len(hits) < 2:
            return topic, ()
        hits.sort(key=lambda h: h.start)
        first, second = hits[0], hits[-1]
        between = [t.fold for t in part.tokens[first.end : second.start]]
        if first.end > second.start or not between or between[0] not in self.joiners or len(between) > 4:
            return topic, ()
        if topic not in {first.topic, second.topic}:
            return topic, ()
        concepts = tuple(
            c for f in part.found if f.start >= second.start
            for c in (f.concept,) if c in self._concepts_of(second.topic)
        )  # fmt: skip
        rules.append("one thing of another")
        return first.topic, concepts[:1]

    def _side_of_a_part(
        self, part: Part, topic: str | None, rules: list[str]
    ) -> tuple[str | None, tuple[str, ...]]:
        """Read `how do I apply for the honours programme?` as applying, and for that alone."""
        parts = [h for h in part.topics if self.topics[h.topic].is_part and self._naming(part, h.topic)]
        if topic is None or not parts or (topic != parts[0].topic and self.topics[topic].is_thing):
            return topic, ()
        named = self._naming(part, parts[0].topic)
        sides = (topic, *(h.topic for h in part.topics if h.score >= LOUD))
        side = next((t for t in sides if self._is_side(part, t, named)), None)
        if side is None:
            return topic, ()
        concepts = [f.concept for f in part.found if f.concept in self._concepts_of(parts[0].topic)]
        rules.append("a side of a part named")
        return side, tuple(concepts[:1])

    def _is_side(self, part: Part, topic: str, named: frozenset[int]) -> bool:
        """Whether a topic that is no thing itself is named in words beside those that name a thing."""
        entry = self.topics[topic]
        if entry.is_part or entry.is_general or entry.kind in FIGURES - HEARD_ALONE:
            return False
        own = self._naming(part, topic)
        if entry.kind in HEARD_ALONE:
            heard = next((h.used for h in part.topics if h.topic == topic), frozenset())
            own = own or heard - named
        return bool(own) and not own & named

    def _concepts_of(self, topic: str) -> frozenset[str]:
        return frozenset(
            o.partition("~")[0]
            for g in self.topics[topic].evidence
            for o in ((g,) if isinstance(g, str) else g)
        )

    def _compared(self, part: Part) -> TopicHit:
        """Return the loudest topic; of what is compared with an average, and not the comparison itself."""
        top = part.topics[0]
        if not self._averages or not self._concepts_of(top.topic) <= {*self._average, *self._averages}:
            return top
        own = [h for h in part.topics if not self._concepts_of(h.topic) <= {*self._average, *self._averages}]
        named = {f.concept for f in part.found} - {*self._average, *self._averages}
        return next((h for h in own if self._concepts_of(h.topic) & named), top)

    @staticmethod
    def _is_compared(part: Part, facets: Sequence[tuple[str, str]]) -> bool:
        """Whether a value is asked for beside another, within one programme."""
        if len(part.programmes) > 1 or len(part.specialisations) > 1:
            return False
        return bool(part.acts & COMPARING) or any(f == DIFFERENCE for f, _ in facets)

    def _beside_average(
        self, part: Part, topic: str | None, facets: Sequence[tuple[str, str]], rules: list[str]
    ) -> tuple[tuple[str, str], ...]:
        """Ask for the average's column as well; only `which` and `where` seek rows by their difference."""
        averages = {*self._average, *self._averages}
        is_about_average = topic is not None and self._concepts_of(topic) <= averages
        named = {f.concept for f in part.found} & averages or JUDGE in part.acts
        if (is_about_average or named) and self._averages and all(f != COLUMN for f, _ in facets):
            rules.append("beside the average")
            facets = (*facets, (COLUMN, self._averages[0]))
        if not (part.asks_which and (is_about_average or topic is None or topic in self._covering)):
            facets = [f for f in facets if f[0] != DIFFERENCE]
        return tuple(sorted(set(facets)))

    def _is_column_only(self, part: Part) -> bool:
        """Whether the topic is nothing but a comparison with an average, of what was said before."""
        columns = {w for f, c in part.facets if f == COLUMN for w in self.lexicon.wider(c)}
        return bool(columns) and part.topic is not None and self._concepts_of(part.topic.topic) <= columns

    def _is_comparison(self, part: Part) -> bool:
        """Whether a short message asks only how the last answer compares: `is that good?`"""
        if part.topic is None or part.programmes or len(part.tokens) > SHORT + 2:
            return False
        return all(self._concepts_of(h.topic) <= self._average for h in part.topics)

    def _has_content(self, part: Part, beside: frozenset[str] = frozenset()) -> bool:
        """Whether a concept is named that is neither a row or column nor a word for specialisations."""
        return any(
            self.lexicon.facet(f.concept) is None
            and f.concept not in beside
            and f.concept != SPECIALISATION
            and not getattr(self.lexicon.entries.get(f.concept), "group", None)
            for f in part.found
        )

    def _carries(self, part: Part, last: Query, rules: list[str]) -> bool:
        """Whether the part takes its question from the turn before."""
        if "compare" in part.acts and len(part.programmes) > 1 and last.topic is None:
            return False
        carries = self._goes_on(part, last) or not self._asks_on_its_own(part, last)
        if carries:
            rules.append("topic carried")
        return carries

    def _goes_on(self, part: Part, last: Query) -> bool:
        """Whether a move, or what little is named, goes on with the question of the turn before."""
        before = self.topics.get(last.topic or "")
        is_of_last = self._is_column_only(part) or self._is_comparison(part)
        if is_of_last and len(part.terms) < 3 and self._compared(part) is part.topic:
            return True
        is_of_tracks = {f.concept for f in part.found} <= {SPECIALISATION} and not part.terms
        if "all-tracks" in part.acts and is_of_tracks:
            return True
        if before is None:
            return False
        if JUDGE in part.acts and not (part.found or part.terms):
            return True
        if "narrow" in part.acts and (part.programmes or part.specialisations) and not part.terms:
            topic = self.topics.get(part.topic.topic) if part.topic is not None else None
            return topic is None or topic.is_general
        if SAME_FOR in part.acts and not part.terms:
            return True
        if part.programmes:
            return False
        # "Who can join?" is asked of the module talked about, "which university supports that" of all.
        is_joined = JOIN in part.acts and before.is_thing
        return is_joined or (CHOOSE in part.acts and part.points_back) or self._is_of_place(part)

    def _asks_on_its_own(self, part: Part, last: Query) -> bool:
        """Whether the part names what it asks for: a topic that is more than a row, or words of its own."""
        if part.topic is not None and part.topic.score >= LOUD:
            facet_only = all(f.concept in {c for _, c in part.facets} for f in part.found)
            words = [t.fold for t in part.tokens]
            goes_on = bool(words) and bool({words[0], words[-1]} & self.conjunctions)
            spoken = {i for f in part.found for i in f.used}
            if len(part.topic.used - spoken) >= FRAGMENT:
                # "And what do you do there in the second year?" is a question of its own.
                return True
            if not (facet_only and part.found and (part.topic.rule == "concept" or goes_on)):
                return True
            if self._is_facet_asked(part.topic.topic) and self._is_facet_asked(last.topic):
                # "Part-time? And online?": the row itself was asked for, and another is now.
                return True
        if part.topic is None and (part.terms or self._has_content(part)):
            return True
        if part.topic is not None and part.topic.score >= LOUD / 2 and part.terms:
            return True
        return "advise" in part.acts and not part.facets

    def _is_of_place(self, part: Part) -> bool:
        """Whether a fragment only asks where or with whom, by a preposition: `at which universities?`"""
        words = [t.fold for t in part.tokens]
        is_fragment = 1 < len(words) <= FRAGMENT and words[0] in self.joiners and part.asks_which
        return is_fragment and not (part.terms or self._has_content(part) or part.specialisations)

    def _is_facet_asked(self, topic: str | None) -> bool:
        """Whether a topic asks for nothing but a row or column itself: is it part-time?"""
        concepts = self._concepts_of(topic) if topic else frozenset()
        return bool(concepts) and all(self.lexicon.facet(c) not in {None, COLUMN} for c in concepts)

    def _without_facets(self, concepts: Sequence[str], facets: set[str]) -> tuple[str, ...]:
        return tuple(
            c for c in concepts if self.lexicon.facet(c) not in facets or self.lexicon.facet(c) is None
        )

    @staticmethod
    def _act(
        part: Part,
        programmes: Sequence[str],
        base: Query | None,
        last: Query | None,
    ) -> str:
        is_with_average = any(f == COLUMN for f, _ in part.facets) and len(part.programmes) < 2
        if is_with_average and len(part.specialisations) < 2:
            return "answer"
        is_of_one = len(part.programmes) == 1 and part.topic is not None and base is None
        is_of_one = is_of_one and len(part.specialisations) < 2
        wider = {"which-of-them", "all-tracks", "other", "both"}
        if is_of_one and "compare" in part.acts and not part.acts & wider:
            # "The ratio of women to men at X" compares within one page.
            return "answer"
        if (
            part.acts & {"compare", "which-of-them", "all-tracks"}
            or len(part.programmes) > 1
            or len(part.specialisations) > 1
        ):
            return "compare"
        is_wish = (
            last is not None and last.act == "advise" and not part.is_question and part.topic is not None
        )
        if "advise" in part.acts or is_wish:
            return "advise"
        if base is not None and base.act == "compare" and len(programmes) > 1:
            return "compare"
        return "answer"


def _words(terms: Sequence[Term]) -> tuple[Word, ...]:
    return tuple(Word(en=t.stems[0], nl=t.stems[1], text=t.text, senses=t.senses) for t in terms)


def as_track(item: tuple[str, str]) -> Specialisation:
    """Return the specialisation that a (document, name) pair of the state stands for."""
    return Specialisation(*item)


def _says_less(hit: TopicHit, top: TopicHit) -> bool:
    """Whether a hit is only a piece of another: `fees` in `what do I pay on top of the fees`."""
    return hit.used < top.used
