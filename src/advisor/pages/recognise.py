"""What page readers ask of the lexicon: labels, columns, institutions, dates."""

import re
from collections.abc import Mapping, Sequence

from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.normalise import fold
from advisor.text.tokens import tokenise
from advisor.text.values import Value, ValueFinder
from advisor.topics.schema import LanguageEntry

SUBJECT = "subject"
MOST_BUTTON_WORDS = 5
RELATED = "related-programmes"
SPECIALISATION = "specialisation"


def _ending(words: Sequence[str]) -> re.Pattern[str]:
    """Return what finds one of some words at the end of a line, with the dots before it."""
    either = "|".join(map(re.escape, words)) or "(?!)"
    return re.compile(rf"\s*(?:\.\.\.|…)?\s*(?:{either})\s*$", re.IGNORECASE)


class Recogniser:
    """Reads labels, values, institutions and dates with the words of the content folder."""

    def __init__(
        self,
        lexicon: Lexicon,
        finder: ValueFinder,
        teller: LanguageTeller,
        languages: Mapping[str, LanguageEntry],
    ) -> None:
        self.lexicon = lexicon
        self.finder = finder
        self.teller = teller
        buttons = [fold(w).strip() for entry in languages.values() for w in entry.interface_words]
        self._interface = {w for w in buttons if not w.endswith("*")}
        # "Back to *": a short line that begins so.
        self._leading = tuple(w.rstrip("*") for w in buttons if w.endswith("*"))
        self._teaser = _ending([w for e in languages.values() for w in e.teaser_words])
        self._promotion = {fold(w) for e in languages.values() for w in e.promotion_words}
        self._promoting = [fold(w) for e in languages.values() for w in e.promotion_phrases]
        self._generic = {fold(w) for e in languages.values() for w in e.generic_words}
        self._institution = {fold(w) for e in languages.values() for w in e.institution_words}
        self._joiners = {fold(w) for e in languages.values() for w in e.institution_joiners}
        updated = sorted((w for e in languages.values() for w in e.updated_words), key=len, reverse=True)
        self._updated = re.compile(
            rf"(?:{'|'.join(re.escape(w) for w in updated)})\b[^\n\w]{{0,4}}"
            r"(?:in|on|op|at)?\s*(?P<when>[^\n.|]{4,40})"
            if updated
            else r"(?!)",
            re.IGNORECASE,
        )

    def values(self, text: str) -> list[Value]:
        """Return the typed values of a text, those with a figure: a weekday alone shapes no line."""
        return [v for v in self.finder.find(text) if v.kind != "time" or any(c.isdigit() for c in v.text)]

    def is_interface(self, text: str) -> bool:
        """Whether the whole line is a button of the page."""
        line = fold(text).strip(" .<>«»‹›←→")
        is_short = len(line.split()) <= MOST_BUTTON_WORDS
        return line in self._interface or (is_short and line.startswith(self._leading))

    def teaser(self, text: str) -> re.Match[str] | None:
        """Return where a line ends in words that lead to a full text, if it does."""
        return self._teaser.search(text)

    def is_generic(self, text: str) -> bool:
        """Whether the line holds only words that any programme's name may hold: `Hbo bachelor`."""
        return all(t.fold in self._generic for t in tokenise(text))

    def is_promotion(self, text: str) -> bool:
        """Whether the line opens as an advertisement does (`Sponsored: ...`), or tells of visitors."""
        folded = fold(text)
        opening = re.split(r"[:–—-]", folded, maxsplit=1)[0].strip(" ★*•·[]()!.")
        return opening in self._promotion or any(phrase in folded for phrase in self._promoting)

    def is_label(self, text: str) -> bool:
        """Whether every content word of the short line belongs to some concept."""
        tokens = tokenise(text)
        if not tokens or len(tokens) > 7:
            return False
        named = {i for f in self.lexicon.find(tokens) for i in f.used}
        rest = [t for i, t in enumerate(tokens) if i not in named and not self.teller.is_small(t.fold)]
        return bool(named) and not rest

    def is_subject(self, text: str) -> bool:
        """Whether the short line names nothing but a subject, as the title of a programme may."""
        found = self.lexicon.find(tokenise(text))
        groups = {getattr(self.lexicon.entries.get(f.concept), "group", None) for f in found}
        return self.is_label(text) and groups == {SUBJECT}

    def is_column(self, text: str) -> bool:
        """Whether the line names a column of ratings, such as the national average."""
        return any(self.lexicon.facet(f.concept) == "column" for f in self.lexicon.find(tokenise(text)))

    def is_related(self, text: str) -> bool:
        """Whether a heading says that other programmes follow."""
        return bool(self.lexicon.spots(tokenise(text), RELATED))

    def is_variants(self, text: str) -> bool:
        """Whether a heading says that a programme's specialisations follow."""
        tokens = tokenise(text)
        used = {i for f in self.lexicon.spots(tokens, SPECIALISATION) for i in f.used}
        return bool(used) and len(tokens) - len(used) <= 2

    def updated(self, text: str) -> str | None:
        """Return the date behind `Last updated`, as printed."""
        for match in self._updated.finditer(text):
            when = match["when"]
            found = [v for v in self.values(when) if v.kind in {"date", "year"}]
            if found and found[0].start <= 2:
                return found[0].text
        return None

    def institutions(self, text: str) -> list[str]:
        """Return names that hold a word for an institution, in order of their occurrence."""
        names = []
        for match in re.finditer(r"[A-ZÀ-Ý][\w'’.-]*(?:[ \t\xa0]+(?:[A-ZÀ-Ý][\w'’.-]*|[a-z]{2,4}))*", text):
            words = match.group().split()
            spots = [i for i, w in enumerate(words) if fold(w.strip(".,")) in self._institution]
            if not spots:
                continue
            first, last = spots[0], spots[0]
            while first > 0 and words[first - 1][0].isupper():
                first -= 1
            while last + 1 < len(words) and (
                words[last + 1][0].isupper()
                or (
                    fold(words[last + 1]) in self._joiners
                    and last + 2 < len(words)
                    and (words[last + 2][0].isupper() or fold(words[last + 2]) in self._joiners)
                )
            ):
                last += 1
            while last > first and not words[last][0].isupper():
                last -= 1
            name = " ".join(words[first : last + 1]).strip(".,")
            if len(name.split()) > 1:
                names.append(name)
        return names
