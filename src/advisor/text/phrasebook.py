"""The phrases of the content folder: each read once, and what finds them kept for the next start."""

import json
from collections.abc import Iterable, Sequence

from advisor.shelf import Shelf
from advisor.text.phrases import Matcher, Phrase, compile_phrase


class PhraseBook:
    """Compiled phrases by language and wording, and the matchers made of them."""

    def __init__(self, languages: Sequence[str], shelf: Shelf | None = None) -> None:
        """Start with no phrases; matchers are kept on the shelf."""
        self.languages = tuple(languages)
        self._shelf = shelf or Shelf()
        self._phrases: dict[str, dict[str, Phrase]] = {language: {} for language in languages}
        self._matchers: dict[str, Matcher] = {}

    def get(self, language: str, wording: str) -> Phrase:
        """Return a phrase; raises PhraseError when it does not follow the grammar."""
        known = self._phrases[language]
        if wording not in known:
            known[wording] = compile_phrase(wording, self.languages.index(language))
        return known[wording]

    def matcher(self, name: str, wordings: Iterable[tuple[int, str, str]]) -> Matcher:
        """Return what finds these (owner, language, wording), the same for all who ask by its name."""
        if name not in self._matchers:
            kept = self._shelf.part(f"phrases {name}", lambda: self._matcher(wordings).dump())
            self._matchers[name] = Matcher.restore(kept)
        return self._matchers[name]

    def _matcher(self, wordings: Iterable[tuple[int, str, str]]) -> Matcher:
        matcher = Matcher(self.languages)
        for owner, language, wording in wordings:
            matcher.take(owner, language, self.get(language, wording))
        return matcher


def words_of(phrases: Iterable[str]) -> set[str]:
    """Return the plain words of phrases, without the signs of the grammar."""
    words: set[str] = set()
    for phrase in phrases:
        words.update(json.dumps(phrase).strip('"').translate(_SIGNS).split())
    return words


_SIGNS = str.maketrans(dict.fromkeys("()|?=#.,;:!/&-'\"", " "))
