"""A generation is put in use whole, in one step, and the one before answers until then."""

import json
import shutil
import threading
from pathlib import Path

import pytest

from advisor import Advisor, ContentError, IndexProblem
from advisor.channels.cli import main
from advisor.editing import build_index, index_state, update_index
from advisor.index.loading import Loader
from benchmarks.catalogue import page, programmes, questions
from tests.cluster.conftest import FEW
from tests.cluster.guard import PASSWORD, USER, gate
from tests.cluster.server import LocalCluster

pytestmark = [pytest.mark.xdist_group("cluster"), pytest.mark.slow, pytest.mark.usefixtures("_is_patient")]
GLASS = "---\ntitle: Glass Blowing\ninstitution: Hogeschool Marlen\n---\n\n# Glass\n\n- Tuition fee: € {}\n"
ASKED = "What does glass blowing cost?"


@pytest.fixture
def pages(few: Path, tmp_path: Path) -> Path:
    """Return pages of a test's own."""
    folder = tmp_path / "pages"
    shutil.copytree(few, folder)
    (folder / "glass.md").write_text(GLASS.format(50), encoding="utf-8")
    return folder


def generations(cluster: LocalCluster, name: str) -> list[str]:
    """Return the generations of an index that are there."""
    return sorted(row["index"] for row in cluster.ask(f"/_cat/indices/{name}-*?format=json"))


def written(cluster: LocalCluster, generation: str) -> int:
    """Return how many documents were ever written into a generation."""
    stats = cluster.ask(f"/{generation}/_stats/indexing")
    return int(stats["_all"]["primaries"]["indexing"]["index_total"])


def test_a_change_updates_only_its_page(cluster: LocalCluster, pages: Path) -> None:
    """After pages came, went and changed, the index answers like the pages; the rest was not sent again."""
    address = cluster.address("change")
    build_index(address, [pages], shards=2)
    known = list(programmes(FEW))
    changed = next(p for p in known if p.fee and not p.is_dutch)
    text = page(changed)
    (pages / f"{changed.id}.md").write_text(text.replace(f"{changed.fee:,}", "7,777"), encoding="utf-8")
    (pages / f"{known[5].id}.md").unlink()
    (pages / "aaa-new.md").write_text(GLASS.format(60).replace("Glass", "Cork"), encoding="utf-8")
    state = index_state(address)
    assert [len(state.added), len(state.changed), len(state.removed)] == [1, 1, 1]
    change = update_index(address)
    assert (change.added, change.changed, change.removed, change.is_whole) == (1, 1, 1, False)
    first, second = generations(cluster, "change")
    assert written(cluster, second) < 100 < written(cluster, first)
    updated, memory = Advisor.load(index=address), Advisor.load(pages)
    asked = [*questions(known, 100), ASKED, "What does cork blowing cost?"]
    replies = [updated.ask(q).model_dump_json() for q in asked]
    assert replies == [memory.ask(q).model_dump_json() for q in asked]
    assert update_index(address) == (len(list(pages.iterdir())), 0, 0, 0, False)
    assert generations(cluster, "change") == [first, second]


