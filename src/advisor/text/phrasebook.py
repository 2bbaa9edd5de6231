"""The phrases of the content folder, read once and kept for the next start."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from advisor.text.phrases import Phrase, compile_phrase

VERSION = 6


class PhraseBook:
    """Compiled phrases by language and wording."""

    def __init__(self, languages: Sequence[str]) -> None:
        self.languages = tuple(languages)
        self._phrases: dict[str, dict[str, Phrase]] = {language: {} for language in languages}

    def get(self, language: str, wording: str) -> Phrase:
        """Return a phrase; raises PhraseError when it does not follow the grammar."""
        known = self._phrases[language]
        if wording not in known:
            known[wording] = compile_phrase(wording, self.languages.index(language))
        return known[wording]

    def dump(self) -> dict[str, Any]:
        """Return the book as plain data."""
        return {
            language: {wording: tuple(phrase) for wording, phrase in phrases.items()}
            for language, phrases in self._phrases.items()
        }

    @classmethod
    def restore(cls, languages: Sequence[str], data: Mapping[str, Any]) -> "PhraseBook":
        """Return the book that `dump` gave."""
        book = cls(languages)
        for language, phrases in data.items():
            book._phrases[language] = {w: Phrase(*parts) for w, parts in phrases.items()}
        return book


def words_of(phrases: Iterable[str]) -> set[str]:
    """Return the plain words of phrases, without the signs of the grammar."""
    words: set[str] = set()
    for phrase in phrases:
        words.update(json.dumps(phrase).strip('"').translate(_SIGNS).split())
    return words


_SIGNS = str.maketrans(dict.fromkeys("()|?=#.,;:!/&-'\"", " "))
