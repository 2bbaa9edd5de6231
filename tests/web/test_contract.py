"""What the OpenAPI document promises, the service keeps."""

from typing import Any

import pytest
import schemathesis
from hypothesis import given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from advisor import Advisor
from advisor.web import Settings, create_app
from tests.web.live import KEYS

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
ADDRESSES = [
    "POST /v1/ask",
    "GET /v1/welcome",
    "GET /v1/programmes",
    "GET /v1/documents/{identifier}",
    "GET /v1/health",
    "GET /v1/version",
]
TAKING_INPUT = ADDRESSES[:2] + ADDRESSES[3:4]


@pytest.fixture(scope="session")
def described(shipped: Advisor) -> schemathesis.BaseSchema:
    """The service's own description of itself."""
    app = create_app(Settings(keys=KEYS, rate=""), advisor=shipped)
    return schemathesis.openapi.from_asgi("/v1/openapi.json", app)


def operations(described: schemathesis.BaseSchema) -> dict[str, Any]:
    """Return what can be asked at which address."""
    found = [result.ok() for result in described.get_all_operations() if isinstance(result, Ok)]
    return {operation.label: operation for operation in found}


RIGHT = [(label, GenerationMode.POSITIVE) for label in ADDRESSES]
WRONG = [(label, GenerationMode.NEGATIVE) for label in TAKING_INPUT]


@pytest.mark.parametrize(("label", "mode"), [*RIGHT, *WRONG])
def test_responses_are_as_described(
    described: schemathesis.BaseSchema, label: str, mode: GenerationMode
) -> None:
    """Status, media type and body of every response, to right and wrong requests, are in the document."""

    @given(case=operations(described)[label].as_strategy(generation_mode=mode))
    @settings(max_examples=25, derandomize=True, database=None)
    def holds(case: "schemathesis.Case[Any]") -> None:
        case.call_and_validate(checks=CHECKS)

    holds()


def test_every_address_is_examined(described: schemathesis.BaseSchema) -> None:
    """The list above leaves out none of the document's addresses."""
    assert set(operations(described)) == set(ADDRESSES)
