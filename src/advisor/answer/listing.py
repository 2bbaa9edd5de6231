"""List the programmes that meet conditions, each with the facts that show it."""

from collections.abc import Callable, Iterable, Sequence

from advisor.answer.cite import Citations
from advisor.answer.desk import Desk, Draft
from advisor.answer.evidence import Evidence
from advisor.records.state import Condition, Query
from advisor.text.normalise import fold
from advisor.text.tokens import tokenise
from advisor.text.values import Value, ValueFinder

MOST_LISTED = 6
MOST_SHOWN = 3  # facts of one programme for one condition
_TESTS: dict[str, Callable[[float, float], bool]] = {
    "equal": lambda value, wanted: value == wanted,
    "below": lambda value, wanted: value < wanted,
    "at-most": lambda value, wanted: value <= wanted,
    "above": lambda value, wanted: value > wanted,
    "at-least": lambda value, wanted: value >= wanted,
}


class Listing:
    """Keeps what each page says about the topics that were asked for, by topic and page."""

    def __init__(self, desk: Desk, finder: ValueFinder, day: Callable[[Value], float | None]) -> None:
        self.desk = desk
        self.finder = finder
        self.day = day
        self._told: dict[tuple[str, tuple[tuple[str, str], ...], str], tuple[Evidence, ...]] = {}

    def listed(self, query: Query, language: str, cites: Citations) -> Draft:
        """Return the programmes that meet all conditions of a query, in order, the first of many shown."""
        pool: Iterable[str] = query.programmes or (
            self.desk.among(query.within) if query.within else self.desk.order
        )
        chosen = [d for d in self._mentioning(query, pool) if self._meets(query, d)]
        topics = [self.desk.topic_name(c.topic, language) for c in query.conditions if c.topic]
        named = self.desk.words.listed(list(dict.fromkeys(topics)), language)
        if not chosen:
            key = "list.none" if named else "list.nowhere"
            text = self.desk.words.say(key, language, topics=named)
            return Draft("no_answer", text, query.topic, rule="list")
        lines = [self.desk.words.say("list.head", language)]
        for document in chosen[:MOST_LISTED]:
            facts = [self._shown(query, c, document, language, cites) for c in query.conditions]
            facts = list(dict.fromkeys(f for f in facts if f)) or [self._title(document, cites)]
            evidence = "; ".join(facts)
            lines.append(
                self.desk.words.say("list.line", language, place=self.desk.place(document), evidence=evidence)
            )
        if len(chosen) > MOST_LISTED:
            lines.append(self.desk.words.say("list.more", language))
        if named:
            lines.append(self.desk.words.say("list.unstated", language, topics=named))
        return Draft("answer", "\n".join(lines), query.topic, tuple(chosen[:MOST_LISTED]), rule="list")

    def _mentioning(self, query: Query, pool: Iterable[str]) -> list[str]:
        """Return the pages of the pool that use every word asked for."""
        kept = list(pool)
        for condition in query.conditions:
            if condition.bound == "mentions":
                holding = self.desk.store.documents_with(condition.words)
                kept = kept if holding is None else [d for d in kept if d in holding]
        return kept

    def _meets(self, query: Query, document: str) -> bool:
        return all(self._proof(query, c, document) for c in query.conditions if c.topic)

    def _proof(self, query: Query, condition: Condition, document: str) -> list[Evidence]:
        """Return what on a page shows that a condition is met."""
        return [e for e in self._about(query, condition.topic or "", document) if self._fits(condition, e)]

    def _about(self, query: Query, topic: str, document: str) -> tuple[Evidence, ...]:
        key = (topic, query.facets, document)
        if key not in self._told:
            asked = Query(topic=topic, facets=query.facets, programmes=(document,))
            self._told[key] = self.desk.judge.find(asked, document).evidence
        return self._told[key]

    def _fits(self, condition: Condition, evidence: Evidence) -> bool:
        if condition.bound == "has":
            return True
        cells = evidence.cells or evidence.passage.cells
        text = evidence.passage.text
        start = evidence.passage.start
        pieces = [text[c.start - start : c.end - start] for c in cells] or [text]
        return any(self._says(condition, piece) for piece in pieces)

    def _says(self, condition: Condition, text: str) -> bool:
        if condition.bound == "holds":
            return bool({t.fold for t in tokenise(text)} & set(condition.words))
        if condition.bound == "month":
            return any(self.finder.month(t.text) == condition.amount for t in tokenise(text))
        test = _TESTS[condition.bound]
        for value in self.finder.find(text):
            amount = self.day(value) if value.kind == "date" else value.amount
            is_unit = not condition.words or {fold(w) for w in value.text.split()} & set(condition.words)
            is_alike = value.kind == condition.kind and amount is not None and is_unit
            if is_alike and test(amount or 0.0, condition.amount or 0.0):
                return True
        return False

    def _shown(
        self, query: Query, condition: Condition, document: str, language: str, cites: Citations
    ) -> str:
        if condition.bound == "mentions":
            found: Sequence[Evidence] = self._mention(condition, document)
        else:
            found = self._proof(query, condition, document)[:MOST_SHOWN]
        if not found:
            return ""
        return self.desk.renderer.evidence(found, self.desk.documents[document], cites, language)

    def _mention(self, condition: Condition, document: str) -> list[Evidence]:
        numbers = self.desk.store.of(document)
        holding = sorted(self.desk.store.holding(condition.words, numbers))
        own = [p for n in holding if (p := self.desk.store.passages[n]).terms & set(condition.words)]
        return [Evidence(p, 1.0) for p in own[:1]]

    def _title(self, document: str, cites: Citations) -> str:
        """Return the mark for the page's own title, where there is no fact to show."""
        page = self.desk.documents[document]
        heading = next((b for b in page.blocks if b.kind == "heading"), page.blocks[0])
        return cites.mark_span(document, heading.start, heading.end, None, page.provenance.language or "en")