def test_an_interrupted_build_leaves_the_old_one_in_use(
    cluster: LocalCluster, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken page, or an interruption when all is loaded: the index answers as before, nothing is left."""
    address = cluster.address("interrupted")
    build_index(address, [pages])
    before = generations(cluster, "interrupted")
    assert "€50" in Advisor.load(index=address).ask(ASKED).text
    (pages / "broken.md").write_text("---\ntitel: no title\n---\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"broken\.md"):
        build_index(address, [pages])
    with pytest.raises(ContentError, match=r"broken\.md"):
        update_index(address)
    (pages / "broken.md").unlink()
    (pages / "glass.md").write_text(GLASS.format(51), encoding="utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(Loader, "_wait", _interrupt)
        with pytest.raises(KeyboardInterrupt):
            update_index(address)
    assert generations(cluster, "interrupted") == before
    assert "€50" in Advisor.load(index=address).ask(ASKED).text
    update_index(address)
    assert "€51" in Advisor.load(index=address).ask(ASKED).text


def _interrupt(loader: Loader) -> None:
    raise KeyboardInterrupt


def test_two_who_build_at_once_do_not_undo_each_other(
    cluster: LocalCluster, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes second is told, and its generation goes."""
    address = cluster.address("race")
    build_index(address, [pages])
    wait = Loader._wait

    def be_overtaken(loader: Loader) -> None:
        monkeypatch.setattr(Loader, "_wait", wait)
        build_index(address, [pages])
        wait(loader)

    monkeypatch.setattr(Loader, "_wait", be_overtaken)
    with pytest.raises(IndexProblem, match="meanwhile"):
        build_index(address, [pages])
    assert len(generations(cluster, "race")) == 2
    assert "€50" in Advisor.load(index=address).ask(ASKED).text


def test_a_busy_cluster_is_asked_again(
    cluster: LocalCluster, pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it refuses for now is sent once more, and nothing is there twice."""
    monkeypatch.setenv("ADVISOR_OPENSEARCH_USER", USER)
    monkeypatch.setenv("ADVISOR_OPENSEARCH_PASSWORD", PASSWORD)
    with gate(cluster.nodes[0], tmp_path) as secured:
        monkeypatch.setenv("ADVISOR_OPENSEARCH_CA", str(secured.authority))
        secured.busy = 2
        build_index(secured.address("busy"), [pages])
        assert secured.busy == 0
        opened = Advisor.load(index=secured.address("busy"))
        assert "€50" in opened.ask(ASKED).text
        (generation,) = generations(cluster, "busy")
        parts = 10  # nine to open it, and the paths of the pages
        count = cluster.ask(f"/{generation}/_count")["count"]
        assert count == opened.store.index.size + len(opened.documents) + parts


def test_a_swap_under_load(cluster: LocalCluster, pages: Path) -> None:
    """While others ask, the index is brought up to date twice: every answer is whole, old or new."""
    from fastapi.testclient import TestClient

    from advisor.web import Settings, create_app

    address = cluster.address("swap")
    build_index(address, [pages])
    client = TestClient(create_app(Settings(corpus=(address,), keys=("k",), rate="")))
    asked = [ASKED, *questions(list(programmes(FEW)), 20)]
    told: list[tuple[int, str]] = []
    is_done = threading.Event()

    def ask() -> None:
        while not is_done.is_set():
            for question in asked:
                answer = client.post("/v1/ask", json={"text": question})
                told.append((answer.status_code, answer.text if question == ASKED else ""))

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        for fee in (51, 52, 53):
            (pages / "glass.md").write_text(GLASS.format(fee), encoding="utf-8")
            update_index(address)
    finally:
        is_done.set()
        for thread in threads:
            thread.join()
    assert len(told) > len(asked)
    assert {status for status, _ in told} == {200}
    assert all(any(f"€{fee}" in text for fee in (50, 51, 52, 53)) for _, text in told if text)
    assert len(generations(cluster, "swap")) == 2
    client.app.state.service.holder.reload()  # type: ignore[attr-defined]
    assert "€53" in client.post("/v1/ask", json={"text": ASKED}).json()["text"]


def test_who_has_a_removed_generation_open_goes_on_with_the_new(cluster: LocalCluster, pages: Path) -> None:
    """Two generations later the service opens what is in use, by itself."""
    from fastapi.testclient import TestClient

    from advisor import IndexGone
    from advisor.web import Settings, create_app

    address = cluster.address("removed")
    build_index(address, [pages])
    reader = Advisor.load(index=address)
    client = TestClient(create_app(Settings(corpus=(address,), keys=("k",), rate="")))
    for fee in (51, 52):
        (pages / "glass.md").write_text(GLASS.format(fee), encoding="utf-8")
        update_index(address)
    with pytest.raises(IndexGone):
        reader.ask(ASKED)
    answer = client.post("/v1/ask", json={"text": ASKED})
    assert answer.status_code == 200
    assert "€52" in answer.json()["text"]


def test_the_command_builds_updates_and_tells(
    cluster: LocalCluster, pages: Path, tmp_path: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`advisor index build`, `info`, `update`, and a question; a stale index is named."""
    index = ["--index", cluster.address("command")]
    assert main(["ask", *index, ASKED]) == 2
    assert "no index here" in capsys.readouterr().err
    assert main(["index", "build", *index, "--replicas", "0", str(pages)]) == 0
    assert capsys.readouterr().out.startswith(f"built: {FEW + 1} page(s); {FEW + 1} added")
    assert main(["index", "info", *index]) == 0
    assert capsys.readouterr().out.startswith(f"{FEW + 1} page(s), ")
    (pages / "glass.md").write_text(GLASS.format(51), encoding="utf-8")
    assert main(["index", "info", *index, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["changed"] == [str(pages / "glass.md")]
    assert main(["index", "update", *index]) == 0
    assert capsys.readouterr().out.startswith(f"updated: {FEW + 1} page(s); 0 added, 1 changed")
    assert main(["ask", *index, ASKED]) == 0
    assert "€51" in capsys.readouterr().out
    intents = tmp_path / "intents"
    shutil.copytree(root / "intents", intents)
    with (intents / "replies.yaml").open("a", encoding="utf-8") as file:
        file.write('more: {en: "x", nl: "x"}\n')
    assert main(["ask", *index, "--intents", str(intents), ASKED]) == 2
    assert "stale" in capsys.readouterr().err
    assert update_index(index[1], intents).is_whole
    for generation in generations(cluster, "command"):
        shape = cluster.ask(f"/{generation}/_settings")[generation]["settings"]["index"]
        assert (shape["number_of_shards"], shape["number_of_replicas"]) == ("1", "0")
