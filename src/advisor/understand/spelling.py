"""Repair slips of the keyboard against the words that pages and intents use."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import OSA

from advisor.text.normalise import fold
from advisor.text.tokens import Token, stems

SHORTEST = 4
LONG = 8


class Spelling:
    """Known words, and the nearest of them to an unknown one."""

    def __init__(self, words: Iterable[str], small: Iterable[str]) -> None:
        self._small = {fold(w) for w in small if " " not in w}
        known = {fold(w) for w in words} | self._small
        self._known = known
        self._stems = {s for w in known for s in stems(w)}
        self._by_length: dict[int, list[str]] = {}
        for word in sorted(known):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_length.setdefault(len(word), []).append(word)
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

    def repair(self, tokens: Sequence[Token], keep: Iterable[int] = ()) -> list[tuple[int, str]]:
        """Return (position, word meant) for the tokens that look like slips."""
        kept = set(keep)
        found = []
        for i, token in enumerate(tokens):
            if i in kept or len(token.fold) < SHORTEST or not token.fold.isalpha() or self.is_known(token):
                continue
            if i > 0 and token.text[0].isupper() and not token.text.isupper():
                continue
            meant = self._nearest_cached(token.fold)
            if meant:
                found.append((i, meant))
        return found

    def _nearest(self, word: str) -> str | None:
        most = 2 if len(word) >= LONG else 1
        best: tuple[int, int, str] | None = None
        for size in range(len(word) - most, len(word) + most + 1):
            for other in self._by_length.get(size, ()):
                if other[0] != word[0] and not (len(word) > 5 and other[:2] == word[1::-1]):
                    continue
                distance = OSA.distance(word, other, score_cutoff=most)
                if distance <= most:
                    is_swap = int(sorted(other) != sorted(word))
                    candidate = (distance, is_swap, other)
                    if best is None or candidate < best:
                        best = candidate
        return best[2] if best else None
