"""Take a page of any format into a corpus, as Markdown that an editor can go on with."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from advisor.advisor import Advisor
from advisor.editing.content import load, recogniser_for
from advisor.errors import ContentError, Problem
from advisor.pages.build import squeeze
from advisor.pages.load import FORMATS, identifier, read_page
from advisor.pages.write import as_markdown
from advisor.records.document import Document, Record
from advisor.records.state import Query

# What an editor would like to know of a page, in the order of its front matter.
PROVENANCE = ("institution", "language", "url", "last_updated", "edition")

# What the test of evidence says of a passage that answers.
PASSED = "passed"


class TopicFacts(Record):
    """The facts of a page that answer a topic."""

    topic: str
    name: str
    facts: tuple[str, ...]


class AdoptedPage(Record):
    """A page as it was read, and the Markdown that it becomes."""

    document: Document
    markdown: str
    sections: tuple[str, ...]
    topics: tuple[TopicFacts, ...]
    other_facts: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def facts(self) -> int:
        """How many facts were recognised."""
        return len(self.other_facts) + sum(len(t.facts) for t in self.topics)


class Adopter:
    """Reads pages with the words of one folder of intents."""

    def __init__(self, intents: str | Path | None = None) -> None:
        self._content = load(intents)
        self._recogniser = recogniser_for(self._content)

    def adopt(self, path: str | Path, language: str = "en") -> AdoptedPage:
        """Return what is recognised in a file; topics are named in the language.

        Raises ContentError for a file that is not there, of an unknown format, or without text.
        """
        path = Path(path)
        _check(path)
        document = read_page(path, self._recogniser)
        topics, others = self._by_topic(document, language)
        known = document.provenance.model_dump()
        text = document.text
        return AdoptedPage(
            document=document,
            markdown=as_markdown(document),
            sections=tuple(squeeze(text[b.start : b.end]) for b in document.blocks if b.kind == "heading"),
            topics=topics,
            other_facts=others,
            unknown=tuple(key for key in PROVENANCE if not known[key]),
        )

    def _by_topic(self, document: Document, language: str) -> tuple[tuple[TopicFacts, ...], tuple[str, ...]]:
        """Return the facts under the topic that each answers best, and those that answer none."""
        advisor = Advisor([document], self._content)
        facts = {p.id: squeeze(p.text) for p in advisor.store.passages if p.kind == "fact"}
        best: dict[str, tuple[float, str]] = {}
        for topic in self._content.topics:
            found = advisor.composer.judge.find(Query(topic=topic, programmes=(document.id,)), document.id)
            passed = {t.passage: t.score for t in found.trials if t.reason == PASSED}
            passed.update({e.passage.id: e.score for e in found.evidence})
            for passage, score in passed.items():
                if passage in facts and score > best.get(passage, (0.0, ""))[0]:
                    best[passage] = (score, topic)
        groups: dict[str, list[str]] = {}
        for passage, fact in facts.items():
            groups.setdefault(best.get(passage, (0.0, ""))[1], []).append(fact)
        others = tuple(groups.pop("", ()))
        return tuple(
            TopicFacts(topic=t, name=self._name(t, language), facts=tuple(f)) for t, f in groups.items()
        ), others

    def _name(self, topic: str, language: str) -> str:
        name: str = getattr(self._content.topics[topic].name, language)
        return name


def _check(path: Path) -> None:
    if not path.is_file():
        message = "is a folder; name the files in it" if path.is_dir() else "no such file"
        raise ContentError([Problem(str(path), None, message)])
    if path.suffix.lower() not in FORMATS:
        kinds = " ".join(sorted(FORMATS))
        raise ContentError([Problem(str(path), None, f"unknown format {path.suffix!r}; can read {kinds}")])


def store(pages: Sequence[AdoptedPage], folder: str | Path, *, replaces: bool = False) -> list[Path]:
    """Write pages into a folder and return their paths; an existing page stays unless `replaces`.

    Each file appears whole or not at all. Raises ContentError, before anything is written, when
    two pages have one id, when a page exists already, or one of another format has its id.
    """
    folder = Path(folder)
    problems = [p for page in pages for p in _obstacles(page, folder, replaces)]
    ids = [page.document.id for page in pages]
    for page in pages:
        if ids.count(page.document.id) > 1:
            problems.append(
                Problem(page.document.path, None, f"another file named has the id {page.document.id!r} too")
            )
    if problems:
        raise ContentError(problems)
    return [_store(page, folder) for page in pages]


def _store(page: AdoptedPage, folder: Path) -> Path:
    target = folder / f"{page.document.id}.md"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write_whole(target, page.markdown)
    except OSError as error:
        raise ContentError([Problem(str(target), None, f"cannot be written: {error.strerror}")]) from error
    return target


def _obstacles(page: AdoptedPage, folder: Path, replaces: bool) -> Iterator[Problem]:
    target = folder / f"{page.document.id}.md"
    if target.exists() and not replaces:
        yield Problem(str(target), None, "exists already; --replace overwrites it")
    for other in sorted(folder.iterdir()) if folder.is_dir() else ():
        if other.suffix.lower() in FORMATS and other != target and identifier(other) == target.stem:
            yield Problem(str(other), None, f"has the id {target.stem!r} too; move it out of the folder")


def _write_whole(target: Path, text: str) -> None:
    """Write beside the target and rename, so that no reader ever sees half a page."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        temporary.chmod(target.stat().st_mode if target.exists() else 0o644)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
