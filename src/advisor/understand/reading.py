"""One text as it is read: its words, and what any stretch of them names, each looked up once."""

from collections.abc import Sequence

from advisor.text.lexicon import Found, Lexicon
from advisor.text.phrases import Hit, Matcher
from advisor.text.tokens import Token
from advisor.understand.names import Mention, Names


class Reading:
    """The words of one text; lives as long as the turn that it is read in.

    A stretch is some of the text's tokens in a row. Positions are counted from its first token.
    """

    def __init__(self, text: str, tokens: tuple[Token, ...], lexicon: Lexicon, names: Names) -> None:
        self.text = text
        self.tokens = tokens
        self._lexicon = lexicon
        self._names = names
        self._at = {token.start: i for i, token in enumerate(tokens)}
        self._hits: dict[Matcher, list[Hit]] = {}
        self._found: dict[tuple[int, int], list[Found]] = {}
        self._mentions: dict[tuple[int, int], Mention] = {}

    def _place(self, stretch: Sequence[Token]) -> tuple[int, int]:
        """Return the positions, in the whole text, of a stretch's first token and behind its last."""
        first = self._at[stretch[0].start] if stretch else 0
        return first, first + len(stretch)

    def hits(self, matcher: Matcher, stretch: Sequence[Token]) -> list[Hit]:
        """Return the phrases found in a stretch: those of the whole text that lie inside it."""
        hits = self._hits.get(matcher)
        if hits is None:
            hits = self._hits[matcher] = matcher.find(self.tokens)
        first, last = self._place(stretch)
        if not first:
            return hits if last == len(self.tokens) else [h for h in hits if h.end <= last]
        return [
            Hit(h.owner, h.start - first, h.end - first, tuple(i - first for i in h.used))
            for h in hits
            if first <= h.start and h.end <= last
        ]

    def found(self, stretch: Sequence[Token]) -> list[Found]:
        """Return the concepts named in a stretch."""
        place = self._place(stretch)
        if place not in self._found:
            self._found[place] = self._lexicon.named_by(self.hits(self._lexicon.matcher, stretch))
        return self._found[place]

    def mention(self, stretch: Sequence[Token]) -> Mention:
        """Return the programmes named in a stretch."""
        place = self._place(stretch)
        if place not in self._mentions:
            self._mentions[place] = self._names.find(stretch, self.found(stretch))
        return self._mentions[place]
