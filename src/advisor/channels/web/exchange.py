"""What goes over the wire: the question, the answer, and what the service tells of itself."""

from pydantic import BaseModel, ConfigDict, Field

from advisor import Advisor, DialogueState, Document, Reply
from advisor.channels.web.problems import ServiceProblem


class Question(BaseModel):
    """A turn: the text, the state that the last answer gave, a language to fix.

    `programme` puts a programme in focus where a new conversation starts on its page.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str = Field(description="what the student asks")
    state: str | None = Field(default=None, description="the state of the last answer; none to start")
    language: str | None = Field(default=None, description="fix the language of the replies, such as nl")
    programme: str | None = Field(default=None, description="id of the programme that a start is about")


class Answer(Reply):
    """A reply, and the state to send back with the next question."""

    state: str


class Programme(BaseModel):
    """A document of the corpus, without its text; null where the page does not say."""

    id: str
    title: str
    institution: str | None
    language: str | None
    url: str | None
    source: str | None
    last_updated: str | None
    edition: str | None


class Programmes(BaseModel):
    """Every document, in order."""

    programmes: tuple[Programme, ...]


class Quote(BaseModel):
    """A passage of a document: `text[start:end]`."""

    start: int
    end: int
    text: str


class Page(Programme):
    """A document with its text, and the passage asked for."""

    text: str
    quote: Quote | None


class Reload(BaseModel):
    """A reload that failed, and since when the former pages are kept."""

    failed_at: str
    problems: int


class Health(BaseModel):
    """Whether questions are answered; `reload` is null unless the last reload failed."""

    status: str
    documents: int
    reload: Reload | None


class Corpus(BaseModel):
    """Which pages are serving."""

    hash: str
    date: str | None = Field(description="the day on which the youngest page was written")
    documents: int
    loaded_at: str


class Keeping(BaseModel):
    """Whether questions are kept, and for how many days."""

    questions: bool
    days: int | None


class Welcome(BaseModel):
    """What a conversation may start with, and what is kept of it."""

    language: str
    suggestions: tuple[str, ...]
    keeping: Keeping


class Version(BaseModel):
    """Software, reply schema, pages, and what is kept of the questions."""

    software: str
    schema_version: int
    corpus: Corpus
    keeping: Keeping


def programme(document: Document) -> Programme:
    """Return what the list of programmes says of a document."""
    said = document.provenance
    return Programme(
        id=document.id,
        title=said.title,
        institution=said.institution,
        language=said.language,
        url=said.url,
        source=said.source,
        last_updated=said.last_updated,
        edition=said.edition,
    )


def opening(
    advisor: Advisor, programme: str | None, fixed_language: str | None, accepted: str | None
) -> DialogueState:
    """Return the state that a conversation starts with, a programme in focus where one is named.

    `accepted` is an Accept-Language header: it decides where the words do not.
    """
    if programme is not None:
        try:
            advisor.document(programme)
        except KeyError as error:
            raise ServiceProblem("unknown-programme", "see /v1/programmes for the ids") from error
    focus = (programme,) if programme else ()
    return DialogueState(
        fixed_language=fixed_language,
        language=preferred_language(accepted, tuple(advisor.content.languages)),
        programmes=focus,
        mentioned=focus,
    )


def preferred_language(accepted: str | None, known: tuple[str, ...]) -> str | None:
    """Return the first known language of an Accept-Language header, by its weights."""
    weighed = []
    for position, entry in enumerate((accepted or "").split(",")):
        tag, _, weight = entry.partition(";q=")
        language = tag.strip().lower().split("-")[0]
        if language in known:
            weighed.append((-_number(weight), position, language))
    return min(weighed)[2] if weighed else None


def _number(weight: str) -> float:
    try:
        return float(weight.strip() or 1)
    except ValueError:
        return 0.0
