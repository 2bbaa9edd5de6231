"""Find programmes, institutions and specialisations by the names that people use."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from typing import Any

from advisor.records.document import Document
from advisor.records.passage import Specialisation
from advisor.text.lexicon import Found, Lexicon
from advisor.text.normalise import fold
from advisor.text.tokens import Token, tokenise

SHORTEST_PREFIX = 3
SHORTEST_FUZZY = 5
# So many programmes can be put side by side; names that stand for more only narrow.
MOST_NAMED = 4
# A word of institutions' names that stands in more of them than this names none of them.
FEW_INSTITUTIONS = 3
COMMON_SHARE = 0.1
PLACE, TITLE = "@", "="
Spots = dict[int, set[int]]


@dataclass(slots=True)
class _Name:
    """What one page is called."""

    title: tuple[str, ...]
    whole: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    subjects: frozenset[str]
    place: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    areas: frozenset[str]


@dataclass(slots=True)
class _Title:
    """A title that one or more pages share: its telling words, all its words, what else it is called."""

    key: str
    words: tuple[str, ...]
    whole: tuple[str, ...]
    aliases: tuple[tuple[str, ...], ...]
    subjects: frozenset[str]
    documents: set[int] = field(default_factory=set)


@dataclass(slots=True)
class _Place:
    """An institution that one or more pages share: words that name it, whole names, where it is."""

    key: str
    words: frozenset[str]
    phrases: frozenset[tuple[str, ...]]
    areas: frozenset[str]
    documents: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Mention:
    """Programmes named in an utterance, the tokens that name them, and what names no page.

    A name that many programmes share gives no `documents` but `within`: the titles and
    institutions named, as `Names.among` reads them. `whole` are the tokens inside a whole
    title, `and` included, where no question is cut in two.
    """

    documents: tuple[str, ...] = ()
    used: frozenset[int] = frozenset()
    foreign: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    whole: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Votes:
    """How the tokens of an utterance speak for institutions and titles, by their numbers."""

    place: Spots = field(default_factory=dict)
    title: Spots = field(default_factory=dict)


class Names:
    """An index of the names of programmes: by titles and institutions, so that no question scans them all."""

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
        kept: Any = None,
        comparing: Iterable[str] = (),
    ) -> None:
        """Take the pages in order, or what `plain` gave for them."""
        self.lexicon = lexicon
        self.generic = frozenset(fold(w) for w in generic)
        self.small = frozenset(small)
        self.suffixes = tuple(suffixes)
        self.origins = frozenset(origins)
        self.joiners = frozenset(joiners)
        self.comparing = frozenset(comparing)
        self._knows = knows
        if kept is not None:
            self.documents = kept[0]
            self._titles = tuple(_Title(*t) for t in kept[1])
            self._places = tuple(_Place(*p) for p in kept[2])
            self._index()
            return
        self.documents = tuple(d.id for d in documents)
        titles: dict[tuple[object, ...], _Title] = {}
        places: dict[tuple[object, ...], _Place] = {}
        for number, document in enumerate(documents):
            name = self._name(document)
            title_key = (name.title, name.whole, name.aliases, name.subjects)
            title = titles.setdefault(title_key, _Title(f"{TITLE}{len(titles)}", *title_key))
            title.documents.add(number)
            place_key = (name.place, name.phrases, name.areas)
            place = places.setdefault(place_key, _Place(f"{PLACE}{len(places)}", *place_key))
            place.documents.add(number)
        self._titles = tuple(titles.values())
        self._places = tuple(places.values())
        self._index()

    def plain(self) -> tuple[Any, ...]:
        """Return the titles and institutions as plain data."""
        return self.documents, [astuple(t) for t in self._titles], [astuple(p) for p in self._places]

    def _index(self) -> None:
        """Make the tables from words and concepts to titles and institutions."""
        self._of_title: dict[str, set[int]] = {}
        self._of_place: dict[str, set[int]] = {}
        self._of_area: dict[str, set[int]] = {}
        self._of_subject: dict[str, set[int]] = {}
        self._initials: dict[str, set[int]] = {}
        self._wholes: dict[tuple[str, ...], set[int]] = {}
        self._pure: dict[str, set[int]] = {}
        self._phrases: dict[tuple[str, ...], set[int]] = {}
        self._pages_with: dict[str, int] = {}
        self._titles_of = _by_document(self._titles)
        for number, title in enumerate(self._titles):
            words = {w for words in (title.words, *title.aliases) for w in words}
            words |= {"".join(ws) for ws in (title.words, *title.aliases) if len(ws) > 1}
            for word in words:
                self._of_title.setdefault(word, set()).add(number)
                self._pages_with[word] = self._pages_with.get(word, 0) + len(title.documents)
            if len(title.words) > 1:
                self._initials.setdefault("".join(w[0] for w in title.words), set()).add(number)
            for subject in title.subjects:
                self._of_subject.setdefault(subject, set()).add(number)
            for whole in (title.whole, *title.aliases):
                if whole:
                    self._wholes.setdefault(whole, set()).add(number)
            if len(title.subjects) == 1 and self._is_all_of(title):
                self._pure.setdefault(next(iter(title.subjects)), set()).add(number)
        for number, place in enumerate(self._places):
            for word in place.words:
                self._of_place.setdefault(word, set()).add(number)
            for area in place.areas:
                self._of_area.setdefault(area, set()).add(number)
            for phrase in place.phrases:
                self._phrases.setdefault(phrase, set()).add(number)
        most = max(FEW_INSTITUTIONS, COMMON_SHARE * len(self._places))
        self._of_place = {w: found for w, found in self._of_place.items() if len(found) <= most}
        self._sizes: dict[str, list[int]] = {}  # how many words names have, by their first, the most first
        for name in {*self._wholes, *self._phrases}:
            self._sizes.setdefault(name[0], []).append(len(name))
        self._sizes = {first: sorted({*sizes}, reverse=True) for first, sizes in self._sizes.items()}
        self._spoken = {w for words in (*self._wholes, *self._phrases) for w in words}
        self._prefixes = _prefixes(self._of_title)
        self._place_prefixes = _prefixes(self._of_place)
        self._by_shape: dict[tuple[int, str], list[str]] = {}
        for word in {*self._of_place, *self._of_title}:
            self._by_shape.setdefault((len(word), word[:1]), []).append(word)
        self._near = lru_cache(maxsize=4096)(self._nearest)

    def _is_all_of(self, title: _Title) -> bool:
        """Whether a title says nothing but its subject."""
        found = self.lexicon.find(tokenise(" ".join(title.whole)))
        used = {i for f in found if f.concept in title.subjects for i in f.used}
        return len(used) == len(title.whole)

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
        whole = tuple(t.fold for t in title_tokens if t.fold not in self.small)
        title = tuple(w for w in whole if w not in self.generic and w not in place)
        if not title:
            title = tuple(w for w in whole if w not in place)
        aliases = []
        phrases = {tuple(t.fold for t in institution if t.fold not in self.small)}
        for alias in provenance.aliases:
            spoken = tuple(t.fold for t in tokenise(alias) if t.fold not in self.small)
            rest = tuple(w for w in spoken if w not in self.generic and w not in title)
            if len(spoken) == 1 or (rest and len(rest) == 1 and rest[0] in place):
                place |= set(rest or spoken)
                phrases.add(spoken)
            elif rest and set(rest) & place and not set(spoken) & set(title):
                phrases.add(spoken)
            elif rest:
                aliases.append(spoken)
        subjects = frozenset(c for c in concepts if self._group(c) == "subject")
        return _Name(
            title, whole, tuple(aliases), subjects, frozenset(place),
            frozenset(p for p in phrases if p), frozenset((concepts - subjects) | countries),
        )  # fmt: skip

    def _group(self, concept: str) -> str | None:
        return getattr(self.lexicon.entries.get(concept), "group", None)

    # -- programmes -----------------------------------------------------------------------

    def find(self, tokens: Sequence[Token], found: Sequence[Found]) -> Mention:
        """Return the programmes that the tokens name."""
        votes = _Votes()
        unknown: list[tuple[Found, str]] = []
        for item in found:
            group = self._group(item.concept)
            if group in {"subject", "place", "country"}:
                of_concept = self._of_subject if group == "subject" else self._of_area
                having = of_concept.get(item.concept, set())
                table = votes.title if group == "subject" else votes.place
                for number in having:
                    table.setdefault(number, set()).update(item.used)
                if not having and group != "country" and not self._is_origin(tokens, item):
                    unknown.append((item, group))
        for i, token in enumerate(tokens):
            for number in self._places_of(token):
                votes.place.setdefault(number, set()).add(i)
        self._title_votes(tokens, votes)
        said = [self._said(t) for t in tokens]
        votes.place = _unless_covered(votes.place, self._exact(tokens, said, self._phrases, votes.place))
        exact = self._exact(tokens, said, self._wholes)
        covered = {i for spots in exact.values() for i in spots}
        beside = {k: s for k, s in votes.place.items() if s - covered}
        votes.place = beside or votes.place
        inside = frozenset(i for spots in exact.values() for i in range(min(spots) + 1, max(spots) + 1))
        for item in found:
            for number in self._pure.get(item.concept, ()):
                if not set(item.used) & covered or number in exact:
                    exact.setdefault(number, set()).update(item.used)
        documents, spots, within = self._decide(votes, exact)
        is_any = bool(documents or within)
        strangers = tuple(f.concept for f, g in unknown if self._is_foreign(tokens, f, g, votes, is_any))
        if strangers:
            return Mention((), frozenset(), strangers)
        spots = self._with_beside(tokens, documents, set(spots))
        return Mention(tuple(self.documents[d] for d in documents), frozenset(spots), (), within, inside)

    def _with_beside(self, tokens: Sequence[Token], documents: Iterable[int], spots: set[int]) -> set[int]:
        """Add the words of a named title that stand right beside those that named it, if one is named.

        Of `Early Childhood Education and Care` the education is no subject of another page.
        """
        numbers = set(documents)
        titles = self._titles_of.get(min(numbers), ()) if len(numbers) == 1 else ()
        words = {w for title in titles for w in title.whole}
        added = spots
        while added:
            beside = {i for s in spots for i in (s - 1, s + 1)} - spots
            added = {i for i in beside if 0 <= i < len(tokens) and tokens[i].fold in words}
            spots = spots | added
        return spots

    @property
    def are_many(self) -> bool:
        """Whether there are more programmes than can be put side by side."""
        return len(self.documents) > MOST_NAMED

    def among(self, within: Iterable[str]) -> tuple[str, ...]:
        """Return the programmes with one of the titles at one of the institutions, in order."""
        titles, places = self._members(within, TITLE), self._members(within, PLACE)
        chosen = titles & places if titles is not None and places is not None else titles or places or set()
        return tuple(self.documents[n] for n in sorted(chosen))

    def _members(self, within: Iterable[str], kind: str) -> set[int] | None:
        table: Sequence[_Title | _Place] = self._titles if kind == TITLE else self._places
        numbers = [int(w[1:]) for w in within if w.startswith(kind)]
        known = [table[n].documents for n in numbers if n < len(table)]
        return set().union(*known) if numbers else None

    def _is_origin(self, tokens: Sequence[Token], item: Found) -> bool:
        """Whether a place is where somebody comes from, not where they want to study."""
        return any(t.fold in self.origins for t in tokens[max(0, item.start - 2) : item.start])

    def _is_foreign(
        self, tokens: Sequence[Token], item: Found, group: str, votes: _Votes, is_any: bool
    ) -> bool:
        """Whether a place or subject that no page has is what the question is about."""
        if not is_any:
            return True
        if group == "place":
            return not votes.place or self._is_compared(tokens, item, votes)
        end = item.end
        while end < len(tokens) and tokens[end].fold in self.generic - self.joiners:
            # A subject, and the degree in it, before the place.
            end += 1
        after = tokens[end].fold if end < len(tokens) else ""
        named = {i for spots in votes.place.values() for i in spots}
        return not votes.title and after in self.joiners and bool({end + 1, end + 2} & named)

    def _is_compared(self, tokens: Sequence[Token], item: Found, votes: _Votes) -> bool:
        """Whether a place that no page has is named with one that a page has: `here or there`."""
        named = {i for spots in votes.place.values() for i in spots}
        before, after = item.start - 1, item.end
        # "Here cheaper than there": a word may stand between.
        is_after = (
            before > 0 and tokens[before].fold in self.comparing and bool({before - 1, before - 2} & named)
        )
        return is_after or (
            after + 1 < len(tokens) and tokens[after].fold in self.comparing and after + 1 in named
        )

    def _said(self, token: Token) -> str:
        """Return the word of a name that a token stands for: itself, or the one it is a slip of."""
        if token.fold in self._spoken or token.fold in self.small:
            return token.fold
        return self._near(token.fold) or token.fold

    def _exact(
        self,
        tokens: Sequence[Token],
        said: Sequence[str],
        table: Mapping[tuple[str, ...], set[int]],
        only: Spots | None = None,
    ) -> Spots:
        """Return the names of a table that stand whole among the tokens, the longest at each place."""
        places = [i for i, t in enumerate(tokens) if t.fold not in self.small]
        exact: Spots = {}
        here = 0
        while here < len(places):
            sizes = [n for n in self._sizes.get(said[places[here]], ()) if n <= len(places) - here]
            size = next(
                (
                    n
                    for n in sizes
                    if self._named_by(tuple(said[i] for i in places[here : here + n]), table, only)
                ),
                0,
            )
            if size:
                words = tuple(said[i] for i in places[here : here + size])
                for number in self._named_by(words, table, only):
                    exact.setdefault(number, set()).update(places[here : here + size])
            here += size or 1
        return exact

    @staticmethod
    def _named_by(
        words: tuple[str, ...], table: Mapping[tuple[str, ...], set[int]], only: Spots | None
    ) -> set[int]:
        having = table.get(words, set())
        return having if only is None else having & only.keys()

    def _places_of(self, token: Token) -> set[int]:
        word = token.fold
        if word in self._of_place:
            return self._of_place[word]
        if word in self.small or len(word) < 4:
            return set()
        for suffix in self.suffixes:
            base = word[: -len(suffix)]
            if word.endswith(suffix) and len(base) >= 4:
                if base in self._of_place:
                    return self._of_place[base]
                longer = [
                    w
                    for w in self._place_prefixes.get(base[:3], ())
                    if w.startswith(base) and len(w) - len(base) <= 2
                ]
                if longer:
                    return set().union(*(self._of_place[w] for w in longer))
        near = self._near(word)
        return self._of_place.get(near, set()) if near else set()

    def _title_votes(self, tokens: Sequence[Token], votes: _Votes) -> None:
        hits: dict[int, dict[str, set[int]]] = {}
        for i, token in enumerate(tokens):
            for word in self._title_words(token):
                for number in self._of_title[word]:
                    hits.setdefault(number, {}).setdefault(word, set()).add(i)
            if token.text.isupper() or len(tokens) <= 3:
                for number in self._initials.get(token.fold, ()):
                    votes.title.setdefault(number, set()).add(i)
        for i in range(len(tokens) - 1):
            joined = tokens[i].fold + tokens[i + 1].fold
            for number in self._of_title.get(joined, ()):
                hits.setdefault(number, {}).setdefault(joined, set()).update({i, i + 1})
        for number, words in hits.items():
            if self._is_named(self._titles[number], words, tokens):
                spots = {i for s in words.values() for i in s}
                votes.title.setdefault(number, set()).update(spots)

    def _title_words(self, token: Token) -> list[str]:
        word = token.fold
        if word in self._of_title:
            return [word]
        if word in self.small or word in self.generic or len(word) < SHORTEST_PREFIX or not word.isalpha():
            return []
        # A clipped word: physio, eng, lit. A known word of the lexicon is not a clipping.
        clipped = [
            w for w in self._prefixes.get(word[:3], ()) if w.startswith(word) and len(w) > len(word) + 1
        ]
        if clipped:
            return clipped
        near = self._near(word)
        return [near] if near and near in self._of_title else []

    def _is_named(self, title: _Title, words: Mapping[str, set[int]], tokens: Sequence[Token]) -> bool:
        """Whether the words found are enough of the title."""
        for whole in title.aliases:
            if "".join(whole) in words or (len(whole) > 1 and all(w in words for w in whole)):
                return True
        whole = title.words
        if "".join(whole) in words:
            return True
        matched = [w for w in whole if w in words]
        if not matched:
            return False
        if len(whole) == 1:
            return any(len(tokens[i].fold) >= 4 or tokens[i].fold == whole[0] for i in words[whole[0]])
        if len(matched) >= 2 and len(matched) * 2 >= min(len(whole), 4):
            return True
        return (
            len(matched) == 1
            and self._is_telling(matched[0])
            and any(len(tokens[i].fold) >= 5 for i in words[matched[0]])
        )

    def _is_telling(self, word: str) -> bool:
        """Whether a single word of a title stands for it: no other page has it, no concept uses it."""
        if self._pages_with.get(word, 0) > 1:
            return False
        concepts = {f.concept for f in self.lexicon.find(tokenise(word))}
        return all(self._group(c) for c in concepts)

    # -- the choice -----------------------------------------------------------------------

    def _decide(self, votes: _Votes, exact: Spots) -> tuple[list[int], set[int], tuple[str, ...]]:
        """Return the programmes named, the tokens that name them, and what was named if they are many."""
        titled = _unless_covered(votes.title, exact)
        both = self._both(titled, votes.place) or self._both(votes.title, votes.place)
        if both:
            covered = {i for spots in both.values() for i in spots}
            further = self._single({k: s for k, s in titled.items() if s - covered}, self._titles)
            beside = {k: s for k, s in votes.place.items() if s - covered}
            further |= {d: further.get(d, set()) | s for d, s in self._single(beside, self._places).items()}
            if len(further) + len(both) <= MOST_NAMED:
                both = {**further, **both}
            return self._chosen(both, titled, votes.place)
        if len({i for spots in titled.values() for i in spots}) > 1 or not votes.place:
            best = max((len(s) for s in titled.values()), default=0)
            weak = {k for k, s in titled.items() if any(s < o for o in titled.values())}
            titled = {k: s for k, s in titled.items() if best <= 1 or k not in weak}
        chosen = self._single(titled, self._titles)
        placed = self._single(votes.place, self._places)
        if titled and placed and len(self.documents) > MOST_NAMED:
            # No page has the title at that place. A title said in passing gives way to the place.
            whole = {k: s for k, s in titled.items() if k in exact}
            spots = {i for s in (*whole.values(), *votes.place.values()) for i in s}
            within = (*self._keys(self._titles, whole), *self._keys(self._places, votes.place))
            return ([], spots, within) if whole else self._chosen(placed, {}, votes.place)
        return self._chosen({**placed, **chosen}, titled, votes.place)

    @staticmethod
    def _keys(table: Sequence[_Title] | Sequence[_Place], numbers: Iterable[int]) -> list[str]:
        return [table[n].key for n in sorted(numbers)]

    def _chosen(
        self, documents: Spots, titled: Spots, placed: Spots
    ) -> tuple[list[int], set[int], tuple[str, ...]]:
        ranked = sorted(documents, key=lambda d: (min(documents[d]), d))
        spots = {i for d in ranked for i in documents[d]}
        if len(ranked) <= MOST_NAMED:
            return ranked, spots, ()
        within = [
            *self._keys(self._titles, (k for k in titled if self._titles[k].documents & documents.keys())),
            *self._keys(self._places, (k for k in placed if self._places[k].documents & documents.keys())),
        ]
        return [], spots, tuple(within)

    def _both(self, titled: Spots, placed: Spots) -> Spots:
        """Return the programmes of which title and institution are named, of each place the nearest title."""
        found: Spots = {}
        for place, here in placed.items():
            own = self._places[place].documents
            fitting: dict[int, tuple[int, int]] = {}
            spots: Spots = {}
            for number, there in titled.items():
                title = self._titles[number]
                for document in title.documents & own:
                    fitting[document] = (len(there), -len(title.whole))
                    spots[document] = there
            for document, there in spots.items():
                beaten = any(
                    there <= other and fitting[rival] > fitting[document] and rival != document
                    for rival, other in spots.items()
                )
                if not beaten:
                    found[document] = found.get(document, set()) | there | here
        return found

    @staticmethod
    def _single(votes: Spots, table: Sequence[_Title] | Sequence[_Place]) -> Spots:
        """Return the programmes that a name stands for, with the tokens that name each."""
        found: Spots = {}
        for number, spots in votes.items():
            for document in table[number].documents:
                found[document] = found.get(document, set()) | spots
        return found

    def _nearest(self, word: str) -> str | None:
        """Return the name one slip away from a word, if there is exactly one."""
        if len(word) < SHORTEST_FUZZY or word in self.generic or not word.isalpha() or self._knows(word):
            return None
        from rapidfuzz.distance import OSA

        near = {
            other
            for size in (len(word) - 1, len(word), len(word) + 1)
            for other in self._by_shape.get((size, word[0]), ())
            if len(other) >= SHORTEST_FUZZY and OSA.distance(word, other, score_cutoff=1) <= 1
        }
        return near.pop() if len(near) == 1 else None


def _unless_covered(votes: Spots, exact: Spots) -> Spots:
    """Leave out names of which only words of another, whole name were said; keep the whole ones."""
    if not exact:
        return votes
    covered = {i for spots in exact.values() for i in spots}
    kept = {k: s for k, s in votes.items() if k not in exact and s - covered}
    return {**kept, **{k: set(s) for k, s in exact.items()}}


def _prefixes(words: Iterable[str]) -> dict[str, list[str]]:
    table: dict[str, list[str]] = {}
    for word in sorted(words):
        table.setdefault(word[:3], []).append(word)
    return table


class SpecialisationNames:
    """Finds the specialisations that an utterance names."""

    def __init__(
        self,
        names: Mapping[str, Sequence[str]],
        lexicon: Lexicon,
        cue: str,
        same: Sequence[Sequence[str]] = (),
    ) -> None:
        """Take the specialisations of each page; `same` are words of one meaning in several languages."""
        self.lexicon = lexicon
        self.cue = cue
        twins = {fold(word): group for group in same for word in group}
        self.entries: dict[tuple[str, ...], list[Specialisation]] = {}
        self.firsts: dict[str, list[tuple[str, ...]]] = {}
        self.spelled: set[tuple[str, ...]] = set()
        for document, own in names.items():
            for name in own:
                tokens = tokenise(name)
                words = tuple(t.stems[0] for t in tokens)
                if words:
                    self.spelled.add(tuple(t.fold for t in tokens))
                    self.entries.setdefault(words, []).append(Specialisation(document, name))
                    self._keep(words)
                for twin in twins.get(fold(name), ()):
                    other = tuple(t.stems[0] for t in tokenise(twin))
                    if other and other != words:
                        self.entries.setdefault(other, []).append(Specialisation(document, name))
                        self._keep(other)

    def _keep(self, words: tuple[str, ...]) -> None:
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
        right before a programme's name (`named`: "education in ...", but not "will I manage in
        ..."), or when `is_sure` (the message is about nothing else).
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
                    or (bool(named & {end, end + 1}) and tuple(t.fold for t in tokens[i:end]) in self.spelled)
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


def _by_document(titles: Iterable[_Title]) -> dict[int, list[_Title]]:
    """Return the titles of each page."""
    owned: dict[int, list[_Title]] = {}
    for title in titles:
        for document in title.documents:
            owned.setdefault(document, []).append(title)
    return owned
