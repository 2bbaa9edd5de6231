"""An index on disk gives the replies of the pages it was made from, and follows them page by page."""

import json
import shutil
import threading
from pathlib import Path

import pytest

from advisor import Advisor, ContentError, IndexProblem
from advisor.channels.cli import main
from advisor.editing import build_index, index_state, update_index
from benchmarks.catalogue import page, programmes, questions, write_catalogue

pytest.importorskip("tantivy", reason="the extra disk is not installed")

PAGES = 120
GLASS = "---\ntitle: Glass Blowing\ninstitution: Hogeschool Marlen\n---\n\n# Glass\n\n- Tuition fee: € 50\n"
# In what a conversation may go on with: narrowing, carrying, asking back, going back.
TALK = (
    "Which programmes are in English under EUR 5,000?", "Which of them start in February?",
    "What does it cost?", "2", "and how long does it take?", "why?", "where does it say that?",
    "tell me more", "thanks",
    "zijn er opleidingen in het Nederlands", "what about scholarships", "is there anything about lasers?",
)  # fmt: skip


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of invented programmes."""
    folder = tmp_path_factory.mktemp("pages")
    write_catalogue(folder, PAGES)
    return folder


@pytest.fixture(scope="module")
def built(catalogue: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index of them."""
    folder = tmp_path_factory.mktemp("index")
    build_index(folder, [catalogue])
    return folder


def replies(advisor: Advisor, asked: list[str]) -> list[str]:
    """Return the replies to questions each on its own, as JSON."""
    return [advisor.ask(question).model_dump_json() for question in asked]


def talk(advisor: Advisor) -> list[str]:
    """Return the replies and states of one conversation."""
    chat = advisor.start()
    return [chat.ask(text).model_dump_json() + chat.state.model_dump_json() for text in TALK]


def test_replies_are_those_of_the_pages_in_memory(catalogue: Path, built: Path) -> None:
    """Three hundred questions over a catalogue, and a conversation, byte for byte."""
    memory, disk = Advisor.load(catalogue), Advisor.open(built)
    asked = questions(list(programmes(PAGES)), 300)
    assert replies(disk, asked) == replies(memory, asked)
    assert talk(disk) == talk(memory)
    assert [d.id for d in disk.documents] == [d.id for d in memory.documents]
    assert disk.store.passages[disk.store.number[memory.store.passages[200].id]] == memory.store.passages[200]


def test_replies_over_the_sample_are_the_same(advisor: Advisor, root: Path, tmp_path: Path) -> None:
    """The shipped pages too, with what the project's own conversations ask."""
    import yaml

    build_index(tmp_path, [root / "corpus"])
    asked = [
        turn["ask"]
        for path in sorted((root / "tests" / "conversations").glob("dev-*.qa.yaml"))
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))
        for turn in case.get("conversation", [case])
        if "ask" in turn
    ]
    assert len(asked) > 300
    assert replies(Advisor.load(tmp_path), asked) == replies(advisor, asked)


def test_rankings_are_the_same(catalogue: Path, built: Path) -> None:
    """Both engines rank alike, ties by the order of the pages."""
    memory, disk = Advisor.load(catalogue), Advisor.open(built)
    for terms in (["#tuition-fee"], ["februari", "start"], ["laser", "optic", "#duration"], ["unknown"]):
        ours = [(memory.store.passages[n].id, s) for n, s in memory.store.index.rank(terms, 20)]
        assert [(disk.store.passages[n].id, s) for n, s in disk.store.index.rank(terms, 20)] == ours


def test_a_change_updates_only_its_page(catalogue: Path, tmp_path: Path) -> None:
    """After pages came, went and changed, the index answers like one built anew."""
    pages, index = tmp_path / "pages", tmp_path / "index"
    shutil.copytree(catalogue, pages)
    build_index(index, [pages])
    known = list(programmes(PAGES))
    changed = next(p for p in known if p.fee and not p.is_dutch)
    text = page(changed)
    (pages / f"{changed.id}.md").write_text(text.replace(f"{changed.fee:,}", "7,777"), encoding="utf-8")
    (pages / f"{known[5].id}.md").unlink()
    (pages / "aaa-new.md").write_text(
        GLASS,
        encoding="utf-8",
    )
    state = index_state(index)
    assert [len(state.added), len(state.changed), len(state.removed)] == [1, 1, 1]
    change = update_index(index)
    assert (change.added, change.changed, change.removed, change.is_whole) == (1, 1, 1, False)
    updated = Advisor.open(index)
    assert "7,777" in updated.ask(f"What does {changed.title} at {changed.institution.english} cost?").text
    assert "€50" in updated.ask("What does glass blowing cost?").text
    asked = questions(known, 150)
    assert replies(updated, asked) == replies(Advisor.load(pages), asked)
    assert update_index(index) == (PAGES, 0, 0, 0, False)


