"""List the programmes that meet conditions, each with the facts that show it."""

from collections.abc import Sequence

from advisor.answer.cite import Citations
from advisor.answer.desk import Desk, Draft
from advisor.answer.evidence import Evidence
from advisor.answer.facts import TESTS, Facts, Stated
from advisor.records.state import Condition, Query

MOST_LISTED = 6
MOST_SHOWN = 3  # facts of one programme for one condition


class Listing:
    """Picks programmes by what their pages state, and reads only those that are shown."""

    def __init__(self, desk: Desk, facts: Facts, stated: Stated) -> None:
        self.desk = desk
        self.facts = facts
        self.stated = stated

    def listed(self, query: Query, language: str, cites: Citations) -> Draft:
        """Return the programmes that meet all conditions of a query, in order, the first of many shown."""
        chosen = self._chosen(query)
        topics = [self.desk.topic_name(c.topic, language) for c in query.conditions if c.topic]
        named = self.desk.words.listed(list(dict.fromkeys(topics)), language)
        if not chosen:
            key = "list.none" if named else "list.nowhere"
            text = self.desk.words.say(key, language, topics=named)
            return Draft("no_answer", text, query.topic, rule="list")
        self.desk.store.ahead(chosen[:MOST_LISTED])
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

    def _chosen(self, query: Query) -> list[str]:
        """Return the programmes that meet all conditions, in order."""
        pool = query.programmes or (self.desk.among(query.within) if query.within else self.desk.order)
        allowed: set[str] | None = None
        for condition in query.conditions:
            meeting = self._meeting(condition)
            if meeting is not None:
                allowed = meeting if allowed is None else allowed & meeting
        chosen = [d for d in pool if allowed is None or d in allowed]
        if query.facets:
            chosen = [d for d in chosen if all(self._proof(query, c, d) for c in query.conditions if c.topic)]
        return chosen

    def _meeting(self, condition: Condition) -> set[str] | None:
        """Return the programmes that meet a condition; None for words too common to tell any."""
        if condition.topic is None:
            return self.desk.store.documents_with(condition.words)
        kind, bound = self._kind(condition)
        return self.facts.meeting(condition.topic, kind, bound, condition.amount or 0.0)

    def _kind(self, condition: Condition) -> tuple[str, str]:
        """Return the kind of statement that a condition is about, and how its amount compares."""
        unit = self.stated.unit(condition.words)
        plain = {"has": "has", "month": "month", "holds": f"word:{unit}"}
        if condition.bound in plain:
            return plain[condition.bound], "equal"
        return f"{condition.kind}:{unit}", condition.bound

    def _proof(self, query: Query, condition: Condition, document: str) -> list[Evidence]:
        """Return what on a page shows that a condition is met."""
        asked = Query(topic=condition.topic, facets=query.facets, programmes=(document,))
        evidence = self.desk.judge.find(asked, document).evidence
        kind, bound = self._kind(condition)
        if kind == "has":
            return list(evidence)
        test, amount = TESTS[bound], condition.amount or 0.0
        return [
            e for e in evidence
            if any(s.kind == kind and test(s.amount, amount) for s in self.stated.of_evidence(e))
        ]  # fmt: skip

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
