"""Which words of a question stand for others, and which a phrase may pass over."""

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from advisor.text.normalise import fold
from advisor.text.tokens import Token, stems
from advisor.topics.schema import LanguageEntry, Words


class StandIns:
    """Reads `my daughter` as the one who asks, a name as `it`, `actually` and where it is as nothing."""

    def __init__(self, languages: Mapping[str, LanguageEntry]) -> None:
        self._for_names = _keys(languages, lambda e: e.stand_ins)
        self._persons = _keys(languages, lambda e: e.persons)
        self._fillers = _folded(languages, lambda e: e.fillers)
        self._relatives = _folded(languages, lambda e: e.relatives)
        self._possessives = _folded(languages, lambda e: e.possessives)
        self._joiners = _folded(languages, lambda e: e.joiners)

    def read(
        self, tokens: Sequence[Token], named: frozenset[int]
    ) -> tuple[dict[int, frozenset[str]], frozenset[int]]:
        """Return keys that positions satisfy beside their own, and positions that may be passed over.

        `named` are the positions that name programmes.
        """
        extra = dict.fromkeys(named, self._for_names)
        passed = {i for i, t in enumerate(tokens) if t.fold in self._fillers}
        for i, (owner, relative) in enumerate(pairwise(tokens)):
            if owner.fold in self._possessives and relative.fold in self._relatives:
                extra[i] = extra.get(i, frozenset()) | self._persons
                passed.add(i + 1)
        for i in named:
            # "The work that graduates do" in a town: where it is does not part the words around it.
            passed.add(i)
            if i - 1 not in named and i and tokens[i - 1].fold in self._joiners:
                passed.add(i - 1)
        return extra, frozenset(passed)


def _folded(
    languages: Mapping[str, LanguageEntry], words: Callable[[LanguageEntry], Words]
) -> frozenset[str]:
    return frozenset(fold(word) for entry in languages.values() for word in words(entry))


def _keys(languages: Mapping[str, LanguageEntry], words: Callable[[LanguageEntry], Words]) -> frozenset[str]:
    """Return the words as the keys by which phrases of their language look for them."""
    return frozenset(
        f"{i}{stems(fold(word))[i]}" for i, entry in enumerate(languages.values()) for word in words(entry)
    )
