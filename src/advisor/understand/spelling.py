"""Repair slips of the keyboard against the words that pages and intents use."""

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple

from advisor.text.normalise import fold
from advisor.text.tokens import Token, stems

SHORTEST = 4
LONG = 8


class Vocabulary(NamedTuple):
    """Folded words: of each language, small ones, all, all stems, and those that may be meant by length."""

    words: Mapping[str, Set[str]]
    small: Set[str]
    known: Set[str]
    stems: Set[str]
    by_length: Mapping[int, Sequence[str]]


def vocabulary(
    pages: Iterable[str], words: Mapping[str, Iterable[str]], small: Mapping[str, Iterable[str]]
) -> Vocabulary:
    """Return the words of the pages, and the words and small words of each language."""
    on_pages = {fold(w) for w in pages}
    of = {code: on_pages | {fold(w) for w in own} for code, own in words.items()}
    for code, own in small.items():
        of.setdefault(code, set(on_pages)).update(fold(w) for w in own if " " not in w)
    by_length: dict[int, list[str]] = {}
    known = set().union(*of.values())
    for word in sorted(known):
        if len(word) >= SHORTEST and word.isalpha():
            by_length.setdefault(len(word), []).append(word)
    return Vocabulary(
        words=of,
        small={fold(w) for own in small.values() for w in own if " " not in w},
        known=known,
        stems={s for w in known for s in stems(w)},
        by_length=by_length,
    )


class Spelling:
    """Known words, and the nearest of them to an unknown one."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words, self._small, self._known, self._stems, self._by_length = vocabulary
        self._nearest_cached = lru_cache(maxsize=8192)(self._nearest)

    def knows(self, word: str) -> bool:
        """Whether the folded word itself is in use."""
        return word in self._known

    def is_known(self, token: Token) -> bool:
        """Whether the word, or another form of it, is in use."""
        return token.fold in self._known or any(s in self._stems for s in token.stems)

    def compound(self, token: Token) -> tuple[str, str] | None:
        """Return the two known words that an unknown word is made of, if it is."""
        word = token.fold
        if len(word) < LONG or not word.isalpha() or self.is_known(token):
            return None
        for cut in range(len(word) - SHORTEST + 1, SHORTEST - 1, -1):
            head, tail = word[:cut], word[cut:]
            if len(tail) < SHORTEST - 1 or tail not in self._known or tail in self._small:
                continue
            for joint in ("", "s", "en", "e"):
                base = head[: len(head) - len(joint)] if joint and head.endswith(joint) else head
                if len(base) >= SHORTEST and (
                    base in self._known or any(s in self._stems for s in stems(base))
                ):
                    return head if joint == "" else base, tail
        return None

    def repair(
        self, tokens: Sequence[Token], language: str | None, keep: Iterable[int] = ()
    ) -> list[tuple[int, str]]:
        """Return (position, word meant) for the tokens that look like slips of words of the language."""
        kept = set(keep)
        found = []
        for i, token in enumerate(tokens):
            if i in kept or len(token.fold) < SHORTEST or not token.fold.isalpha() or self.is_known(token):
                continue
            if i > 0 and token.text[0].isupper() and not token.text.isupper():
                continue
            meant = self._nearest_cached(token.fold, language)
            if meant:
                found.append((i, meant))
        return found

    @staticmethod
    def _is_far(word: str, other: str) -> bool:
        """Whether a short word had a letter replaced by another: more likely a word of its own."""
        return len(word) == len(other) == SHORTEST and sorted(word) != sorted(other)

    def _nearest(self, word: str, language: str | None) -> str | None:
        from rapidfuzz.distance import OSA

        allowed = self._words.get(language or "", self._known)
        most = 2 if len(word) >= LONG else 1
        best: tuple[int, int, str] | None = None
        for size in range(len(word) - most, len(word) + most + 1):
            for other in self._by_length.get(size, ()):
                if other[0] != word[0] and not (len(word) > 5 and other[:2] == word[1::-1]):
                    continue
                if other not in allowed:
                    continue
                distance = OSA.distance(word, other, score_cutoff=most)
                if distance <= most and not self._is_far(word, other):
                    is_swap = int(sorted(other) != sorted(word))
                    candidate = (distance, is_swap, other)
                    if best is None or candidate < best:
                        best = candidate
        return best[2] if best else None
