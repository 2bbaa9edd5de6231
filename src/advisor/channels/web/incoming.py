"""From the bytes of a request to a question."""

import asyncio
import json
from typing import Any

from fastapi import Request
from pydantic import ValidationError

from advisor.channels.web.exchange import Question
from advisor.channels.web.problems import ServiceProblem
from advisor.channels.web.settings import Settings


async def read_question(request: Request, settings: Settings, languages: tuple[str, ...]) -> Question:
    """Return the question in a request's body; raises ServiceProblem for one of the wrong form."""
    question = parse_question(await _body(request, settings))
    if len(question.text) > settings.max_text:
        detail = f"{len(question.text)} characters; at most {settings.max_text}"
        raise ServiceProblem("text-too-long", detail)
    if question.language is not None and question.language not in languages:
        raise ServiceProblem("unknown-language", f"{question.language!r}; known are {', '.join(languages)}")
    return question


async def _body(request: Request, settings: Settings) -> bytes:
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if media_type != "application/json":
        # Anything else a foreign page could send without asking the service first.
        raise ServiceProblem("not-json-type", "send it with Content-Type: application/json")
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared) > settings.max_body:
        raise _too_large(settings)
    body = bytearray()
    try:
        async with asyncio.timeout(settings.body_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > settings.max_body:
                    raise _too_large(settings)
    except TimeoutError as error:
        raise ServiceProblem("body-timeout", f"within {settings.body_seconds:g} seconds") from error
    return bytes(body)


def _too_large(settings: Settings) -> ServiceProblem:
    return ServiceProblem("body-too-large", f"at most {settings.max_body} bytes", {"Connection": "close"})


def parse_question(body: bytes) -> Question:
    """Return the question that a JSON body holds; raises ServiceProblem."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ServiceProblem("not-utf-8", f"{error.reason} at byte {error.start}") from error
    try:
        data = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise ServiceProblem(
            "not-json", f"{error.msg} at line {error.lineno}, column {error.colno}"
        ) from error
    except (ValueError, RecursionError) as error:
        raise ServiceProblem("not-json", "numbers or nesting beyond what is read") from error
    try:
        return Question.model_validate(_whole(data), strict=True)
    except ValidationError as error:
        raise ServiceProblem("invalid-request", _told(error)) from error


def _refuse(constant: str) -> None:
    raise ValueError(constant)


def _whole(data: Any) -> Any:
    """Return the data with halves of surrogate pairs, which no UTF-8 can carry, replaced."""
    if not isinstance(data, dict):
        return data
    return {_paired(key): _paired(value) if isinstance(value, str) else value for key, value in data.items()}


def _paired(text: str) -> str:
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _told(error: ValidationError) -> str:
    """Return what is wrong with which field, without the values, which may be personal."""
    told = [
        f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors(include_input=False)
    ]
    return "; ".join(told)[:500]