def test_an_interrupted_build_leaves_the_old_one_in_use(catalogue: Path, tmp_path: Path) -> None:
    """A broken page stops the build; the index answers as before, and is built once it is mended."""
    pages, index = tmp_path / "pages", tmp_path / "index"
    pages.mkdir()
    for path in sorted(catalogue.iterdir())[:6]:
        shutil.copy(path, pages)
    build_index(index, [pages])
    before = Advisor.open(index).ask("Which programmes start in September?").text
    (pages / "broken.md").write_text("---\ntitel: no title\n---\n", encoding="utf-8")
    with pytest.raises(ContentError, match=r"broken\.md"):
        build_index(index, [pages])
    with pytest.raises(ContentError, match=r"broken\.md"):
        update_index(index)
    assert Advisor.open(index).ask("Which programmes start in September?").text == before
    assert sorted(p.name for p in index.glob("generation-*")) == ["generation-1"]
    (pages / "broken.md").unlink()
    build_index(index, [pages])
    assert Advisor.open(index).ask("Which programmes start in September?").text == before


def test_one_that_is_open_goes_on_while_another_is_built(catalogue: Path, tmp_path: Path) -> None:
    """A reader, in other threads too, keeps the generation that it opened; two may not build at once."""
    from advisor.index.folder import locked

    index = tmp_path / "index"
    pages = tmp_path / "pages"
    pages.mkdir()
    for path in sorted(catalogue.iterdir())[:6]:
        shutil.copy(path, pages)
    build_index(index, [pages])
    reader = Advisor.open(index)
    next(iter(pages.iterdir())).unlink()
    update_index(index)
    answers: list[str] = []
    thread = threading.Thread(target=lambda: answers.append(reader.ask("What does it cost?").kind))
    thread.start()
    thread.join()
    assert answers == ["clarify"]
    assert len(reader.documents) == 6
    assert len(Advisor.open(index).documents) == 5
    with locked(index), pytest.raises(IndexProblem, match="another process"):
        update_index(index)


def test_a_stale_or_foreign_index_is_named(
    built: Path, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Other intents, another version, a folder that is none: each is told, and how to go on."""
    intents = tmp_path / "intents"
    shutil.copytree(root / "intents", intents)
    with (intents / "replies.yaml").open("a", encoding="utf-8") as file:
        file.write('more: {en: "x", nl: "x"}\n')
    with pytest.raises(IndexProblem, match=r"stale.*advisor index build"):
        Advisor.open(built, intents)
    with pytest.raises(IndexProblem, match="no index here"):
        Advisor.open(tmp_path)
    other = tmp_path / "other"
    shutil.copytree(built, other)
    manifest = json.loads((other / "manifest.json").read_text(encoding="utf-8"))
    (other / "manifest.json").write_text(json.dumps({**manifest, "schema_version": 99}), encoding="utf-8")
    with pytest.raises(IndexProblem, match="version 99"):
        Advisor.open(other)
    (other / "manifest.json").write_text(json.dumps({**manifest, "generation": "gone"}), encoding="utf-8")
    with pytest.raises(IndexProblem, match="damaged"):
        Advisor.open(other)
    assert main(["index", "info", str(built), "--intents", str(intents)]) == 1
    assert "stale" in capsys.readouterr().err
    assert main(["ask", "--index", f"disk:{tmp_path}", "What does it cost?"]) == 2
    assert "no index here" in capsys.readouterr().err


def test_the_command_builds_updates_and_tells(
    catalogue: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`advisor index build`, `info`, `update`, and a question to the index."""
    pages = tmp_path / "pages"
    pages.mkdir()
    for path in sorted(catalogue.iterdir())[:6]:
        shutil.copy(path, pages)
    index = str(tmp_path / "index")
    assert main(["index", "build", index, "--corpus", str(pages)]) == 0
    assert capsys.readouterr().out.startswith("built: 6 page(s); 6 added, 0 changed, 0 removed")
    assert main(["index", "info", index]) == 0
    assert capsys.readouterr().out.startswith("6 page(s), ")
    (pages / "more.md").write_text(GLASS, encoding="utf-8")
    assert main(["index", "info", index, "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["added"] == [str(pages / "more.md")]
    assert main(["index", "update", index, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["added"] == 1
    assert main(["ask", "--index", f"disk:{index}", "What does glass blowing cost?"]) == 0
    assert "€50" in capsys.readouterr().out
