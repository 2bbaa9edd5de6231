"""What the tests of an index in a cluster share: the cluster, pages, and what they are compared with."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor import Advisor
from advisor.editing import build_index
from advisor.index import connection
from benchmarks.catalogue import write_catalogue
from tests.cluster.server import LocalCluster, missing

FEW, MANY = 24, 300


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    """Return a cluster of two nodes, both running."""
    pytest.importorskip("opensearchpy", reason="the extra cluster is not installed")
    problem = missing()
    if problem:
        pytest.skip(problem)
    local = LocalCluster()
    try:
        local.start()
        yield local
    finally:
        local.close()


@pytest.fixture
def _is_patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests take their time where a test is not about time."""
    monkeypatch.setenv(connection.SECONDS, "30")


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small folder of invented programmes."""
    folder = tmp_path_factory.mktemp("few")
    write_catalogue(folder, FEW)
    return folder


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a larger folder of invented programmes."""
    folder = tmp_path_factory.mktemp("many")
    write_catalogue(folder, MANY)
    return folder


@pytest.fixture(scope="session")
def in_memory(few: Path) -> Advisor:
    """Return the adviser that reads the few pages in memory."""
    return Advisor.load(few)


@pytest.fixture(scope="session")
def kept(cluster: LocalCluster, few: Path) -> str:
    """Return the name of an index of the few pages, which no test changes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(connection.SECONDS, "30")
        build_index(cluster.address("kept"), [few], shards=2)
    return "kept"
