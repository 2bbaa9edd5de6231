"""Find concepts: one meaning behind words of several languages."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from advisor.text.phrasebook import PhraseBook
from advisor.text.phrases import Hit, Matcher
from advisor.text.tokens import Token, tokenise

SUBJECT = "subject"
_YEAR = re.compile(r"\d{4}")
_PART = re.compile(r"[,;:/()–|]| - | of | or | and | en ")
# Names of more words hold words that part others.
MOST_IN_PART = 2
_STRETCH = re.compile(r"[,;:/()–|]| - ")
_CLAUSE = re.compile(r"[,;:()–|]| - | of | or | and | en ")


class Entry(Protocol):
    """What the lexicon reads of a concept's definition."""

    @property
    def en(self) -> tuple[str, ...]:
        """English wordings."""
        ...

    @property
    def nl(self) -> tuple[str, ...]:
        """Dutch wordings."""
        ...

    @property
    def broader(self) -> tuple[str, ...]:
        """Concepts of which this is a kind."""
        ...

    @property
    def facet(self) -> str | None:
        """The facet of which this is a value."""
        ...

    @property
    def heads(self) -> tuple[str, ...]:
        """Words that name it where they are all of a row's or column's head."""
        ...

    @property
    def rows_under(self) -> tuple[str, ...]:
        """Headings under which a row that only says for whom it holds is of this."""
        ...

    @property
    def group(self) -> str | None:
        """The group of names that this belongs to."""
        ...

    @property
    def apart(self) -> bool:
        """Whether a figure asked of it is of nothing else."""
        ...

    @property
    def excludes(self) -> tuple[str, ...]:
        """Values for which a row that names it does not hold."""
        ...


class Found(NamedTuple):
    """A concept named at `tokens[start:end]`; `used` are the positions that named it."""

    concept: str
    start: int
    end: int
    used: tuple[int, ...]


