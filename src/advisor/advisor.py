"""The adviser: the one place where the rooms meet."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from advisor.answer.cite import Citations
from advisor.answer.compose import Composer
from advisor.answer.desk import MOST_PLACES, Desk, Draft
from advisor.answer.evidence import Judge
from advisor.answer.facts import Facts, FactTable, Stated
from advisor.answer.listing import Listing
from advisor.answer.words import Words
from advisor.dialogue.listing import LIST, as_listing
from advisor.dialogue.policy import Move, decide, is_lost
from advisor.dialogue.track import POINTS_BACK, Programmes, Tracker, as_track
from advisor.errors import Problem, StateError
from advisor.index.store import PassageStore
from advisor.pages.load import read_documents, read_files
from advisor.pages.recognise import Recogniser
from advisor.passages.cut import Cutter
from advisor.passages.specialisations import SPECIALISATION
from advisor.records.document import Document
from advisor.records.interpretation import Interpretation, Part
from advisor.records.passage import Passage
from advisor.records.reply import Reply
from advisor.records.state import STATE_VERSION, Choice, DialogueState, Pending, Query, Word
from advisor.shelf import Shelf
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.normalise import fold
from advisor.text.tokens import tokenise
from advisor.text.values import ValueFinder
from advisor.topics.content import Content
from advisor.topics.load import load_content
from advisor.understand.conditions import ConditionFinder
from advisor.understand.interpret import Interpreter
from advisor.understand.names import Names, SpecialisationNames
from advisor.understand.spelling import Spelling, Vocabulary, vocabulary
from advisor.understand.standins import StandIns
from advisor.understand.topics import TopicFinder

if TYPE_CHECKING:
    from advisor.index.folder import Folder
    from advisor.records.explanation import Explanation

DEFAULT_LANGUAGE = "en"
REASON = "reason-given"
MANIFEST = "manifest.json"
OUTSIDE = "nothing about studying"
POINTING = frozenset({"first-one", "second-one", "other", "both"})
Places = str | Path | Sequence[str | Path]


def shipped(name: str) -> Path:
    """Return the folder of that name that ships with the package, or that of the source tree."""
    inside = Path(__file__).parent / "_shipped" / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


class Made(NamedTuple):
    """What is worked out from pages: in memory now, or on disk before."""

    documents: Sequence[Document]
    by_id: Mapping[str, Document]
    store: PassageStore
    tracks: Mapping[str, tuple[str, ...]]
    editions: Mapping[str, tuple[str, ...]]
    older: Mapping[str, tuple[tuple[int, str], ...]]
    order: tuple[str, ...]
    vocabulary: Vocabulary
    names: Any
    facts: Callable[[Stated], Facts]


class Advisor:
    """Answers questions about the programmes of a corpus; read-only, safe to share by threads."""

    def __init__(
        self,
        documents: Sequence[Document],
        content: Content,
        lexicon: Lexicon | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Take pages and intents; `shelf` keeps what is worked out from exactly these."""
        self.index: Path | None = None
        self._take(content, lexicon)
        self._build(self._made(tuple(documents), shelf or Shelf()))

    def _take(self, content: Content, lexicon: Lexicon | None = None) -> None:
        self.content = content
        self.lexicon = lexicon or Lexicon(content.concepts, tuple(content.languages), content.book)
        self._teller = LanguageTeller(content.languages)
        self._finder = ValueFinder(content.languages)

    @classmethod
    def load(
        cls,
        corpus: Places | None = None,
        intents: str | Path | None = None,
        *,
        keep_going: bool = False,
        problems: list[Problem] | None = None,
    ) -> "Advisor":
        """Load pages and intents; what is not named is what ships with the package.

        `corpus` is a folder, a file or a list of them, or the folder of an index on disk. Raises
        ContentError that names every problem with path and line; with `keep_going`, broken pages go
        to `problems` instead.
        """
        places = _places(corpus)
        if len(places) == 1 and (Path(places[0]) / MANIFEST).is_file():
            return cls.open(places[0], intents)
        folder = Path(intents or os.environ.get("ADVISOR_INTENTS") or shipped("intents"))
        broken: list[Problem] = []
        with _uncollected():
            content = load_content(folder)
            lexicon = Lexicon(content.concepts, tuple(content.languages), content.book)
            recogniser = Recogniser(
                lexicon, ValueFinder(content.languages), LanguageTeller(content.languages), content.languages
            )
            files = read_files(places)
            shelf = Shelf(
                [content.hash.encode()], (os.fsencode(f.path) for f in files), (f.raw for f in files)
            )
            kept = shelf.part(
                "documents",
                lambda: [
                    d.model_dump() for d in read_documents(files, recogniser, keep_going, broken.append)
                ],
            )
            documents = [Document.model_validate(d) for d in kept]
            if problems is not None:
                problems += broken
            advisor = cls(documents, content, lexicon, shelf)
            if not broken:  # broken pages are told of at every start
                shelf.save()
            return advisor

    @classmethod
    def open(cls, index: str | Path, intents: str | Path | None = None) -> "Advisor":
        """Open an index that was built on disk; raises IndexProblem when it is stale or none.

        Pages are read when they are needed. Needs the extra `disk`.
        """
        from advisor.index.folder import Folder

        folder = Path(intents or os.environ.get("ADVISOR_INTENTS") or shipped("intents"))
        with _uncollected():
            content = load_content(folder)
            return cls.of_folder(Folder(Path(index), content.hash), content)

    @classmethod
    def of_folder(cls, folder: "Folder", content: Content) -> "Advisor":
        """Return the adviser for a generation of an index."""
        from advisor.index.folder import FolderFacts, FolderStore, InOrder, Pages

        advisor = cls.__new__(cls)
        advisor.index = folder.home
        advisor._take(content)
        pages = Pages(folder)
        advisor._build(
            Made(
                documents=InOrder(pages),
                by_id=pages,
                store=FolderStore(folder, advisor.lexicon.widened),
                tracks=folder.part("tracks"),
                editions=folder.part("editions"),
                older=folder.part("older"),
                order=folder.part("order"),
                vocabulary=Vocabulary(*folder.part("vocabulary")),
                names=folder.part("names"),
                facts=lambda stated: FolderFacts(folder),
            )
        )
        return advisor

    @staticmethod
    def names_of(
        content: Content,
        lexicon: Lexicon,
        documents: Sequence[Document],
        spelling: Spelling,
        kept: Any = None,
    ) -> Names:
        """Return the index of the names of pages."""
        languages = content.languages
        return Names(
            documents,
            lexicon,
            [w for e in languages.values() for w in (*e.generic_words, *e.units.get("money", ()))],
            frozenset(w for words in LanguageTeller(languages).small.values() for w in words),
            [s for e in languages.values() for s in e.name_suffixes],
            [fold(w) for e in languages.values() for w in e.origin_words],
            _folded(e.joiners for e in languages.values()),
            spelling.knows,
            kept,
        )

    def _made(self, documents: tuple[Document, ...], shelf: Shelf) -> Made:
        """Return what is worked out from pages in memory."""
        cutter = cutter_for(self.content, self.lexicon)
        cut = shelf.part("passages", lambda: [_plain(*cutter.cut(d)) for d in documents])
        editions = editions_of(documents)
        by_id = {d.id: d for d in documents}
        words: Sequence[Any] = shelf.part(
            "vocabulary", lambda: [*vocabulary_of(map(page_words, documents), self.content)]
        )
        order = tuple(d.id for d in documents if editions.get(d.id, (d.id,))[0] == d.id)
        return Made(
            documents=documents,
            by_id=by_id,
            store=PassageStore(
                [Passage.restore(data) for own, _ in cut for data in own], self.lexicon.widened, shelf
            ),
            tracks={d.id: tuple(names) for d, (_, names) in zip(documents, cut, strict=True)},
            editions=editions,
            older=older_of(editions, by_id),
            order=order,
            vocabulary=Vocabulary(*words),
            names=None,
            facts=lambda stated: FactTable(stated, order),
        )

    def _build(self, made: Made) -> None:
        content, languages = self.content, self.content.languages
        self.documents, self._by_id, self.store = made.documents, made.by_id, made.store
        tracks, editions, order = made.tracks, made.editions, made.order
        small = frozenset(w for words in self._teller.small.values() for w in words)
        spelling = Spelling(made.vocabulary)
        names = self.names_of(
            content, self.lexicon, () if made.names else [made.by_id[i] for i in order], spelling, made.names
        )
        generic = frozenset(fold(w) for e in languages.values() for w in e.generic_words)
        stand_ins = StandIns(languages)
        topics = TopicFinder(
            content.topics, self.lexicon, small, generic, stand_ins, tuple(languages), content.book
        )
        conditions = ConditionFinder(languages, self._finder, content.topics, content.unsaid, content.same)
        self.interpreter = Interpreter(
            languages=languages,
            lexicon=self.lexicon,
            teller=self._teller,
            finder=self._finder,
            topics=topics,
            acts=content.acts,
            smalltalk=content.smalltalk,
            outside=content.outside,
            names=names,
            specialisations=SpecialisationNames(tracks, self.lexicon, SPECIALISATION, content.same),
            spelling=spelling,
            conditions=conditions,
            unsaid=content.unsaid,
            book=content.book,
        )
        self.programmes = Programmes(order, tracks, made.older, names.among)
        self._tracker = Tracker(
            self.programmes,
            self.lexicon,
            content.topics,
            content.unsaid,
            _folded(e.joiners for e in languages.values()),
            _folded(e.conjunctions for e in languages.values()),
            _folded(e.polar_starts for e in languages.values()),
            {fold(w): n for e in languages.values() for w, n in e.ordinals.items()},
        )
        self.words = Words(content.templates, languages)
        judge = Judge(self.store, self.lexicon, content.topics)
        desk = Desk(
            documents=self._by_id,
            order=order,
            specialisations=tracks,
            editions=editions,
            store=self.store,
            judge=judge,
            words=self.words,
            topics=content.topics,
            overall=content.overall,
            among=names.among,
        )
        stated = Stated(judge, self._finder, conditions.day, content.same)
        self.composer = Composer(desk, self._asks, Listing(desk, made.facts(stated), stated))
        content.shelf.save()

    def _asks(self, text: str, language: str) -> str | None:
        """Return the topic that a text is understood as."""
        part = self.interpreter.interpret(text, language).parts[0]
        return part.topic.topic if part.topic else None

    def document(self, identifier: str) -> Document:
        """Return a document by its id; raises KeyError when there is none."""
        return self._by_id[identifier]

    def start(self, language: str | None = None) -> "Conversation":
        """Return a new conversation; `language` (en or nl) fixes the language of the replies."""
        if language is not None and language not in self.content.languages:
            known = ", ".join(self.content.languages)
            raise ValueError(f"unknown language {language!r}; known are {known}")
        return Conversation(self, DialogueState(fixed_language=language))

    def resume(self, state: "DialogueState | Mapping[str, object] | str") -> "Conversation":
        """Return a conversation that goes on where a state was; raises StateError for a foreign one."""
        try:
            if isinstance(state, str):
                state = DialogueState.model_validate_json(state)
            elif not isinstance(state, DialogueState):
                state = DialogueState.model_validate(state)
        except ValidationError as error:
            raise StateError(
                f"not a dialogue state of this version: {error.error_count()} problems"
            ) from error
        if state.version != STATE_VERSION:
            raise StateError(f"the state has version {state.version}, this program reads {STATE_VERSION}")
        unknown = {p for p in (*state.programmes, *state.mentioned) if p not in self._by_id}
        if unknown:
            raise StateError(f"the state speaks of pages that are not here: {', '.join(sorted(unknown))}")
        return Conversation(self, state)

    def ask(self, text: str, language: str | None = None) -> Reply:
        """Answer one question on its own."""
        return self.start(language).ask(text)

    def explain(self, state: DialogueState, text: str) -> "Explanation":
        """Return how a turn is understood, looked up and answered."""
        from advisor.answer.explain import explain_turn

        turn = _Turn(self, state, text)
        reply, _ = turn.run()
        return explain_turn(
            turn.said, turn.queries, turn.drafts, turn.move, reply, self.composer.judge, self.store
        )

    def respond(self, state: DialogueState, text: str) -> tuple[Reply, DialogueState]:
        """Return the reply to a turn and the state after it; neither argument is changed."""
        return _Turn(self, state, text).run()


