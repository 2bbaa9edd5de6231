"""What happens when nodes fail while questions are asked."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from advisor import Advisor, IndexUnavailable
from advisor.web import Settings, create_app
from benchmarks.catalogue import programmes
from tests.cluster.conftest import FEW
from tests.cluster.server import LocalCluster

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.slow]
SOON = 2.0
PROBLEM = "application/problem+json"


@pytest.fixture
def failing(cluster: LocalCluster) -> Iterator[LocalCluster]:
    """Return the cluster, and start again afterwards what a test stopped."""
    try:
        yield cluster
    finally:
        for number in {0, 1} - cluster.running:
            cluster.start(number)


def asked(few: Path) -> list[str]:
    """Return a question about each page, which nobody has read before."""
    del few
    return [f"How long is {p.title} at {p.institution.dutch}?" for p in programmes(FEW)]


@pytest.mark.parametrize("number", [0, 1])
def test_one_node_stopped_in_the_middle(
    failing: LocalCluster, kept: str, few: Path, in_memory: Advisor, number: int
) -> None:
    """Answers go on, from the other's copies, each in time."""
    opened = Advisor.load(index=failing.address(kept))
    half = FEW // 2
    for place, question in enumerate(asked(few)):
        if place == half:
            failing.stop(number)
        began = time.monotonic()
        reply = opened.ask(question)
        assert place < half or time.monotonic() - began < 2 * SOON
        assert reply == in_memory.ask(question)


def test_both_stopped_and_back_again(failing: LocalCluster, kept: str, few: Path, in_memory: Advisor) -> None:
    """The service says so within two seconds, with a code of its own, stays up and recovers by itself."""
    client = TestClient(create_app(Settings(corpus=(failing.address(kept),), keys=("k",), rate="")))
    first, second, third, *_ = asked(few)
    assert client.post("/v1/ask", json={"text": first}).status_code == 200
    failing.stop()
    for text in (second, third):
        began = time.monotonic()
        refused = client.post("/v1/ask", json={"text": text})
        assert time.monotonic() - began < SOON
        assert (refused.status_code, refused.headers["content-type"]) == (503, PROBLEM)
        assert refused.json()["code"] == "index-unavailable"
        assert refused.headers["retry-after"] == "2"
        assert text not in refused.text
    assert client.get("/v1/documents/nobody", headers={"accept": "application/json"}).status_code == 404
    assert client.get("/v1/health").json()["documents"] == FEW
    with pytest.raises(IndexUnavailable):
        Advisor.load(index=failing.address(kept))
    failing.start()
    until = time.monotonic() + 20
    while (answer := client.post("/v1/ask", json={"text": second})).status_code == 503:
        assert time.monotonic() < until
        time.sleep(0.2)
    assert answer.json()["text"] == in_memory.ask(second).text
