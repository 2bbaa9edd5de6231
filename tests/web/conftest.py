"""What the tests of the service share: an adviser, a client, and a service that listens."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor
from advisor.web import Settings, create_app
from tests.web.live import KEYS, PLACES, LiveService, running


@pytest.fixture(scope="session")
def shipped() -> Advisor:
    """The pages that ship."""
    return Advisor.load()


@pytest.fixture(scope="session")
def wide() -> Advisor:
    """More than three programmes, so that a question without one is asked back."""
    return Advisor.load(corpus=PLACES)


@pytest.fixture(scope="session")
def client(shipped: Advisor) -> TestClient:
    """A client of a service without a limit on the rate."""
    return TestClient(create_app(Settings(keys=KEYS, rate=""), advisor=shipped))


@pytest.fixture(scope="module")
def live(wide: Advisor) -> Iterator[LiveService]:
    """A service that listens on 127.0.0.1."""
    with running(wide, Settings(keys=KEYS, rate="")) as service:
        yield service
