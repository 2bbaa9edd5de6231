"""Speak about the last answer: its source, its reason, what else there is."""

from advisor.answer.cite import Citations
from advisor.answer.desk import Desk, Draft
from advisor.answer.evidence import Evidence
from advisor.records.state import DialogueState
from advisor.text.values import FIGURE


class Lookback:
    """Writes replies about what was cited last."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def source(self, state: DialogueState, language: str, cites: Citations) -> Draft:
        """Say which page, section and date the last answer came from."""
        passages = [p for i in state.cited if (p := self.desk.store.get(i)) is not None]
        if not passages:
            return Draft("clarify", self.desk.words.say("source.none", language), rule="source")
        lines = []
        for document in dict.fromkeys(p.document for p in passages):
            own = [p for p in passages if p.document == document]
            provenance = self.desk.documents[document].provenance
            institution = f" ({provenance.institution})" if provenance.institution else ""
            if provenance.source:
                institution += self._via(document, provenance.source, language, cites)
            section = (
                self.desk.words.say("source.section", language, section=own[0].section)
                if own[0].section
                else ""
            )
            date = (
                self.desk.words.say("source.date", language, date=provenance.last_updated)
                if provenance.last_updated
                else ""
            )
            quote = self.desk.renderer.prose(
                [Evidence(p, 1.0) for p in own[:2]], self.desk.documents[document], cites, language
            )
            lines.append(
                self.desk.words.say(
                    "source",
                    language,
                    title=provenance.title,
                    institution=institution,
                    section=section,
                    date=date,
                    evidence=quote,
                )
            )
        return Draft(
            "answer",
            "\n".join(lines),
            state.query.topic if state.query else None,
            state.programmes,
            state.specialisations,
            rule="source",
        )

    def _via(self, document: str, source: str, language: str, cites: Citations) -> str:
        """Name the site a page came from; a name that holds a figure is cited."""
        mark = ""
        if FIGURE.search(source):
            named = [
                p for n in self.desk.store.of(document) if source in (p := self.desk.store.passages[n]).text
            ]
            if not named:
                return ""
            mark = " " + cites.mark(named[0])
        return self.desk.words.say("source.via", language, source=source + mark)

    def why(self, state: DialogueState, language: str, cites: Citations, reason: str) -> Draft | None:
        """Quote the reason that the page gives for what was cited last."""
        passages = [p for i in state.cited if (p := self.desk.store.get(i)) is not None]
        if not passages:
            return None
        document = passages[0].document
        passages = [p for p in passages if p.document == document]
        paragraphs = {p.paragraph for p in passages}
        section = passages[0].section
        own = [self.desk.store.passages[n] for n in self.desk.store.of(document)]
        around = [p for p in own if p.paragraph in paragraphs or (section and p.section == section)]
        reasons = [p for p in passages if reason in p.own] or [p for p in around if reason in p.own]
        key = "why.reason" if reasons else "why.none"
        chosen = reasons[:1] or passages[:2]
        if not reasons and passages[0].kind == "fact":
            chosen = passages[:3]
        elif not reasons:
            paragraph = [p for p in around if p.paragraph == passages[0].paragraph]
            chosen = paragraph[:2] if passages[0] in paragraph[:2] else passages[:1]
        quote = self.desk.renderer.evidence(
            [Evidence(p, 1.0) for p in chosen], self.desk.documents[document], cites, language
        )
        return Draft(
            "answer",
            self.desk.words.say(key, language, evidence=quote),
            state.query.topic if state.query else None,
            state.programmes,
            state.specialisations,
            rule="why",
        )

    def why_not(self, state: DialogueState, language: str) -> Draft:
        """Say why there was no answer: the pages are all that is known."""
        text = self.desk.words.say(
            "why.silent", language, places=self.desk.places(language, state.programmes or None)
        )
        topic = state.query.topic if state.query else None
        return Draft("no_answer", text, topic, state.programmes, state.specialisations, rule="why")

    def more(self, state: DialogueState, language: str, cites: Citations) -> Draft | None:
        """Go on with what the page says about the last topic and was not shown yet."""
        if state.query is None or not state.cited:
            return None
        last = self.desk.store.get(state.cited[-1])
        if last is None:
            return None
        document = last.document
        shown = set(state.shown) | set(state.cited)
        texts = {
            " ".join(p.text.split()).casefold() for i in shown if (p := self.desk.store.get(i)) is not None
        }
        numbers = self.desk.store.of(document)
        after = [self.desk.store.passages[n] for n in numbers if n > self.desk.store.number[last.id]]
        before = [self.desk.store.passages[n] for n in numbers if n < self.desk.store.number[last.id]]
        fresh = [p for p in (*after, *before) if p.headings == last.headings and p.id not in shown]
        fresh = [p for p in fresh if " ".join(p.text.split()).casefold() not in texts]
        if not fresh and state.query.topic:
            found = self.desk.judge.find(state.query.but(wanted=None), document)
            fresh = [e.passage for e in found.evidence if e.passage.id not in shown]
        if not fresh:
            return Draft(
                "no_answer",
                self.desk.words.say("more.none", language, place=self.desk.place(document)),
                state.query.topic,
                state.programmes,
                state.specialisations,
                rule="more",
            )
        kinds = {fresh[0].kind}
        chosen = [p for p in fresh[:3] if p.kind in kinds]
        text = self.desk.renderer.evidence(
            [Evidence(p, 1.0) for p in chosen], self.desk.documents[document], cites, language
        )
        return Draft(
            "answer",
            self.desk.words.say("more.next", language, evidence=text),
            state.query.topic,
            state.programmes,
            state.specialisations,
            rule="more",
        )
