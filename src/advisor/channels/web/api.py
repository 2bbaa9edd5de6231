"""The addresses for programs, under /v1."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from advisor import Document, Reply, __version__
from advisor.channels.web.exchange import (
    Answer,
    Corpus,
    Health,
    Keeping,
    Page,
    Programmes,
    Question,
    Quote,
    Reload,
    Version,
    Welcome,
    opening,
)
from advisor.channels.web.exchange import programme as programme_of
from advisor.channels.web.incoming import read_question
from advisor.channels.web.problems import CODES, MEDIA_TYPE, Problem, ServiceProblem
from advisor.channels.web.service import Service, interface_language, service_of

router = APIRouter(prefix="/v1")
Position = Annotated[int | None, Query(ge=0, description="characters into the document's text")]


def told(*codes: str) -> dict[int | str, dict[str, Any]]:
    """Return what the OpenAPI document says of the problems that an address may answer with."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        by_status.setdefault(CODES[code][0], []).append(code)
    content = {MEDIA_TYPE: {"schema": Problem.model_json_schema()}}
    return {
        status: {"description": ", ".join(found), "content": content} for status, found in by_status.items()
    }


_ASK_PROBLEMS = told(
    *(c for c in CODES if c not in {"not-found", "unknown-document", "span-outside", "internal"})
)
_ASK_BODY = {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": Question.model_json_schema()}},
    }
}


@router.post("/ask", response_model=Answer, responses=_ASK_PROBLEMS, openapi_extra=_ASK_BODY)
async def ask(request: Request) -> Response:
    """Answer a question; send the answer's `state` with the next one."""
    service = service_of(request)
    service.rates.check(request.client.host if request.client else None)
    question = await read_question(request, service.settings, service.languages)
    answer = await service.turns.take(question, request.headers.get("accept-language"))
    return Response(answer, media_type="application/json")


@router.get(
    "/welcome",
    responses=told("unknown-programme", "invalid-request", "method-not-allowed", "index-unavailable"),
)
def welcome(request: Request, programme: Annotated[str | None, Query()] = None) -> Welcome:
    """Tell what a conversation may start with; `programme` puts one in focus."""
    service = service_of(request)
    advisor = service.holder.current.advisor
    state = opening(advisor, programme, None, request.headers.get("accept-language"))
    reply = advisor.resume(state).ask("")
    return Welcome(language=reply.language, suggestions=reply.suggestions, keeping=_keeping(service))


@router.get("/programmes", responses=told("method-not-allowed", "index-unavailable"))
def programmes(request: Request) -> Programmes:
    """List the documents that answers come from."""
    documents = service_of(request).holder.current.advisor.documents
    return Programmes(programmes=tuple(programme_of(d) for d in documents))


@router.get(
    "/documents/{identifier}",
    response_model=Page,
    responses={
        200: {"content": {"text/html": {}}},
        **told(
            "unknown-document", "invalid-request", "span-outside", "method-not-allowed", "index-unavailable"
        ),
    },
)
def document(request: Request, identifier: str, start: Position = None, end: Position = None) -> Response:
    """Return a document, with the passage from `start` to `end`: HTML for people, JSON for programs."""
    service = service_of(request)
    for_people = wants_html(request.headers.get("accept", ""))
    headers = {"vary": "accept, accept-language"}
    language = interface_language(request, service)
    root = str(request.scope.get("root_path", ""))
    try:
        found = service.holder.current.advisor.document(identifier)
    except KeyError as error:
        if for_people:
            return HTMLResponse(service.pages.unknown(language, root), 404, headers)
        raise ServiceProblem("unknown-document", "see /v1/programmes for the ids", headers) from error
    span = _span(found, start, end)
    if for_people:
        return HTMLResponse(service.pages.document(found, span, language, root), headers=headers)
    return JSONResponse(_page(found, span).model_dump(), headers=headers)


def _span(document: Document, start: int | None, end: int | None) -> tuple[int, int] | None:
    """Return the span asked for, or None; raises ServiceProblem for one that is not in the text."""
    if start is None and end is None:
        return None
    if start is None or end is None or not start < end <= len(document.text):
        raise ServiceProblem("span-outside", f"0 <= start < end <= {len(document.text)} must hold")
    return start, end


def _page(document: Document, span: tuple[int, int] | None) -> Page:
    quote = Quote(start=span[0], end=span[1], text=document.text[slice(*span)]) if span else None
    return Page(**programme_of(document).model_dump(), text=document.text, quote=quote)


def wants_html(accept: str) -> bool:
    """Return whether an Accept header prefers HTML, as browsers do, to JSON."""
    weights = _weights(accept)
    html = max(weights.get("text/html", 0.0), weights.get("application/xhtml+xml", 0.0))
    return html > 0 and html >= weights.get("application/json", 0.0)


def _weights(accept: str) -> Mapping[str, float]:
    weights = {}
    for entry in accept.split(","):
        media_type, *parameters = (part.strip().lower() for part in entry.split(";"))
        weight = next((p[2:] for p in parameters if p.startswith("q=")), "1")
        try:
            weights[media_type] = float(weight)
        except ValueError:
            weights[media_type] = 0.0
    return weights


@router.get("/health", responses=told("method-not-allowed"))
async def health(request: Request) -> Health:
    """Tell whether questions are answered, and whether the last reload failed."""
    holder = service_of(request).holder
    failure = holder.failure
    reload = Reload(failed_at=failure.at, problems=len(failure.problems)) if failure else None
    return Health(
        status="former pages kept" if failure else "ok",
        documents=len(holder.current.advisor.documents),
        reload=reload,
    )


@router.get("/version", responses=told("method-not-allowed"))
async def version(request: Request) -> Version:
    """Tell the versions of software, reply schema and pages, and what is kept of the questions."""
    service = service_of(request)
    loaded = service.holder.current
    return Version(
        software=__version__,
        schema_version=Reply.model_fields["schema_version"].default,
        corpus=Corpus(
            hash=loaded.corpus_hash,
            date=loaded.date,
            documents=len(loaded.advisor.documents),
            loaded_at=loaded.loaded_at,
        ),
        keeping=_keeping(service),
    )


def _keeping(service: Service) -> Keeping:
    keeps = service.settings.journal is not None
    return Keeping(questions=keeps, days=service.settings.journal_days if keeps else None)
