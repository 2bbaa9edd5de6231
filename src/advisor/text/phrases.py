"""Match wordings that editors write against tokens.

Grammar of a phrase (lower case, words apart by spaces):

    word            any inflection of the word (same stem, accents ignored)
    =word           this form only
    word* *word*    begins with, ends with, holds
    (a|b c)         alternatives; `(a)?` may be left out
    ..              up to three words in between, beside those that may be passed over
    #               a number

A phrase is kept as a tree and never multiplied out: editors write brackets freely. It is
looked up by the part of it that fewest other phrases have.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple, TypeAlias

from advisor.shelf import pack, unpack
from advisor.text.normalise import fold
from advisor.text.tokens import Token, stems

GAP = ".."
NUMBER = "#"
LONGEST_GAP = 3
_PIECE = re.compile(r"\(|\)\?|\)|\||\.\.|#|[^\s()|]+")
_INSIDE_WORD = re.compile(r"[-‐‑/&,.:;!?'’]+")

# An element is a key, a set of keys of which a token must have one, or alternatives (a tuple of
# sequences); a sequence is a tuple of elements.
Element: TypeAlias = "str | frozenset[str] | Alternatives"
Sequence_ = tuple[Element, ...]
Alternatives = tuple[Sequence_, ...]


# Where a match has come to, and the positions that it used.
_State = tuple[int, tuple[int, ...]]


class PhraseError(ValueError):
    """A phrase that does not follow the grammar."""


class Hit(NamedTuple):
    """An owner's phrase found at `tokens[start:end]`; `used` are the positions that it matched."""

    owner: int
    start: int
    end: int
    used: tuple[int, ...]


def parse(phrase: str, language: int) -> Sequence_:
    """Return the tree of a phrase; raises PhraseError when it does not follow the grammar."""
    pieces = _PIECE.findall(phrase)
    branches, rest = _branches(pieces, 0, language, phrase)
    if rest != len(pieces):
        raise PhraseError(f"a bracket is closed that was not opened: {phrase!r}")
    sequence = _either(branches)
    while sequence and sequence[0] == GAP:
        sequence = sequence[1:]
    while sequence and sequence[-1] == GAP:
        sequence = sequence[:-1]
    if not _necessary(sequence):
        raise PhraseError(f"nothing that must stand there: {phrase!r}")
    return sequence


def _branches(pieces: Sequence[str], at: int, language: int, phrase: str) -> tuple[list[Sequence_], int]:
    done: list[Sequence_] = []
    current: list[Element] = []
    while at < len(pieces) and pieces[at] not in {")", ")?"}:
        piece = pieces[at]
        if piece == "(":
            inner, at = _branches(pieces, at + 1, language, phrase)
            if at >= len(pieces):
                raise PhraseError(f"a bracket is not closed: {phrase!r}")
            if pieces[at] == ")?":
                inner = [*inner, ()]
            current += _either(inner)
        elif piece == "|":
            done.append(tuple(current))
            current = []
        elif piece in {GAP, NUMBER}:
            current.append(piece)
        else:
            current += _keys(piece, language, phrase)
        at += 1
    return [*done, tuple(current)], at


def _either(branches: list[Sequence_]) -> Sequence_:
    """Return what matches any of the branches; those of a single key become one set of keys."""
    if len(branches) == 1:
        return branches[0]
    single = frozenset(b[0] for b in branches if len(b) == 1 and isinstance(b[0], str) and b[0] != GAP)
    longer = tuple(b for b in branches if not (len(b) == 1 and b[0] in single))
    if not longer:
        return (single,)
    return ((((single,), *longer) if single else longer),)


def _keys(piece: str, language: int, phrase: str) -> list[str]:
    if piece.startswith("="):
        return ["=" + fold(piece[1:])]
    parts = [p for p in _INSIDE_WORD.split(piece.replace("'", "").replace("’", "")) if p]
    keys = []
    for part in parts:
        if "*" in part:
            if len(part.strip("*")) < 3:
                raise PhraseError(f"at least three letters beside the star: {phrase!r}")
            keys.append(fold(part))
        else:
            keys.append(f"{language}{stems(fold(part))[language]}")
    if not keys:
        raise PhraseError(f"no word in {piece!r}: {phrase!r}")
    return keys


def _necessary(sequence: Sequence_, cost: Callable[[frozenset[str]], int] = len) -> list[frozenset[str]]:
    """Return sets of keys; of each, at least one must stand in what the sequence matches.

    Of what a branch needs, the set of the least cost stands for it.
    """
    groups = []
    for element in sequence:
        if element == GAP:
            continue
        if not isinstance(element, tuple):
            groups.append(frozenset({element}) if isinstance(element, str) else element)
            continue
        firsts: set[str] = set()
        for branch in element:
            inner = _necessary(branch, cost)
            if not inner:
                break
            cheapest = min(inner, key=cost)
            firsts |= cheapest
        else:
            groups.append(frozenset(firsts))
    return groups


