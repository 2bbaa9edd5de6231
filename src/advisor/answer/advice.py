"""Advise from what a student likes, dislikes or brings along."""

from collections.abc import Sequence

from advisor.answer.cite import Citations
from advisor.answer.desk import MOST_PLACES, SPECIALISATION, Desk, Draft
from advisor.answer.evidence import Evidence, evidence_concepts
from advisor.answer.tracks import Tracks
from advisor.records.interpretation import Part
from advisor.records.passage import Passage
from advisor.records.state import DialogueState, Query, Word

ENOUGH_INTEREST = 0.9
CARRIED = "programme carried"
COMMON_SHARE = 0.04  # of the passages: a word found in more of them is no reason on its own


class Advice:
    """Ties wishes to specialisations by their passages, or gives no advice."""

    def __init__(self, desk: Desk, tracks: Tracks) -> None:
        self.desk = desk
        self.tracks = tracks
        # What a programme is for, its courses, its specialisations: not what a student likes.
        self._general = {c for t in desk.topics.values() if t.is_general for c in evidence_concepts(t)}

    def advise(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft | None:
        """Return the specialisation that the pages tie to what the student wants, with the passage."""
        documents = query.programmes or (self.desk.order if len(self.desk.order) <= MOST_PLACES else ())
        tracks = self._tracks_of(documents)
        if not tracks and CARRIED in query.rules and len(self.desk.order) <= MOST_PLACES:
            # What was talked about has no specialisations, but nobody asked to stay there.
            tracks = self._tracks_of(self.desk.order)
        if not tracks:
            return None
        negated = set(query.negated)
        likes = [c for c in query.concepts if c not in negated and not self._is_choice_word(c)]
        dislikes = [c for c in query.concepts if c in negated and not self._is_choice_word(c)]
        words = [*query.words, *query.hints]
        like_words = [w for w in words if not {w.en, w.nl} & negated]
        dislike_words = [w for w in words if {w.en, w.nl} & negated]
        named = [t for t in dict.fromkeys((query.topic, *query.also)) if t]
        for topic in named:
            own = self._wished_by(topic)
            (dislikes if topic in query.denied or set(own) & negated else likes).extend(own)
        if dislikes or dislike_words:
            avoided = self._avoid(query, tracks, dislikes, dislike_words, likes, language, cites)
            if avoided is not None:
                return avoided
        left = [t for t in tracks if t in query.specialisations]
        last = state.query
        if (
            left
            and last is not None
            and last.act == "advise"
            and last.negated
            and not (query.concepts or words)
        ):
            # Nothing new is wished for, so what the advice against others left open still stands.
            quotes = self._characterised(left, language, cites)
            text = self.desk.words.say("advise.instead", language, evidence=quotes)
            owners = tuple(dict.fromkeys(d for d, _ in left))
            return (
                Draft("answer", text, query.topic, owners, tuple(left), rule="advice against")
                if quotes
                else None
            )
        best = self._best_of_all(tracks, likes, like_words)
        if best is None and not dislikes:
            # No passage speaks of a PhD, but some do of what leads there.
            near = [c for t in named for r in self.desk.topics[t].related for c in self._wished_by(r)]
            best = self._best_of_all(tracks, near, ()) if near else None
        if best is None:
            entry = self.desk.topics.get(query.topic or "")
            # Asked which suits whom; asked which there are, all are listed.
            suits = entry is not None and entry.is_general and SPECIALISATION not in evidence_concepts(entry)
            if suits and (likes or like_words):
                return self._none(query, language)
            is_open = query.topic is None and not any(self.desk.is_used(w) for w in words)
            return self._ask(query, language) if is_open else None
        (document, name), passages = best
        evidence = self.desk.renderer.prose(
            [Evidence(p, 1.0) for p in passages], self.desk.documents[document], cites, language
        )
        text = self.desk.words.say(
            "advise.lead", language, track=f"{name} ({self.desk.place(document)})", evidence=evidence
        )
        return Draft("answer", text, query.topic, (document,), ((document, name),), rule="advice")

    def _tracks_of(self, documents: Sequence[str]) -> list[tuple[str, str]]:
        return [(d, n) for d in documents for n in self.desk.specialisations.get(d, ())]

    def _ask(self, query: Query, language: str) -> Draft:
        """Ask what the student likes, where nothing was said that a passage could be tied to."""
        return Draft(
            "clarify",
            self.desk.words.say("advise.ask", language),
            None,
            query.programmes,
            rule="what is liked?",
        )

    def _none(self, query: Query, language: str) -> Draft:
        """Say that no passage ties the wishes to a choice."""
        text = self.desk.words.say("advise.none", language)
        return Draft("no_answer", text, query.topic, query.programmes, rule="no advice without evidence")

    def described(self, part: Part, tracks: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
        """Return the specialisation that a description such as `the business one` fits, if one does."""
        start, end = part.described
        topics = [self.desk.topics[h.topic] for h in part.topics if start <= h.start and h.end <= end + 1]
        concepts = {f.concept for f in part.found if start <= f.start and f.end <= end}
        concepts = concepts.union(*(evidence_concepts(t) for t in topics))
        likes = [c for c in sorted(concepts) if not self._is_choice_word(c)]
        words = [Word(en=t.stems[0], nl=t.stems[1], text=t.text) for t in part.tokens[start:end]]
        best = self._best_track(tracks, likes, words) if likes or words else None
        return best[0] if best is not None else None

    def _wished_by(self, topic: str) -> list[str]:
        """Return the concepts that a topic's evidence holds, but for those that any choice is about."""
        concepts = sorted(evidence_concepts(self.desk.topics[topic]))
        return [c for c in concepts if not self._is_choice_word(c)]

    def _best_of_all(
        self, tracks: Sequence[tuple[str, str]], concepts: Sequence[str], words: Sequence[Word]
    ) -> tuple[tuple[str, str], list[Passage]] | None:
        is_chance = bool(concepts) and self._is_chance(tracks, concepts, words)
        return None if is_chance else self._best_track(tracks, concepts, words)

    def _is_chance(
        self, tracks: Sequence[tuple[str, str]], concepts: Sequence[str], words: Sequence[Word]
    ) -> bool:
        """Whether of all that was said only common words are found, and nothing of what was meant."""
        store = self.desk.store
        if any(self.tracks.track_passages(t, concepts, ()) for t in tracks):
            return False
        most = COMMON_SHARE * store.index.size
        rare = [w for w in words if max(store.index.frequency(s) for s in (w.en, w.nl)) <= most]
        return not any(self.tracks.track_passages(t, (), (w,)) for t in tracks for w in rare)

    def _is_choice_word(self, concept: str) -> bool:
        return concept == SPECIALISATION or concept in self._general

    def _best_track(
        self, tracks: Sequence[tuple[str, str]], concepts: Sequence[str], words: Sequence[Word]
    ) -> tuple[tuple[str, str], list[Passage]] | None:
        ranked = []
        for order, track in enumerate(tracks):
            scored = self.tracks.track_passages(track, concepts, words)
            if scored:
                total = scored[0][0] + 0.3 * sum(s for s, _ in scored[1:3])
                ranked.append((-total, order, track, scored))
        ranked.sort(key=lambda r: (r[0], r[1]))
        if not ranked or -ranked[0][0] < ENOUGH_INTEREST:
            return None
        track, scored = ranked[0][2], ranked[0][3]
        chosen = [scored[0][1]]
        wishes: list[tuple[tuple[str, ...], tuple[Word, ...]]] = [
            ((concept,), ()) for concept in concepts
        ] + [((), (word,)) for word in words]
        for named, spoken in wishes:
            holding = self.tracks.track_passages(track, named, spoken)
            if holding and not any(p in chosen for _, p in holding) and len(chosen) < 2:
                chosen.append(holding[0][1])
        return track, sorted(chosen, key=lambda p: p.number)

    def _avoid(
        self,
        query: Query,
        tracks: Sequence[tuple[str, str]],
        concepts: Sequence[str],
        words: Sequence[Word],
        likes: Sequence[str],
        language: str,
        cites: Citations,
    ) -> Draft | None:
        """Name the specialisation that has what is not wanted, and those that remain."""
        bad = []
        for track in tracks:
            scored = self.tracks.track_passages(track, concepts, words)
            if scored and scored[0][0] >= ENOUGH_INTEREST:
                bad.append((track, scored[0][1]))
        if not bad or len(bad) == len(tracks):
            return None
        document = bad[0][0][0]
        names = [t[1] for t, _ in bad if t[0] == document]
        evidence = self.desk.renderer.prose(
            [Evidence(p, 1.0) for _, p in bad[:2]], self.desk.documents[document], cites, language
        )
        text = self.desk.words.say(
            "advise.avoid", language, track=self.desk.words.listed(names, language), evidence=evidence
        )
        rest = [t for t in tracks if t not in {b for b, _ in bad} and t[0] == document]
        best = self._best_track(rest, likes, ()) if likes else None
        chosen = [best[0]] if best else rest[:3]
        if quotes := self._characterised(chosen, language, cites):
            text += " " + self.desk.words.say("advise.instead", language, evidence=quotes)
        return Draft("answer", text, query.topic, (document,), tuple(chosen), rule="advice against")

    def _characterised(self, tracks: Sequence[tuple[str, str]], language: str, cites: Citations) -> str:
        """Return what is characteristic of each specialisation, as far as the pages say it."""
        quotes = []
        for own, name in tracks:
            passage = self.tracks.characteristic(own, name)
            if passage is not None:
                quotes.append(
                    f"{name}: {self.desk.renderer.one(passage, self.desk.documents[own], cites, language)}"
                )
        return " ".join(quotes)
