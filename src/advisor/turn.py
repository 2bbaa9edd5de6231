"""One turn of a conversation, the one place where the rooms meet: understand, track, choose, compose."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from advisor.answer.cite import Citations
from advisor.answer.compose import Composer
from advisor.answer.desk import MOST_PLACES, Draft
from advisor.dialogue.listing import LIST, as_listing
from advisor.dialogue.policy import (
    Move,
    asks_why_of_last,
    decide,
    describes_only,
    is_about_study,
    is_aside,
    is_lost,
    is_opening_for_a_value,
    only_names,
)
from advisor.dialogue.track import CARRIED, Tracker, as_track
from advisor.records.interpretation import Interpretation, Part
from advisor.records.reply import Reply
from advisor.records.state import Choice, DialogueState, Pending, Query, Word
from advisor.topics.content import Content
from advisor.understand.interpret import Interpreter

DEFAULT_LANGUAGE = "en"
REASON = "reason-given"
OUTSIDE = "nothing about studying"


class Rooms(NamedTuple):
    """What every turn goes through."""

    content: Content
    interpreter: Interpreter
    tracker: Tracker
    composer: Composer


class Turn:
    """One turn: understand, track, choose, compose."""

    def __init__(self, rooms: Rooms, state: DialogueState, text: str) -> None:
        self.rooms = rooms
        self.state = state
        self.composer = rooms.composer
        self.desk = rooms.composer.desk
        self.words = self.desk.words
        self.said: Interpretation = rooms.interpreter.interpret(text, state.language)
        self.language = state.fixed_language or self.said.language or state.language or DEFAULT_LANGUAGE
        self.cites = Citations(self.desk.documents)
        self.queries: list[Query] = []
        self.carried: dict[int, Query] = {}
        self.drafts: list[Draft] = []
        self.outside: list[str] = []
        self.move = ""

    def run(self) -> tuple[Reply, DialogueState]:
        """Return the reply and the state after it."""
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
        entry = self.rooms.content.smalltalk[move.subject]
        return self._speak("smalltalk", self._variant(getattr(entry.replies, self.language)))

    def _outside(self, move: Move) -> tuple[Reply, DialogueState]:
        return self._speak("out_of_scope", self._beyond(move.subject))

    def _beyond(self, subject: str) -> str:
        """Return what is said about a subject that this is no adviser for."""
        return self._variant(getattr(self.rooms.content.outside[subject].replies, self.language))

    def _variant(self, texts: Sequence[str]) -> str:
        return texts[self.state.turns % len(texts)]

    def _speak(self, kind: str, text: str) -> tuple[Reply, DialogueState]:
        """Reply without evidence; what is talked about stays as it was."""
        draft = Draft("answer", "", None, self.state.programmes)
        reply = Reply.model_validate(
            {
                "kind": kind,
                "text": text,
                "language": self.language,
                "suggestions": self.composer.suggestions.suggestions(draft, self.state, self.language),
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
        topics = [t for t in self.composer.overall if t in self.rooms.content.topics][:4]
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
        index = self.desk.store.index
        named = [
            t
            for p in self.said.parts
            for f in p.found
            if f.concept == move.subject
            for t in (p.tokens[i] for i in f.used)
        ]
        if named and all(any(index.frequency(s) for s in t.stems) for t in named):
            return self._answer(move)
        concept = self.rooms.content.concepts[move.subject]
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
            query = self.rooms.tracker.resolve(part, state)
            self.queries.append(query)
            last = state.query
            is_new = last is None or self.rooms.tracker.asks_anew(part, last)
            if query.topic is None and not query.is_carried and not is_new:
                self.carried[len(self.queries) - 1] = self.rooms.tracker.resolve(part, state, forced=True)
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
        told, first = self.said.parts[0], self.queries[0]
        if len(self.queries) == 1 and asks_why_of_last(told, first, self.state):
            return self._why(move)
        if len(self.said.parts) == 1 and only_names(told) and not first.is_carried:
            return self._about(first)
        if all(is_lost(q) for q in self.queries):
            if first.programmes or first.specialisations or first.within:
                return self._about(first)
            known = self.rooms.tracker.programmes.order
            if "compare" in self.said.acts and len(known) <= MOST_PLACES:
                return self._about(first.but(programmes=known))
            return self._lost(move)
        return self._answers()

    def _of_one_described(self, part: Part, state: DialogueState) -> Part:
        """Read `the business one` as the specialisation, among those at hand, whose passages speak of it."""
        if not describes_only(part):
            return part
        tracks = state.specialisations if len(state.specialisations) > 1 else ()
        tracks = tracks or tuple(t for d in state.programmes for t in self.rooms.tracker.programmes.tracks(d))
        track = self.composer.advice.described(part, tracks)
        if track is None:
            return part
        kept = tuple(h for h in part.topics if self.rooms.content.topics[h.topic].is_general)
        return replace(
            part, specialisations=(as_track(track),), topics=kept, found=(), terms=(), claimed=(), literal=()
        )

    def _about(self, query: Query) -> tuple[Reply, DialogueState]:
        """Compare or introduce what was named when nothing else was asked."""
        if "compare" in self.said.acts or len(query.specialisations) > 1:
            self.queries = [query]
            return self._answers()
        introduction = self.rooms.content.unsaid.get("prose")
        if introduction:
            self.queries = [query.but(topic=introduction, act="answer", words=(), literal=())]
            return self._answers()
        return self._lost(Move("lost"))

    # -- replies --------------------------------------------------------------------------

    def _answers(self) -> tuple[Reply, DialogueState]:
        drafts: list[Draft] = []
        kept = []
        for number, query in enumerate(self.queries):
            if is_lost(query) and len(self.queries) > 1:
                continue
            told: tuple[str, ...] = next(
                (d.programmes for d in drafts if d.kind == "answer" and len(d.programmes) == 1), ()
            )
            if told and not query.programmes and not query.within:
                # The page that answered one question of the message is the one the others are asked of.
                query = query.but(programmes=told)
            draft, query = self._first_answered(query, self._readings(number, query))
            drafts.append(draft)
            kept.append(query)
        is_answered = any(d.kind == "answer" for d in drafts)
        heard = [
            i for i, d in enumerate(drafts)
            if d.rule != OUTSIDE
            and not (is_answered and d.kind == "no_answer" and is_aside(kept[i], self.said.parts))
        ]  # fmt: skip
        if heard and len(heard) < len(drafts):
            # A remark beside a question: only the question is answered.
            drafts, kept = [drafts[i] for i in heard], [kept[i] for i in heard]
        self.queries = kept
        for subject in dict.fromkeys(self.outside):
            drafts.append(Draft("out_of_scope", self._beyond(subject), rule=OUTSIDE))
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
        if query.misplaced:
            return composer.answers.answer(query, self.state, self.language, self.cites)
        if query.act == LIST:
            return composer.listing.listed(query, self.language, self.cites)
        if query.act == "compare":
            is_open = query.topic == self.rooms.content.unsaid.get("prose")
            if is_open and not any(self._users(w) for w in query.words):
                # "What is the biggest difference?" asks for more than an introduction of each.
                query = query.but(topic=None, concepts=(), words=())
            return composer.comparison.compare(query, self.state, self.language, self.cites)
        if query.act == "advise" and "choose-programme" not in self.said.acts:
            advice = composer.advice.advise(query, self.state, self.language, self.cites)
            if advice is not None:
                return advice
        topical = composer.judge.topical
        is_strange = bool(query.words) and not any(self._users(w) for w in query.words)
        if is_strange and is_opening_for_a_value(query, self.said.parts, self.state, topical):
            # "What does a pram cost?": a figure is asked of something that no page ever speaks of.
            return self._outside_all()
        draft = composer.answers.answer(query, self.state, self.language, self.cites)
        is_unanswered = draft.kind == "no_answer"
        return self._outside_all() if is_unanswered and not is_about_study(query, topical) else draft

    def _outside_all(self) -> Draft:
        """Return the draft that nothing on the pages is asked about."""
        places = self.composer.places(self.language)
        return Draft(
            "out_of_scope", self.words.say("outside.unknown", self.language, places=places), rule=OUTSIDE
        )

    def _of_others(self, query: Query) -> Query | None:
        """Return the query for the programmes whose pages alone use its words, if the focus was carried."""
        known = self.rooms.tracker.programmes.order
        is_open = query.topic is None and query.act == "answer" and CARRIED in query.rules
        if not (is_open and query.words) or len(known) > MOST_PLACES:
            return None
        others = tuple(d for d in known if d not in query.programmes)
        if any(self._users(w) & set(query.programmes) for w in query.words):
            return None
        holding = tuple(d for d in others if all(d in self._users(w) for w in query.words))
        return query.but(programmes=holding, specialisations=(), context=()) if holding else None

    def _users(self, word: Word) -> set[str]:
        """Return the pages that use a word."""
        store = self.desk.store
        return {store.document_of(n) for n in store.index.holding([word.en, word.nl])}

    def _is_unheard(self, query: Query) -> bool:
        """Whether no page uses any of the question's words."""
        store = self.desk.store
        if len(query.words) > 1:
            return False
        return not store.is_used([s for w in query.words for s in (w.en, w.nl)], query.programmes)

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
