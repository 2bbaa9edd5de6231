"""The three engines give the same replies, byte for byte."""

from pathlib import Path

import pytest
import yaml

from advisor import Advisor
from advisor.editing import build_index
from advisor.index import cluster as engine
from benchmarks.catalogue import programmes, questions
from tests.cluster.conftest import MANY
from tests.cluster.server import LocalCluster

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.slow, pytest.mark.usefixtures("_is_patient")]
TERMS: tuple[list[str], ...] = (
    ["#tuition-fee"],
    ["februari", "start"],
    ["laser", "optic", "#duration", "laser"],
    ["unknown"],
    [],
)


def talked(advisor: Advisor, talks: list[list[str]]) -> list[str]:
    """Return the replies of conversations and the state after each turn, as JSON."""
    told = []
    for turns in talks:
        chat = advisor.start()
        told += [chat.ask(text).model_dump_json() + chat.state.model_dump_json() for text in turns]
    return told


def sample(root: Path) -> list[list[str]]:
    """Return the conversations that the project keeps, as what is said in each."""
    talks = []
    for path in sorted((root / "tests" / "conversations").glob("dev-*.qa.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            talks.append([turn["ask"] for turn in case.get("conversation", [case]) if "ask" in turn])
    return talks


def ranked(advisor: Advisor, terms: list[str]) -> list[tuple[str, float]]:
    """Return the ids of the best passages for terms, with their scores."""
    return [(advisor.store.passages[n].id, s) for n, s in advisor.store.index.rank(terms, 20)]


def assert_same_ranking(one: Advisor, other: Advisor, terms: list[str]) -> None:
    """Assert that two engines rank alike; tantivy and Lucene add in single precision, which may show last."""
    ours, theirs = ranked(one, terms), ranked(other, terms)
    assert [passage for passage, _ in ours] == [passage for passage, _ in theirs], terms
    assert [score for _, score in ours] == pytest.approx([score for _, score in theirs], rel=1e-5)


def test_over_the_sample(advisor: Advisor, cluster: LocalCluster, root: Path, tmp_path: Path) -> None:
    """All of the project's own conversations, turn by turn."""
    pytest.importorskip("tantivy", reason="the extra disk is not installed")
    address = cluster.address("sample")
    build_index(tmp_path, [root / "corpus"])
    build_index(address, [root / "corpus"])
    talks = sample(root)
    assert sum(map(len, talks)) > 300
    expected = talked(advisor, talks)
    assert talked(Advisor.load(tmp_path), talks) == expected
    opened = Advisor.load(index=address)
    assert talked(opened, talks) == expected


def test_over_a_catalogue(cluster: LocalCluster, many: Path, tmp_path: Path) -> None:
    """Three hundred questions about hundreds of programmes, on three shards; and rankings, and pages."""
    pytest.importorskip("tantivy", reason="the extra disk is not installed")
    address = cluster.address("catalogue")
    build_index(tmp_path, [many])
    build_index(address, [many], shards=3)
    memory, disk, spread = Advisor.load(many), Advisor.open(tmp_path), Advisor.load(index=address)
    talks = [[question] for question in questions(list(programmes(MANY)), 300)]
    expected = talked(memory, talks)
    assert talked(disk, talks) == expected
    assert talked(spread, talks) == expected
    for terms in TERMS:
        assert_same_ranking(disk, memory, terms)
        assert_same_ranking(spread, memory, terms)
        held = {memory.store.passages[n].id for n in memory.store.index.holding(terms)}
        assert {spread.store.passages[n].id for n in spread.store.index.holding(terms)} == held
    assert [d.id for d in spread.documents] == [d.id for d in memory.documents]
    assert spread.documents[7] == memory.documents[7]
    passage = memory.store.passages[200]
    assert spread.store.passages[spread.store.number[passage.id]] == passage


def test_any_text_is_answered(cluster: LocalCluster, kept: str, in_memory: Advisor) -> None:
    """None at all, the cluster's own signs, very long, very many words."""
    opened = Advisor.load(index=cluster.address(kept))
    odd = ["", "*:* OR _id:*", "x" * 40_000, " ".join(f"laser{i}" for i in range(3000)), "\u202e€\x00 \ud800"]
    assert talked(opened, [odd]) == talked(in_memory, [odd])


def test_of_very_many_terms_the_rarest_count(
    cluster: LocalCluster, kept: str, in_memory: Advisor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query may hold only so many; up to there all count, twice when said twice."""
    opened, store = Advisor.load(index=cluster.address(kept)), in_memory.store
    every = sorted({t for n in range(len(store.passages)) for t in store.index.counts(n)})
    assert 300 < len(every) <= engine.MOST_CLAUSES
    # The cluster adds in single precision, which shows in the sum of hundreds.
    scores = [score for _, score in ranked(in_memory, every * 2)]
    assert [score for _, score in ranked(opened, every * 2)] == pytest.approx(scores, rel=1e-6)
    monkeypatch.setattr(engine, "MOST_CLAUSES", 5)
    rarest = sorted(every, key=store.index.frequency)[:5]
    assert_same_ranking(opened, in_memory, rarest)
    assert ranked(opened, every) == ranked(opened, rarest)
