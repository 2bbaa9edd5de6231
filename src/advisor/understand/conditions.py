"""Read what programmes must be to be listed: `in English`, `under EUR 5,000`, `in February`."""

from collections.abc import Mapping, Sequence

from advisor.records.interpretation import Term, TopicHit
from advisor.records.state import Condition
from advisor.text.normalise import fold
from advisor.text.tokens import Token, tokenise
from advisor.text.values import FIGURE, Value, ValueFinder
from advisor.topics.schema import LanguageEntry, TopicEntry

LOUD = 0.8
COMPARED = frozenset({"money", "duration", "credits", "hours", "percentage", "length", "score", "date"})
NEAR = 4


class ConditionFinder:
    """Finds values with their bounds, months and words for a value, each tied to a topic."""

    def __init__(
        self,
        languages: Mapping[str, LanguageEntry],
        finder: ValueFinder,
        topics: Mapping[str, TopicEntry],
        unsaid: Mapping[str, str],
        same: Sequence[Sequence[str]],
    ) -> None:
        self.finder = finder
        self.topics = topics
        self.unsaid = unsaid
        phrases = [
            (tuple(t.fold for t in tokenise(phrase)), bound)
            for entry in languages.values()
            for bound, wordings in entry.bounds.items()
            for phrase in wordings
        ]
        self._bounds = sorted(phrases, key=lambda p: -len(p[0]))
        self._small = {fold(w) for entry in languages.values() for w in entry.function_words}
        self._same = {fold(w): tuple(fold(o) for o in group) for group in same for w in group}

    def find(
        self,
        tokens: Sequence[Token],
        values: Sequence[Value],
        offset: int,
        hits: Sequence[TopicHit],
        terms: Sequence[Term],
    ) -> tuple[Condition, ...]:
        """Return the conditions of a part; `offset` is where the text that the values stand in begins."""
        found: list[Condition] = []
        used: set[int] = set()
        for value in values:
            start, end = value.start + offset, value.end + offset
            inside = {i for i, t in enumerate(tokens) if start <= t.start and t.end <= end}
            condition = self._of_value(value, tokens, inside, hits) if inside else None
            if condition is not None:
                found.append(condition)
                used |= inside
        for i, token in enumerate(tokens):
            if i in used:
                continue
            month = self.finder.month(token.text)
            if month is not None and (token.fold not in self._small or (i > 0 and token.text[0].isupper())):
                topic = self._topic("date", hits)
                if topic is not None:
                    found.append(Condition(topic=topic, bound="month", amount=float(month)))
                    used.add(i)
            elif token.fold in self._same and (topic := self._topic("list", hits)) is not None:
                found.append(Condition(topic=topic, bound="holds", words=self._same[token.fold]))
                used.add(i)
        found += self._had(hits, {c.topic for c in found}, used)
        if not found:
            found = [Condition(bound="mentions", words=tuple(dict.fromkeys(t.stems))) for t in terms]
        return tuple(dict.fromkeys(found))

    def _had(self, hits: Sequence[TopicHit], topics: set[str | None], used: set[int]) -> list[Condition]:
        """Return the topics named for their own sake: programmes that have them are wanted."""
        spoken = [h for h in hits if h.topic in topics]
        had: list[Condition] = []
        for hit in hits:
            is_apart = all(hit.end <= o.start or o.end <= hit.start for o in spoken)
            is_own = hit.score >= LOUD and not self.topics[hit.topic].is_general
            if is_own and is_apart and not used & set(range(hit.start, hit.end)):
                spoken.append(hit)
                had.append(Condition(topic=hit.topic, bound="has"))
        return had

    def _topic(self, kind: str, hits: Sequence[TopicHit]) -> str | None:
        """Return the loudest topic of a kind, else the one that its values mean when nothing else is said."""
        named = next((h.topic for h in hits if self.topics[h.topic].kind == kind), None)
        return named or self.unsaid.get(kind)

    def _of_value(
        self, value: Value, tokens: Sequence[Token], inside: set[int], hits: Sequence[TopicHit]
    ) -> Condition | None:
        topic = self._topic(value.kind, hits) if value.kind in COMPARED else None
        amount = self.day(value) if value.kind == "date" else value.amount
        if topic is None or amount is None:
            return None
        words = [t.fold for t in tokens]
        before, after = words[: min(inside)], words[max(inside) + 1 :]
        bound = next(
            (
                bound
                for phrase, bound in self._bounds
                if tuple(before[-len(phrase) :]) == phrase or tuple(after[: len(phrase)]) == phrase
            ),
            "equal",
        )
        unit = next((self._same[words[i]] for i in sorted(inside) if words[i] in self._same), ())
        return Condition(topic=topic, bound=bound, kind=value.kind, amount=amount, words=unit)

    def day(self, value: Value) -> float | None:
        """Return a date as month * 100 + day, whatever its year; None for one without a month."""
        months = [m for t in tokenise(value.text) if (m := self.finder.month(t.text)) is not None]
        days = [int(f) for f in FIGURE.findall(value.text) if f.isdigit() and int(f) <= 31]
        return float(months[0] * 100 + (days[0] if days else 0)) if months else None