class Phrase(NamedTuple):
    """A compiled phrase: its tree, sets of keys of each of which one must be there, first keys, patterns."""

    tree: Sequence_
    groups: tuple[frozenset[str], ...]
    starts: frozenset[str]
    patterns: tuple[str, ...]


def compile_phrase(phrase: str, language: int) -> Phrase:
    """Return a phrase ready to match; raises PhraseError when it does not follow the grammar."""
    tree = parse(phrase, language)
    patterns = tuple(sorted({key for key in _all_keys(tree) if "*" in key}))
    return Phrase(tree, tuple(_necessary(tree)), frozenset(_starts(tree)), patterns)


def _starts(sequence: Sequence_) -> set[str]:
    """Return the keys that may stand first; a leading gap does not count."""
    found: set[str] = set()
    for element in sequence:
        if element == GAP:
            continue
        if not isinstance(element, tuple):
            return found.union({element} if isinstance(element, str) else element)
        for branch in element:
            found |= _starts(branch)
        if all(element):
            return found
    return found


# The numbers of the phrases by a key of the set that fewest phrases have; where these are many, by a
# key of the next such set as well.
Index = dict[str, "list[int] | dict[str, list[int]]"]
MANY = 6

MOST_KNOWN = 20_000  # words whose keys a matcher remembers


class Matcher:
    """Many phrases of several owners, found in one pass over the tokens."""

    def __init__(self, languages: Sequence[str] = ("en", "nl")) -> None:
        self.languages = tuple(languages)
        self._owners: list[int] = []
        self._spoken: list[str] = []
        self._phrases: list[Phrase | bytes] = []
        self._index: Index | None = None
        self._wild: dict[str, list[str]] = {}
        self._keys: dict[str, frozenset[str]] = {}

    def add(self, owner: int, language: str, phrase: str) -> None:
        """Add a phrase; raises PhraseError when it does not follow the grammar."""
        self.take(owner, language, compile_phrase(phrase, self.languages.index(language)))

    def take(self, owner: int, language: str, phrase: Phrase) -> None:
        """Add a phrase that is compiled already."""
        self._owners.append(owner)
        self._spoken.append(language)
        self._phrases.append(phrase)
        self._index = None
        self._keys.clear()

    def of(self, owner: int) -> "Matcher":
        """Return a matcher with the phrases of one owner only."""
        own = Matcher(self.languages)
        for number, other in enumerate(self._owners):
            if other == owner:
                own.take(owner, self._spoken[number], self._phrase(number))
        return own

    def dump(self) -> dict[str, Any]:
        """Return the matcher as plain data; each phrase is packed, for most are never looked at."""
        index = self._index if self._index is not None else self._build()
        phrases = [pack(tuple(self._phrase(n))) for n in range(len(self._phrases))]
        return {
            "languages": self.languages, "owners": self._owners, "spoken": self._spoken,
            "phrases": phrases, "index": index, "wild": self._wild,
        }  # fmt: skip

    @classmethod
    def restore(cls, data: Mapping[str, Any]) -> "Matcher":
        """Return the matcher that `dump` gave."""
        matcher = cls(data["languages"])
        matcher._owners, matcher._spoken, matcher._phrases = data["owners"], data["spoken"], data["phrases"]
        matcher._index, matcher._wild = data["index"], data["wild"]
        return matcher

    def _phrase(self, number: int) -> Phrase:
        phrase = self._phrases[number]
        if isinstance(phrase, bytes):
            phrase = self._phrases[number] = Phrase(*unpack(phrase))
        return phrase

    def _build(self) -> Index:
        phrases = [self._phrase(number) for number in range(len(self._phrases))]
        counts = Counter(key for phrase in phrases for key in set(_all_keys(phrase.tree)))

        def common(group: frozenset[str]) -> int:
            return sum(map(counts.__getitem__, group))

        phrases = [p._replace(groups=tuple(sorted(_necessary(p.tree, common), key=common))) for p in phrases]
        self._phrases = list(phrases)
        index: Index = {}
        wild: dict[str, list[str]] = {}
        rarest = [phrase.groups[:2] for phrase in phrases]
        by_key: dict[str, list[int]] = {}
        for number, groups in enumerate(rarest):
            for key in groups[0]:
                by_key.setdefault(key, []).append(number)
        for key, numbers in by_key.items():
            index[key] = numbers if len(numbers) <= MANY else _parted(numbers, rarest)
        for key in sorted({pattern for phrase in phrases for pattern in phrase.patterns}):
            wild.setdefault(_bucket(key), []).append(key)
        self._index, self._wild = index, wild
        return index

    def keys(self, token: Token) -> frozenset[str]:
        """Return the phrase elements that a token satisfies."""
        known = self._keys.get(token.text)
        if known is not None:
            return known
        if self._index is None:
            self._build()
        word = token.fold
        buckets = (word[:3] + "*", "*" + word[-3:], "*")
        matching = (k for b in buckets for k in self._wild.get(b, ()) if _fits(k, word))
        plain = ["=" + word, *(f"{i}{s}" for i, s in enumerate(token.stems))]
        keys = frozenset([*plain, *matching, NUMBER] if token.is_number else [*plain, *matching])
        if len(self._keys) < MOST_KNOWN:
            self._keys[token.text] = keys
        return keys

    def find(
        self,
        tokens: Sequence[Token],
        language: str | None = None,
        extra: Mapping[int, frozenset[str]] | None = None,
        passed: frozenset[int] = frozenset(),
    ) -> list[Hit]:
        """Return every phrase found, at every place; of one owner and place, the fullest match.

        With a `language`, only phrases of that language count. `extra` are keys that the tokens
        at some positions satisfy beside their own: a name stands for "it" or "the programme".
        Positions `passed` may stand between the words of a phrase that does not name them.
        """
        keys = [self.keys(t) for t in tokens]
        if extra:
            keys = [own | extra.get(i, frozenset()) for i, own in enumerate(keys)]
        present = set().union(*keys)
        phrases = self._phrases
        hits: dict[tuple[int, int, int], Hit] = {}
        for number in sorted(self._candidates(present)):  # of two alike, the one written first counts
            if language is not None and self._spoken[number] != language:
                continue
            phrase = phrases[number]
            if isinstance(phrase, bytes):
                phrase = self._phrase(number)
            if not any(map(present.isdisjoint, phrase.groups)):
                self._try(self._owners[number], phrase, keys, hits, passed)
        return sorted(hits.values())

    def _candidates(self, present: set[str]) -> set[int]:
        """Return the phrases of whose two rarest sets of keys there is one each."""
        index = self._index if self._index is not None else self._build()
        found: set[int] = set()
        for key in index.keys() & present:
            numbers = index[key]
            if isinstance(numbers, list):
                found.update(numbers)
            else:
                for other in numbers.keys() & present:
                    found.update(numbers[other])
        return found

    @staticmethod
    def _try(
        owner: int,
        phrase: Phrase,
        keys: Sequence[frozenset[str]],
        hits: dict[tuple[int, int, int], Hit],
        passed: frozenset[int],
    ) -> None:
        starts = phrase.starts
        for start in range(len(keys)):
            if starts.isdisjoint(keys[start]):
                continue
            for end, used in _match(phrase.tree, keys, [(start, ())], passed):
                if not used or used[0] != start:
                    continue
                place = (owner, start, end)
                if place not in hits or len(used) > len(hits[place].used):
                    hits[place] = Hit(owner, start, end, used)