class Conversation:
    """A thread of questions; `state` is all that it remembers."""

    def __init__(self, advisor: Advisor, state: DialogueState) -> None:
        self._advisor = advisor
        self._last: tuple[DialogueState, str] | None = None
        self.state = state

    def ask(self, text: str) -> Reply:
        """Answer the next question; never raises on any text."""
        self._last = (self.state, text)
        reply, self.state = self._advisor.respond(self.state, text)
        return reply

    def explain(self) -> "Explanation | None":
        """Return why the last reply is what it is, or None when nothing was asked yet."""
        return None if self._last is None else self._advisor.explain(*self._last)


class _Turn:
    """One turn: understand, track, choose, compose."""

    def __init__(self, advisor: Advisor, state: DialogueState, text: str) -> None:
        self.advisor = advisor
        self.state = state
        self.composer = advisor.composer
        self.words = advisor.words
        self.said: Interpretation = advisor.interpreter.interpret(text, state.language)
        self.language = state.fixed_language or self.said.language or state.language or DEFAULT_LANGUAGE
        self.cites = Citations(advisor._by_id)
        self.queries: list[Query] = []
        self.carried: dict[int, Query] = {}
        self.drafts: list[Draft] = []
        self.outside: list[str] = []
        self.move = ""

    def run(self) -> tuple[Reply, DialogueState]:
        pending = self.state.pending
        move = decide(self.said, self.state, pending.choices if pending else ())
        self.move = move.name
        if move.name == "speak":
            return self._speak_in(move.subject)
        handler = getattr(self, f"_{move.name}")
        result: tuple[Reply, DialogueState] = handler(move)
        return result

    # -- moves ----------------------------------------------------------------------------

    def _smalltalk(self, move: Move) -> tuple[Reply, DialogueState]:
        entry = self.advisor.content.smalltalk[move.subject]
        return self._speak("smalltalk", self._variant(getattr(entry.replies, self.language)))

    def _outside(self, move: Move) -> tuple[Reply, DialogueState]:
        entry = self.advisor.content.outside[move.subject]
        return self._speak("out_of_scope", self._variant(getattr(entry.replies, self.language)))

    def _variant(self, texts: Sequence[str]) -> str:
        return texts[self.state.turns % len(texts)]

    def _speak(self, kind: str, text: str, choices: tuple[str, ...] = ()) -> tuple[Reply, DialogueState]:
        """Reply without evidence; what is talked about stays as it was."""
        draft = Draft("answer", "", None, self.state.programmes)
        reply = Reply.model_validate(
            {
                "kind": kind,
                "text": text,
                "language": self.language,
                "suggestions": self.composer.suggestions.suggestions(draft, self.state, self.language),
                "choices": choices,
            }
        )
        state = self.state.model_copy(
            update={"turns": self.state.turns + 1, "language": self._kept_language(), "last_kind": kind}
        )
        return reply, state

    def _kept_language(self) -> str | None:
        return self.said.language or self.state.language

    def _lost(self, move: Move) -> tuple[Reply, DialogueState]:
        del move
        topics = [t for t in self.composer.overall if t in self.advisor.content.topics][:4]
        names = [self.composer.topic_name(t, self.language) for t in topics]
        key = "clarify.lost" if self.said.text else "clarify.empty"
        text = self.words.say(
            key,
            self.language,
            places=self.composer.places(self.language),
            topics=self.words.listed(names, self.language),
        )
        return self._speak("clarify", text)

    def _corpus(self, move: Move) -> tuple[Reply, DialogueState]:
        del move
        text = self.words.say("corpus.list", self.language, places=self.composer.places(self.language))
        return self._speak("smalltalk", text)

    def _speak_in(self, language: str) -> tuple[Reply, DialogueState]:
        """Say the last answer again in another language."""
        self.language = language
        self.state = self.state.model_copy(update={"language": language})
        return self._repeat(Move("repeat"))

    def _foreign(self, move: Move) -> tuple[Reply, DialogueState]:
        index = self.advisor.store.index
        named = [
            t
            for p in self.said.parts
            for f in p.found
            if f.concept == move.subject
            for t in (p.tokens[i] for i in f.used)
        ]
        if named and all(any(index.frequency(s) for s in t.stems) for t in named):
            return self._answer(move)
        concept = self.advisor.content.concepts[move.subject]
        name = getattr(concept.name, self.language) if concept.name else move.subject
        text = self.words.say(
            "outside.foreign", self.language, name=name, places=self.composer.places(self.language)
        )
        return self._speak("no_answer", text)

    def _repeat(self, move: Move) -> tuple[Reply, DialogueState]:
        del move
        if self.state.query is None or not self.state.cited:
            return self._speak("clarify", self.words.say("repeat.none", self.language))
        self.queries = [self.state.query]
        return self._answers()

    def _source(self, move: Move) -> tuple[Reply, DialogueState]:
        del move
        draft = self.composer.lookback.source(self.state, self.language, self.cites)
        return self._finish([draft], keeps_query=True)

    def _more(self, move: Move) -> tuple[Reply, DialogueState]:
        draft = self.composer.lookback.more(self.state, self.language, self.cites)
        return self._finish([draft], keeps_query=True) if draft else self._lost(move)

    def _why(self, move: Move) -> tuple[Reply, DialogueState]:
        if self.state.last_kind == "no_answer":
            silent = self.composer.lookback.why_not(self.state, self.language)
            return self._finish([silent], keeps_query=True)
        draft = self.composer.lookback.why(self.state, self.language, self.cites, REASON)
        return self._finish([draft], keeps_query=True) if draft else self._lost(move)

    def _pick(self, move: Move) -> tuple[Reply, DialogueState]:
        pending = self.state.pending
        if pending is None:
            return self._lost(move)
        programmes = tuple(c.programme for c in move.choices)
        rules = (*pending.query.rules, "choice taken")
        self.queries = [pending.query.but(programmes=programmes, within=(), rules=rules)]
        return self._answers()

    def _answer(self, move: Move) -> tuple[Reply, DialogueState]:
        state = self.state
        for part in self.said.parts:
            if part.outside is not None:
                self.outside.append(part.outside)
                continue
            listing = as_listing(part, state)
            if listing is not None:
                self.queries.append(listing)
                state = state.model_copy(update={"query": listing})
                continue
            part = self._of_one_described(part, state)
            query = self.advisor._tracker.resolve(part, state)
            self.queries.append(query)
            last = state.query
            is_new = last is None or self.advisor._tracker.asks_anew(part, last)
            if query.topic is None and not query.is_carried and not is_new:
                self.carried[len(self.queries) - 1] = self.advisor._tracker.resolve(part, state, forced=True)
            state = state.model_copy(
                update={
                    "programmes": query.programmes or (() if query.within else state.programmes),
                    "specialisations": query.specialisations,
                    "query": query,
                }
            )
        if len(self.queries) > 1:
            self.queries = [
                q.but(most_words=max(35, q.most_words // len(self.queries))) for q in self.queries
            ]
        told = self.said.parts[0]
        is_of_last = self.queries[0].is_carried or (
            told.points_back and not told.topics and len(told.terms) < 2
        )
        is_of_last = is_of_last and set(told.programmes) <= set(self.state.programmes)
        if len(self.queries) == 1 and told.wanted == "reason" and is_of_last:
            return self._why(move)
        is_named_only = not told.is_question and told.topic is None and (told.programmes or told.within)
        if len(self.said.parts) == 1 and is_named_only and not self.queries[0].is_carried:
            return self._about(self.queries[0])
        if all(is_lost(q) for q in self.queries):
            first = self.queries[0]
            if first.programmes or first.specialisations or first.within:
                return self._about(first)
            known = self.advisor.programmes.order
            if "compare" in self.said.acts and len(known) <= MOST_PLACES:
                return self._about(self.queries[0].but(programmes=known))
            return self._lost(move)
        return self._answers()

    def _of_one_described(self, part: Part, state: DialogueState) -> Part:
        """Read `the business one` as the specialisation, among those at hand, whose passages speak of it."""
        points = part.acts & POINTING or part.specialisations or part.programmes
        if part.described[0] >= part.described[1] or points:
            return part
        tracks = state.specialisations if len(state.specialisations) > 1 else ()
        tracks = tracks or tuple(t for d in state.programmes for t in self.advisor.programmes.tracks(d))
        track = self.composer.advice.described(part, tracks)
        if track is None:
            return part
        kept = tuple(h for h in part.topics if self.advisor.content.topics[h.topic].is_general)
        return replace(
            part, specialisations=(as_track(track),), topics=kept, found=(), terms=(), claimed=(), literal=()
        )

    def _about(self, query: Query) -> tuple[Reply, DialogueState]:
        """Compare or introduce what was named when nothing else was asked."""
        if "compare" in self.said.acts or len(query.specialisations) > 1:
            self.queries = [query]
            return self._answers()
        introduction = self.advisor.content.unsaid.get("prose")
        if introduction:
            self.queries = [query.but(topic=introduction, act="answer", words=(), literal=())]
            return self._answers()
        return self._lost(Move("lost"))

    # -- replies --------------------------------------------------------------------------

    def _answers(self) -> tuple[Reply, DialogueState]:
        drafts = []
        kept = []
        for number, query in enumerate(self.queries):
            if is_lost(query) and len(self.queries) > 1:
                continue
            draft, query = self._first_answered(query, self._readings(number, query))
            drafts.append(draft)
            kept.append(query)
        is_answered = any(d.kind == "answer" for d in drafts)
        heard = [
            i for i, d in enumerate(drafts)
            if d.rule != OUTSIDE and not (is_answered and self._is_aside(d, kept[i]))
        ]  # fmt: skip
        if heard and len(heard) < len(drafts):
            # A remark beside a question: only the question is answered.
            drafts, kept = [drafts[i] for i in heard], [kept[i] for i in heard]
        self.queries = kept
        for subject in dict.fromkeys(self.outside):
            entry = self.advisor.content.outside[subject]
            text = self._variant(getattr(entry.replies, self.language))
            drafts.append(Draft("out_of_scope", text, rule=OUTSIDE))
        return self._finish(drafts)

    def _readings(self, number: int, query: Query) -> Iterator[Query]:
        """Yield what a question may mean, the likelier first."""
        elsewhere = self._of_others(query)
        if elsewhere is not None:
            yield elsewhere
        yield query
        # Words that no page knows may still be a follow-up in other words.
        if number in self.carried and self._is_unheard(query):
            yield self.carried[number]

    def _first_answered(self, query: Query, readings: Iterable[Query]) -> tuple[Draft, Query]:
        """Return the draft of the first reading that is answered, else the query's own; only it is cited."""
        before = self.cites.state()
        for reading in readings:
            draft = self._draft(reading)
            if draft.kind == "answer":
                return draft, reading
            self.cites.back_to(before)
        return self._draft(query), query

    def _draft(self, query: Query) -> Draft:
        composer = self.composer
        if query.act == LIST:
            return composer.listing.listed(query, self.language, self.cites)
        if query.act == "compare":
            return composer.comparison.compare(query, self.state, self.language, self.cites)
        if query.act == "advise" and "choose-programme" not in self.said.acts:
            advice = composer.advice.advise(query, self.state, self.language, self.cites)
            if advice is not None:
                return advice
        is_opening = (
            self.state.query is None
            and "programme named" not in query.rules
            and POINTS_BACK not in query.rules
            and not any(f.concept in composer.judge.topical for p in self.said.parts for f in p.found)
        )
        if is_opening and query.wanted and query.words and not any(self._users(w) for w in query.words):
            # "What does a pram cost?": a figure is asked of something that no page ever speaks of.
            return self._outside_all()
        draft = composer.answers.answer(query, self.state, self.language, self.cites)
        is_named = "programme named" in query.rules
        if (
            draft.kind == "no_answer"
            and query.topic is None
            and not is_named
            and not self._is_about_study(query)
        ):
            return self._outside_all()
        return draft

    def _outside_all(self) -> Draft:
        """Return the draft that nothing on the pages is asked about."""
        places = self.composer.places(self.language)
        return Draft(
            "out_of_scope", self.words.say("outside.unknown", self.language, places=places), rule=OUTSIDE
        )

    def _is_aside(self, draft: Draft, query: Query) -> bool:
        """Whether a part that found nothing was a remark in words of no topic, not a question."""
        if draft.kind != "no_answer" or query.topic is not None or query.concepts:
            return False
        part = next((p for p in self.said.parts if p.text == query.text), None)
        return part is not None and not (part.wanted or part.asks_which or "?" in part.text)

    def _of_others(self, query: Query) -> Query | None:
        """Return the query for the programmes whose pages alone use its words, if the focus was carried."""
        known = self.advisor.programmes.order
        others = tuple(d for d in known if d not in query.programmes)
        is_open = query.topic is None and query.act == "answer" and "programme carried" in query.rules
        if not (is_open and query.words and others) or len(known) > MOST_PLACES:
            return None
        if any(self._users(w) & set(query.programmes) for w in query.words):
            return None
        holding = tuple(d for d in others if all(d in self._users(w) for w in query.words))
        return query.but(programmes=holding, specialisations=(), context=()) if holding else None

    def _users(self, word: Word) -> set[str]:
        """Return the pages that use a word."""
        store = self.advisor.store
        return {store.passages[n].document for n in store.index.holding([word.en, word.nl])}

    def _is_unheard(self, query: Query) -> bool:
        """Whether no page uses any of the question's words."""
        store = self.advisor.store
        if len(query.words) > 1:
            return False
        return not store.is_used([s for w in query.words for s in (w.en, w.nl)], query.programmes)

    def _is_about_study(self, query: Query) -> bool:
        topical = self.advisor.composer.judge.topical
        return bool(set(query.concepts) & topical or query.is_carried or POINTS_BACK in query.rules)

    def _finish(self, drafts: Sequence[Draft], keeps_query: bool = False) -> tuple[Reply, DialogueState]:
        self.drafts = list(drafts)
        kinds = [d.kind for d in drafts]
        kind = next((k for k in ("answer", "clarify", "no_answer", "out_of_scope") if k in kinds), kinds[0])
        texts = [d.text for d in drafts]
        if len(drafts) > 1:
            texts = [self.words.say("part.mark", self.language, text=t) for t in dict.fromkeys(texts)]
        text = "\n".join(texts)
        for before, meant in self.said.repaired:
            text += "\n" + self.words.say("repaired", self.language, said=before, meant=meant)
        lead = next((d for d in drafts if d.kind == kind), drafts[0])
        reply = Reply(
            kind=kind,
            text=text,
            language=self.language,
            intent=next((d.topic for d in drafts if d.topic), None),
            citations=self.cites.records(),
            suggestions=self.composer.suggestions.suggestions(lead, self.state, self.language),
            choices=next((d.choices for d in drafts if d.choices), ()),
            table=next((d.table for d in drafts if d.table), None),
        )
        return reply, self._after(reply, drafts, lead, keeps_query)

    def _after(self, reply: Reply, drafts: Sequence[Draft], lead: Draft, keeps_query: bool) -> DialogueState:
        state = self.state
        query = state.query if keeps_query or not self.queries else self.queries[-1]
        programmes = self._focus(drafts, query)
        shown = (*state.shown, *self.cites.passages) if keeps_query else tuple(self.cites.passages)
        asked = (*state.asked, *(d.topic for d in drafts if d.topic and d.topic not in state.asked))
        pending = None
        if reply.kind == "clarify" and lead.choices and query is not None:
            choices = tuple(
                Choice(label=label, programme=programme)
                for label, programme in zip(lead.choices, lead.programmes, strict=False)
            )
            pending = Pending(query=query, choices=choices)
        spoken = programmes or (lead.programmes if query is not None and query.act == LIST else ())
        mentioned = tuple(dict.fromkeys((*(m for m in state.mentioned if m not in spoken), *spoken)))
        specialisations = (
            lead.specialisations if lead.kind in {"answer", "no_answer"} else state.specialisations
        )
        return state.model_copy(
            update={
                "language": self._kept_language(),
                "turns": state.turns + 1,
                "programmes": programmes,
                "mentioned": mentioned,
                "specialisations": specialisations,
                "tracks": tuple(dict.fromkeys((*state.tracks, *specialisations)))
                if len(specialisations) == 1
                else state.tracks,
                "query": query,
                "cited": tuple(self.cites.passages) or (state.cited if keeps_query else ()),
                "shown": shown,
                "asked": asked,
                "pending": pending,
                "last_kind": reply.kind,
            }
        )

    def _focus(self, drafts: Sequence[Draft], query: Query | None) -> tuple[str, ...]:
        """Return the programmes that the conversation is about after this turn."""
        if query is not None and query.act == LIST:
            return ()
        if query is not None and query.programmes:
            return query.programmes
        answered = tuple(dict.fromkeys(p for d in drafts if d.kind == "answer" for p in d.programmes))
        if len(answered) == 1:
            return answered
        return () if query is not None and query.within else self.state.programmes


def _plain(
    passages: Iterable[Passage], tracks: tuple[str, ...]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return what cutting a document gave as plain data."""
    return [p.plain() for p in passages], tracks


def cutter_for(content: Content, lexicon: Lexicon) -> Cutter:
    """Return what cuts documents with the words of the content."""
    anaphora = [a for entry in content.languages.values() for a in entry.anaphora]
    return Cutter(lexicon, ValueFinder(content.languages), LanguageTeller(content.languages), anaphora)


def page_words(document: Document) -> set[str]:
    """Return the words that a page uses."""
    return {t.fold for t in tokenise(document.text)}


def vocabulary_of(pages: Iterable[Iterable[str]], content: Content) -> Vocabulary:
    """Return the words that pages and content use."""
    on_pages = {word for words in pages for word in words}
    return vocabulary(on_pages, content.words, LanguageTeller(content.languages).small)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the garbage collector while much is made that stays: it would walk it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _places(corpus: Places | None) -> list[str | Path]:
    if corpus is None:
        named = os.environ.get("ADVISOR_CORPUS")
        return [*named.split(os.pathsep)] if named else [shipped("corpus")]
    return [corpus] if isinstance(corpus, str | Path) else list(corpus)


def _folded(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in words)


def editions_of(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """Return, for each document of a programme with several editions, all of them, the newest first."""
    groups: dict[tuple[str, str], list[Document]] = {}
    superseded: dict[str, str] = {}
    for document in documents:
        provenance = document.provenance
        if provenance.supersedes:
            superseded[provenance.supersedes] = document.id
        if provenance.edition:
            title = fold(provenance.title.replace(provenance.edition, "")).strip(" -–,()")
            groups.setdefault((title, fold(provenance.institution or "")), []).append(document)
    result: dict[str, tuple[str, ...]] = {}
    for members in groups.values():
        if len(members) > 1:
            ordered = tuple(
                d.id for d in sorted(members, key=lambda d: d.provenance.edition or "", reverse=True)
            )
            for identifier in ordered:
                result[identifier] = ordered
    for old, new in superseded.items():
        if old not in result and any(d.id == old for d in documents):
            result[old] = result[new] = (new, old)
    return result


def older_of(
    editions: Mapping[str, Sequence[str]], documents: Mapping[str, Document]
) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return, for each newest page, the (first year, id) of its older editions."""
    result = {}
    for ordered in editions.values():
        newest = ordered[0]
        years = []
        for identifier in ordered[1:]:
            edition = documents[identifier].provenance.edition or ""
            if edition[:4].isdigit():
                years.append((int(edition[:4]), identifier))
        result[newest] = tuple(years)
    return result