class Lexicon:
    """The concepts of the content folder, ready to be found in text."""

    def __init__(
        self,
        entries: Mapping[str, Entry],
        languages: Sequence[str] = ("en", "nl"),
        book: PhraseBook | None = None,
    ) -> None:
        book = book or PhraseBook(languages)
        self._single: dict[str, Matcher] = {}
        self.names = tuple(entries)
        self.entries = entries
        self._owner = {name: owner for owner, name in enumerate(self.names)}
        wordings = (
            (owner, language, phrase)
            for owner, name in enumerate(self.names)
            for language in languages
            for phrase in getattr(entries[name], language)
        )
        self.matcher = book.matcher("concepts", wordings)
        self.rows_under: dict[str, set[str]] = {}
        for name, entry in entries.items():
            for head in entry.rows_under:
                self.rows_under.setdefault(head, set()).add(name)
        self._heads = {_folded(h): name for name, entry in entries.items() for h in entry.heads}
        self._facet_of = [entries[name].facet for name in self.names]
        self._wider = {name: _closure(name, entries) for name in self.names}
        self.apart = frozenset(n for n, e in entries.items() if e.apart or e.group == SUBJECT)
        self.excluding = {n: frozenset(e.excludes) for n, e in entries.items() if e.excludes}
        self._narrower: dict[str, set[str]] = {}
        for name, wider in self._wider.items():
            for broad in wider:
                self._narrower.setdefault(broad, set()).add(name)
        self.facets: dict[str, str] = {n: f for n, e in entries.items() if (f := e.facet)}

    def find(
        self, tokens: Sequence[Token], language: str | None = None, overlaps: bool = False
    ) -> list[Found]:
        """Return the concepts named; a longer match hides the shorter ones that it overlaps.

        Values of one facet hide one another, but neither those of another facet nor other
        concepts: "first year fee", "below the national average" name two things each. With a
        `language`, only its words count. With `overlaps`, as in the sentences of a page, matches
        that overlap in part both count.
        """
        return self.named_by(self.matcher.find(tokens, language), overlaps)

    def named_by(self, hits: Iterable[Hit], overlaps: bool = False) -> list[Found]:
        """Return the concepts that hits of the matcher name, as `find` does."""
        layers: dict[str | None, list[Hit]] = {}
        for hit in hits:
            layers.setdefault(self._facet_of[hit.owner], []).append(hit)
        kept = [hit for layer in layers.values() for hit in self._longest(layer, overlaps)]
        kept.sort(key=lambda h: (h.start, h.end, h.owner))
        return [Found(self.names[h.owner], h.start, h.end, h.used) for h in kept]

    @staticmethod
    def _longest(hits: list[Hit], overlaps: bool) -> list[Hit]:
        """Return the hits that no longer one hides: by overlapping it, or only by holding all of it."""
        sets = [(hit, frozenset(hit.used)) for hit in hits]
        if overlaps:
            return [hit for hit, used in sets if not any(used < other for _, other in sets)]
        kept: list[tuple[Hit, frozenset[int]]] = []
        for hit, used in sorted(
            sets, key=lambda s: (-len(s[1]), s[0].end - s[0].start, s[0].start, s[0].owner)
        ):
            # Two concepts may share exactly the same words.
            if all(used == other or used.isdisjoint(other) for _, other in kept):
                kept.append((hit, used))
        return [hit for hit, _ in kept]

    def in_head(self, head: str) -> frozenset[str]:
        """Return the concepts that parts of a row's or column's head name: `International, full-time`.

        Where a clause's words name a value already, its parts name no other one: `Non-EU/EEA` is not
        `EEA`, but `EU and UK` are two.
        """
        if not self._may_name(head):
            return frozenset()
        tokens = tokenise(head)
        used = {i: self.facet(f.concept) for f in self.find(tokens) for i in f.used}
        named = set()
        for stretch in _parts(head, tokens, _STRETCH):
            # "Rest of the world" is one name, though `of` may part two.
            words = tuple(tokens[i].fold for i in stretch if not _YEAR.fullmatch(tokens[i].fold))
            whole = self._heads.get(words) if len(words) > MOST_IN_PART else None
            if whole is not None and not any(i in used and used[i] == self.facet(whole) for i in stretch):
                named.add(whole)
        for clause in _parts(head, tokens, _CLAUSE):
            told = {used[i] for i in clause if i in used} - {None}
            for part in _parts(head, tokens, _PART):
                # The year of "September 2026" does not change what it heads.
                words = tuple(tokens[i].fold for i in part if not _YEAR.fullmatch(tokens[i].fold))
                concept = self._heads.get(words)
                if concept is not None and part[0] in clause and self.facet(concept) not in told:
                    named.add(concept)
        return frozenset(named)

    def _may_name(self, head: str) -> bool:
        """Whether some part of a head is worth reading closely."""
        parts = (
            tuple(w for w in _folded(p) if not _YEAR.fullmatch(w))
            for marks in (_PART, _STRETCH)
            for p in marks.split(head)
        )
        return any(p in self._heads for p in parts)

    def spots(self, tokens: Sequence[Token], concept: str) -> list[Hit]:
        """Return where one concept is named, whatever else the words may name."""
        matcher = self._single.get(concept)
        if matcher is None:
            matcher = self._single[concept] = self.matcher.of(self._owner.get(concept, -1))
        return matcher.find(tokens)

    def wider(self, concept: str) -> frozenset[str]:
        """Return the concept and all broader ones."""
        return self._wider.get(concept, frozenset({concept}))

    def narrower(self, concept: str) -> Set[str]:
        """Return the concept and all that are a kind of it."""
        return self._narrower.get(concept, frozenset({concept}))

    def widened(self, concepts: Iterable[str]) -> frozenset[str]:
        """Return the concepts and all broader ones."""
        return frozenset(w for c in concepts for w in self.wider(c))

    def facet(self, concept: str) -> str | None:
        """Return the facet of which the concept is a value, if it is one."""
        return self.facets.get(concept)


def _parts(head: str, tokens: Sequence[Token], marks: re.Pattern[str]) -> list[tuple[int, ...]]:
    """Return the positions of the words between the marks in a head."""
    cuts = [m.span() for m in marks.finditer(head)]
    groups: dict[int, list[int]] = {}
    for i, token in enumerate(tokens):
        if not any(start <= token.start < end for start, end in cuts):
            groups.setdefault(sum(start < token.start for start, _ in cuts), []).append(i)
    return [tuple(g) for g in groups.values()]


def _folded(text: str) -> tuple[str, ...]:
    return tuple(t.fold for t in tokenise(text))


def _closure(name: str, entries: Mapping[str, Entry]) -> frozenset[str]:
    seen: set[str] = set()
    todo = [name]
    while todo:
        current = todo.pop()
        if current not in seen:
            seen.add(current)
            if current in entries:
                todo.extend(entries[current].broader)
    return frozenset(seen)
