"""Tell what a programme's specialisations are and what sets each apart."""

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from advisor.answer.cite import Citations
from advisor.answer.desk import SPECIALISATION, Desk, Draft
from advisor.answer.evidence import MOST_WORDS, STRICT, Evidence, evidence_concepts, is_alike
from advisor.records.passage import Passage
from advisor.records.state import Query, Word

MOST_SENTENCES = 3
MOST_READ = 256  # specialisations of which the passages are remembered


class Tracks:
    """Knows which passages are about one specialisation only."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._only_about = lru_cache(maxsize=MOST_READ)(self._told_apart)

    def is_about_whole(self, query: Query) -> bool:
        """Whether a specialisation as such is asked about, not one thing of it."""
        topic = self.desk.topics.get(query.topic or "")
        if topic is not None:
            return topic.is_general and not query.words and query.wanted not in STRICT
        asked = set(query.concepts) - {c for _, c in query.facets}
        return not query.words and query.wanted not in STRICT and not asked

    def described(self, query: Query, language: str, cites: Citations) -> Draft | None:
        """Say what sets the specialisations named apart: sentences about no other one."""
        lines = []
        for document, name in query.specialisations:
            passages = self.own_passages(document, name, dict(query.facets))
            if not passages:
                continue
            passages = passages[: max(1, MOST_SENTENCES // len(query.specialisations))]
            evidence = self.desk.renderer.prose(
                [Evidence(p, 1.0) for p in passages], self.desk.documents[document], cites, language
            )
            place = f"{name} ({self.desk.place(document)})"
            lines.append(self.desk.words.say("compare.line", language, place=place, evidence=evidence))
        if not lines:
            return None
        documents = tuple(dict.fromkeys(d for d, _ in query.specialisations))
        return Draft(
            "answer",
            "\n".join(lines),
            query.topic,
            documents,
            query.specialisations,
            rule="specialisation described",
        )

    def tracks_listed(
        self, query: Query, documents: Sequence[str], language: str, cites: Citations
    ) -> Draft | None:
        """Name the specialisations of a page that has some, each where the page names it."""
        if (
            SPECIALISATION not in evidence_concepts(self.desk.topics[query.topic or ""])
            or query.wanted in STRICT
            or query.facets
        ):
            return None
        lines = []
        owners = [d for d in documents if len(self.desk.specialisations.get(d, ())) > 1]
        if not owners or (len(owners) < len(documents) and len(query.programmes) > 1):
            return None
        for document in owners:
            shown = "; ".join(
                f"{n} {self.where(document, n, cites)}" for n in self.desk.specialisations[document]
            )
            key = "answer.facts" if len(owners) == 1 else "compare.line"
            topic = self.desk.topic_name(query.topic, language)
            lines.append(
                self.desk.words.say(
                    key, language, topic=topic, place=self.desk.place(document), evidence=shown
                )
            )
        return Draft("answer", "\n".join(lines), query.topic, tuple(owners), rule="specialisations listed")

    def where(self, document: str, name: str, cites: Citations) -> str:
        """Return the mark for the place that names a specialisation: a list of several, or its heading."""
        names = self.desk.specialisations[document]
        passages = [
            self.desk.store.passages[n]
            for n in self.desk.store.of(document)
            if name in self.desk.store.passages[n].text
        ]
        listing = [p for p in passages if sum(n in p.text for n in names) > 1]
        if listing:
            best = max(listing, key=lambda p: (sum(n in p.text for n in names), -p.number))
            return cites.mark(best)
        text = self.desk.documents[document].text
        at = next(
            (
                b
                for b in self.desk.documents[document].blocks
                if b.kind == "heading" and name in text[b.start : b.end]
            ),
            None,
        )
        if at is not None:
            return cites.mark_span(
                document, at.start, at.end, None, self.desk.documents[document].provenance.language or "en"
            )
        return cites.mark(passages[0]) if passages else ""

    def _told_apart(self, document: str, name: str) -> list[tuple[int, Passage]]:
        """Return the passages that are only about a specialisation, without what a page says of several."""
        passages = [(n, self.desk.store.passages[n]) for n in self.desk.store.of(document)]
        counts = Counter(_said(p) for _, p in passages)
        return [(n, p) for n, p in passages if p.specialisations == {name} and counts[_said(p)] == 1]

    def own_passages(self, document: str, name: str, facets: Mapping[str, str]) -> list[Passage]:
        """Return the first sentence that is only about a specialisation and the most telling others."""
        own = []
        for _, passage in self._only_about(document, name):
            said = dict(passage.facets)
            is_other = any(f in said and said[f] != c for f, c in facets.items())
            if not is_other and passage.kind != "fact":
                own.append(passage)
        named = [p for p in own if any(f in dict(p.facets) for f in facets)] if facets else []
        pool = named or own
        if not pool:
            return []
        ranked = sorted(pool, key=lambda p: (-self._telling(p, pool[0]), p.number))
        chosen: list[Passage] = []
        words = 0
        for passage in ranked:
            length = len(passage.text.split())
            if chosen and (words + length > MOST_WORDS or any(is_alike(passage, c) for c in chosen)):
                continue
            chosen.append(passage)
            words += length
            if len(chosen) == MOST_SENTENCES:
                break
        return sorted(chosen, key=lambda p: p.number)

    def _telling(self, passage: Passage, first: Passage) -> float:
        """Return how much a sentence tells: its rare words, and whether it comes first."""
        rare = sum(sorted((self.desk.store.rarity(t) for t in passage.terms), reverse=True)[:8])
        return rare + (8.0 if passage is first else 0.0) - 2.0 * passage.continues

    def characteristic(self, document: str, name: str) -> Passage | None:
        """Return the sentence that tells a specialisation apart."""
        passages = self.own_passages(document, name, {})
        return passages[0] if passages else None

    def track_passages(
        self, track: tuple[str, str], concepts: Sequence[str], words: Sequence[Word]
    ) -> list[tuple[float, Passage]]:
        """Return the passages only about a track that hold what was named, the fullest first."""
        document, name = track
        scored = []
        for number, passage in self._only_about(document, name):
            score = 0.0
            for concept in dict.fromkeys(concepts):
                if concept in self.desk.store.own(number):
                    score += self.desk.store.rarity("#" + concept)
            for word in words:
                stems = {word.en, word.nl}
                if stems & passage.terms:
                    score += max(self.desk.store.rarity(s) for s in stems & passage.terms)
            if score:
                scored.append((score, passage))
        scored.sort(key=lambda s: (-s[0], s[1].number))
        return scored


def _said(passage: Passage) -> str:
    """Return what a passage says, whatever its spaces and capitals."""
    return " ".join(passage.text.split()).casefold()
