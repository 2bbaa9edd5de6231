"""Errors of the service as problem+json, with codes that do not change."""

import json
from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

MEDIA_TYPE = "application/problem+json"

# Code -> (HTTP status, title).
CODES: dict[str, tuple[int, str]] = {
    "not-utf-8": (400, "The body is not UTF-8 text"),
    "not-json": (400, "The body is not JSON"),
    "state-invalid": (400, "The state was not issued by this service"),
    "not-found": (404, "There is nothing at this address"),
    "unknown-document": (404, "There is no such document"),
    "method-not-allowed": (405, "The address does not take this method"),
    "body-timeout": (408, "The body did not arrive in time"),
    "state-other-corpus": (409, "The state belongs to another version of the pages"),
    "state-expired": (410, "The state is too old"),
    "body-too-large": (413, "The body is too large"),
    "not-json-type": (415, "The body is not declared to be JSON"),
    "invalid-request": (422, "The request does not have the right form"),
    "text-too-long": (422, "The text is too long"),
    "unknown-language": (422, "The language is not known here"),
    "unknown-programme": (422, "The programme is not known here"),
    "span-outside": (422, "The span lies outside the document"),
    "too-many-requests": (429, "Too many questions from this address"),
    "internal": (500, "Something broke"),
    "busy": (503, "The service is busy"),
    "index-unavailable": (503, "The pages cannot be read at the moment"),
}
_OF_STATUS = {404: "not-found", 405: "method-not-allowed"}


class Problem(BaseModel):
    """What went wrong, for programs (`code`) and people (`title`, `detail`)."""

    type: str
    title: str
    status: int
    code: str
    detail: str


class ServiceProblem(Exception):
    """A request that cannot be served; becomes a problem+json response."""

    def __init__(self, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        self.status, self.title = CODES[code]
        self.code = code
        self.detail = detail
        self.headers = dict(headers or {})
        super().__init__(detail)

    def record(self) -> Problem:
        """Return the problem as it goes over the wire."""
        return Problem(
            type=f"urn:programme-advisor:problem:{self.code}",
            title=self.title,
            status=self.status,
            code=self.code,
            detail=self.detail,
        )


def problem_response(problem: ServiceProblem) -> Response:
    """Return the response that tells a problem."""
    body = json.dumps(problem.record().model_dump(), ensure_ascii=False).encode()
    return Response(body, problem.status, problem.headers, MEDIA_TYPE)


async def tell_http_error(request: Request, error: Exception) -> Response:
    """Answer an error that the router raised, such as an unknown address."""
    assert isinstance(error, HTTPException)
    code = _OF_STATUS.get(error.status_code, "invalid-request")
    detail = f"{request.method} {request.url.path}: {error.detail}"
    response = problem_response(ServiceProblem(code, detail, error.headers))
    response.status_code = error.status_code
    return response