def _parted(numbers: Sequence[int], rarest: Sequence[Sequence[frozenset[str]]]) -> dict[str, list[int]]:
    parted: dict[str, list[int]] = {}
    for number in numbers:
        for key in rarest[number][-1]:
            parted.setdefault(key, []).append(number)
    return parted


def _match(
    sequence: Sequence_, keys: Sequence[frozenset[str]], states: Sequence[_State], passed: frozenset[int]
) -> Sequence[_State]:
    """Return where each way that a sequence matches ends, going on from any of the states, in their order."""
    for element in sequence:
        if isinstance(element, tuple):
            states = [
                end
                for state in states
                for branch in element
                for end in (_match(branch, keys, (state,), passed) if branch else (state,))
            ]
        elif element == GAP:
            states = [(here, used) for at, used in states for here in _after_gap(at, len(keys), passed)]
        else:
            states = _step(element, keys, states, passed)
        if not states:
            return ()
    return states


def _step(
    element: str | frozenset[str],
    keys: Sequence[frozenset[str]],
    states: Sequence[_State],
    passed: frozenset[int],
) -> list[_State]:
    """Return the states behind a token that satisfies the element: the next, or behind those passed over."""
    found = []
    for at, used in states:
        while at < len(keys):
            if element in keys[at] if isinstance(element, str) else not element.isdisjoint(keys[at]):
                found.append((at + 1, (*used, at)))
            if at not in passed:
                break
            at += 1
    return found


def _after_gap(at: int, end: int, passed: frozenset[int]) -> Iterable[int]:
    """Return where a gap that begins at `at` may end; positions passed over do not lengthen it."""
    yield at
    length = 0
    for here in range(at, end):
        length += here not in passed
        if length > LONGEST_GAP:
            return
        yield here + 1


def _all_keys(sequence: Sequence_) -> Iterable[str]:
    for element in sequence:
        if isinstance(element, str):
            yield element
        elif isinstance(element, frozenset):
            yield from element
        else:
            for branch in element:
                yield from _all_keys(branch)


def _bucket(pattern: str) -> str:
    """Return the key under which a pattern is kept: its fixed first or last three letters."""
    if pattern[0] != "*":
        return pattern[:3] + "*"
    return "*" if pattern[-1] == "*" else "*" + pattern[-3:]


def _fits(pattern: str, word: str) -> bool:
    core = pattern.strip("*")
    if pattern[0] == "*" and pattern[-1] == "*":
        return core in word
    return word.endswith(core) if pattern[0] == "*" else word.startswith(core)
