"""Find programmes, institutions and specialisations by the names that people use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from rapidfuzz.distance import OSA

from advisor.records.document import Document
from advisor.records.passage import Specialisation
from advisor.text.lexicon import Found, Lexicon
from advisor.text.normalise import fold
from advisor.text.tokens import Token, tokenise

SHORTEST_PREFIX = 3
SHORTEST_FUZZY = 5


@dataclass(slots=True)
class _Name:
    document: str
    title: tuple[str, ...]
    place: frozenset[str]
    aliases: tuple[tuple[str, ...], ...]
    concepts: frozenset[str]
    countries: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mention:
    """Programmes named in an utterance, the tokens that name them, and what names no page."""

    documents: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()
    foreign: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


@dataclass(slots=True)
class _Votes:
    """How the tokens of an utterance speak for documents."""

    place: dict[str, set[int]] = field(default_factory=dict)
    title: dict[str, set[int]] = field(default_factory=dict)


class Names:
    """An index of the names of programmes: no question scans them all."""

    def __init__(
        self,
        documents: Sequence[Document],
        lexicon: Lexicon,
        generic: Iterable[str],
        small: Iterable[str],
        suffixes: Iterable[str] = (),
        origins: Iterable[str] = (),
        joiners: Iterable[str] = (),
        knows: Callable[[str], bool] = lambda word: False,
    ) -> None:
        self.lexicon = lexicon
        self.generic = frozenset(fold(w) for w in generic)
        self.small = frozenset(small)
        self.suffixes = tuple(suffixes)
        self.origins = frozenset(origins)
        self.joiners = frozenset(joiners)
        self._knows = knows
        self.order = {d.id: i for i, d in enumerate(documents)}
        self.names = {d.id: self._name(d) for d in documents}
        self.places: dict[str, set[str]] = {}
        self.titles: dict[str, set[str]] = {}
        self.concepts: dict[str, set[str]] = {}
        self.initials: dict[str, set[str]] = {}
        for name in self.names.values():
            for word in name.place:
                self.places.setdefault(word, set()).add(name.document)
            for words in (name.title, *name.aliases):
                for word in words:
                    self.titles.setdefault(word, set()).add(name.document)
                if len(words) > 1:
                    self.titles.setdefault("".join(words), set()).add(name.document)
            if len(name.title) > 1:
                short = "".join(w[0] for w in name.title)
                self.initials.setdefault(short, set()).add(name.document)
            for concept in (*name.concepts, *name.countries):
                self.concepts.setdefault(concept, set()).add(name.document)
        self._prefixes = _prefixes(self.titles)
        self._place_prefixes = _prefixes(self.places)
        self._by_length: dict[int, list[str]] = {}
        for word in {*self.places, *self.titles}:
            self._by_length.setdefault(len(word), []).append(word)
        self._near = lru_cache(maxsize=4096)(self._nearest)

    def _name(self, document: Document) -> _Name:
        provenance = document.provenance
        title_tokens = tokenise(provenance.title)
        institution = tokenise(provenance.institution or "")
        place = {t.fold for t in institution} - self.generic - self.small
        concepts: set[str] = set()
        sources = (provenance.title, provenance.institution or "", *provenance.aliases)
        for text in sources:
            concepts |= {f.concept for f in self.lexicon.find(tokenise(text)) if self._group(f.concept)}
        for concept in list(concepts):
            entry = self.lexicon.entries.get(concept)
            if entry is not None and self._group(concept) == "place":
                words = {t.fold for text in (*entry.en, *entry.nl) if "(" not in text for t in tokenise(text)}
                place |= {w for w in words if w not in self.generic and w not in self.small and len(w) > 2}
        countries = {w for c in concepts if (w := getattr(self.lexicon.entries.get(c), "within", None))}
        title = tuple(
            t.fold for t in title_tokens if t.fold not in self.generic | self.small and t.fold not in place
        )
        if not title:
            title = tuple(t.fold for t in title_tokens if t.fold not in self.small and t.fold not in place)
        aliases = []
        for alias in provenance.aliases:
            spoken = tuple(t.fold for t in tokenise(alias) if t.fold not in self.small)
            rest = tuple(w for w in spoken if w not in self.generic and w not in title)
            if len(spoken) == 1 or (rest and len(rest) == 1 and rest[0] in place):
                place |= set(rest or spoken)
            elif rest:
                aliases.append(spoken)
        subjects = frozenset(c for c in concepts)
        return _Name(document.id, title, frozenset(place), tuple(aliases), subjects, frozenset(countries))

    def _group(self, concept: str) -> str | None:
        return getattr(self.lexicon.entries.get(concept), "group", None)

    # -- programmes -----------------------------------------------------------------------

    def find(self, tokens: Sequence[Token], found: Sequence[Found]) -> Mention:
        """Return the programmes that the tokens name."""
        votes = _Votes()
        used: set[int] = set()
        unknown: list[tuple[Found, str]] = []
        for item in found:
            group = self._group(item.concept)
            if group in {"subject", "place", "country"}:
                having = self.concepts.get(item.concept, set())
                table = votes.title if group == "subject" else votes.place
                for document in having:
                    table.setdefault(document, set()).update(item.used)
                if not having and group != "country" and not self._is_origin(tokens, item):
                    unknown.append((item, group))
        for i, token in enumerate(tokens):
            for document in self._places_of(token):
                votes.place.setdefault(document, set()).add(i)
        self._titles(tokens, votes)
        documents = self._decide(votes)
        strangers = tuple(f.concept for f, g in unknown if self._is_foreign(tokens, f, g, votes, documents))
        if strangers:
            documents = ()
        for document in documents:
            used |= votes.place.get(document, set()) | votes.title.get(document, set())
        return Mention(documents, frozenset(used), strangers)

    def _is_origin(self, tokens: Sequence[Token], item: Found) -> bool:
        """Whether a place is where somebody comes from, not where they want to study."""
        return any(t.fold in self.origins for t in tokens[max(0, item.start - 2) : item.start])

    def _is_foreign(
        self, tokens: Sequence[Token], item: Found, group: str, votes: _Votes, documents: Sequence[str]
    ) -> bool:
        """Whether a place or subject that no page has is what the question is about."""
        if not documents:
            return True
        if group == "place":
            return not votes.place
        after = tokens[item.end].fold if item.end < len(tokens) else ""
        named = {i for spots in votes.place.values() for i in spots}
        return not votes.title and after in self.joiners and bool({item.end + 1, item.end + 2} & named)

    def _places_of(self, token: Token) -> set[str]:
        word = token.fold
        if word in self.places:
            return self.places[word]
        if word in self.small or len(word) < 4:
            return set()
        for suffix in self.suffixes:
            base = word[: -len(suffix)]
            if word.endswith(suffix) and len(base) >= 4:
                if base in self.places:
                    return self.places[base]
                longer = [
                    w
                    for w in self._place_prefixes.get(base[:3], ())
                    if w.startswith(base) and len(w) - len(base) <= 2
                ]
                if longer:
                    return set().union(*(self.places[w] for w in longer))
        near = self._near(word)
        return self.places.get(near, set()) if near else set()

    def _titles(self, tokens: Sequence[Token], votes: _Votes) -> None:
        hits: dict[str, dict[str, set[int]]] = {}
        for i, token in enumerate(tokens):
            for word in self._title_words(token):
                for document in self.titles[word]:
                    hits.setdefault(document, {}).setdefault(word, set()).add(i)
            if token.text.isupper() or len(tokens) <= 3:
                for document in self.initials.get(token.fold, ()):
                    votes.title.setdefault(document, set()).add(i)
        for i in range(len(tokens) - 1):
            joined = tokens[i].fold + tokens[i + 1].fold
            for document in self.titles.get(joined, ()):
                hits.setdefault(document, {}).setdefault(joined, set()).update({i, i + 1})
        for document, words in hits.items():
            name = self.names[document]
            spots = {i for s in words.values() for i in s}
            if self._is_named(name, words, tokens):
                votes.title.setdefault(document, set()).update(spots)

    def _title_words(self, token: Token) -> list[str]:
        word = token.fold
        if word in self.titles:
            return [word]
        if word in self.small or len(word) < SHORTEST_PREFIX or not word.isalpha():
            return []
        # A clipped word: physio, eng, lit. A known word of the lexicon is not a clipping.
        clipped = [
            w for w in self._prefixes.get(word[:3], ()) if w.startswith(word) and len(w) > len(word) + 1
        ]
        if clipped:
            return clipped
        near = self._near(word)
        return [near] if near and near in self.titles else []

    def _is_named(self, name: _Name, words: Mapping[str, set[int]], tokens: Sequence[Token]) -> bool:
        """Whether the words found are enough of the title."""
        for whole in name.aliases:
            if "".join(whole) in words or (len(whole) > 1 and all(w in words for w in whole)):
                return True
        for whole in (name.title,):
            if "".join(whole) in words:
                return True
            matched = [w for w in whole if w in words]
            if not matched:
                continue
            if len(whole) == 1:
                spots = words[whole[0]]
                return any(len(tokens[i].fold) >= 4 or tokens[i].fold == whole[0] for i in spots)
            if len(matched) >= 2 and len(matched) * 2 >= min(len(whole), 4):
                return True
            if (
                len(matched) == 1
                and self._is_telling(matched[0], name)
                and any(len(tokens[i].fold) >= 5 for i in words[matched[0]])
            ):
                return True
        return False

    def _is_telling(self, word: str, name: _Name) -> bool:
        """Whether a single word of a title stands for it: no other page has it, no concept uses it."""
        if len(self.titles.get(word, ())) > 1:
            return False
        concepts = {f.concept for f in self.lexicon.find(tokenise(word))}
        return all(self._group(c) for c in concepts)

    def _decide(self, votes: _Votes) -> tuple[str, ...]:
        placed, titled = set(votes.place), set(votes.title)
        if titled and placed:
            both = titled & placed
            if both:
                # Each place named by other words than those of the pages at both is a further wish.
                covered = {i for d in both for i in votes.place[d] | votes.title[d]}
                further = {
                    d for d in placed | titled
                    if (votes.place.get(d, set()) | votes.title.get(d, set())) - covered
                }  # fmt: skip
                chosen = both | {d for d in further if d not in both}
            else:
                chosen = placed | titled
        else:
            chosen = placed | titled
        if titled and not placed & titled:
            best = max((len(votes.title[d]) for d in titled), default=0)
            weak = {d for d in titled if any(votes.title[d] < votes.title[o] for o in titled)}
            chosen -= weak if best > 1 else set()
        return tuple(sorted(chosen, key=lambda d: (self._first(votes, d), self.order[d])))

    @staticmethod
    def _first(votes: _Votes, document: str) -> int:
        return min(votes.place.get(document, set()) | votes.title.get(document, set()))

    def _nearest(self, word: str) -> str | None:
        """Return the name one slip away from a word, if there is exactly one."""
        if len(word) < SHORTEST_FUZZY or word in self.generic or not word.isalpha() or self._knows(word):
            return None
        near = {
            other
            for size in (len(word) - 1, len(word), len(word) + 1)
            for other in self._by_length.get(size, ())
            if other[0] == word[0]
            and len(other) >= SHORTEST_FUZZY
            and OSA.distance(word, other, score_cutoff=1) <= 1
        }
        return near.pop() if len(near) == 1 else None


def _prefixes(words: Iterable[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in sorted(words):
        table.setdefault(word[:3], []).append(word)
    return table


class SpecialisationNames:
    """Finds the specialisations that an utterance names."""

    def __init__(self, names: Mapping[str, Sequence[str]], lexicon: Lexicon, cue: str) -> None:
        self.lexicon = lexicon
        self.cue = cue
        self.entries: dict[tuple[str, ...], list[Specialisation]] = {}
        self.firsts: dict[str, list[tuple[str, ...]]] = {}
        for document, own in names.items():
            for name in own:
                tokens = tokenise(name)
                words = tuple(t.stems[0] for t in tokens)
                if words:
                    self.entries.setdefault(words, []).append(Specialisation(document, name))
                    if words not in self.firsts.setdefault(words[0], []):
                        self.firsts[words[0]].append(words)

    def find(
        self,
        tokens: Sequence[Token],
        found: Sequence[Found],
        allowed: frozenset[str] | None,
        named: frozenset[int] = frozenset(),
        is_sure: bool = False,
    ) -> tuple[tuple[Specialisation, ...], frozenset[int]]:
        """Return the specialisations named and the tokens that name them.

        A name that is an ordinary word counts when a word for specialisations stands beside
        it, when it is capitalised within the sentence, when several names stand together,
        right before a programme's name (`named`: "education in ..."), or when `is_sure`
        (the message is about nothing else).
        """
        cues = {i for f in found if f.concept == self.cue for i in f.used}
        hits: list[tuple[int, int, Specialisation, bool]] = []
        for i, token in enumerate(tokens):
            for words in self.firsts.get(token.stems[0], ()):
                end = i + len(words)
                if tuple(t.stems[0] for t in tokens[i:end]) != words:
                    continue
                is_named = (
                    is_sure
                    or len(words) > 1
                    or bool(cues & {i - 1, end, end + 1, i - 2})
                    or (i > 0 and token.text[0].isupper() and not tokens[i - 1].text[0].isupper())
                    or (i == 0 and len(tokens) > 1 and token.text[0].isupper() and end in cues)
                    or bool(named & {end, end + 1})
                    or (
                        end == len(tokens)
                        and any(self.lexicon.facet(f.concept) == "study-year" for f in found)
                    )
                )
                for entry in self.entries[words]:
                    if allowed is None or entry.document in allowed:
                        hits.append((i, end, entry, is_named))
        documents = {h[2].document for h in hits}
        kept: list[tuple[int, int, Specialisation]] = []
        for document in documents:
            own = [h for h in hits if h[2].document == document]
            are_listed = len({h[2].name for h in own}) > 1
            for start, end, entry, is_named in own:
                inside = any(o[0] <= start and end <= o[1] and (o[1] - o[0]) > (end - start) for o in own)
                if (is_named or are_listed) and not inside:
                    kept.append((start, end, entry))
        kept.sort(key=lambda h: (h[0], h[2].document))
        used = frozenset(i for start, end, _ in kept for i in range(start, end))
        return tuple(dict.fromkeys(h[2] for h in kept)), used
