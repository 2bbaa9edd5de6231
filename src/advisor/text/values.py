"""Find typed values in text: money, dates, durations, percentages, scores, credits, codes."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER = r"\d+(?:[.,]\d+)*"
LONG_MONTH = 4
_ACADEMIC = re.compile(r"\b((?:19|20)\d{2})(?:\s?[/–-]\s?((?:20)?\d{2})\b)?")
_SYMBOLS = "€£$"


class Value(NamedTuple):
    """A value of one kind in `text[start:end]`; `amount` is its number where it has one."""

    kind: str
    text: str
    start: int
    end: int
    amount: float | None = None
    year: int | None = None


class Vocabulary(Protocol):
    """What values need to know of a language."""

    @property
    def numbers(self) -> dict[str, int]:
        """Number words and their values."""
        ...

    @property
    def months(self) -> dict[str, int]:
        """Month names and their numbers."""
        ...

    @property
    def weekdays(self) -> tuple[str, ...]:
        """Names of the days of the week."""
        ...

    @property
    def units(self) -> dict[str, tuple[str, ...]]:
        """Unit words by kind of value."""
        ...

    @property
    def duration_words(self) -> tuple[str, ...]:
        """Words that are a number and a unit in one."""
        ...


def plain(figure: str) -> str:
    """Return a figure without separators, as figures are compared."""
    return figure.replace(",", "").replace(".", "")


def amount(figure: str) -> float:
    """Return the number that a figure stands for: 2.601 and 2,601 are thousands, 4.0 and 1,5 are not."""
    groups = re.split(r"[.,]", figure)
    if len(groups) > 1 and all(len(g) == 3 for g in groups[1:]) and groups[0] != "0":
        return float("".join(groups))
    if len(groups) > 2:
        return float("".join(groups[:-1]) + "." + groups[-1])
    return float(".".join(groups))


def _any(words: Sequence[str]) -> str:
    return "|".join(sorted((re.escape(w) for w in words), key=len, reverse=True))


def years_in(text: str) -> set[int]:
    """Return the years that a text names; an academic year, `2025/26`, is two."""
    named: set[int] = set()
    for first, second in _ACADEMIC.findall(text):
        named.add(int(first))
        if second:
            named.add(int(first[:2] + second[-2:]))
    return named


class ValueFinder:
    """The patterns of all languages together."""

    def __init__(self, languages: Mapping[str, Vocabulary]) -> None:
        vocabularies = list(languages.values())
        self._numbers = {w: n for v in vocabularies for w, n in v.numbers.items()}
        self._months = {w: n for v in vocabularies for w, n in v.months.items()}
        units = {
            kind: _any([w for v in vocabularies for w in v.units.get(kind, ())])
            for kind in ("money", "percentage", "duration", "hours", "credits", "length", "nothing")
        }
        words = _any(list(self._numbers))
        number = rf"(?:{_NUMBER}|\b(?:{words})\b)"
        # `een` and `one` are more often an article or a pronoun than a count.
        counting = _any([w for w, n in self._numbers.items() if n != 1])
        months = _any(list(self._months))
        # A month without a day says when, where its name is no other word: in May, September to November.
        alone = _any([w for w in self._months if len(w) >= LONG_MONTH])
        days = _any([w for v in vocabularies for w in v.weekdays])
        durations = _any([w.strip("*") for v in vocabularies for w in v.duration_words])
        patterns = [
            ("email", r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
            ("url", r"(?:https?://|www\.)[^\s<>()]+[^\s<>().,;]"),
            ("phone", r"(?<!\w)(?:\+\d{1,3}|\(0\d*\)|0\d{1,3})(?:[\s-]?\(?\d{1,4}\)?){2,5}(?!\w)"),
            (
                "date",
                rf"\b\d{{1,2}}(?:st|nd|rd|th|e)?\s+(?:of\s+)?(?:{months})\b\.?(?:,?\s+\d{{4}})?"
                rf"|\b(?:{months})\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?!\s*%)(?:,?\s+\d{{4}})?"
                rf"|\b\d{{1,2}}[-/.]\d{{1,2}}[-/.]\d{{4}}\b|\b\d{{4}}-\d{{2}}-\d{{2}}\b"
                rf"|\b(?:{months})\s+\d{{4}}\b",
            ),
            ("year", r"\b(?:19|20)\d{2}\s?[/–-]\s?(?:20)?\d{2}\b|\b(?:19|20)\d{2}\b(?![.,]?\d)"),
            ("score", rf"{_NUMBER}\s*/\s*(?:5|10|100)\b"),
            (
                "money",
                rf"[{_SYMBOLS}]\s?{_NUMBER}(?:,-)?|\b(?:{units['money']})\s?{_NUMBER}|{_NUMBER}\s?(?:[{_SYMBOLS}]|(?:{units['money']})\b)",
            ),
            ("percentage", rf"{_NUMBER}\s?(?:%|(?:{units['percentage']})\b)"),
            ("credits", rf"{number}[\s-]?(?:{units['credits']})\b"),
            ("hours", rf"{number}[\s-]?(?:{units['hours']})\b"),
            ("length", rf"{number}[\s-]?(?:{units['length']})\b"),
            ("duration", rf"{number}(?:\s?-\s?|\s)?(?:{units['duration']})\b|\b(?:{durations})\w*"),
            (
                "time",
                rf"\b(?:{days or '(?!)'})\w*|\b(?:{alone or '(?!)'})\b|"
                r"(?<![\d.,])\d{1,2}[:.]\d{2}(?![\d.,]\d|\d)\s?(?:[ap]\.?m\b\.?|uur|h)?|\b\d{1,2}\s?[ap]\.?m\b\.?",
            ),
            ("code", r"\b(?=[A-Z0-9-]*\d)(?=[A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]{2,}\b"),
            ("number", rf"{_NUMBER}|\b(?:{counting})\b"),
            # "None", "free of charge": an amount that is no figure.
            ("nothing", rf"\b(?:{units['nothing']})\b" if units["nothing"] else r"(?!)"),
        ]
        self._pattern = re.compile(
            "|".join(f"(?P<{kind}>{pattern})" for kind, pattern in patterns), re.IGNORECASE
        )
        # Every value holds one of these; most sentences hold none.
        signs = "|".join(s for s in (words, durations, days, alone, units["nothing"]) if s)
        self._sign = re.compile(rf"\d|@|//|www\.|\b(?:{signs})", re.IGNORECASE)

    def find(self, text: str) -> list[Value]:
        """Return the values of a text in order; they do not overlap."""
        found: list[Value] = []
        if not self._sign.search(text):
            return found
        for match in self._pattern.finditer(text):
            kind = match.lastgroup or "number"
            whole = match.group()
            if kind == "code" and not whole.isupper():
                continue
            found.append(
                Value(kind, whole, match.start(), match.end(), self._amount(whole), self._year(whole))
            )
        return found

    def _amount(self, whole: str) -> float | None:
        figure = FIGURE.search(whole)
        if figure:
            return amount(figure.group())
        first = re.match(r"[^\W\d_]+", whole)
        word = first.group().casefold() if first else ""
        return float(self._numbers[word]) if word in self._numbers else None

    @staticmethod
    def _year(whole: str) -> int | None:
        year = re.search(r"(?:19|20)\d{2}(?!\d)", whole)
        return int(year.group()) if year else None

    def month(self, word: str) -> int | None:
        """Return the number of a month by its name, if it is one."""
        return self._months.get(word.casefold())
