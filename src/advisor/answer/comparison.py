"""Put programmes or specialisations side by side."""

from collections.abc import Sequence
from dataclasses import replace

from advisor.answer.answers import Answers
from advisor.answer.cite import Citations
from advisor.answer.desk import MOST_PLACES, SPECIALISATION, Desk, Draft
from advisor.answer.evidence import DIFFERENCE, Evidence, Findings, evidence_concepts
from advisor.answer.silence import Silence
from advisor.answer.tracks import Tracks
from advisor.records.reply import Table, TableRow
from advisor.records.state import DialogueState, Query

MOST_IN_CELL = 260
MOST_WORDS_BOTH = 130
MOST_WORDS_OVERALL = 90
MOST_OVERALL = 6
MOST_FACTS = 3


class Comparison:
    """Writes both sides of a comparison, `not stated` where a page is silent."""

    def __init__(self, desk: Desk, tracks: Tracks, silence: Silence, answers: Answers) -> None:
        self.desk = desk
        self.tracks = tracks
        self.silence = silence
        self.answers = answers

    def compare(self, query: Query, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Return both sides of a comparison, `not stated` where a page is silent."""
        tracks = query.specialisations
        if len(tracks) > 1:
            return self._compare_tracks(query, language, cites)
        if len(query.programmes) == 1 and self._is_about_tracks(query):
            # "Which track is best?": asked of the programme talked about.
            return self.answers.answer(query, state, language, cites)
        documents = query.programmes if len(query.programmes) > 1 else ()
        if not documents:
            pool = tuple(dict.fromkeys((*state.mentioned[-2:], *self.desk.order)))
            documents = (
                pool
                if len(self.desk.order) <= MOST_PLACES and len(pool) > 1
                else query.programmes or pool[:2]
            )
        if len(documents) < 2:
            return self.answers.answer(query, state, language, cites)
        if query.topic is None and not query.words and not set(query.concepts):
            return self._overall(query, documents, language, cites)
        # What differs is sought between the programmes, not between the columns of a page.
        facets = tuple(f for f in query.facets if f[0] != DIFFERENCE)
        query = query.but(most_words=MOST_WORDS_BOTH // len(documents), facets=facets)
        self.desk.store.ahead(documents)
        findings = [self.desk.judge.find(query, d) for d in documents]
        if not any(f.evidence for f in findings):
            if query.topic is None and not query.is_carried:
                return self._overall(query, documents, language, cites)
            return self.silence.silent(query.but(programmes=tuple(documents)), findings, language, cites)
        heads, cells = [], []
        for found in findings:
            heads.append(self.desk.place(found.document))
            cells.append(self.desk.side(found, language, cites))
        topic = self.desk.topic_name(query.topic, language)
        lines = [
            self.desk.words.say("compare.head", language, topic=topic)
            if topic
            else self.desk.words.say("compare.open", language)
        ]
        for place, cell in zip(heads, cells, strict=True):
            key = "compare.line" if cell else "compare.silent"
            lines.append(self.desk.words.say(key, language, place=place, evidence=cell))
        verdict = self._verdict(query, findings, language)
        if verdict:
            lines.append(verdict)
        silent = self.desk.words.say("silent.cell", language)
        table = Table(
            columns=tuple(heads),
            rows=(TableRow(head=topic or query.text, cells=tuple(c or silent for c in cells)),),
        )
        return Draft(
            "answer", "\n".join(lines), query.topic, tuple(documents), (), table=table,
            findings=tuple(findings), rule="compare",
        )  # fmt: skip

    def _is_about_tracks(self, query: Query) -> bool:
        topic = self.desk.topics.get(query.topic or "")
        return topic is not None and SPECIALISATION in evidence_concepts(topic)

    def _is_told(self, query: Query, document: str) -> bool:
        """Whether the page tells about the topic in general, so that what a track is about bears on it."""
        topic = self.desk.topics.get(query.topic or "")
        if topic is None or topic.kind != "prose":
            return False
        return bool(self.desk.judge.find(query.but(specialisations=()), document).evidence)

    def _verdict(self, query: Query, findings: Sequence[Findings], language: str) -> str:
        """Say which value is higher when both sides have one of a kind, or that only one states it."""
        stated = [f for f in findings if f.evidence]
        if len(stated) == 1:
            return self.desk.words.say(
                "compare.one-sided", language, place=self.desk.place(stated[0].document)
            )
        topic = self.desk.topics.get(query.topic or "")
        kind = query.wanted or (topic.kind if topic else "prose")
        numbers = []
        for found in stated:
            values = [
                v for e in found.evidence for v in e.passage.values if v.kind == kind and v.amount is not None
            ]
            if len(values) != 1 or kind == "duration":
                return ""
            numbers.append((values[0].amount or 0.0, found.document))
        if len(numbers) < 2:
            return ""
        numbers.sort(reverse=True)
        if numbers[0][0] == numbers[-1][0]:
            return self.desk.words.say("compare.equal", language)
        return self.desk.words.say("compare.higher", language, place=self.desk.place(numbers[0][1]))

    def _compare_tracks(self, query: Query, language: str, cites: Citations) -> Draft:
        read = [self._of_track(query, track) for track in query.specialisations]
        if query.asks_which and any(f.evidence for f in read):
            # "Which of them has a museum?": those that have it are the answer.
            kept = [i for i, f in enumerate(read) if f.evidence]
            read = [read[i] for i in kept]
            query = query.but(specialisations=tuple(query.specialisations[i] for i in kept))
            if len(read) == 1:
                text = self.answers.one(query, read[0], language, cites)
                return Draft(
                    "answer", text, query.topic, (read[0].document,), query.specialisations,
                    findings=tuple(read), rule="which of the specialisations",
                )  # fmt: skip
        findings, heads, cells = [], [], []
        for (document, name), found in zip(query.specialisations, read, strict=True):
            evidence = list(found.evidence)
            if not evidence and not (query.topic and query.wanted):
                topic_of = self.desk.topics.get(query.topic or "")
                is_heard = topic_of is not None or not query.words or any(map(self.desk.is_used, query.words))
                is_plain = topic_of is None or topic_of.is_general or self._is_told(query, document)
                is_plain = is_plain and is_heard
                if is_plain:
                    most = 2 if len(query.specialisations) < 3 else 1
                    evidence = [Evidence(p, 1.0) for p in self.tracks.own_passages(document, name, {})[:most]]
            findings.append(replace(found, evidence=tuple(evidence)))
            heads.append(name)
            cells.append(self.desk.side(findings[-1], language, cites))
        if not any(cells):
            documents = tuple(dict.fromkeys(d for d, _ in query.specialisations))
            topic_of = self.desk.topics.get(query.topic or "")
            is_of_all = topic_of is not None and topic_of.is_collective
            single = query if is_of_all else query.but(specialisations=())
            general = [self.desk.judge.find(single, d) for d in documents]
            if any(f.evidence for f in general):
                text = "\n".join(self.answers.one(single, f, language, cites) for f in general if f.evidence)
                return Draft(
                    "no_answer" if self.answers.is_of_all(query, general) else "answer",
                    text,
                    query.topic,
                    tuple(f.document for f in general),
                    query.specialisations,
                    findings=tuple(general),
                    rule="compare",
                )
            return self.silence.silent(query, general, language, cites)
        topic = self.desk.topic_name(query.topic, language)
        lines = [
            self.desk.words.say("compare.head", language, topic=topic)
            if topic
            else self.desk.words.say("compare.open", language)
        ]
        for name, cell in zip(heads, cells, strict=True):
            lines.append(
                self.desk.words.say(
                    "compare.line" if cell else "compare.silent", language, place=name, evidence=cell
                )
            )
        silent = self.desk.words.say("silent.cell", language)
        table = Table(
            columns=tuple(heads),
            rows=(TableRow(head=topic or query.text, cells=tuple(c or silent for c in cells)),),
        )
        documents = tuple(dict.fromkeys(d for d, _ in query.specialisations))
        stated = tuple(t for t, c in zip(query.specialisations, cells, strict=True) if c)
        focus = stated if len(stated) == 1 else query.specialisations
        return Draft(
            "answer",
            "\n".join(lines),
            query.topic,
            documents,
            focus,
            table=table,
            findings=tuple(findings),
            rule="compare tracks",
        )

    def _of_track(self, query: Query, track: tuple[str, str]) -> Findings:
        """Return what the page says of a query about one specialisation alone."""
        own = query.but(specialisations=(track,), most_words=90 // len(query.specialisations))
        if not (query.topic or query.words or query.concepts):
            return Findings(track[0])
        found = self.desk.judge.find(own, track[0])
        return replace(found, evidence=tuple(e for e in found.evidence if not e.is_general))

    def _overall(self, query: Query, documents: Sequence[str], language: str, cites: Citations) -> Draft:
        """Compare whole programmes point by point: first what most of the pages state."""
        silent = self.desk.words.say("silent.cell", language)
        lines = [self.desk.words.say("compare.open", language)]
        rows = []
        for topic, stated in self._points(documents):
            cells = [
                self.desk.renderer.evidence(stated[d], self.desk.documents[d], cites, language)
                if d in stated
                else silent
                for d in documents
            ]
            sides = [
                self.desk.words.say("compare.line", language, place=self.desk.place(d), evidence=cell)
                for d, cell in zip(documents, cells, strict=True)
            ]
            head = self.desk.topic_name(topic, language)
            lines.append(self.desk.words.say("compare.point", language, topic=head, sides="; ".join(sides)))
            rows.append(TableRow(head=head, cells=tuple(cells)))
        table = Table(columns=tuple(self.desk.place(d) for d in documents), rows=tuple(rows))
        return Draft(
            "answer",
            "\n".join(lines),
            query.topic,
            tuple(documents),
            table=table,
            rule="compare whole programmes",
        )

    def _points(self, documents: Sequence[str]) -> list[tuple[str, dict[str, list[Evidence]]]]:
        """Return the points on which programmes are compared, with what states it: a sentence or facts."""
        points: list[tuple[str, dict[str, list[Evidence]]]] = []
        used: set[str] = set()
        for topic in self.desk.overall:
            stated = {}
            for document in documents:
                found = self.desk.judge.find(Query(topic=topic, programmes=(document,)), document)
                short = [
                    e
                    for e in found.evidence
                    if len(e.passage.text) < MOST_IN_CELL and e.passage.id not in used
                ]
                if short:
                    facts = [e for e in short if e.passage.kind == "fact"][:MOST_FACTS]
                    stated[document] = facts if short[0] in facts else short[:1]
                    used.update(e.passage.id for e in stated[document])
            if stated:
                points.append((topic, stated))
        points.sort(key=lambda point: -len(point[1]))
        words = 0
        kept: list[tuple[str, dict[str, list[Evidence]]]] = []
        for topic, stated in points:
            length = sum(len(e.passage.text.split()) for side in stated.values() for e in side)
            if words + length <= MOST_WORDS_OVERALL and len(kept) < MOST_OVERALL:
                kept.append((topic, stated))
                words += length
        return kept
