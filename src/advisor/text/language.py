"""Tell the language of a text by its small words."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from advisor.text.normalise import fold
from advisor.text.tokens import Token


class Vocabulary(Protocol):
    """What telling languages apart needs of a language."""

    @property
    def function_words(self) -> tuple[str, ...]:
        """Words that carry grammar."""
        ...

    @property
    def telling_words(self) -> tuple[str, ...]:
        """Words that no other language has."""
        ...


class LanguageTeller:
    """Counts the small words of each language; says nothing when there are too few."""

    def __init__(self, languages: Mapping[str, Vocabulary]) -> None:
        self.languages = tuple(languages)
        self.small = {n: frozenset(fold(w) for w in v.function_words) for n, v in languages.items()}
        self.telling = {n: frozenset(fold(w) for w in v.telling_words) for n, v in languages.items()}
        self._spoken_for: dict[str, list[str]] = {}  # the languages that a word speaks for, and for no other
        for words in (self.telling, self.small):
            for word in frozenset().union(*words.values()):
                homes = [n for n in self.languages if word in words[n]]
                if len(homes) == 1:
                    self._spoken_for.setdefault(word, []).extend(homes)

    def scores(self, tokens: Sequence[Token]) -> dict[str, float]:
        """Return, a language, how many small words speak for it and for no other."""
        result = dict.fromkeys(self.languages, 0.0)
        for token in tokens:
            for name in self._spoken_for.get(token.fold, ()):
                result[name] += 1.0
        return result

    def tell(self, tokens: Sequence[Token], hints: Mapping[str, float] | None = None) -> str | None:
        """Return the language, or None when the words do not tell; `hints` add to the scores."""
        result = self.scores(tokens)
        for name, weight in (hints or {}).items():
            result[name] = result.get(name, 0.0) + weight
        ranked = sorted(result, key=lambda n: (-result[n], n))
        best, second = ranked[0], ranked[1] if len(ranked) > 1 else ranked[0]
        if result[best] <= 0 or (best != second and result[best] == result[second]):
            return None
        return best

    def is_small(self, word: str) -> bool:
        """Whether the folded word is a small word of any language."""
        return any(word in words for words in self.small.values())
