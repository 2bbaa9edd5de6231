"""Make any string safe and comparable."""

import re
import unicodedata

LONGEST_UTTERANCE = 2000
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn"}
_TAG = re.compile(r"<(?=[A-Za-z/!?])[^<>]{0,500}>")
_SPACE = re.compile(r"\s+")


def clean(raw: str, longest: int = LONGEST_UTTERANCE) -> str:
    """Return one line of visible NFKC text, at most `longest` characters, without markup tags."""
    head = raw[: longest * 4]
    head = "".join(" " if c in "\r\n\t" else c for c in head)
    head = "".join(c for c in head if unicodedata.category(c) not in _INVISIBLE)
    head = unicodedata.normalize("NFKC", head)
    head = _TAG.sub(" ", head)
    return _SPACE.sub(" ", head).strip()[:longest]


def fold(word: str) -> str:
    """Return the word without case, accents and inner apostrophes."""
    if word.isascii():
        return word.casefold().replace("'", "")
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    return plain.replace("'", "").replace("’", "")
