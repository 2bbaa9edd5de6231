"""The way to a cluster is TLS with a name and password, and answering only reads."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from advisor import Advisor, IndexProblem
from advisor.channels.cli import main
from advisor.editing import build_index
from benchmarks.catalogue import programmes, questions
from tests.cluster.conftest import FEW
from tests.cluster.guard import PASSWORD, USER, Gate, gate
from tests.cluster.server import LocalCluster

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.slow, pytest.mark.usefixtures("_is_patient")]
READING = {"_mget", "_msearch", "_search"}


@pytest.fixture
def secured(
    cluster: LocalCluster, kept: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Gate]:
    """Return a gate before the cluster, with the environment set so that it opens."""
    assert kept
    with gate(cluster.nodes[0], tmp_path) as opened:
        monkeypatch.setenv("ADVISOR_OPENSEARCH_USER", USER)
        monkeypatch.setenv("ADVISOR_OPENSEARCH_PASSWORD", PASSWORD)
        monkeypatch.setenv("ADVISOR_OPENSEARCH_CA", str(opened.authority))
        yield opened


def test_answers_come_through_tls(secured: Gate, kept: str, in_memory: Advisor) -> None:
    """With the authority and the credentials of the environment all is as without."""
    question = questions(list(programmes(FEW)), 1)[0]
    assert Advisor.load(index=secured.address(kept)).ask(question) == in_memory.ask(question)


def test_wrong_credentials_are_told(
    secured: Gate, kept: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Wrong or none: an error that names the variables and not what is in them; nothing came through."""
    monkeypatch.setenv("ADVISOR_OPENSEARCH_PASSWORD", "a wrong guess")
    assert main(["ask", "--index", secured.address(kept), "What does it cost?"]) == 2
    told = capsys.readouterr().err
    assert "refuses the credentials (401)" in told
    assert "a wrong guess" not in told
    monkeypatch.delenv("ADVISOR_OPENSEARCH_USER")
    with pytest.raises(IndexProblem, match="ADVISOR_OPENSEARCH_USER"):
        Advisor.load(index=secured.address(kept))
    with pytest.raises(IndexProblem, match="credentials"):
        build_index(secured.address("other"))
    assert secured.asked == []


def test_a_certificate_of_an_unknown_authority_is_refused(
    secured: Gate, kept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also that of a known one for another host."""
    other = secured.address(kept).replace("127.0.0.1", "localhost")
    with pytest.raises(IndexProblem, match="certificate is not trusted"):
        Advisor.load(index=other)
    monkeypatch.delenv("ADVISOR_OPENSEARCH_CA")
    with pytest.raises(IndexProblem, match="ADVISOR_OPENSEARCH_CA"):
        Advisor.load(index=secured.address(kept))
    assert secured.asked == []


def test_nothing_of_a_question_is_written(secured: Gate, cluster: LocalCluster, kept: str) -> None:
    """All that is sent while answering are readings; no index, document or count has changed after it."""
    indices = "/_cat/indices?format=json&h=index,docs.count&s=index"
    before = cluster.ask(indices), _changes(cluster)
    opened = Advisor.load(index=secured.address(kept))
    secured.asked.clear()
    chat = opened.start()
    for question in [*questions(list(programmes(FEW)), 60), "My name is Zebedee Quoll, what does it cost?"]:
        chat.ask(question)
    assert {asked.method for asked in secured.asked} == {"POST"}
    assert {asked.path.split("?")[0].rsplit("/")[-1] for asked in secured.asked} <= READING
    assert (cluster.ask(indices), _changes(cluster)) == before


def _changes(cluster: LocalCluster) -> list[int]:
    """Return how many documents were ever indexed and deleted in all of the cluster."""
    held = cluster.ask("/_stats/indexing")["_all"]["total"]["indexing"]
    return [held["index_total"], held["delete_total"]]
