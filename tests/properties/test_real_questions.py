"""The promises hold for every conversation that the project keeps, on pages of every shape."""

import unicodedata
from pathlib import Path

import pytest
import yaml

from advisor import Advisor, Reply
from tests.properties.wordings import figures, marks

ROOT = Path(__file__).parents[2]
CONVERSATIONS = ROOT / "tests" / "conversations"


def talks(folder: Path) -> list[list[str]]:
    """Return the utterances of each conversation of a folder."""
    found = []
    for path in sorted(folder.glob("*.qa.yaml")):
        for case in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader):
            turns = case.get("conversation", [case])
            found.append([turn["ask"] for turn in turns if "ask" in turn])
    return found


@pytest.fixture(scope="module")
def crowd() -> Advisor:
    """Return an adviser on the shipped pages and on pages of other shapes, in all formats."""
    return Advisor.load([ROOT / "corpus", ROOT / "tests" / "fixtures" / "pages"])


def broken(advisor: Advisor, reply: Reply, spoken: str) -> list[str]:
    """Return which promises a reply breaks."""
    faults = []
    for citation in reply.citations:
        text = advisor.document(citation.document).text
        if text[citation.start : citation.end] != citation.quote:
            faults.append(f"[{citation.number}] is no true quote")
    numbers = [c.number for c in reply.citations]
    if marks(reply.text) != numbers or numbers != list(range(1, len(numbers) + 1)):
        faults.append(f"marks {marks(reply.text)} for citations {numbers}")
    if len({(c.document, c.start, c.end) for c in reply.citations}) < len(numbers):
        faults.append("a passage is cited twice")
    parts = [(c.quote, c.section, c.title, c.institution, c.last_updated, c.edition) for c in reply.citations]
    proof = " ".join([spoken, *(" ".join(filter(None, part)) for part in parts)])
    if reply.kind == "answer" and not figures(reply.text) <= figures(proof):
        faults.append(f"unproven figures: {figures(reply.text) - figures(proof)}")
    if reply.kind == "answer" and not reply.citations:
        faults.append("an answer without a source")
    return faults


@pytest.mark.parametrize("folder", ["", "pages"])
def test_no_kept_conversation_breaks_a_promise(advisor: Advisor, crowd: Advisor, folder: str) -> None:
    """Quotes are true, figures proven, marks in order, answers sourced, turn by turn."""
    adviser = crowd if folder else advisor
    kept = talks(CONVERSATIONS / folder)
    assert len(kept) > 100
    faults = []
    for said in kept:
        chat, spoken = adviser.start(), ""
        for text in said:
            spoken += " " + unicodedata.normalize("NFKC", text)
            reply = chat.ask(text)
            if "[" not in text:
                faults += [
                    f"{said}: {text!r}: {fault}\n    {reply.text}" for fault in broken(adviser, reply, spoken)
                ]
    assert not faults, "\n".join(faults)


def test_a_page_is_cut_and_cited_alike_in_a_crowd(advisor: Advisor, crowd: Advisor) -> None:
    """Pages that are added change nothing in how another page is read."""
    for document in advisor.documents:
        other = crowd.document(document.id)
        assert (other.text, other.blocks) == (document.text, document.blocks)
