"""A folder of intents with few topics, which loads fast."""

import shutil
from pathlib import Path

import pytest
import yaml

INTENTS = Path(__file__).parents[2] / "intents"
TOPICS = ("fees", "credits", "visa")


@pytest.fixture(scope="session")
def few_intents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the shipped intents with three topics, in short."""
    folder = tmp_path_factory.mktemp("intents")
    for name in ("languages", "lexicon"):
        shutil.copytree(INTENTS / name, folder / name)
    shutil.copy(INTENTS / "replies.yaml", folder)
    (folder / "topics").mkdir()
    for topic in TOPICS:
        entry = yaml.safe_load((INTENTS / "topics" / f"{topic}.yaml").read_text("utf-8"))
        short = {key: entry[key] for key in ("name", "kind", "evidence") if key in entry}
        (folder / "topics" / f"{topic}.yaml").write_text(yaml.safe_dump(short, allow_unicode=True), "utf-8")
    return folder


@pytest.fixture(autouse=True)
def _use_few_intents(few_intents: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what loads intents load the few ones."""
    monkeypatch.setenv("ADVISOR_INTENTS", str(few_intents))
