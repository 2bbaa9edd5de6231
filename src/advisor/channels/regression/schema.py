"""What may stand in a question file, checked by pydantic and exported as JSON Schema."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema

from advisor.channels.regression.cases import Expectation, Kind

_STRING = {"type": "string"}
_SOME = {"anyOf": [_STRING, {"type": "array", "items": _STRING}]}
_GROUPS = {"anyOf": [_STRING, {"type": "array", "items": _SOME}]}


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


def _grouped(value: object) -> object:
    listed = _listed(value)
    return [_listed(v) for v in listed] if isinstance(listed, list) else listed


def _filled(value: object) -> object:
    """Take a bare `expect:` for one that expects nothing; lint tells of it."""
    return {} if value is None else value


Text = Annotated[str, Field(min_length=1)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed), WithJsonSchema(_SOME)]
Groups = Annotated[tuple[tuple[Text, ...], ...], BeforeValidator(_grouped), WithJsonSchema(_GROUPS)]
Kinds = Annotated[tuple[Kind, ...], BeforeValidator(_listed)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=False)


class Slots(_Entry):
    """What the conversation is about after the turn."""

    programme: Text | None = Field(default=None, description="part of the id, title or institution of a page")
    specialisation: Text | None = Field(default=None, description="the name of a specialisation")
    topic: Text | None = Field(default=None, description="the topic that a follow-up would go on with")
    language: Text | None = Field(default=None, description="language of the conversation: en or nl")


class Expect(_Entry):
    """What a reply must be; all of it holds, or the turn fails."""

    kind: Kinds = Field(default=(), description="the kind of reply, or any of a list")
    contains: Groups = Field(
        default=(), description="words that an answer must hold; a list within the list gives alternatives"
    )
    lacks: Texts = Field(default=(), description="words that must not stand in the reply")
    cites: Texts = Field(
        default=(), description="part of the id, title, institution or address of a page that is cited"
    )
    cites_not: Texts = Field(default=(), description="pages that must not be cited")
    language: Text | None = Field(default=None, description="language of the reply: en or nl")
    intent: Text | None = Field(default=None, description="the topic that the question is understood as")
    section: Text | None = Field(default=None, description="part of the heading above a cited passage")
    max_words: int | None = Field(
        default=None, ge=1, description="longest reply allowed, in words (150 when not told)"
    )
    choices: Texts = Field(default=(), description="words of what a question back must offer")
    slots: Slots = Field(default=Slots(), description="what the conversation is about after the turn")

    def as_expectation(self) -> Expectation:
        """Return the same as a plain record."""
        fields = {name: getattr(self, name) for name in Expect.model_fields}
        return Expectation(**{**fields, "slots": self.held()})

    def held(self) -> tuple[tuple[str, str], ...]:
        """Return the slots that are expected to be filled, as (slot, words)."""
        return tuple((name, words) for name in Slots.model_fields if (words := getattr(self.slots, name)))


class Ask(Expect):
    """A question with what is expected of its reply, under `expect` or beside it."""

    ask: Texts = Field(min_length=1, description="the question; a list gives several wordings of it")
    expect: Annotated[Expect, BeforeValidator(_filled)] = Field(
        default=Expect(), description="what the reply must be"
    )
    answer_contains: Groups = Field(
        default=(), alias="answer contains", description="kind answer, holding these words"
    )
    answer_lacks: Texts = Field(
        default=(), alias="answer lacks", description="kind answer, without these words"
    )
    answer_cites: Texts = Field(
        default=(), alias="answer cites", description="kind answer, resting on these pages"
    )

    def expectation(self) -> Expectation:
        """Return what is expected, wherever it was written."""
        inner = self.expect
        is_answer = bool(self.answer_contains or self.answer_lacks or self.answer_cites)
        return Expectation(
            kind=inner.kind or self.kind or (("answer",) if is_answer else ()),
            contains=(*inner.contains, *self.contains, *self.answer_contains),
            lacks=(*inner.lacks, *self.lacks, *self.answer_lacks),
            cites=(*inner.cites, *self.cites, *self.answer_cites),
            cites_not=(*inner.cites_not, *self.cites_not),
            language=inner.language or self.language,
            intent=inner.intent or self.intent,
            section=inner.section or self.section,
            max_words=inner.max_words or self.max_words,
            choices=(*inner.choices, *self.choices),
            slots=(*inner.held(), *self.held()),
        )


class _Labels(_Entry):
    id: Text | None = Field(
        default=None, description="name of the case; made from its questions when left out"
    )
    tags: Texts = Field(default=(), description="labels to select cases by")
    xfail: Text | None = Field(
        default=None, description="why the case fails at present; an error once it passes"
    )


class ShortCase(Ask, _Labels):
    """A case of one question."""


class LongCase(_Labels):
    """A case of several turns in one conversation."""

    conversation: tuple[Ask, ...] = Field(min_length=1, description="the turns, in order")


class Include(_Entry):
    """Another question file, relative to this one."""

    include: Texts


class QuestionFile(_Entry):
    """The full form: what holds for all cases, then the cases."""

    include: Texts = Field(default=(), description="other question files, relative to this one")
    corpus: Texts = Field(
        default=(), description="pages to ask, relative to this file, instead of those of the command"
    )
    tags: Texts = Field(default=(), description="labels of all cases")
    cases: tuple[ShortCase | LongCase | Include, ...] = Field(default=(), description="the cases, in order")


class _Expected(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Kinds = ()
    all: Groups = ()
    none: Texts = ()
    cite: Texts = ()
    cite_not: Texts = ()
    lang: str | None = None
    max_words: int | None = Field(default=None, ge=1)


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid")
    say: str
    expect: _Expected = _Expected()

    def expectation(self) -> Expectation:
        """Return the expectation in the words of question files."""
        own = self.expect
        return Expectation(
            kind=own.kind, contains=own.all, lacks=own.none, cites=own.cite, cites_not=own.cite_not,
            language=own.lang, max_words=own.max_words,
        )  # fmt: skip


class LineCase(BaseModel):
    """A line of a JSON Lines file of conversations."""

    model_config = ConfigDict(extra="forbid")
    id: Text
    tags: Texts = ()
    turns: tuple[_Said, ...] = Field(min_length=1)


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a question file, for completion in editors."""
    full = QuestionFile.model_json_schema(by_alias=True)
    definitions = full.pop("$defs")
    definitions["QuestionFile"] = full
    cases = [{"$ref": f"#/$defs/{name}"} for name in ("ShortCase", "LongCase", "Include")]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Question file of programme-advisor",
        "anyOf": [{"type": "array", "items": {"anyOf": cases}}, {"$ref": "#/$defs/QuestionFile"}],
        "$defs": definitions,
    }
