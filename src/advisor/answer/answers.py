"""Answer one question: of one programme, of several, or from what was said last."""

from collections.abc import Sequence
from dataclasses import replace

from advisor.answer.candidates import Candidates
from advisor.answer.cite import Citations
from advisor.answer.courses import CourseLists
from advisor.answer.desk import MOST_PLACES, Desk, Draft
from advisor.answer.evidence import COLUMN, STRICT, THIS_COLUMN, Findings, evidence_concepts, evidence_groups
from advisor.answer.silence import Silence
from advisor.answer.tracks import Tracks
from advisor.answer.wording import Wording
from advisor.answer.words import capital
from advisor.records.passage import Passage
from advisor.records.reply import ReplyKind
from advisor.records.state import DialogueState, Query
from advisor.text.values import FIGURE, plain, years_in
from advisor.topics.schema import TopicEntry

COMPARABLE = 0.65


class Answers:
    """Writes answers to queries."""

    def __init__(self, desk: Desk, tracks: Tracks, silence: Silence, candidates: Candidates) -> None:
        self.desk = desk
        self.tracks = tracks
        self.silence = silence
        self.candidates = candidates
        self.wording = Wording(desk.judge)
        self.courses = CourseLists(desk.judge)

    def answer(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Return the draft for a query: of one programme, of several, or that it is not stated."""
        if query.misplaced:
            return self.silence.misplaced(query, language, cites, self.tracks.where)
        if query.is_elliptic and state.cited:
            return self._elliptic(query, state, language, cites)
        documents = query.programmes or self.candidates.documents(query)
        if not documents:
            return self._which(query, state, language)
        listed = [f for d in documents if (f := self.courses.find(query, d)) is not None]
        if listed and len(listed) == len(documents):
            return self._listed(query, listed, language, cites)
        whole = self._of_the_whole(query, documents, state, language, cites)
        if whole is not None:
            return whole
        if len(documents) > 1:
            query = query.but(most_words=query.most_words * 2 // 3)
        asked = query
        query, findings = self._read(query, documents)
        if len(documents) == 1:
            worded = self.wording.find(query, documents[0], findings[0])
            if worded is not None:
                query, findings = query.but(topic=None), [worded]
        found = [f for f in findings if f.evidence]
        if not found and self._names_only_a_track(query):
            described = self.tracks.described(query, language, cites)
            if described is not None:
                return described
        if not found:
            return self.silence.silent(query, findings, language, cites)
        if not query.programmes and len(found) > 1:
            best = max(f.evidence[0].score for f in found)
            found = [f for f in found if f.evidence[0].score >= best * COMPARABLE]
        if len(documents) == 1 or (not query.programmes and len(found) == 1):
            text = self.one(query, found[0], language, cites)
        else:
            text = self._several(query, findings, language, cites)
        programmes = query.programmes or tuple(f.document for f in found)
        kind: ReplyKind = "no_answer" if self.is_of_all(asked, found) else "answer"
        return Draft(
            kind, text, query.topic, programmes, query.specialisations,
            findings=tuple(findings), rule="answer",
        )  # fmt: skip

    def is_of_all(self, query: Query, findings: Sequence[Findings]) -> bool:
        """Whether what was found is of all students together, where those of a specialisation are meant."""
        topic = self.desk.topics.get(query.topic or "")
        if topic is None or not (topic.is_collective and query.specialisations):
            return False
        return all(e.is_general for f in findings for e in f.evidence)

    def _listed(self, query: Query, findings: Sequence[Findings], language: str, cites: Citations) -> Draft:
        """Give the list that stands in the part of the page that was asked for."""
        if len(findings) == 1:
            text = self.one(query, findings[0], language, cites)
        else:
            text = self._several(query, findings, language, cites)
        documents = tuple(f.document for f in findings)
        return Draft(
            "answer", text, query.topic, query.programmes or documents, query.specialisations,
            findings=tuple(findings), rule="listed",
        )  # fmt: skip

    def _of_the_whole(
        self, query: Query, documents: Sequence[str], state: DialogueState, language: str, cites: Citations
    ) -> Draft | None:
        """Answer what is asked of a programme or specialisation as such, or return None."""
        topic = self.desk.topics.get(query.topic or "")
        is_general = topic is not None and topic.is_general
        if topic is not None and topic.is_general and query.words:
            # That it is a programme which is asked about need not be said by what answers.
            concepts = tuple(c for c in query.concepts if c not in evidence_concepts(topic))
            as_open = query.but(topic=None, alternatives=(), concepts=concepts)
            openly = self.answer(as_open, state, language, cites)
            if openly.kind == "answer":
                return openly
            if not any(self.desk.is_used(w) for w in query.words):
                # About a word that no page uses: an introduction would answer something else.
                return openly
            query = query.but(words=())
        if is_general and not query.specialisations:
            listed = self.tracks.tracks_listed(query, documents, language, cites)
            if listed is not None:
                return listed
        if query.specialisations and self.tracks.is_about_whole(query):
            return self.tracks.described(query, language, cites)
        return None

    def _read(self, query: Query, documents: Sequence[str]) -> tuple[Query, list[Findings]]:
        """Return the findings of the first reading of the question that the pages answer."""
        judge = self.desk.judge
        self.desk.store.ahead(documents)
        topic = self.desk.topics.get(query.topic or "")
        is_beside = any(facet == COLUMN for facet, _ in query.facets)
        if topic is not None and topic.kind == "money" and query.wanted is None and not is_beside:
            # "How expensive is it?": an amount, if there is one, before what is said about paying.
            amounts = [self._of_edition(query, judge.find(query.but(wanted="money"), d)) for d in documents]
            if any(f.evidence for f in amounts):
                return query, amounts
        findings = [self._of_edition(query, judge.find(query, d)) for d in documents]
        if any(f.evidence for f in findings):
            return query, findings
        if query.kept:
            return self._read(query.without_kept(), documents)
        topic = self.desk.topics.get(query.topic or "")
        # What an editor lets stand in where a page is silent; a figure or a row asked for has no stand-in.
        instead = topic.instead if topic and query.wanted not in STRICT and not query.specialisations else ()
        for other in dict.fromkeys((*query.alternatives, *instead)):
            if other in instead or self._may_mean(query, other):
                read = query.but(topic=other)
                again = [judge.find(read, d) for d in documents]
                if any(f.evidence for f in again):
                    return read, again
        # What asks for the kind of value (lasts) says nothing of what the value is of.
        asks_more = any(w not in query.hints for w in query.literal)
        words = tuple(w for w in query.literal if asks_more and self.desk.is_used(w))
        if (
            words
            and not query.specialisations
            and query.wanted in STRICT
            and query.topic
            and self.desk.topics[query.topic].is_thing
        ):
            openly = query.but(topic=None, words=words, hints=(), scope=())
            again = [judge.find(openly, d) for d in documents]
            if any(f.evidence for f in again):
                return query, again
        return query, findings

    def _of_edition(self, query: Query, found: Findings) -> Findings:
        """Leave out amounts of an edition of another year than asked for, but for those that print it."""
        topic = self.desk.topics.get(query.topic or "")
        edition = self.desk.documents[found.document].provenance.edition
        if not (query.years and edition and topic is not None and topic.kind == "money"):
            return found
        asked = set(query.years)
        if asked & years_in(edition):
            return found
        own = [self.desk.store.passages[n] for n in self.desk.store.of(found.document)]
        printing = {p.paragraph for p in own if asked & years_in(_with_heads(p))}
        return replace(found, evidence=tuple(e for e in found.evidence if e.passage.paragraph in printing))

    def _may_mean(self, query: Query, other: str) -> bool:
        """Whether the words may mean another topic: not one of another kind, nor past what they name."""
        if (
            query.wanted in STRICT
            and self.desk.topics[other].kind != query.wanted
            and not self.desk.topics[other].is_thing
        ):
            return False
        return not self._is_named(query, other)

    @staticmethod
    def _names_only_a_track(query: Query) -> bool:
        return (
            bool(query.specialisations)
            and query.topic is None
            and query.wanted is None
            and len(query.words) <= 1
        )

    def _is_named(self, query: Query, other: str) -> bool:
        """Whether the question names the topic's very concept, so that only a broader reading will do."""
        topic = self.desk.topics.get(query.topic or "")
        options = {c for g in evidence_groups(topic) for c, _ in g} if topic else set()
        named = options & self.desk.judge.lexicon.widened(query.concepts)
        broader = {c for g in evidence_groups(self.desk.topics[other]) for c, _ in g}
        return bool(named) and not broader & self.desk.judge.lexicon.widened(named)

    def _which(self, query: Query, state: DialogueState, language: str) -> Draft:
        """Ask back which programme is meant, with programmes that do answer."""
        offered, are_all = self.candidates.choices(query, state.mentioned)
        choices = tuple(self.desk.place(d) for d in offered)
        key = "clarify.programme" if are_all else "clarify.programme.many"
        if self.candidates.is_nowhere(query):
            key, are_all = "clarify.programme.nowhere", False
        text = self.desk.words.say(
            key, language, choices=self.desk.words.listed(choices, language, "or" if are_all else "and")
        )
        return Draft("clarify", text, query.topic, offered, choices=choices, rule="which programme")

    def one(self, query: Query, found: Findings, language: str, cites: Citations) -> str:
        """Return the text of an answer about one programme."""
        document = self.desk.documents[found.document]
        evidence = self.desk.renderer.evidence(found.evidence, document, cites, language)
        place = self.desk.place(found.document)
        is_facts = all(e.passage.kind == "fact" for e in found.evidence)
        tracks = [name for d, name in query.specialisations if d == found.document]
        is_general = bool(tracks) and all(e.is_general for e in found.evidence)
        if is_general:
            text = self.desk.words.say(
                "answer.general", language, track=self.desk.words.listed(tracks, language), evidence=evidence
            )
        elif query.topic is None:
            text = self.desk.words.say("answer.open", language, place=place, evidence=evidence)
        else:
            topic = self.desk.topic_name(query.topic, language)
            if is_facts:
                key = "answer.facts"
            elif tracks and len(tracks) == 1:
                key = "answer.track"
            else:
                key = "answer.prose"
            text = self.desk.words.say(
                key, language, topic=topic, place=place, evidence=evidence, track=tracks[0] if tracks else ""
            )
        return " ".join([text, *self._caveats(query, found, language, cites)])

    def _several(self, query: Query, findings: Sequence[Findings], language: str, cites: Citations) -> str:
        lines = []
        if query.topic:
            lines.append(capital(self.desk.topic_name(query.topic, language)) + ":")
        for found in findings:
            place = self.desk.place(found.document)
            if found.evidence:
                evidence = self.desk.renderer.evidence(
                    found.evidence, self.desk.documents[found.document], cites, language
                )
                caveats = self._caveats(query, found, language, cites)
                line = self.desk.words.say("compare.line", language, place=place, evidence=evidence)
                lines.append(" ".join([line, *caveats]))
            elif len(findings) <= MOST_PLACES:
                lines.append(self.desk.words.say("compare.silent", language, place=place))
        return "\n".join(lines)

    def _caveats(self, query: Query, found: Findings, language: str, cites: Citations) -> list[str]:
        """Return what must be said beside the evidence: values alike in label, scope, edition, date."""
        said = []
        facts = [e for e in found.evidence if e.passage.kind == "fact"]
        labels = [(e.passage.label, tuple(c.column for c in (e.cells or e.passage.cells))) for e in facts]
        texts = {self.desk.renderer.value(e, language) for e in facts}
        facets = {e.passage.facets for e in facts}
        if (
            len(facts) > 1
            and len(set(labels)) == 1
            and len(texts) > 1
            and len(facets) == 1
            and not _has_qualifier(texts)
        ):
            said.append(self.desk.words.say("caveat.values", language))
        topic = self.desk.topics.get(query.topic or "")
        if topic and topic.caveat:
            note = self._caveat_passage(found.document, topic.caveat)
            if note is not None and all(note.id != e.passage.id for e in found.evidence):
                mark = cites.mark(note)
                text = " ".join(note.text.split())
                said.append(self.desk.words.say("caveat.scope", language, text=text, mark=mark))
        if topic and topic.has_exceptions and not query.specialisations:
            said += self._exceptions(topic, found, language, cites)
        columns = {c for f, c in query.facets if f == COLUMN} - {THIS_COLUMN}
        if columns and not any(self.desk.judge.is_beside(e) for e in found.evidence):
            said.append(self.desk.words.say("caveat.nothing-beside", language))
        said += self._edition(query, found, language)
        updated = self.desk.documents[found.document].provenance.last_updated
        if updated:
            said.append(self.desk.words.say("caveat.updated", language, date=updated))
        return said

    def _exceptions(self, topic: TopicEntry, found: Findings, language: str, cites: Citations) -> list[str]:
        """Quote what holds otherwise in a specialisation: `English (100%)`, but one is partly in Dutch."""
        asked = {c for g in evidence_groups(topic) for c, _ in g}
        shown = {e.passage.id for e in found.evidence}
        told: dict[str, Passage] = {}
        for number in self.desk.store.of(found.document):
            passage = self.desk.store.passages[number]
            is_own = len(passage.specialisations) == 1 and bool(self.desk.store.own(number) & asked)
            if is_own and passage.kind == "sentence" and passage.id not in shown:
                told.setdefault(next(iter(passage.specialisations)), passage)
        document = self.desk.documents[found.document]
        return [
            self.desk.words.say(
                "caveat.track",
                language,
                track=name,
                evidence=self.desk.renderer.one(passage, document, cites, language),
            )
            for name, passage in list(told.items())[:2]
        ]

    def _caveat_passage(self, document: str, concept: str) -> Passage | None:
        best = [n for n in self.desk.store.of(document) if concept in self.desk.store.own(n)]
        return self.desk.store.passages[best[0]] if best else None

    def _edition(self, query: Query, found: Findings, language: str) -> list[str]:
        """Name the year of a page with editions, and that an older one differs, where none was asked for."""
        older = [d for d in self.desk.editions.get(found.document, ()) if d != found.document]
        edition = self.desk.documents[found.document].provenance.edition
        if not older or not edition:
            return []
        said = [self.desk.words.say("caveat.edition", language, edition=edition)]
        if query.years:
            return said
        figures = _figures(found)
        for document in older:
            before = self.desk.judge.find(query.but(programmes=(document,)), document)
            if not _figures(before) <= figures:
                return [*said, self.desk.words.say("caveat.older", language)]
        return said

    def _elliptic(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Answer `for how long?` from what was cited last, or say that it is not stated there."""
        cited = [p for i in state.cited if (p := self.desk.store.get(i)) is not None]
        documents = query.programmes or tuple(dict.fromkeys(p.document for p in cited))
        findings = []
        for document in documents:
            paragraphs = {p.paragraph for p in cited if p.document == document}
            only = [
                p.id for n in self.desk.store.of(document)
                if (p := self.desk.store.passages[n]).paragraph in paragraphs
            ]  # fmt: skip
            loose = query.but(words=(), hints=(), is_elliptic=False)
            findings.append(self.desk.judge.find(loose, document, only))
        found = [f for f in findings if f.evidence]
        if not found:
            asked = self.desk.topics.get(query.topic or "")
            is_of_last = asked is not None and asked.is_of_last
            text = self.desk.words.say(
                "silent.of-last" if is_of_last else "silent.elliptic",
                language,
                wanted=self.desk.wanted(query, language),
                topic=self.desk.topic_name(query.topic, language),
                place=self.desk.places(language, documents),
            )
            return Draft(
                "no_answer",
                text,
                query.topic,
                tuple(documents),
                query.specialisations,
                findings=tuple(findings),
                rule="elliptic",
            )
        text = "\n".join(self.one(query.but(topic=None), f, language, cites) for f in found)
        return Draft(
            "answer",
            text,
            query.topic,
            tuple(documents),
            query.specialisations,
            findings=tuple(findings),
            rule="elliptic",
        )


def _with_heads(passage: Passage) -> str:
    """Return a passage with the heads of its section and columns."""
    return " ; ".join((passage.text, *passage.headings, *(c.column for c in passage.cells)))


def _figures(found: Findings) -> set[str]:
    """Return the figures of what was found, as they are compared."""
    return {plain(f) for e in found.evidence for f in FIGURE.findall(e.passage.text)}


def _has_qualifier(texts: set[str]) -> bool:
    """Whether values carry words that tell them apart, such as `(non-EU)`."""
    rests = {FIGURE.sub("", t).strip() for t in texts}
    return len(rests) > 1
