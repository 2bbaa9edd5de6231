"""Understand one utterance on its own: language, spelling, parts, names, topics, moves."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from advisor.records.interpretation import Interpretation, Part, Term, TopicHit
from advisor.records.passage import Specialisation
from advisor.records.state import Condition
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Found, Lexicon
from advisor.text.normalise import clean, fold
from advisor.text.phrasebook import PhraseBook
from advisor.text.phrases import Hit
from advisor.text.thesaurus import Thesaurus
from advisor.text.tokens import Token, tokenise
from advisor.text.values import ValueFinder
from advisor.topics.schema import ActEntry, LanguageEntry, SpeechEntry
from advisor.understand.conditions import ConditionFinder
from advisor.understand.names import Names, SpecialisationNames
from advisor.understand.reading import Reading
from advisor.understand.spelling import Spelling
from advisor.understand.topics import TopicFinder

LOUD = 0.8
_BARE_PERCENT = re.compile(r"(?<![\d\s])\s*%|(?<!\S)%")
MOST_PARTS = 6
SHORT = 6
LIST_PROGRAMMES = "list-programmes"
OPENING = 3
# Moves whose words say nothing about the topic: "no, I meant ...", "and the other one?".
CORRECTION = "correction"
SPEAK = "speak-"
OTHER = "other"
COMPARE = "compare"
ABOUT_PAGES = "about-page"
DESCRIBED = "described"
EXTREMES = frozenset({"lowest", "highest"})
COLUMN = "column"
TURNS = frozenset({CORRECTION, OTHER, "both", "first-one", "second-one", "which-of-them", "all-tracks"})
# A sentence ends, a line ends, or the next point of a list begins: "1) ...", "b. ...".
_STOP = re.compile(r"[.!?;]+(?=\s|$)|\n+|(?<=\s)(?=\(?(?:\d|[a-d])[.)]\s)")
_POINT = re.compile(r"\(?(?:\d|[a-d])[.)]\s+")
_PAUSE = re.compile(r"[,:]|\s[-–+&/]\s")


class _Speeches:
    """Small talk or outside subjects, by their phrases."""

    def __init__(
        self, kind: str, entries: Mapping[str, SpeechEntry], languages: Sequence[str], book: PhraseBook
    ) -> None:
        self.names = tuple(entries)
        self._matcher = book.matcher(kind, _wordings(entries, languages))

    def find(self, reading: Reading, tokens: Sequence[Token]) -> list[tuple[str, Hit]]:
        """Return the subjects whose phrases are found in a stretch."""
        return [(self.names[h.owner], h) for h in reading.hits(self._matcher, tokens)]

    def are_spoken(self, tokens: Sequence[Token], language: str) -> bool:
        """Whether a phrase of a language is found."""
        return bool(self._matcher.find(tokens, language))


def _wordings(
    entries: Mapping[str, ActEntry | SpeechEntry], languages: Sequence[str]
) -> Iterator[tuple[int, str, str]]:
    """Yield (number of the entry, language, wording) of all phrases."""
    for owner, entry in enumerate(entries.values()):
        for language in languages:
            for phrase in getattr(entry.phrases, language):
                yield owner, language, phrase


class Interpreter:
    """Turns an utterance into an Interpretation; holds no state."""

    def __init__(
        self,
        *,
        languages: Mapping[str, LanguageEntry],
        lexicon: Lexicon,
        thesaurus: Thesaurus,
        teller: LanguageTeller,
        finder: ValueFinder,
        topics: TopicFinder,
        acts: Mapping[str, ActEntry],
        smalltalk: Mapping[str, SpeechEntry],
        outside: Mapping[str, SpeechEntry],
        names: Names,
        specialisations: SpecialisationNames,
        spelling: Spelling,
        conditions: ConditionFinder,
        unsaid: Mapping[str, str],
        book: PhraseBook,
    ) -> None:
        self.unsaid = unsaid
        self.general = frozenset(n for n, t in topics.topics.items() if t.is_general)
        codes = tuple(languages)
        self.languages = languages
        self.lexicon = lexicon
        self.thesaurus = thesaurus
        self.teller = teller
        self.finder = finder
        self.topics = topics
        self.names = names
        self.specialisations = specialisations
        self.spelling = spelling
        self._conditions = conditions
        self.small = frozenset(w for words in teller.small.values() for w in words)
        self._acts = acts
        self._act_names = tuple(acts)
        self._act_matcher = book.matcher("acts", _wordings(acts, codes))
        self._smalltalk = _Speeches("smalltalk", smalltalk, codes, book)
        self._outside = _Speeches("outside", outside, codes, book)
        kinds = self._wanted_names = tuple(sorted({k for v in languages.values() for k in v.wanted}))
        wanted = (
            (kinds.index(kind), code, phrase)
            for code, entry in languages.items()
            for kind, phrases in entry.wanted.items()
            for phrase in phrases
        )
        self._wanted = book.matcher("wanted", wanted)
        self._shorthand = {
            code: {fold(k): v for k, v in e.shorthand.items()} for code, e in languages.items()
        }
        self._generic = _words(languages, lambda e: e.generic_words)
        self._asking = _words(languages, lambda e: e.asking_words)
        self._subordinators = _words(languages, lambda e: e.subordinators)
        self._conjunctions = _words(languages, lambda e: e.conjunctions)
        self._joined_by = {c: frozenset(fold(w) for w in e.conjunctions) for c, e in languages.items()}
        self._breaks = _words(languages, lambda e: e.clause_breaks)
        self._first_person = _words(languages, lambda e: e.first_person)
        self._starts = _words(languages, lambda e: e.question_starts)
        self._numbers = frozenset(fold(w) for e in languages.values() for w in e.numbers)
        self._asked_by = _words(languages, lambda e: e.question_words)
        self._anaphora = _words(languages, lambda e: e.anaphora)
        self._less_liked = {
            code: [tuple(t.fold for t in tokenise(n)) for n in e.less_liked] for code, e in languages.items()
        }
        self._negations = [
            tuple(t.fold for t in tokenise(n)) for e in languages.values() for n in e.negations
        ]

    def interpret(self, said: str, language: str | None = None) -> Interpretation:
        """Return what an utterance says; `language` is that of the conversation so far."""
        text = _BARE_PERCENT.sub(" percentage ", clean(said))
        written = self._decompose(self._expand(text, language))
        told = self.teller.tell(written.tokens)
        reading, repaired = self._repair(written, told or language)
        text, tokens = reading.text, reading.tokens
        if reading is not written:
            told = self.teller.tell(tokens) or told
        speech = self._whole(reading, tokens)
        acts = self._find_acts(reading, tokens)
        parts = tuple(_placed(p) for p in self._parts(reading, told or language))
        outside = self._is_outside(reading, tokens, parts)
        if len(parts) > 1:
            marked = tuple(replace(p, outside=self._is_outside(reading, p.tokens, (p,))) for p in parts)
            if any(p.outside is None and p.topic is not None and p.topic.score >= LOUD for p in marked):
                outside, parts = None, marked
        if told is None and speech is not None:
            spoken = [c for c in self.languages if self._smalltalk.are_spoken(tokens, c)]
            told = language if len(spoken) == len(self.languages) else next(iter(spoken), None)
        if told is None:
            told = self._by_words(tokens)
        return Interpretation(
            said=said,
            text=text,
            language=told,
            parts=parts,
            repaired=repaired,
            smalltalk=speech,
            outside=outside,
            acts=acts,
        )

    # -- words ----------------------------------------------------------------------------

    def _expand(self, text: str, language: str | None) -> Reading:
        """Read a text with its chat shorthand written out.

        It is that of the message's language, or of any when that does not show; `language` is the
        conversation's, where the message does not tell its own.
        """
        pieces, here = [], 0
        tokens = tokenise(text)
        language = self.teller.tell(tokens) or language
        tables = [self._shorthand[language]] if language in self._shorthand else [*self._shorthand.values()]
        for token in tokens:
            meant = next((t[token.fold] for t in tables if token.fold in t), None)
            if meant is not None and not (token.text.isupper() and len(token.text) > 1):
                pieces += [text[here : token.start], meant]
                here = token.end
        if not pieces:
            return Reading(text, tokens, self.lexicon, self.names)
        return self._read("".join([*pieces, text[here:]]))

    def _read(self, text: str) -> Reading:
        return Reading(text, tokenise(text), self.lexicon, self.names)

    def _decompose(self, reading: Reading) -> Reading:
        """Write an unknown compound as the known words that it is made of."""
        text = reading.text
        for i, token in reversed(list(enumerate(reading.tokens))):
            parts = self.spelling.compound(token)
            if parts is None or i in reading.mention(reading.tokens).used:
                continue
            if not self.lexicon.find([token]):
                text = text[: token.start] + " ".join(parts) + text[token.end :]
        return reading if text == reading.text else self._read(text)

    def _repair(self, reading: Reading, language: str | None) -> tuple[Reading, tuple[tuple[str, str], ...]]:
        """Write slips of the keyboard as what was meant; returns what was written for what, too."""
        text, tokens = reading.text, reading.tokens
        slips = self.spelling.repair(tokens, language, reading.mention(tokens).used)
        for i, meant in reversed(slips):
            text = text[: tokens[i].start] + meant + text[tokens[i].end :]
        told = tuple((tokens[i].text, meant) for i, meant in slips if meant not in self.small)
        return (reading if text == reading.text else self._read(text)), told

    def _by_words(self, tokens: Sequence[Token]) -> str | None:
        """Tell the language by which language's words the lexicon knows, when small words do not."""
        counts = {
            code: len({i for f in self.lexicon.find(tokens, code) for i in f.used}) for code in self.languages
        }
        ranked = sorted(counts, key=lambda c: (-counts[c], c))
        if len(ranked) > 1 and counts[ranked[0]] == counts[ranked[1]]:
            return None
        return ranked[0] if counts[ranked[0]] else None

    # -- whole messages -------------------------------------------------------------------

    def _whole(self, reading: Reading, tokens: Sequence[Token]) -> str | None:
        """Return the kind of small talk that the whole of a stretch is, if it is."""
        if not tokens:
            return None
        best: tuple[int, int, str] | None = None
        hits = self._smalltalk.find(reading, tokens)
        covered = {i for _, h in hits for i in h.used}
        rest = [t for i, t in enumerate(tokens) if i not in covered]
        if len(rest) > 3 or any(t.fold not in self.small or t.fold in self._starts for t in rest):
            return None
        spoken = {i for f in reading.found(tokens) for i in f.used} if rest else set()
        if spoken - covered:
            # "What can you do there in the evening?": a subject beside the small talk is asked about.
            return None
        has_content = any(t.fold not in self.small for i, t in enumerate(tokens) if i in covered)
        if rest and not has_content and any(t.fold in self._starts for t in tokens):
            return None
        if self._find_acts(reading, tokens) & (TURNS | {"source", "more", "why", "repeat"}) - {CORRECTION}:
            return None
        for order, (name, hit) in enumerate(hits):
            candidate = (-len(hit.used), order, name)
            if best is None or candidate < best:
                best = candidate
        return best[2] if best else None

    def _is_outside(self, reading: Reading, tokens: Sequence[Token], parts: Sequence[Part]) -> str | None:
        """Return the subject outside the program's scope that a stretch is about, if it is."""
        best: tuple[float, str] | None = None
        for name, hit in self._outside.find(reading, tokens):
            score = sum(self.topics.weight(tokens[i]) for i in hit.used)
            if best is None or score > best[0]:
                best = (score, name)
        if best is None:
            return None
        loudest = max((p.topics[0].score for p in parts if p.topics), default=0.0)
        named = any(p.programmes or p.within for p in parts)
        return best[1] if best[0] >= loudest + (0.5 if named else 0.0) else None

    def _find_acts(self, reading: Reading, tokens: Sequence[Token]) -> frozenset[str]:
        """Return the moves made; a `whole` move only when little else is said."""
        return frozenset(self._acts_at(reading, tokens))

    def _acts_at(self, reading: Reading, tokens: Sequence[Token]) -> dict[str, frozenset[int]]:
        """Return the moves made with the tokens that make each."""
        found: dict[str, frozenset[int]] = {}
        for hit in reading.hits(self._act_matcher, tokens):
            name = self._act_names[hit.owner]
            if name == LIST_PROGRAMMES and not self.names.are_many:
                continue
            found[name] = found.get(name, frozenset()) | frozenset(hit.used)
        for name in [n for n in found if self._acts[n].whole]:
            rest = [t for i, t in enumerate(tokens) if i not in found[name]]
            asks = name.startswith(SPEAK) and any(t.fold in self._starts for t in rest)
            if asks or len(rest) > 4 or any(t.fold not in self.small for t in rest):
                del found[name]
        return found

    # -- parts ----------------------------------------------------------------------------

    def _parts(self, reading: Reading, language: str | None) -> tuple[Part, ...]:
        """Return the questions of the message; remarks only give them context."""
        text, tokens = reading.text, reading.tokens
        pieces = []
        for start, end in _stretches(text):
            inside = [t for t in tokens if start <= t.start and t.end <= end]
            if inside:
                pieces += self._split(reading, inside, end, language)
        parts = [self._part(reading, piece, end, language) for piece, end in pieces]
        told = [p for p in parts if not (_says_nothing(p) or self._only_counts(p))]
        # "Good afternoon. Where ...?": a greeting beside a question asks for nothing.
        told = [p for p in told if self._whole(reading, p.tokens) is None] or told
        parts = self._gather(reading, told)
        if not parts:
            whole = self._part(reading, tokens, len(text), language)
            return (whole,)
        named = [p for p in parts if p.programmes or p.within]
        if len(parts) > 1 and len(named) == 1:
            one = named[0]
            parts = [
                p if p is one else replace(p, programmes=one.programmes, within=one.within) for p in parts
            ]
        wishes = [p for p in parts if "advise" in p.acts]
        if wishes and len(parts) > 1 and parts[-1].topic is None and "advise" not in parts[-1].acts:
            # "I hate lab work. What is left?": the last question asks for advice on what was said.
            parts[-1] = replace(parts[-1], acts=parts[-1].acts | {"advise"})
        if len(parts) > 1 and len(wishes) == len(parts):
            # "Not business, nor teaching. But I like writing.": one wish, said in several sentences.
            liked = [p for p in wishes if not p.negated] or wishes
            others = [p for p in parts if p is not liked[-1]]
            return (self._coloured(liked[-1], others),)
        if any(p.text.rstrip().endswith("?") for p in parts):
            parts = [replace(p, is_question=p.is_question and self._is_open(p)) for p in parts]
        asking = [p for p in parts if p.is_question]
        if asking and len(asking) < len(parts):
            remarks = [p for p in parts if not p.is_question]
            facets = tuple(sorted({f for p in remarks for f in p.facets}))
            years = tuple(dict.fromkeys(y for p in remarks for y in p.years))
            asking = [replace(p, facets=_merged(p.facets, facets), years=p.years or years) for p in asking]
            asking = [self._lean(self._opposed(p, remarks), remarks) for p in asking]
            spoken_of = {s for p in remarks if not p.negated for s in p.specialisations}
            if len(spoken_of) == 1:
                asking = [self._of_track(p, *spoken_of) for p in asking]
            if len(asking) == 1:
                asking = [self._coloured(asking[0], remarks)]
            return tuple(asking[:MOST_PARTS])
        return tuple(parts[:MOST_PARTS])

    def _only_counts(self, part: Part) -> bool:
        """Whether a part only says how many questions will come: `three things.`"""
        counts = all(t.text.casefold() in self._numbers for t in part.terms)
        return bool(part.terms) and counts and not (part.topics or part.found or part.wanted or part.acts)

    def _gather(self, reading: Reading, parts: list[Part]) -> list[Part]:
        """Let a part that only names things give them to the next one: `Research track in X - how long?`"""
        gathered: list[Part] = []
        for i, part in enumerate(parts):
            if i + 1 == len(parts):
                gathered.append(part)
                break
            only_names = all(
                f.concept == self.specialisations.cue or self.lexicon.facet(f.concept) for f in part.found
            ) or self._is_of_rows(reading, part.tokens)
            names_something = part.specialisations or part.programmes or part.within or part.facets
            rows = {p for f in part.found if self.lexicon.facet(f.concept) for p in f.used}
            asks = part.terms or part.wanted or part.acts or any(t.position not in rows for t in part.claimed)
            asks = asks or (
                part.topic is not None
                and part.topic.rule == "phrase"
                and part.topic.topic not in self.general
            )
            asks = asks and not self._is_of_rows(reading, part.tokens)
            if part.acts == {CORRECTION} and not (part.topics or names_something or part.terms):
                parts[i + 1] = replace(parts[i + 1], acts=parts[i + 1].acts | part.acts)
                continue
            if names_something and only_names and not asks:
                following = parts[i + 1]
                parts[i + 1] = replace(
                    following,
                    specialisations=following.specialisations or part.specialisations,
                    programmes=following.programmes or part.programmes,
                    within=following.within or part.within,
                    facets=_merged(following.facets, part.facets),
                    years=following.years or part.years,
                )
                continue
            gathered.append(part)
        return gathered

    def _is_open(self, part: Part) -> bool:
        """Whether a part beside a question with its mark asks for something of its own."""
        first = next((t.fold for t in part.tokens if t.fold not in self._conjunctions), "")
        if any(part.tokens and part.tokens[0].fold == n[0] for n in self._negations):
            return False
        if part.text.rstrip().endswith("?") or part.wanted is not None or first in self._starts:
            return True
        return not {t.fold for t in part.tokens} & self._first_person

    @staticmethod
    def _opposed(part: Part, remarks: Sequence[Part]) -> Part:
        """Let a comparison that names one side take the other from the remark before it."""
        if "compare" not in part.acts or len(part.programmes) != 1:
            return part
        named = dict.fromkeys(p for r in remarks for p in r.programmes)
        return replace(part, programmes=tuple(dict.fromkeys((*named, *part.programmes))))

    @staticmethod
    def _of_track(part: Part, track: Specialisation) -> Part:
        """Let a question that names no specialisation be about the one of the remark before it."""
        is_elsewhere = part.programmes and track.document not in part.programmes
        if part.specialisations or is_elsewhere or part.acts & {"advise", "compare", "other", "all-tracks"}:
            return part
        return replace(part, specialisations=(track,))

    @staticmethod
    def _coloured(part: Part, remarks: Sequence[Part]) -> Part:
        """Add to a question what the remarks around it name, likes and dislikes among it."""
        found = tuple(f for p in remarks for f in p.found)
        words = tuple(t for p in remarks for t in p.terms) if "advise" in part.acts else ()
        negated = frozenset().union(*(p.negated for p in remarks))
        return replace(
            part,
            found=(*part.found, *found),
            claimed=(*part.claimed, *words),
            negated=part.negated | negated,
            denied=part.denied.union(*(p.denied for p in remarks)),
        )

    def _lean(self, part: Part, remarks: Sequence[Part]) -> Part:
        """Let a question without a topic of its own take that of the remark before it."""
        is_choice = part.topic is not None and part.topic.topic in self.general
        is_choice = is_choice or ("advise" in part.acts and part.topic is None)
        is_choice = is_choice or ("skip" in part.acts and self.specialisations.cue in part.concepts)
        if "choose-programme" in part.acts and part.points_back and not part.programmes:
            # "I want to learn leadership. Which university offers that?"
            return self._about_remark(part, remarks)
        if (part.topics and not is_choice) or "compare" in part.acts:
            return part
        loud = [
            p
            for p in remarks
            if p.topics and p.topics[0].score >= LOUD and p.topics[0].topic not in self.general
        ]
        if not loud:
            return part
        last = loud[-1]
        if is_choice:
            return replace(
                part,
                topics=(last.topics[0], *part.topics),
                claimed=(*part.claimed, *last.claimed),
                denied=part.denied | last.denied,
                acts=part.acts | {"advise"},
            )
        return self._about_remark(part, loud)

    @staticmethod
    def _about_remark(part: Part, remarks: Sequence[Part]) -> Part:
        """Let a question take the topic of the last remark that has a loud one."""
        loud = [p for p in remarks if p.topics and p.topics[0].score >= LOUD]
        if not loud:
            return part
        last = loud[-1]
        return replace(
            part,
            topics=last.topics,
            found=(*last.found, *part.found),
            specialisations=part.specialisations or last.specialisations,
        )

    def _split(
        self, reading: Reading, tokens: list[Token], end: int, language: str | None
    ) -> list[tuple[list[Token], int]]:
        """Cut a sentence at conjunctions where both sides ask for something of their own."""
        text = reading.text
        main = self._main_clause(text, tokens)
        if main:
            return [(tokens[:main], tokens[main - 1].end), (tokens[main:], end)]
        spots = [
            i
            for i in range(1, len(tokens))
            if tokens[i].fold in self._joined_by.get(language or "", self._conjunctions)
            or _PAUSE.search(text[tokens[i - 1].end : tokens[i].start])
        ]
        if spots:
            whole = reading.mention(tokens).whole
            spots = [i for i in spots if i not in whole]
        if not spots:
            return [(tokens, end)]
        anew = next((i for i in spots if self._asks_anew(tokens[:i], tokens[i:])), None)
        if anew is not None:
            halves = (tokens[:anew], tokens[anew - 1].end), (tokens[anew:], end)
            return [piece for half, stop in halves for piece in self._split(reading, half, stop, language)]
        acts = self._find_acts(reading, tokens)
        if acts & {"advise", "difference-yes-no", "which-of-them", LIST_PROGRAMMES}:
            return [(tokens, end)]
        if COMPARE in acts:
            # "Compare X and Y on language, cost and length": several questions about both.
            spots = self._beside_names(reading, tokens, spots)
        pieces: list[tuple[list[Token], int]] = []
        start = 0
        for spot in spots:
            left = self._loud(reading, tokens[start:spot])
            right = self._loud(reading, tokens[spot:]) if left else []
            if not left or not right:
                continue
            loudest = self._loud(reading, tokens[start:])[:1]
            if any(h.start < spot - start and h.end > spot - start for h in loudest):
                continue
            if self._is_of_rows(reading, tokens[start:spot]) or self._is_of_rows(reading, tokens[spot:]):
                # "X full-time, what does it cost?": which, and not another question.
                continue
            if left[0].topic != right[0].topic and left[0].topic not in {
                r.topic for r in right[:2] if r.score >= right[0].score
            }:
                pieces.append((tokens[start:spot], tokens[spot - 1].end))
                start = spot
        pieces.append((tokens[start:], end))
        return pieces

    @staticmethod
    def _beside_names(reading: Reading, tokens: Sequence[Token], spots: Sequence[int]) -> list[int]:
        """Return the places before or behind all the programmes that a comparison names, if several."""
        mention = reading.mention(tokens)
        if len(mention.documents) < 2:
            return []
        return [i for i in spots if i <= min(mention.used) or i > max(mention.used)]

    def _asks_anew(self, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """Whether a conjunction joins two whole questions: `what is the club called and which ... ?`"""
        if len(right) < 3 or right[0].fold not in self._conjunctions or right[1].fold not in self._asked_by:
            return False
        if not any(t.fold in self._asked_by for t in left):
            return False
        return all(any(t.fold not in self.small for t in side) for side in (left, right))

    def _main_clause(self, text: str, tokens: Sequence[Token]) -> int:
        """Return where the main clause starts after `If ..., `, or 0."""
        if not tokens or tokens[0].fold not in self._subordinators:
            return 0
        for i in range(2, len(tokens)):
            if "," in text[tokens[i - 1].end : tokens[i].start]:
                return i if {t.fold for t in tokens[i:]} & self._starts else 0
        return 0

    def _is_of_rows(self, reading: Reading, tokens: Sequence[Token]) -> bool:
        """Whether words only say which row is meant (full-time, for a UK student), of which programme."""
        found = reading.found(tokens)
        rows = {i for f in found if self.lexicon.facet(f.concept) not in {None, "column"} for i in f.used}
        if not rows:
            return False
        named = reading.mention(tokens).used
        rest = [t for i, t in enumerate(tokens) if i not in rows | named]
        return all((t.fold in self.small and t.fold not in self._starts) or t.is_number for t in rest)

    def _loud(self, reading: Reading, tokens: Sequence[Token]) -> list[TopicHit]:
        found, named = reading.found(tokens), reading.mention(tokens).used
        wanted = self._wanted_at(reading, tokens)[0]
        hits = [h for h in self.topics.find(tokens, found, wanted, named) if h.score >= LOUD]
        if not hits and wanted in self.unsaid:
            return [TopicHit(self.unsaid[wanted or ""], LOUD, 0, len(tokens), "kind")]
        return hits

    def _wanted_at(self, reading: Reading, tokens: Sequence[Token]) -> tuple[str | None, frozenset[int]]:
        """Return the kind of answer asked for and the tokens that ask for it."""
        used: frozenset[int] = frozenset()
        best: tuple[int, int, str] | None = None
        for hit in reading.hits(self._wanted, tokens):
            is_late = (
                len(hit.used) == 1 and hit.start > 2 and tokens[hit.start - 1].fold not in self._conjunctions
            )
            if is_late and self._wanted_names[hit.owner] in {"date", "place", "person", "reason"}:
                continue
            candidate = (-len(hit.used), hit.start, self._wanted_names[hit.owner])
            if best is None or candidate < best:
                best = candidate
                used = frozenset(hit.used)
        return (best[2] if best else None), used

    def _part(self, reading: Reading, tokens: Sequence[Token], end: int, language: str | None) -> Part:
        text = reading.text
        start = tokens[0].start if tokens else 0
        found, mention = reading.found(tokens), reading.mention(tokens)
        tracks, named = self._tracks(tokens, found, mention.documents, mention.used)
        wanted, asking = self._wanted_at(reading, tokens)
        moves = self._acts_at(reading, tokens)
        columns = {i for f in found if self.lexicon.facet(f.concept) == COLUMN for i in f.used}
        if columns & moves.get(OTHER, frozenset()):
            # "Compared to other masters": a column of the page, not another programme.
            del moves[OTHER]
        is_of_one = len(mention.documents) == 1 and bool(mention.used & {0, len(tokens) - 1})
        if LIST_PROGRAMMES in moves and (mention.used & moves[LIST_PROGRAMMES] or is_of_one):
            # "Museum Studies" is a name, and "studies" in it asks for no list; its courses are its own.
            del moves[LIST_PROGRAMMES]
        acts = frozenset(moves)
        moved = frozenset().union(*moves.values())
        ignore = mention.used | named
        ignore |= frozenset().union(*(used for name, used in moves.items() if name in TURNS))
        are_several = len(mention.documents) > 1 or len(tracks) > 1
        compared = moves.get(COMPARE, frozenset()) if are_several else frozenset()
        kept = self._not_denied(tokens, tracks)
        if tracks and not kept:
            acts |= {"except"}
        tracks = kept or tracks
        misplaced: tuple[Specialisation, ...] = ()
        if mention.documents and not tracks:
            misplaced, elsewhere = self.specialisations.find(tokens, found, None)
            if elsewhere <= mention.used:
                # A word of the programme's own title: `Early Childhood Education`.
                misplaced = ()
            ignore |= elsewhere
        hits = self.topics.find(tokens, found, wanted, ignore | compared)
        in_rows = {i for f in found if self.lexicon.facet(f.concept) for i in f.used}
        if compared and all(set(h.used) - ignore <= in_rows for h in hits):
            # "Which takes longer, X or full-time Y?": what compares is also what is asked.
            hits = self.topics.find(tokens, found, wanted, ignore)
            hits = tuple(h for h in hits if not set(h.used) - ignore <= in_rows) or hits
        if ABOUT_PAGES in acts:
            # "What programmes do you know?" asks for the pages, not what a programme is about.
            hits = tuple(h for h in hits if h.topic not in self.general)
        ignore |= compared
        covered = {i for f in found for i in f.used} | ignore | moved | asking
        claimed = set(hits[0].used) if hits and hits[0].rule == "phrase" else set()
        facets = tuple(
            sorted({(facet, f.concept) for f in found if (facet := self.lexicon.facet(f.concept))})
        )
        # What names a row is a hint as well: a row may print the very word (Brazil).
        rows = {
            i for f in found if self.lexicon.facet(f.concept) not in {None, "column"} for i in f.used
            if tokens[i].fold not in self.small
        }  # fmt: skip
        content = [
            (i, t)
            for i, t in enumerate(tokens)
            if t.fold not in self.small
            and i not in covered
            and not t.is_number
            and t.fold not in self._numbers
            and t.fold not in self._generic
        ]
        shown = text[start:end]
        negated = self._negated(text, tokens, found, language)
        goes_on = bool(tokens) and tokens[0].fold in self._conjunctions
        # "The most common one" is one by its place in a list, and "that of" a university by its programme.
        naming = sorted(moves.get(DESCRIBED, ())) if not acts & EXTREMES and not mention.documents else []
        described = (naming[0] + 1, naming[-1]) if naming else (0, 0)
        if naming and described[0] == described[1]:
            # "The one with the museum": what tells it apart stands behind.
            behind = naming[-1] + 1
            is_told = behind < len(tokens) and tokens[behind].fold in self.small
            described = (behind, len(tokens)) if is_told else (0, 0)
        values = tuple(self.finder.find(shown))
        told = self.teller.tell(tokens) or language
        senses = self.thesaurus.find(tokens, told)

        def term(i: int) -> Term:
            return Term(tokens[i].stems, tokens[i].text, i, tuple(sorted(senses.get(i, ()))))

        return Part(
            text=shown,
            tokens=tuple(tokens),
            language=told,
            found=tuple(f for f in found if not set(f.used) <= ignore),
            topics=hits,
            programmes=mention.documents,
            within=mention.within,
            conditions=self._conditions_of(shown, start, tokens, hits, acts, ignore),
            foreign=mention.foreign if "background" not in acts else (),
            specialisations=tracks,
            misplaced=misplaced,
            facets=facets,
            wanted=wanted,
            terms=tuple(term(i) for i, _ in content if i not in claimed),
            claimed=tuple(
                term(i) for i, t in enumerate(tokens) if i in rows or (i in claimed and (i, t) in content)
            ),
            rows=tuple(
                Term(tokens[i].stems, tokens[i].text, i) for i in sorted(rows) if not tokens[i].is_number
            ),
            literal=tuple(
                term(i)
                for i, t in enumerate(tokens)
                if t.fold not in self.small and i not in ignore | asking and t.fold not in self._generic
            ),
            acts=acts,
            negated=negated,
            denied=frozenset(h.topic for h in hits if self._is_denied(h, tokens, negated)),
            values=values,
            years=tuple(v.year for v in values if v.year is not None),
            is_question=self._asks(shown, text[end - 1 : end + 1], tokens, wanted, acts),
            described=described,
            asks_which=any(t.fold in self._asked_by for t in tokens[:OPENING]),
            points_back=bool(acts & TURNS or goes_on or {t.fold for t in tokens} & self._anaphora),
        )

    def _conditions_of(
        self,
        shown: str,
        start: int,
        tokens: Sequence[Token],
        hits: Sequence[TopicHit],
        acts: frozenset[str],
        ignore: frozenset[int],
    ) -> tuple[Condition, ...]:
        """Return what programmes must be, where many are asked for at once."""
        if not (self.names.are_many and acts & {LIST_PROGRAMMES, "which-of-them"}):
            return ()
        claimed = {i for h in hits for i in range(h.start, h.end)} | ignore
        terms = [
            Term(t.stems, t.text, i)
            for i, t in enumerate(tokens)
            if i not in claimed and t.fold not in self.small | self._generic and not t.is_number
        ]
        return self._conditions.find(tokens, self.finder.find(shown), start, hits, terms)

    def _not_denied(
        self, tokens: Sequence[Token], tracks: tuple[Specialisation, ...]
    ) -> tuple[Specialisation, ...]:
        """Leave out `management` of `not management, communication`."""
        words = [t.fold for t in tokens]
        kept = []
        for track in tracks:
            first = tokenise(track.name)[0].stems[0]
            spots = [i for i, t in enumerate(tokens) if t.stems[0] == first]
            denied = any(
                tuple(words[i - len(n) : i]) == n for i in spots for n in self._negations if len(n) <= i
            )
            if not denied:
                kept.append(track)
        return tuple(kept)

    def _tracks(
        self, tokens: Sequence[Token], found: Sequence[Found], documents: Sequence[str], used: frozenset[int]
    ) -> tuple[tuple[Specialisation, ...], frozenset[int]]:
        allowed = frozenset(documents) if documents else None
        tracks, named = self.specialisations.find(tokens, found, allowed, used)
        if tracks:
            return tracks, named
        tracks, named = self.specialisations.find(tokens, found, allowed, used, is_sure=True)
        rest = [t for i, t in enumerate(tokens) if i not in used | named and t.fold not in self.small]
        return (tracks, named) if tracks and not rest and len(tokens) <= SHORT else ((), frozenset())

    def _asks(
        self, shown: str, tail: str, tokens: Sequence[Token], wanted: str | None, acts: frozenset[str]
    ) -> bool:
        if "?" in tail or "?" in shown:
            return True
        first = next((t.fold for t in tokens if t.fold not in self._conjunctions), "")
        if first in self._subordinators:
            return False
        if {t.fold for t in tokens} & self._asking:
            return True
        if first not in self._first_person and not acts and {t.fold for t in tokens[1:]} & self._asked_by:
            # "Full-time costs me what per semester": asked, though not at its head.
            return True
        if first in self._first_person or "background" in acts:
            return wanted is not None and bool({t.fold for t in tokens} & self._starts)
        if wanted is not None or first in self._starts:
            return True
        own = {t.fold for t in tokens} & self._first_person
        return not own or "advise" in acts

    def _named_in(self, tokens: Sequence[Token], found: Sequence[Found], start: int, end: int) -> set[str]:
        """Return the concepts and stems of content words between two positions."""
        named = {f.concept for f in found if start <= f.start and f.end <= end}
        return named | {s for t in tokens[start:end] if t.fold not in self.small for s in t.stems}

    def _is_denied(self, hit: TopicHit, tokens: Sequence[Token], negated: frozenset[str]) -> bool:
        """Whether every content word that speaks for a topic stands in a clause with a negation."""
        words = [tokens[i] for i in hit.used if tokens[i].fold not in self.small]
        return bool(words) and all(negated & set(t.stems) for t in words)

    def _second_choice(self, words: Sequence[str], language: str | None) -> int:
        """Return where what is liked less begins: behind `more than`, `rather than`; or 0."""
        for i in range(len(words)):
            for phrase in self._less_liked.get(language or "", ()):
                if tuple(words[i : i + len(phrase)]) == phrase:
                    return i + len(phrase)
        return 0

    def _negated(
        self, text: str, tokens: Sequence[Token], found: Sequence[Found], language: str | None
    ) -> frozenset[str]:
        """Return the concepts and stems of clauses that hold a negation."""
        negated: set[str] = set()
        start = 0
        ends = [
            i
            for i in range(1, len(tokens))
            if tokens[i].fold in self._breaks or "," in text[tokens[i - 1].end : tokens[i].start]
        ]
        for end in [*ends, len(tokens)]:
            words = [t.fold for t in tokens[start:end]]
            if _holds_any(words, self._negations):
                negated |= self._named_in(tokens, found, start, end)
            else:
                second = self._second_choice(words, language)
                if second:
                    negated |= self._named_in(tokens, found, start + second, end)
            start = end
        return frozenset(negated)


def _holds_any(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> bool:
    said = frozenset(words)
    near = [p for p in phrases if said.issuperset(p)]
    return any(tuple(words[i : i + len(p)]) == p for p in near for i in range(len(words)))


def _words(
    languages: Mapping[str, LanguageEntry], pick: Callable[[LanguageEntry], Sequence[str]]
) -> frozenset[str]:
    return frozenset(fold(w) for e in languages.values() for w in pick(e))


def _stretches(text: str) -> list[tuple[int, int]]:
    spans, here = [], 0
    for end in [*(stop.end() for stop in _STOP.finditer(text)), len(text)]:
        point = _POINT.match(text, here, end)
        spans.append((point.end() if point else here, end))
        here = end
    return spans


def _says_nothing(part: Part) -> bool:
    return not (
        part.topics or part.terms or part.programmes or part.within or part.specialisations or part.facets
        or part.acts or part.foreign or part.wanted
    )  # fmt: skip


def _placed(part: Part) -> Part:
    """Tell that the specialisations named are of no programme that another sentence names."""
    owners = {s.document for s in part.specialisations}
    if not part.programmes or not owners or owners & set(part.programmes):
        return part
    return replace(part, specialisations=(), misplaced=part.specialisations)


def _merged(
    own: tuple[tuple[str, str], ...], more: tuple[tuple[str, str], ...]
) -> tuple[tuple[str, str], ...]:
    said = {facet for facet, _ in own}
    return (*own, *((f, c) for f, c in more if f not in said))
