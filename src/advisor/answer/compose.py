"""Make the reply to a query: find, test, write, cite, or say that the pages are silent."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from advisor.answer.cite import Citations
from advisor.answer.evidence import (
    MOST_WORDS,
    STRICT,
    Evidence,
    Findings,
    Judge,
    is_alike,
    evidence_groups,
)
from advisor.answer.render import Renderer
from advisor.answer.words import Words, capital
from advisor.index.store import PassageStore
from advisor.records.document import Document
from advisor.records.passage import Passage
from advisor.records.reply import ReplyKind, Table, TableRow
from advisor.records.state import DialogueState, Query, Word
from advisor.text.values import FIGURE, plain
from advisor.topics.schema import TopicEntry

MOST_SUGGESTIONS = 4
MOST_PLACES = 3
COMPARABLE = 0.65
MOST_SENTENCES = 3
MOST_IN_CELL = 260
MOST_OVERALL = 4
REFERRAL = "referral"
SPECIALISATION = "specialisation"
ENOUGH_INTEREST = 0.9


@dataclass(slots=True)
class Draft:
    """A reply in the making: one part of it, or all."""

    kind: ReplyKind
    text: str
    topic: str | None = None
    programmes: tuple[str, ...] = ()
    specialisations: tuple[tuple[str, str], ...] = ()
    choices: tuple[str, ...] = ()
    table: Table | None = None
    findings: tuple[Findings, ...] = field(default=())
    rule: str = ""


class Composer:
    """Answers queries from the passages."""

    def __init__(
        self,
        *,
        documents: Mapping[str, Document],
        order: Sequence[str],
        specialisations: Mapping[str, Sequence[str]],
        editions: Mapping[str, Sequence[str]],
        store: PassageStore,
        judge: Judge,
        words: Words,
        topics: Mapping[str, TopicEntry],
        overall: Sequence[str],
        asks: Callable[[str, str], str | None],
    ) -> None:
        self.documents = documents
        self.order = tuple(order)
        self.specialisations = specialisations
        self.editions = editions
        self.store = store
        self.judge = judge
        self.words = words
        self.topics = topics
        self.overall = tuple(overall)
        self.renderer = Renderer(words)
        self._asks = asks
        self._answerable: dict[tuple[str, str], bool] = {}
        self._askable: dict[tuple[str, str], bool] = {}

    # -- names ----------------------------------------------------------------------------

    def place(self, document: str) -> str:
        """Return how a programme is called: its institution, or its title where that tells it apart."""
        provenance = self.documents[document].provenance
        if provenance.institution is None:
            return provenance.title
        same = [d for d in self.order if self.documents[d].institution == provenance.institution]
        if len(same) == 1 and len(self.order) <= MOST_PLACES:
            return provenance.institution
        return f"{provenance.title}, {provenance.institution}"

    def places(self, language: str, documents: Sequence[str] | None = None, word: str = "and") -> str:
        """Return the programmes as a list in words."""
        names = list(dict.fromkeys(self.place(d) for d in (documents or self.order)))
        if len(names) > 5:
            return self.words.listed([*names[:4], "..."], language, word)
        return self.words.listed(names, language, word)

    def topic_name(self, topic: str | None, language: str) -> str:
        """Return a topic's noun phrase."""
        return getattr(self.topics[topic].name, language) if topic in self.topics else ""

    # -- one question ---------------------------------------------------------------------

    def answer(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Return the draft for a query: of one programme, of several, or that it is not stated."""
        if query.is_elliptic and state.cited:
            return self._elliptic(query, state, language, cites)
        documents = query.programmes or self._candidates(query)
        if not documents:
            return self._which(query, language)
        topic = self.topics.get(query.topic or "")
        if topic is not None and topic.is_general and query.words:
            openly = self.answer(query.but(topic=None, alternatives=()), state, language, cites)
            if openly.kind == "answer":
                return openly
            query = query.but(words=())
        if not query.specialisations and topic is not None and topic.is_general and not query.words:
            listed = self._tracks_listed(query, documents, language, cites)
            if listed is not None:
                return listed
        if query.specialisations and self._is_about_whole(query):
            described = self._described(query, language, cites)
            if described is not None:
                return described
        if len(documents) > 1:
            query = query.but(most_words=query.most_words * 2 // 3)
        findings = [self.judge.find(query, d) for d in documents]
        found = [f for f in findings if f.evidence]
        for other in query.alternatives if not found else ():
            if self._is_named(query, other):
                continue
            if query.wanted in STRICT and self.topics[other].kind != query.wanted:
                continue
            read = query.but(topic=other)
            again = [self.judge.find(read, d) for d in documents]
            if any(f.evidence for f in again):
                query, findings = read, again
                found = [f for f in again if f.evidence]
                break
        if not found and query.wanted in STRICT and query.topic and self.topics[query.topic].is_thing:
            known = tuple(w for w in query.literal if self.store.index.frequency(w.en) or self.store.index.frequency(w.nl))
            if known:
                openly = query.but(topic=None, words=known, hints=(), scope=())
                findings = [self.judge.find(openly, d) for d in documents]
                found = [f for f in findings if f.evidence]
        if not found and query.specialisations and query.topic is None and query.wanted is None and len(query.words) <= 1:
            described = self._described(query, language, cites)
            if described is not None:
                return described
        if not found:
            return self._silent(query, findings, language, cites)
        if not query.programmes and len(found) > 1:
            best = max(f.evidence[0].score for f in found)
            found = [f for f in found if f.evidence[0].score >= best * COMPARABLE]
            if len(found) == 1:
                documents = (found[0].document,)
        if len(documents) == 1:
            text = self._one(query, found[0], language, cites)
        else:
            text = self._several(query, findings, language, cites)
        return Draft(
            "answer", text, query.topic, tuple(f.document for f in found) if not query.programmes else query.programmes,
            query.specialisations, findings=tuple(findings), rule="answer",
        )  # fmt: skip

    def _tracks_listed(
        self, query: Query, documents: Sequence[str], language: str, cites: Citations
    ) -> Draft | None:
        """Name the specialisations of a page that has some, each where the page names it."""
        evidence = evidence_groups(self.topics[query.topic or ""])
        if not any(c == SPECIALISATION for g in evidence for c, _ in g) or query.wanted in STRICT or query.facets:
            return None
        lines = []
        owners = [d for d in documents if len(self.specialisations.get(d, ())) > 1]
        for document in owners:
            shown = "; ".join(f"{n} {self._where(document, n, cites)}" for n in self.specialisations[document])
            key = "answer.facts" if len(owners) == 1 else "compare.line"
            topic = self.topic_name(query.topic, language)
            lines.append(self.words.say(key, language, topic=topic, place=self.place(document), evidence=shown))
        if not lines or len(owners) < len(documents) and len(query.programmes) > 1:
            return None
        return Draft("answer", "\n".join(lines), query.topic, tuple(owners), rule="specialisations listed")

    def _where(self, document: str, name: str, cites: Citations) -> str:
        """Return the mark for the place that names a specialisation: a list of several, or its heading."""
        names = self.specialisations[document]
        passages = [self.store.passages[n] for n in self.store.of(document) if name in self.store.passages[n].text]
        listing = [p for p in passages if sum(n in p.text for n in names) > 1]
        if listing:
            best = max(listing, key=lambda p: (sum(n in p.text for n in names), -p.number))
            return cites.mark(best)
        text = self.documents[document].text
        at = next(
            (b for b in self.documents[document].blocks if b.kind == "heading" and name in text[b.start : b.end]), None
        )
        if at is not None:
            return cites.mark_span(document, at.start, at.end, None, self.documents[document].provenance.language or "en")
        return cites.mark(passages[0]) if passages else ""

    def _is_named(self, query: Query, other: str) -> bool:
        """Whether the question names the topic's very concept, so that no reading but a broader one will do."""
        topic = self.topics.get(query.topic or "")
        options = {c for g in evidence_groups(topic) for c, _ in g} if topic else set()
        named = options & set(query.concepts)
        broader = {c for g in evidence_groups(self.topics[other]) for c, _ in g}
        return bool(named) and not broader & self.judge.lexicon.widened(named)

    def _is_about_whole(self, query: Query) -> bool:
        """Whether a specialisation as such is asked about, not one thing of it."""
        topic = self.topics.get(query.topic or "")
        if topic is not None:
            return topic.is_general and not query.words and query.wanted not in STRICT
        asked = set(query.concepts) - {c for _, c in query.facets}
        return not query.words and query.wanted not in STRICT and not asked

    def _described(self, query: Query, language: str, cites: Citations) -> Draft | None:
        """Say what sets the specialisations named apart: sentences about no other one."""
        lines = []
        for document, name in query.specialisations:
            passages = self._own_passages(document, name, dict(query.facets))
            if not passages:
                continue
            passages = passages[: max(1, MOST_SENTENCES // len(query.specialisations))]
            evidence = self.renderer.prose([Evidence(p, 1.0) for p in passages], self.documents[document], cites, language)
            place = f"{name} ({self.place(document)})"
            lines.append(self.words.say("compare.line", language, place=place, evidence=evidence))
        if not lines:
            return None
        documents = tuple(dict.fromkeys(d for d, _ in query.specialisations))
        return Draft("answer", "\n".join(lines), query.topic, documents, query.specialisations, rule="specialisation described")

    def _own_passages(self, document: str, name: str, facets: Mapping[str, str]) -> list[Passage]:
        """Return the first sentence that is only about a specialisation and the most telling others."""
        counts: dict[str, int] = {}
        for number in self.store.of(document):
            key = " ".join(self.store.passages[number].text.split()).casefold()
            counts[key] = counts.get(key, 0) + 1
        own = []
        for number in self.store.of(document):
            passage = self.store.passages[number]
            key = " ".join(passage.text.split()).casefold()
            said = {f: c for f, c in passage.facets}
            is_other = any(f in said and said[f] != c for f, c in facets.items())
            if passage.specialisations == {name} and counts[key] == 1 and not is_other and passage.kind != "fact":
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
        rare = sum(sorted((self.store.rarity(t) for t in passage.terms), reverse=True)[:8])
        return rare + (8.0 if passage is first else 0.0) - 2.0 * passage.continues

    def _candidates(self, query: Query) -> tuple[str, ...]:
        """Return the programmes to answer for when none is named: all of few, or the ones that hold it."""
        if len(self.order) <= MOST_PLACES:
            return self.order
        named = self._using(query)
        if 0 < len(named) <= 2:
            return named
        holding = [d for d in self.order if self.judge.find(query, d).evidence]
        return tuple(holding) if 0 < len(holding) <= 2 else ()

    def _using(self, query: Query) -> tuple[str, ...]:
        """Return the programmes whose pages use every word of the question, if it has any."""
        sets = [
            {self.store.passages[n].document for n in self.store.index.holding([w.en, w.nl])}
            for w in query.words
        ]
        common = set.intersection(*sets) if sets else set()
        return tuple(d for d in self.order if d in common)

    def _which(self, query: Query, language: str) -> Draft:
        holding = [d for d in self.order if self.judge.find(query, d).evidence] or list(self.order)
        choices = tuple(self.place(d) for d in holding[:8])
        text = self.words.say("clarify.programme", language, choices=self.words.listed(choices, language, "or"))
        return Draft("clarify", text, query.topic, tuple(holding[:8]), choices=choices, rule="which programme")

    def _one(self, query: Query, found: Findings, language: str, cites: Citations) -> str:
        document = self.documents[found.document]
        evidence = self.renderer.evidence(found.evidence, document, cites, language)
        place = self.place(found.document)
        is_facts = all(e.passage.kind == "fact" for e in found.evidence)
        tracks = [name for d, name in query.specialisations if d == found.document]
        is_general = bool(tracks) and all(e.is_general for e in found.evidence)
        if is_general:
            text = self.words.say("answer.general", language, track=self.words.listed(tracks, language), evidence=evidence)
        elif query.topic is None:
            text = self.words.say("answer.open", language, place=place, evidence=evidence)
        else:
            topic = self.topic_name(query.topic, language)
            if is_facts:
                key = "answer.facts"
            elif tracks and len(tracks) == 1:
                key = "answer.track"
            else:
                key = "answer.prose"
            text = self.words.say(key, language, topic=topic, place=place, evidence=evidence, track=tracks[0] if tracks else "")
        return " ".join([text, *self._caveats(query, found, language, cites)])

    def _several(self, query: Query, findings: Sequence[Findings], language: str, cites: Citations) -> str:
        lines = []
        if query.topic:
            lines.append(capital(self.topic_name(query.topic, language)) + ":")
        for found in findings:
            place = self.place(found.document)
            if found.evidence:
                evidence = self.renderer.evidence(found.evidence, self.documents[found.document], cites, language)
                caveats = self._caveats(query, found, language, cites)
                line = self.words.say("compare.line", language, place=place, evidence=evidence)
                lines.append(" ".join([line, *caveats]))
            elif len(findings) <= MOST_PLACES:
                lines.append(self.words.say("compare.silent", language, place=place))
        return "\n".join(lines)

    def _caveats(self, query: Query, found: Findings, language: str, cites: Citations) -> list[str]:
        """Return what must be said beside the evidence: values alike in label, scope, edition, date."""
        said = []
        facts = [e for e in found.evidence if e.passage.kind == "fact"]
        labels = [(e.passage.label, tuple(c.column for c in (e.cells or e.passage.cells))) for e in facts]
        texts = {self.renderer.value(e, language) for e in facts}
        facets = {e.passage.facets for e in facts}
        if len(facts) > 1 and len(set(labels)) == 1 and len(texts) > 1 and len(facets) == 1 and not _has_qualifier(texts):
            said.append(self.words.say("caveat.values", language))
        topic = self.topics.get(query.topic or "")
        if topic and topic.caveat:
            note = self._caveat_passage(found.document, topic.caveat)
            if note is not None and all(note.id != e.passage.id for e in found.evidence):
                mark = cites.mark(note)
                text = " ".join(note.text.split())
                said.append(self.words.say("caveat.scope", language, text=text, mark=mark))
        said += self._edition(query, found, language, cites)
        updated = self.documents[found.document].provenance.last_updated
        if updated:
            said.append(self.words.say("caveat.updated", language, date=updated))
        return said

    def _caveat_passage(self, document: str, concept: str) -> Passage | None:
        best = [n for n in self.store.of(document) if concept in self.store.own(n)]
        return self.store.passages[best[0]] if best else None

    def _edition(self, query: Query, found: Findings, language: str, cites: Citations) -> list[str]:
        """Name the year of a page with editions, and what an older one gave instead."""
        older = [d for d in self.editions.get(found.document, ()) if d != found.document]
        edition = self.documents[found.document].provenance.edition
        if not older or not edition:
            return []
        said = [self.words.say("caveat.edition", language, edition=edition)]
        if query.years:
            return said
        figures = {plain(f) for e in found.evidence for f in FIGURE.findall(e.passage.text)}
        for document in older:
            before = self.judge.find(query.but(programmes=(document,)), document)
            theirs = {plain(f) for e in before.evidence for f in FIGURE.findall(e.passage.text)}
            year = self.documents[document].provenance.edition
            if before.evidence and year and theirs and not theirs <= figures:
                best = before.evidence[0]
                value = self.renderer.value(best, language) if best.passage.cells else f"“{' '.join(best.passage.text.split())}”"
                said.append(self.words.say("caveat.older", language, edition=year, value=value, mark=cites.mark(best.passage)))
        return said

    # -- silence --------------------------------------------------------------------------

    def _silent(self, query: Query, findings: Sequence[Findings], language: str, cites: Citations) -> Draft:
        lines = []
        topic = self.topic_name(query.topic, language)
        for found in findings[:MOST_PLACES]:
            place = self.place(found.document)
            document = self.documents[found.document]
            if found.lacking is not None:
                quote = self.renderer.one(found.lacking, document, cites, language)
                lines.append(self.words.say("silent.lacking", language, topic=topic, place=place, evidence=quote))
                continue
            if topic:
                mentioned = query.wanted and self._is_mentioned(query, found.document)
                if mentioned:
                    wanted = self._wanted(query, language)
                    lines.append(self.words.say("silent.wanted", language, topic=topic, place=place, wanted=wanted))
                else:
                    lines.append(self.words.say("silent.topic", language, topic=topic, place=place))
            else:
                # Only words that the pages use too are said back: nothing typed at us is echoed.
                shown = " ".join(w.text for w in query.words if self._is_used(w))
                key = "silent.open" if shown else "silent.unheard"
                lines.append(self.words.say(key, language, words=shown, place=place))
            if len(findings) == 1:
                lines.append(self._nearby(query, found.document, language, cites))
        text = " ".join(line for line in lines if line)
        return Draft(
            "no_answer", text, query.topic, query.programmes or tuple(f.document for f in findings),
            query.specialisations, findings=tuple(findings), rule="silent",
        )  # fmt: skip

    def _is_used(self, word: Word) -> bool:
        index = self.store.index
        return bool(index.frequency(word.en) or index.frequency(word.nl))

    def _wanted(self, query: Query, language: str) -> str:
        key = f"wanted.{query.wanted}"
        return self.words.say(key if self.words.has(key) else "wanted.other", language)

    def _is_mentioned(self, query: Query, document: str) -> bool:
        loose = query.but(wanted=None, facets=(), words=(), hints=())
        return bool(self.judge.find(loose, document).evidence)

    def _nearby(self, query: Query, document: str, language: str, cites: Citations) -> str:
        """Return where the page sends its readers for what was asked, or what it says close to it."""
        groups = evidence_groups(self.topics[query.topic]) if query.topic else ()
        concepts = {c for g in groups for c, _ in g} | set(query.concepts)
        for number in self.store.of(document):
            passage = self.store.passages[number]
            near = passage.near | passage.own
            if REFERRAL in passage.own and concepts & near:
                quote = self.renderer.one(passage, self.documents[document], cites, language)
                return self.words.say("silent.referral", language, evidence=quote)
        return ""

    def _elliptic(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Answer `for how long?` from what was cited last, or say that it is not stated there."""
        cited = [p for i in state.cited if (p := self.store.get(i)) is not None]
        documents = query.programmes or tuple(dict.fromkeys(p.document for p in cited))
        findings = []
        for document in documents:
            paragraphs = {p.paragraph for p in cited if p.document == document}
            only = [
                p.id for n in self.store.of(document)
                if (p := self.store.passages[n]).paragraph in paragraphs
            ]  # fmt: skip
            loose = query.but(words=(), hints=(), is_elliptic=False)
            findings.append(self.judge.find(loose, document, only))
        found = [f for f in findings if f.evidence]
        if not found:
            text = self.words.say(
                "silent.elliptic", language, wanted=self._wanted(query, language),
                place=self.places(language, documents),
            )  # fmt: skip
            return Draft("no_answer", text, query.topic, tuple(documents), query.specialisations, findings=tuple(findings), rule="elliptic")
        text = "\n".join(self._one(query.but(topic=None), f, language, cites) for f in found)
        return Draft("answer", text, query.topic, tuple(documents), query.specialisations, findings=tuple(findings), rule="elliptic")

    # -- side by side ---------------------------------------------------------------------

    def compare(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Return both sides of a comparison, `not stated` where a page is silent."""
        tracks = query.specialisations
        if len(tracks) > 1:
            return self._compare_tracks(query, language, cites)
        documents = query.programmes if len(query.programmes) > 1 else ()
        if not documents:
            pool = tuple(dict.fromkeys((*state.mentioned[-2:], *self.order)))
            documents = pool if len(self.order) <= MOST_PLACES and len(pool) > 1 else query.programmes or pool[:2]
        if len(tracks) == 1 and len(documents) > 1:
            documents = documents
        if len(documents) < 2:
            return self.answer(query, state, language, cites)
        if query.topic is None and not query.words and not set(query.concepts):
            return self._overall(query, documents, language, cites)
        findings = [self.judge.find(query, d) for d in documents]
        if not any(f.evidence for f in findings):
            if query.topic is None and not query.is_carried:
                return self._overall(query, documents, language, cites)
            return self._silent(query.but(programmes=tuple(documents)), findings, language, cites)
        heads, cells = [], []
        for found in findings:
            heads.append(self.place(found.document))
            cells.append(self._side(found, language, cites))
        topic = self.topic_name(query.topic, language)
        lines = [self.words.say("compare.head", language, topic=topic) if topic else self.words.say("compare.open", language)]
        for place, cell in zip(heads, cells, strict=True):
            key = "compare.line" if cell else "compare.silent"
            lines.append(self.words.say(key, language, place=place, evidence=cell))
        verdict = self._verdict(query, findings, language)
        if verdict:
            lines.append(verdict)
        silent = self.words.say("silent.cell", language)
        table = Table(
            columns=tuple(heads), rows=(TableRow(head=topic or query.text, cells=tuple(c or silent for c in cells)),)
        )
        return Draft(
            "answer", "\n".join(lines), query.topic, tuple(documents), (), table=table,
            findings=tuple(findings), rule="compare",
        )  # fmt: skip

    def _side(self, found: Findings, language: str, cites: Citations) -> str:
        if not found.evidence:
            return ""
        return self.renderer.evidence(found.evidence, self.documents[found.document], cites, language)

    def _verdict(self, query: Query, findings: Sequence[Findings], language: str) -> str:
        """Say which value is higher, when both sides have one of the same kind; or that only one states it."""
        stated = [f for f in findings if f.evidence]
        if len(stated) == 1:
            return self.words.say("compare.one-sided", language, place=self.place(stated[0].document))
        topic = self.topics.get(query.topic or "")
        kind = query.wanted or (topic.kind if topic else "prose")
        numbers = []
        for found in stated:
            values = [v for e in found.evidence for v in e.passage.values if v.kind == kind and v.amount is not None]
            if len(values) != 1 or kind == "duration":
                return ""
            numbers.append((values[0].amount or 0.0, found.document))
        if len(numbers) < 2:
            return ""
        numbers.sort(reverse=True)
        if numbers[0][0] == numbers[-1][0]:
            return self.words.say("compare.equal", language)
        return self.words.say("compare.higher", language, place=self.place(numbers[0][1]))

    def _compare_tracks(self, query: Query, language: str, cites: Citations) -> Draft:
        findings, heads, cells = [], [], []
        for document, name in query.specialisations:
            own = query.but(specialisations=((document, name),), most_words=90 // len(query.specialisations))
            found = self.judge.find(own, document) if query.topic or query.words or query.concepts else Findings(document)
            evidence = [e for e in found.evidence if not e.is_general]
            if not evidence and not (query.topic and query.wanted):
                topic_of = self.topics.get(query.topic or "")
                is_plain = topic_of is None or topic_of.is_general or topic_of.kind == "prose"
                if is_plain:
                    most = 2 if len(query.specialisations) < 3 else 1
                    evidence = [Evidence(p, 1.0) for p in self._own_passages(document, name, {})[:most]]
            findings.append(replace(found, evidence=tuple(evidence)))
            heads.append(name)
            cells.append(self._side(findings[-1], language, cites))
        if not any(cells):
            single = query.but(specialisations=())
            general = [self.judge.find(single, d) for d in dict.fromkeys(d for d, _ in query.specialisations)]
            if any(f.evidence for f in general):
                text = "\n".join(self._one(single, f, language, cites) for f in general if f.evidence)
                return Draft("answer", text, query.topic, tuple(f.document for f in general), query.specialisations, findings=tuple(general), rule="compare")
            return self._silent(query, general, language, cites)
        topic = self.topic_name(query.topic, language)
        lines = [self.words.say("compare.head", language, topic=topic) if topic else self.words.say("compare.open", language)]
        for name, cell in zip(heads, cells, strict=True):
            lines.append(self.words.say("compare.line" if cell else "compare.silent", language, place=name, evidence=cell))
        silent = self.words.say("silent.cell", language)
        table = Table(columns=tuple(heads), rows=(TableRow(head=topic or query.text, cells=tuple(c or silent for c in cells)),))
        documents = tuple(dict.fromkeys(d for d, _ in query.specialisations))
        stated = tuple(t for t, c in zip(query.specialisations, cells, strict=True) if c)
        focus = stated if len(stated) == 1 else query.specialisations
        return Draft("answer", "\n".join(lines), query.topic, documents, focus, table=table, findings=tuple(findings), rule="compare tracks")

    def _overall(self, query: Query, documents: Sequence[str], language: str, cites: Citations) -> Draft:
        """Compare whole programmes: a few topics, one passage each."""
        silent = self.words.say("silent.cell", language)
        lines = [self.words.say("compare.open", language)]
        sides: dict[str, dict[str, str]] = {}
        for document in documents:
            cells: dict[str, str] = {}
            used: set[str] = set()
            for topic in self.overall:
                found = self.judge.find(Query(topic=topic, programmes=(document,)), document)
                short = [e for e in found.evidence if len(e.passage.text) < MOST_IN_CELL and e.passage.id not in used]
                if short and len(cells) < MOST_OVERALL:
                    used.add(short[0].passage.id)
                    cells[topic] = self.renderer.evidence(short[:1], self.documents[document], cites, language)
            sides[document] = cells
            key = "compare.line" if cells else "compare.silent"
            lines.append(self.words.say(key, language, place=self.place(document), evidence=" – ".join(cells.values())))
        rows = [
            TableRow(
                head=self.topic_name(topic, language),
                cells=tuple(sides[d].get(topic, silent) for d in documents),
            )
            for topic in self.overall
            if any(topic in sides[d] for d in documents)
        ]
        table = Table(columns=tuple(self.place(d) for d in documents), rows=tuple(rows))
        return Draft("answer", "\n".join(lines), query.topic, tuple(documents), table=table, rule="compare whole programmes")

    def _characteristic(self, document: str, name: str) -> Passage | None:
        """Return the sentence that tells a specialisation apart."""
        passages = self._own_passages(document, name, {})
        return passages[0] if passages else None

    # -- advice ---------------------------------------------------------------------------

    def advise(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft | None:
        """Return the specialisation that the pages tie to what the student wants, with the passage."""
        documents = query.programmes or (self.order if len(self.order) <= MOST_PLACES else ())
        tracks = [(d, n) for d in documents for n in self.specialisations.get(d, ())]
        if not tracks:
            return None
        negated = set(query.negated)
        likes = [c for c in query.concepts if c not in negated and not self._is_choice_word(c)]
        dislikes = [c for c in query.concepts if c in negated and not self._is_choice_word(c)]
        words = [w for w in (*query.words, *query.hints)]
        like_words = [w for w in words if not {w.en, w.nl} & negated]
        dislike_words = [w for w in words if {w.en, w.nl} & negated]
        named = [t for t in dict.fromkeys((query.topic, *query.also)) if t]
        for topic in dict.fromkeys((*named, *(r for t in named for r in self.topics[t].related))):
            groups = evidence_groups(self.topics[topic])
            own = [c for g in groups for c, _ in g if not self._is_choice_word(c)]
            is_denied = bool(query.hints) and all({w.en, w.nl} & negated for w in query.hints)
            if is_denied or set(own) & negated or (query.topic == topic and set(query.concepts) & set(own) & negated):
                dislikes += own
            elif not (dislikes and query.topic == topic):
                likes += own
        if dislikes or dislike_words:
            return self._avoid(query, tracks, dislikes, dislike_words, likes, language, cites)
        best = self._best_track(tracks, likes, like_words)
        if best is None:
            return None
        (document, name), passages = best
        evidence = self.renderer.prose([Evidence(p, 1.0) for p in passages], self.documents[document], cites, language)
        text = self.words.say("advise.lead", language, track=f"{name} ({self.place(document)})", evidence=evidence)
        text = " ".join([text, *self._conditions(document, name, passages, language, cites)])
        return Draft("answer", text, query.topic, (document,), ((document, name),), rule="advice")

    def _is_choice_word(self, concept: str) -> bool:
        return concept == SPECIALISATION

    def _best_track(
        self, tracks: Sequence[tuple[str, str]], concepts: Sequence[str], words: Sequence[object]
    ) -> tuple[tuple[str, str], list[Passage]] | None:
        ranked = []
        for order, track in enumerate(tracks):
            scored = self._track_passages(track, concepts, words)
            if scored:
                total = scored[0][0] + 0.3 * sum(s for s, _ in scored[1:3])
                ranked.append((-total, order, track, scored))
        ranked.sort(key=lambda r: (r[0], r[1]))
        if not ranked or -ranked[0][0] < ENOUGH_INTEREST:
            return None
        track, scored = ranked[0][2], ranked[0][3]
        chosen = [scored[0][1]]
        for concept_or_word in (*concepts, *words):
            wished = [concept_or_word]
            own = ([], wished) if not isinstance(concept_or_word, str) else (wished, [])
            holding = self._track_passages(track, *own)
            if holding and not any(p in chosen for _, p in holding) and len(chosen) < 2:
                chosen.append(holding[0][1])
        return track, sorted(chosen, key=lambda p: p.number)

    def _track_passages(
        self, track: tuple[str, str], concepts: Sequence[str], words: Sequence[object]
    ) -> list[tuple[float, Passage]]:
        """Return the passages only about a track that hold what was named, the fullest first."""
        document, name = track
        scored = []
        seen: dict[str, int] = {}
        for number in self.store.of(document):
            key = " ".join(self.store.passages[number].text.split()).casefold()
            seen[key] = seen.get(key, 0) + 1
        for number in self.store.of(document):
            passage = self.store.passages[number]
            key = " ".join(passage.text.split()).casefold()
            if passage.specialisations != {name} or seen[key] > 1:
                continue
            score = 0.0
            for concept in dict.fromkeys(concepts):
                if concept in self.store.own(number):
                    score += self.store.rarity("#" + concept)
            for word in words:
                stems = {getattr(word, "en", ""), getattr(word, "nl", "")}
                if stems & passage.terms:
                    score += max(self.store.rarity(s) for s in stems)
            if score:
                scored.append((score, passage))
        scored.sort(key=lambda s: (-s[0], s[1].number))
        return scored

    def _avoid(
        self,
        query: Query,
        tracks: Sequence[tuple[str, str]],
        concepts: Sequence[str],
        words: Sequence[object],
        likes: Sequence[str],
        language: str,
        cites: Citations,
    ) -> Draft | None:
        """Name the specialisation that has what is not wanted, and those that remain."""
        bad = []
        for track in tracks:
            scored = self._track_passages(track, concepts, words)
            if scored and scored[0][0] >= ENOUGH_INTEREST:
                bad.append((track, scored[0][1]))
        if not bad or len(bad) == len(tracks):
            return None
        document = bad[0][0][0]
        names = [t[1] for t, _ in bad if t[0] == document]
        evidence = self.renderer.prose([Evidence(p, 1.0) for _, p in bad[:2]], self.documents[document], cites, language)
        text = self.words.say("advise.avoid", language, track=self.words.listed(names, language), evidence=evidence)
        rest = [t for t in tracks if t not in {b for b, _ in bad} and t[0] == document]
        best = self._best_track(rest, likes, ()) if likes else None
        chosen = [best[0]] if best else rest[:3]
        quotes = []
        for own, name in chosen:
            passage = self._characteristic(own, name)
            if passage is not None:
                quotes.append(f"{name}: {self.renderer.one(passage, self.documents[own], cites, language)}")
        if quotes and not self._asks_to_skip(query):
            text += " " + self.words.say("advise.instead", language, evidence=" ".join(quotes))
        return Draft("answer", text, query.topic, (document,), tuple(t for t in chosen), rule="advice against")

    @staticmethod
    def _asks_to_skip(query: Query) -> bool:
        return "which to skip" in query.rules

    def _conditions(
        self, document: str, name: str, shown: Sequence[Passage], language: str, cites: Citations
    ) -> list[str]:
        """Return what the page demands of those who choose a specialisation."""
        del document, name, shown, language, cites
        return []

    # -- about the last answer ------------------------------------------------------------

    def source(self, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Say which page, section and date the last answer came from."""
        passages = [p for i in state.cited if (p := self.store.get(i)) is not None]
        if not passages:
            return Draft("clarify", self.words.say("source.none", language), rule="source")
        lines = []
        for document in dict.fromkeys(p.document for p in passages):
            own = [p for p in passages if p.document == document]
            provenance = self.documents[document].provenance
            institution = f" ({provenance.institution})" if provenance.institution else ""
            if provenance.source:
                institution += self._via(document, provenance.source, language, cites)
            section = self.words.say("source.section", language, section=own[0].section) if own[0].section else ""
            date = self.words.say("source.date", language, date=provenance.last_updated) if provenance.last_updated else ""
            quote = self.renderer.prose([Evidence(p, 1.0) for p in own[:2]], self.documents[document], cites, language)
            lines.append(
                self.words.say(
                    "source", language, title=provenance.title, institution=institution, section=section, date=date, evidence=quote
                )
            )
        return Draft("answer", "\n".join(lines), state.query.topic if state.query else None, state.programmes, state.specialisations, rule="source")

    def _via(self, document: str, source: str, language: str, cites: Citations) -> str:
        """Name the site a page came from; a name that holds a figure is cited."""
        mark = ""
        if FIGURE.search(source):
            named = [p for n in self.store.of(document) if source in (p := self.store.passages[n]).text]
            if not named:
                return ""
            mark = " " + cites.mark(named[0])
        return self.words.say("source.via", language, source=source + mark)

    def why(self, state: DialogueState, language: str, cites: Citations, reason: str) -> Draft | None:
        """Quote the reason that the page gives for what was cited last."""
        passages = [p for i in state.cited if (p := self.store.get(i)) is not None]
        if not passages:
            return None
        document = passages[0].document
        around = [
            p for n in self.store.of(document)
            if (p := self.store.passages[n]).paragraph in {q.paragraph for q in passages} or (p.section and p.section == passages[0].section)
        ]  # fmt: skip
        reasons = [p for p in passages if reason in p.own] or [p for p in around if reason in p.own]
        key = "why.reason" if reasons else "why.none"
        chosen = reasons[:1] or passages[:2]
        if not reasons:
            paragraph = [p for p in around if p.paragraph == passages[0].paragraph]
            chosen = paragraph[:2] if passages[0] in paragraph[:2] else passages[:1]
        quote = self.renderer.prose([Evidence(p, 1.0) for p in chosen], self.documents[document], cites, language)
        return Draft("answer", self.words.say(key, language, evidence=quote), state.query.topic if state.query else None, state.programmes, state.specialisations, rule="why")

    def more(self, state: DialogueState, language: str, cites: Citations) -> Draft | None:
        """Go on with what the page says about the last topic and was not shown yet."""
        if state.query is None or not state.cited:
            return None
        last = self.store.get(state.cited[-1])
        if last is None:
            return None
        document = last.document
        shown = set(state.shown) | set(state.cited)
        texts = {" ".join(p.text.split()).casefold() for i in shown if (p := self.store.get(i)) is not None}
        numbers = self.store.of(document)
        after = [self.store.passages[n] for n in numbers if n > self.store.number[last.id]]
        before = [self.store.passages[n] for n in numbers if n < self.store.number[last.id]]
        fresh = [
            p for p in (*after, *before)
            if p.headings == last.headings and p.id not in shown and " ".join(p.text.split()).casefold() not in texts
        ]  # fmt: skip
        if not fresh and query_topic(state):
            found = self.judge.find(state.query.but(wanted=None), document)
            fresh = [e.passage for e in found.evidence if e.passage.id not in shown]
        if not fresh:
            return Draft("no_answer", self.words.say("more.none", language, place=self.place(document)), state.query.topic, state.programmes, state.specialisations, rule="more")
        kinds = {fresh[0].kind}
        chosen = [p for p in fresh[:3] if p.kind in kinds]
        text = self.renderer.evidence([Evidence(p, 1.0) for p in chosen], self.documents[document], cites, language)
        return Draft("answer", self.words.say("more.next", language, evidence=text), state.query.topic, state.programmes, state.specialisations, rule="more")

    # -- what next ------------------------------------------------------------------------

    def is_answerable(self, topic: str, document: str) -> bool:
        """Whether a page answers a topic when nothing else is asked."""
        key = (topic, document)
        if key not in self._answerable:
            self._answerable[key] = bool(self.judge.find(Query(topic=topic, programmes=(document,)), document).evidence)
        return self._answerable[key]

    def is_askable(self, topic: str, language: str) -> bool:
        """Whether a suggestion for the topic, typed back, is understood as that topic."""
        key = (topic, language)
        if key not in self._askable:
            self._askable[key] = self._asks(self.topic_name(topic, language), language) == topic
        return self._askable[key]

    def suggestions(self, draft: Draft, state: DialogueState, language: str) -> tuple[str, ...]:
        """Return questions that the pages can answer and that were not asked yet."""
        documents = [d for d in draft.programmes if d in self.documents] or list(self.order[:1])
        document = documents[0]
        following = list(self.topics[draft.topic].next) if draft.topic in self.topics else []
        asked = {*state.asked, draft.topic}
        chosen = []
        for topic in dict.fromkeys((*following, *self.overall)):
            if topic in asked or topic not in self.topics or not self.is_answerable(topic, document):
                continue
            if self.is_askable(topic, language):
                place = self.place(document)
                chosen.append(self.words.say("suggest.topic", language, topic=self.topic_name(topic, language), place=place))
            if len(chosen) == MOST_SUGGESTIONS - 1:
                break
        return tuple(chosen)


def query_topic(state: DialogueState) -> str | None:
    """Return the topic of the last query."""
    return state.query.topic if state.query else None


def _has_qualifier(texts: set[str]) -> bool:
    """Whether values carry words that tell them apart, such as `(non-EU)`."""
    rests = {FIGURE.sub("", t).strip() for t in texts}
    return len(rests) > 1

