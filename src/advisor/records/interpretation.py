"""What one utterance says, without its context."""

from dataclasses import dataclass

from advisor.records.passage import Specialisation
from advisor.records.state import Condition
from advisor.text.lexicon import Found
from advisor.text.tokens import Token
from advisor.text.values import Value


@dataclass(frozen=True, slots=True)
class TopicHit:
    """A topic that the words speak for: its score, the words (`used`, gaps left out), and the rule."""

    topic: str
    score: float
    start: int
    end: int
    rule: str
    used: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Term:
    """A content word that no name, topic phrase or small word accounts for."""

    stems: tuple[str, str]
    text: str
    position: int
    senses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One question (or remark) of an utterance."""

    text: str
    tokens: tuple[Token, ...]
    language: str | None
    found: tuple[Found, ...] = ()
    topics: tuple[TopicHit, ...] = ()
    programmes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    foreign: tuple[str, ...] = ()
    specialisations: tuple[Specialisation, ...] = ()
    misplaced: tuple[Specialisation, ...] = ()
    facets: tuple[tuple[str, str], ...] = ()
    wanted: str | None = None
    terms: tuple[Term, ...] = ()
    claimed: tuple[Term, ...] = ()
    literal: tuple[Term, ...] = ()
    rows: tuple[Term, ...] = ()
    acts: frozenset[str] = frozenset()
    negated: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()
    years: tuple[int, ...] = ()
    values: tuple[Value, ...] = ()
    is_question: bool = True
    points_back: bool = False
    asks_which: bool = False
    described: tuple[int, int] = (0, 0)
    outside: str | None = None

    @property
    def topic(self) -> TopicHit | None:
        """The topic that speaks loudest."""
        return self.topics[0] if self.topics else None

    @property
    def concepts(self) -> frozenset[str]:
        """The concepts named."""
        return frozenset(f.concept for f in self.found)


@dataclass(frozen=True, slots=True)
class Interpretation:
    """An utterance, cleaned, repaired, split and understood."""

    said: str
    text: str
    language: str | None
    parts: tuple[Part, ...]
    repaired: tuple[tuple[str, str], ...] = ()
    smalltalk: str | None = None
    outside: str | None = None
    acts: frozenset[str] = frozenset()
