"""Match wordings that editors write against tokens.

Grammar of a phrase (lower case, words apart by spaces):

    word            any inflection of the word (same stem, accents ignored)
    =word           this form only
    word* *word*    begins with, ends with, holds
    (a|b c)         alternatives; `(a)?` may be left out
    ..              up to three words in between
    #               a number

A phrase is kept as a tree and never multiplied out: editors write brackets freely. It is
looked up by the part of it that fewest other phrases have.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from advisor.text.normalise import fold
from advisor.text.tokens import Token, stems

GAP = ".."
NUMBER = "#"
LONGEST_GAP = 3
_PIECE = re.compile(r"\(|\)\?|\)|\||\.\.|#|[^\s()|]+")
_INSIDE_WORD = re.compile(r"[-‐‑/&,.:;!?'’]+")

# An element is a key (a string) or alternatives (a tuple of sequences); a sequence is a tuple.
Sequence_ = tuple["str | Alternatives", ...]
Alternatives = tuple["tuple[str | Alternatives, ...]", ...]


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
    if len(branches) != 1:
        branches = [(tuple(branches),)]
    sequence = branches[0]
    while sequence and sequence[0] == GAP:
        sequence = sequence[1:]
    while sequence and sequence[-1] == GAP:
        sequence = sequence[:-1]
    if not _necessary(sequence):
        raise PhraseError(f"nothing that must stand there: {phrase!r}")
    return sequence


def _branches(pieces: Sequence[str], at: int, language: int, phrase: str) -> tuple[list[Sequence_], int]:
    done: list[Sequence_] = []
    current: list[str | Alternatives] = []
    while at < len(pieces) and pieces[at] not in {")", ")?"}:
        piece = pieces[at]
        if piece == "(":
            inner, at = _branches(pieces, at + 1, language, phrase)
            if at >= len(pieces):
                raise PhraseError(f"a bracket is not closed: {phrase!r}")
            if pieces[at] == ")?":
                inner = [*inner, ()]
            current.append(tuple(inner))
        elif piece == "|":
            done.append(tuple(current))
            current = []
        elif piece in {GAP, NUMBER}:
            current.append(piece)
        else:
            current += _keys(piece, language, phrase)
        at += 1
    return [*done, tuple(current)], at


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


def _necessary(sequence: Sequence_) -> list[frozenset[str]]:
    """Return sets of keys; of each, at least one must stand in what the sequence matches."""
    groups = []
    for element in sequence:
        if element == GAP:
            continue
        if isinstance(element, str):
            groups.append(frozenset({element}))
            continue
        firsts: set[str] = set()
        for branch in element:
            inner = _necessary(branch)
            if not inner:
                break
            firsts |= min(inner, key=len)
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
        if isinstance(element, str):
            return found | {element}
        for branch in element:
            found |= _starts(branch)
        if all(element):
            return found
    return found


MOST_KNOWN = 20_000  # words whose keys a matcher remembers


class _Owned(NamedTuple):
    owner: int
    language: str
    phrase: Phrase


class Matcher:
    """Many phrases of several owners, found in one pass over the tokens."""

    def __init__(self, languages: Sequence[str] = ("en", "nl")) -> None:
        self._positions = {language: i for i, language in enumerate(languages)}
        self._phrases: list[_Owned] = []
        self._index: dict[str, list[int]] | None = None
        self._wild: dict[str, list[str]] = {}
        self._keys: dict[tuple[str, bool], frozenset[str]] = {}

    def add(self, owner: int, language: str, phrase: str) -> None:
        """Add a phrase; raises PhraseError when it does not follow the grammar."""
        self.take(owner, language, compile_phrase(phrase, self._positions[language]))

    def take(self, owner: int, language: str, phrase: Phrase) -> None:
        """Add a phrase that is compiled already."""
        self._phrases.append(_Owned(owner, language, phrase))
        self._index = None
        self._keys.clear()

    def _build(self) -> dict[str, list[int]]:
        counts: Counter[str] = Counter()
        for owned in self._phrases:
            for group in owned.phrase.groups:
                counts.update(group)
        index: dict[str, list[int]] = {}
        wild: set[str] = set()
        for number, owned in enumerate(self._phrases):
            groups = owned.phrase.groups
            rarest = groups[0]
            if len(groups) > 1:
                rarest = min(groups, key=lambda g: sum(map(counts.__getitem__, g)))
            for key in rarest:
                index.setdefault(key, []).append(number)
            wild.update(owned.phrase.patterns)
        for key in sorted(wild):
            self._wild.setdefault(_bucket(key), []).append(key)
        self._index = index
        return index

    def keys(self, token: Token) -> frozenset[str]:
        """Return the phrase elements that a token satisfies."""
        if self._index is None:
            self._build()
        word = token.fold
        known = self._keys.get((word, token.is_number))
        if known is not None:
            return known
        buckets = (word[:3] + "*", "*" + word[-3:], "*")
        matching = (k for b in buckets for k in self._wild.get(b, ()) if _fits(k, word))
        plain = ["=" + word, *(f"{i}{s}" for i, s in enumerate(token.stems))]
        keys = frozenset([*plain, *matching, NUMBER] if token.is_number else [*plain, *matching])
        if len(self._keys) < MOST_KNOWN:
            self._keys[word, token.is_number] = keys
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
        index = self._index if self._index is not None else self._build()
        keys = [self.keys(t) | (extra or {}).get(i, frozenset()) for i, t in enumerate(tokens)]
        present = frozenset().union(*keys) if keys else frozenset()
        tried: set[int] = set()
        hits: dict[tuple[int, int, int], Hit] = {}
        for key in present:
            for number in index.get(key, ()):
                if number in tried:
                    continue
                tried.add(number)
                owned = self._phrases[number]
                if language is not None and owned.language != language:
                    continue
                if all(not group.isdisjoint(present) for group in owned.phrase.groups):
                    self._try(owned.owner, owned.phrase, keys, hits, passed)
        return sorted(hits.values())

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
            for end, used in _match(phrase.tree, 0, keys, start, passed):
                if not used or used[0] != start:
                    continue
                place = (owner, start, end)
                if place not in hits or len(used) > len(hits[place].used):
                    hits[place] = Hit(owner, start, end, used)


def _match(
    sequence: Sequence_, element: int, keys: Sequence[frozenset[str]], at: int, passed: frozenset[int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield (end, used positions) of each way that `sequence[element:]` matches from a place."""
    if element == len(sequence):
        yield at, ()
        return
    head = sequence[element]
    if head == GAP:
        for skip in range(min(LONGEST_GAP, len(keys) - at) + 1):
            yield from _match(sequence, element + 1, keys, at + skip, passed)
    elif isinstance(head, str):
        while at < len(keys):
            if head in keys[at]:
                for end, used in _match(sequence, element + 1, keys, at + 1, passed):
                    yield end, (at, *used)
            if at not in passed:
                return
            at += 1
    else:
        for branch in head:
            for middle, used in _match(branch, 0, keys, at, passed):
                for end, rest in _match(sequence, element + 1, keys, middle, passed):
                    yield end, used + rest


def _all_keys(sequence: Sequence_) -> Iterable[str]:
    for element in sequence:
        if isinstance(element, str):
            yield element
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
