"""Cut text into tokens and sentences, each with its span."""

import re
from functools import lru_cache
from typing import NamedTuple

import Stemmer

from advisor.text.normalise import fold

# Snowball's `dutch` became Kraaij-Pohlmann in version 3; named here so that an index and a
# question always agree.
ALGORITHMS = {"en": "english", "nl": "dutch"}
_STEMMERS = {language: Stemmer.Stemmer(name, 0) for language, name in ALGORITHMS.items()}
_WORD = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th|ste|de|e)?(?![^\W_])"
    r"|\d+(?=[^\W\d_]{2})"
    r"|[^\W_]+(?:['’][^\W_]+)*"
)
_SENTENCE_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\Wa-z_])|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(.-])(?:[^\W\d_]|[A-Za-z]\.[A-Za-z]|Drs?|Prof|Mr|Mrs|Ms|St|Co|[Ii]r|[Ii]ng|drs?|mr|prof|dhr|mw|bijv|incl|excl|ca|nr|tel|max|min)$"
)
MOST_KNOWN = 1 << 16  # words of which the stems are remembered
_CLOCK = re.compile(r"\d\s*[ap]\.m$", re.IGNORECASE)


class Token(NamedTuple):
    """A word with its place in the text; `stems` holds one stem a language."""

    text: str
    start: int
    end: int
    fold: str
    stems: tuple[str, str]

    def stem(self, language: str) -> str:
        """Return the stem in a language."""
        return self.stems[0] if language == "en" else self.stems[1]

    @property
    def is_number(self) -> bool:
        """Whether the token is written in digits."""
        return self.text[0].isdigit()


@lru_cache(maxsize=MOST_KNOWN)
def stems(folded: str) -> tuple[str, str]:
    """Return the English and the Dutch stem of a folded word."""
    if folded[:1].isdigit():
        return folded, folded
    return _STEMMERS["en"].stemWord(folded), _STEMMERS["nl"].stemWord(folded)


@lru_cache(maxsize=MOST_KNOWN)
def _read(word: str) -> tuple[str, tuple[str, str]]:
    """Return a word folded, and its stems."""
    folded = fold(word)
    return folded, stems(folded)


def tokenise(text: str) -> tuple[Token, ...]:
    """Return the words and numbers of a text in order."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        folded, own = _read(word)
        if folded:
            found.append(Token(word, match.start(), match.end(), folded, own))
    return tuple(found)


def sentences(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of the sentences in `text[start:end]`, white space trimmed."""
    spans = []
    here, end = start, min(end, len(text))
    for match in _SENTENCE_END.finditer(text, start, end):
        before = text[max(here, match.start() - 8) : match.start()]
        is_dot = match.group()[0] == "."
        if is_dot and _ABBREVIATED.search(before) and not _CLOCK.search(before):
            continue
        spans.append((here, match.end()))
        here = match.end()
    spans.append((here, end))
    return [trimmed for span in spans if (trimmed := trim(text, *span))[0] < trimmed[1]]


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
