"""Put amounts, lists and templates into the reader's language."""

import re
from collections.abc import Mapping, Sequence

from advisor.topics.schema import LanguageEntry

_MONEY = re.compile(r"(?P<symbol>[€£$])\s?(?P<amount>\d+(?:[.,]\d+)*)(?P<dash>,-)?")
_THOUSANDS = re.compile(r"(?<![\d.,/])\d{1,3}(?:[.,]\d{3})+(?![\d.,]\d)")
_SLOT = re.compile(r"\{(\w+)\}")


class Words:
    """The adviser's sentences and the habits of each language."""

    def __init__(
        self, templates: Mapping[str, Mapping[str, str]], languages: Mapping[str, LanguageEntry]
    ) -> None:
        self.templates = templates
        self.languages = languages

    def say(self, key: str, language: str, **slots: str) -> str:
        """Return a template with its slots filled; values are data and never read as templates."""
        template = self.templates[key][language]

        def fill(match: re.Match[str]) -> str:
            name = match.group(1)
            if name in slots:
                return slots[name]
            if name[0].isupper() and name.lower() in slots:
                return capital(slots[name.lower()])
            return ""

        return _SLOT.sub(fill, template)

    def has(self, key: str) -> bool:
        """Whether there is such a template."""
        return key in self.templates

    def figures(self, text: str, language: str) -> str:
        """Write amounts and thousands as the reader's language does."""
        entry = self.languages[language]

        def money(match: re.Match[str]) -> str:
            amount = self._grouped(match["amount"], entry)
            return entry.money_format.format(symbol=match["symbol"], amount=amount)

        text = _MONEY.sub(money, text)
        return _THOUSANDS.sub(lambda m: self._grouped(m.group(), entry), text)

    @staticmethod
    def _grouped(figure: str, entry: LanguageEntry) -> str:
        parts = re.split(r"[.,]", figure)
        if len(parts) > 1 and all(len(p) == 3 for p in parts[1:]) and parts[0] != "0":
            return entry.thousands.join(parts)
        if len(parts) == 1 and len(figure) > 4:
            return figure
        if len(parts) == 2 and len(parts[1]) == 2:
            return parts[0] + entry.decimal + parts[1]
        return figure

    def listed(self, items: Sequence[str], language: str, word: str = "and") -> str:
        """Return `a, b and c`."""
        entry = self.languages[language]
        joiner = entry.conjunction if word == "and" else entry.disjunction
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {joiner} {items[-1]}"


def capital(text: str) -> str:
    """Return the text with a capital first letter."""
    return text[:1].upper() + text[1:]
