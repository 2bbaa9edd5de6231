"""What an editor may write in `intents/`, checked by pydantic."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

ValueKind = Literal[
    "money", "date", "duration", "hours", "credits", "number", "percentage", "score",
    "length", "email", "phone", "list", "place", "person", "reason", "code", "prose", "yesno",
]  # fmt: skip


def _texts(value: object) -> object:
    """Read what YAML takes for a number as the word that was meant."""
    if isinstance(value, list):
        return [_text(v) for v in value]
    return _text(value) if not isinstance(value, dict) else value


def _text(value: object) -> object:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else value


Words = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Names(_Entry):
    """A noun phrase in each language."""

    en: str
    nl: str


class Wordings(_Entry):
    """Phrases in each language."""

    en: Words = ()
    nl: Words = ()


class LanguageEntry(_Entry):
    """What is known of a language: small words, numbers, months, units, cues."""

    name: Names
    function_words: Words
    telling_words: Words = ()
    negations: Words = ()
    less_liked: Words = ()
    comparing: Words = ()
    anaphora: Words = ()
    numbers: dict[str, int] = Field(default_factory=dict)
    ordinals: dict[str, int] = Field(default_factory=dict)
    months: dict[str, int] = Field(default_factory=dict)
    weekdays: Words = ()
    units: dict[str, Words] = Field(default_factory=dict)
    duration_words: Words = ()
    interface_words: Words = ()
    teaser_words: Words = ()
    promotion_words: Words = ()
    promotion_phrases: Words = ()
    institution_words: Words = ()
    institution_joiners: Words = ()
    generic_words: Words = ()
    updated_words: Words = ()
    name_suffixes: Words = ()
    shorthand: dict[str, str] = Field(default_factory=dict)
    conjunctions: Words = ()
    clause_breaks: Words = ()
    first_person: Words = ()
    question_starts: Words = ()
    question_words: Words = ()
    polar_starts: Words = ()
    subordinators: Words = ()
    joiners: Words = ()
    origin_words: Words = ()
    asking_words: Words = ()
    stand_ins: Words = ()
    fillers: Words = ()
    relatives: Words = ()
    persons: Words = ()
    possessives: Words = ()
    bounds: dict[Literal["below", "at-most", "above", "at-least"], Words] = Field(default_factory=dict)
    wanted: dict[ValueKind, Words] = Field(default_factory=dict)
    thousands: str = ","
    decimal: str = "."
    money_format: str = "{symbol}{amount}"
    conjunction: str = Field(alias="and")
    disjunction: str = Field(alias="or")


class ConceptEntry(_Entry):
    """A meaning and the words for it."""

    name: Names | None = None
    en: Words = ()
    nl: Words = ()
    broader: Words = ()
    facet: str | None = None
    group: str | None = None
    within: str | None = None
    # Words that name it only where they are all of a row's or column's head: International.
    heads: Words = ()
    # A figure asked of it is of nothing else: a professor's salary is no graduate's.
    apart: bool = False
    # Headings under which a row that only says for whom it holds is of this: `EU students` under `Costs`.
    rows_under: Words = ()
    # Values for which a row that names this does not hold.
    excludes: Words = ()


class SenseEntry(_Entry):
    """Words that mean nearly the same, beside any concept."""

    en: Words = ()
    nl: Words = ()


EvidenceGroup = str | tuple[str, ...]


class TopicEntry(_Entry):
    """A topic: how students ask for it, what proves it, how it is answered."""

    name: Names
    kind: ValueKind = "prose"
    evidence: tuple[EvidenceGroup, ...] = ()
    phrases: Wordings = Wordings()
    next: Words = ()
    caveat: str | None = None
    related: Words = ()
    instead: Words = ()
    # Topics that are not meant where this one is heard: finding a placement goes before placements.
    before: Words = ()
    most: int | None = Field(default=None, ge=1, le=12)
    is_thing: bool = Field(default=False, alias="thing")
    # A part of a programme with sides of its own: what is asked of it is not told of the whole.
    is_part: bool = Field(default=False, alias="part")
    is_general: bool = Field(default=False, alias="general")
    is_listing: bool = Field(default=False, alias="listing")
    has_exceptions: bool = Field(default=False, alias="exceptions")
    # Asked of what was told last, and answered from there only: "is that per month?"
    is_of_last: bool = Field(default=False, alias="of_last")
    # A figure of all students or graduates together, which says nothing of a part of them.
    is_collective: bool = Field(default=False, alias="collective")


class SpeechEntry(_Entry):
    """Small talk, or a subject outside the program's scope, with what is said to it."""

    id: str
    phrases: Wordings
    replies: "Replies"


class Replies(_Entry):
    """One or more wordings of a reply in each language."""

    en: Words
    nl: Words


class ActEntry(_Entry):
    """A move in the dialogue (repeat, tell more, compare ...) and the wordings that make it."""

    phrases: Wordings
    whole: bool = False


SpeechEntry.model_rebuild()
