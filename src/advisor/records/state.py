"""What holds between turns: plain data, the same after JSON and after a replay."""

from advisor.records.document import Record

STATE_VERSION = 1
# A rule of tracking that the test of the evidence goes by: only what was told last is asked about.
OF_WHAT_WAS_CITED = "of what was cited last"


class Word(Record):
    """A content word of a question, by its stems and its senses."""

    en: str
    nl: str
    text: str
    senses: tuple[str, ...] = ()


class Condition(Record):
    """What a programme must be to be listed: something that its page says about a topic.

    `bound` is `has`, `holds` (one of the words), `mentions` (the words, of no topic), `month`,
    or how a value of the kind compares with the amount; `words` are then its unit.
    """

    topic: str | None = None
    bound: str = "has"
    kind: str | None = None
    amount: float | None = None
    words: tuple[str, ...] = ()


class Query(Record):
    """What a turn asked, after the conversation has filled in what was left unsaid."""

    act: str = "answer"
    topic: str | None = None
    concepts: tuple[str, ...] = ()
    words: tuple[Word, ...] = ()
    hints: tuple[Word, ...] = ()
    literal: tuple[Word, ...] = ()
    rows: tuple[Word, ...] = ()
    wanted: str | None = None
    facets: tuple[tuple[str, str], ...] = ()
    # Rows that the turn before chose and this one only points back to.
    kept: tuple[tuple[str, str], ...] = ()
    programmes: tuple[str, ...] = ()
    within: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    specialisations: tuple[tuple[str, str], ...] = ()
    misplaced: tuple[tuple[str, str], ...] = ()
    negated: tuple[str, ...] = ()
    denied: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    alternatives: tuple[str, ...] = ()
    scope: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    most_words: int = 80
    is_elliptic: bool = False
    is_carried: bool = False
    asks_which: bool = False
    extreme: str | None = None
    rules: tuple[str, ...] = ()
    text: str = ""

    def but(self, **changes: object) -> "Query":
        """Return a copy with changes."""
        return self.model_copy(update=changes)

    def without_kept(self) -> "Query":
        """Return a copy that asks for no row but those that it names itself."""
        return self.but(facets=tuple(f for f in self.facets if f not in self.kept), kept=())


class Choice(Record):
    """An answer that a question back offers: its label, and the programme that it stands for."""

    label: str
    programme: str


class Pending(Record):
    """A question back that waits for an answer."""

    query: Query
    choices: tuple[Choice, ...]


class DialogueState(Record):
    """The conversation so far, as far as the next turn needs it."""

    version: int = STATE_VERSION
    fixed_language: str | None = None
    language: str | None = None
    turns: int = 0
    programmes: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    specialisations: tuple[tuple[str, str], ...] = ()
    tracks: tuple[tuple[str, str], ...] = ()
    query: Query | None = None
    cited: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    pending: Pending | None = None
    last_kind: str | None = None
