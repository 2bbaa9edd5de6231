"""Say that the pages do not say it, and what they offer instead."""

from collections.abc import Callable, Sequence

from advisor.answer.cite import Citations
from advisor.answer.desk import MOST_PLACES, Desk, Draft
from advisor.answer.evidence import COLUMN, Findings, evidence_groups
from advisor.records.state import Query

LONGEST_WORD = 24
MOST_WORDS_SAID = 4
MOST_NEARBY = 2
REFERRAL = "referral"
WhereNamed = Callable[[str, str, Citations], str]


class Silence:
    """Writes replies without an answer: what was looked for, where, what is near."""

    def __init__(self, desk: Desk, is_answerable: Callable[[str, str], bool]) -> None:
        self.desk = desk
        self.is_answerable = is_answerable

    def silent(self, query: Query, findings: Sequence[Findings], language: str, cites: Citations) -> Draft:
        """Return the reply that the pages do not answer a query, page by page."""
        lines = []
        topic = self.desk.topic_name(query.topic, language)
        for found in findings[:MOST_PLACES]:
            place = self.desk.place(found.document)
            document = self.desk.documents[found.document]
            if found.lacking is not None:
                quote = self.desk.renderer.one(found.lacking, document, cites, language)
                lines.append(
                    self.desk.words.say("silent.lacking", language, topic=topic, place=place, evidence=quote)
                )
                continue
            if topic:
                apart = self._apart(query, found.document, language)
                mentioned = query.wanted and self._is_mentioned(query, found.document)
                if apart:
                    key = "silent.apart"
                    lines.append(self.desk.words.say(key, language, topic=topic, place=place, apart=apart))
                elif mentioned:
                    wanted = self.desk.wanted(query, language)
                    lines.append(
                        self.desk.words.say(
                            "silent.wanted", language, topic=topic, place=place, wanted=wanted
                        )
                    )
                else:
                    lines.append(self.desk.words.say("silent.topic", language, topic=topic, place=place))
            else:
                # Each word in marks of its own: what was looked for is said, nothing typed is echoed whole.
                plain = [w.text for w in query.words if w.text.isalpha() and len(w.text) <= LONGEST_WORD]
                shown = self.desk.words.listed([f"“{w}”" for w in plain[:MOST_WORDS_SAID]], language)
                key = "silent.open" if shown else "silent.unheard"
                lines.append(self.desk.words.say(key, language, words=shown, place=place))
            if len(findings) == 1:
                lines.append(self._elsewhere(query, found.document, language))
                lines.append(self._nearby(query, found.document, language, cites))
        text = " ".join(line for line in lines if line)
        return Draft(
            "no_answer", text, query.topic, query.programmes or tuple(f.document for f in findings),
            query.specialisations, findings=tuple(findings), rule="silent",
        )  # fmt: skip

    def _apart(self, query: Query, document: str, language: str) -> str:
        """Return the name of what a figure was asked of, where the page gives it of others only."""
        lexicon, find = self.desk.judge.lexicon, self.desk.judge.find
        own = [c for c in query.concepts if c in lexicon.apart]
        rows = [c for f, c in query.facets if f != COLUMN]
        for concept in (*own, *rows):
            others = query.but(
                concepts=tuple(c for c in query.concepts if c != concept),
                facets=tuple(f for f in query.facets if f[1] != concept),
            )
            name = getattr(lexicon.entries.get(concept), "name", None)
            if name is not None and find(others, document).evidence:
                return str(getattr(name, language))
        if query.years and find(query.but(years=()), document).evidence:
            return self.desk.words.listed([str(y) for y in query.years], language)
        return ""

    def _is_mentioned(self, query: Query, document: str) -> bool:
        loose = query.but(wanted=None, facets=(), words=(), hints=())
        return bool(self.desk.judge.find(loose, document).evidence)

    def _nearby(self, query: Query, document: str, language: str, cites: Citations) -> str:
        """Return where the page sends its readers for what was asked, or what it says close to it."""
        groups = evidence_groups(self.desk.topics[query.topic]) if query.topic else ()
        concepts = {c for g in groups for c, _ in g} | set(query.concepts)
        for number in self.desk.store.of(document):
            passage = self.desk.store.passages[number]
            near = passage.near | passage.own
            if REFERRAL in passage.own and concepts & near:
                quote = self.desk.renderer.one(passage, self.desk.documents[document], cites, language)
                return self.desk.words.say("silent.referral", language, evidence=quote)
        following = self.desk.topics[query.topic].next if query.topic else ()
        told = [t for t in following if self.is_answerable(t, document)][:MOST_NEARBY]
        if not told:
            return ""
        names = [self.desk.topic_name(t, language) for t in told]
        return self.desk.words.say("silent.nearby", language, topics=self.desk.words.listed(names, language))

    def _elsewhere(self, query: Query, document: str, language: str) -> str:
        """Return which of few other pages do say it, without what they say."""
        if not query.topic or len(self.desk.order) > MOST_PLACES:
            return ""
        others = [d for d in self.desk.order if d != document]
        stating = [
            d for d in others
            if self.desk.judge.find(query.but(programmes=(d,), specialisations=()), d).evidence
        ]  # fmt: skip
        if not stating:
            return ""
        return self.desk.words.say("silent.elsewhere", language, place=self.desk.places(language, stating))

    def misplaced(self, query: Query, language: str, cites: Citations, where: WhereNamed) -> Draft:
        """Return the reply that the programme asked about has no such specialisation, but another has."""
        owners = tuple(dict.fromkeys(d for d, _ in query.misplaced))
        names = list(dict.fromkeys(n for _, n in query.misplaced))
        marks = [where(document, name, cites) for document, name in query.misplaced]
        text = self.desk.words.say(
            "silent.misplaced",
            language,
            track=self.desk.words.listed([f"“{n}”" for n in names], language),
            place=self.desk.places(language, query.programmes),
            other=self.desk.places(language, owners),
            mark=" ".join(dict.fromkeys(marks)),
        )
        return Draft("no_answer", text, query.topic, query.programmes, rule="specialisation of another")
