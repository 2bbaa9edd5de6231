"""Look for problems in pages and intents, each with its path and line."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Literal, get_args

from advisor.advisor import Advisor, shipped
from advisor.editing.content import corpus_places, intents_folder, recogniser_for
from advisor.editing.facts import clashes
from advisor.errors import ContentError, Problem
from advisor.pages.build import squeeze
from advisor.pages.load import load_documents
from advisor.pages.recognise import Recogniser
from advisor.records.document import Block, Document, Record
from advisor.topics.content import Content
from advisor.topics.load import load_content

Kind = Literal[
    "empty-section",
    "no-label",
    "duplicate",
    "contradiction",
    "unknown-language",
    "old",
    "undated",
    "broken-reference",
    "unanswered-topic",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
# What an editor may want to know, but need not change.
NOTES: frozenset[Kind] = frozenset({"unanswered-topic", "undated"})


class Finding(Record):
    """One thing that an editor should look at."""

    kind: Kind
    path: str
    line: int | None
    message: str

    @property
    def is_note(self) -> bool:
        """Whether it is no problem in itself."""
        return self.kind in NOTES

    def __str__(self) -> str:
        """Return it as `path:line: message`."""
        return str(Problem(self.path, self.line, self.message))


class Inspection(Record):
    """All that was found: broken content, problems, and notes."""

    documents: tuple[str, ...]
    broken: tuple[Problem, ...]
    findings: tuple[Finding, ...]

    @property
    def problems(self) -> tuple[Finding, ...]:
        """The findings that an editor should change something about."""
        return tuple(f for f in self.findings if not f.is_note)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """The findings that may well be as they should."""
        return tuple(f for f in self.findings if f.is_note)


def inspect_content(
    corpus: Sequence[str | Path] | None = None,
    intents: str | Path | None = None,
    *,
    keep_going: bool = False,
    older_than: float | None = None,
    today: date | None = None,
) -> Inspection:
    """Return what is wrong with pages and intents; never raises on broken ones.

    With broken content there are no findings, unless `keep_going`: then the pages that can be
    read are looked at. `older_than` is in years before `today`.
    """
    broken: list[Problem] = []
    folder = intents_folder(intents)
    content = _content(folder, broken)
    if content is None:
        return Inspection(documents=(), broken=tuple(broken), findings=())
    documents = _documents(corpus_places(corpus), recogniser_for(content), keep_going, broken)
    findings: list[Finding] = []
    if documents and (keep_going or not broken):
        look = _Look(Advisor(documents, content), recogniser_for(content))
        findings += look.all(older_than, today or date.today())
    return Inspection(
        documents=tuple(d.id for d in documents),
        broken=tuple(broken),
        findings=tuple(sorted(findings, key=lambda f: (f.is_note, f.path, f.line or 0, f.message))),
    )


def _content(folder: Path, broken: list[Problem]) -> Content | None:
    """Return the intents; in place of broken ones those that ship, to read the pages with."""
    try:
        return load_content(folder)
    except ContentError as error:
        broken += error.problems
    try:
        return load_content(shipped("intents"))
    except ContentError:
        return None


def _documents(
    places: Sequence[str | Path], recogniser: Recogniser, keep_going: bool, broken: list[Problem]
) -> list[Document]:
    try:
        return load_documents(places, recogniser, keep_going, broken.append)
    except ContentError as error:
        broken += error.problems
        return []


class _Look:
    """Looks at one corpus with one folder of intents."""

    def __init__(self, advisor: Advisor, recogniser: Recogniser) -> None:
        self.advisor = advisor
        self.recogniser = recogniser
        self.languages = advisor.content.languages

    def all(self, older_than: float | None, today: date) -> Iterator[Finding]:
        """Yield every finding."""
        # An older edition is as old as it should be.
        replaced = {d.provenance.supersedes for d in self.advisor.documents}
        for document in self.advisor.documents:
            yield from self._sections(document)
            yield from self._labels(document)
            yield from self._provenance(document)
            if older_than is not None and document.id not in replaced:
                yield from self._age(document, older_than, today)
        for clash in clashes(self.advisor):
            kind: Kind = "duplicate" if clash.is_same else "contradiction"
            yield Finding(kind=kind, path=clash.path, line=clash.line, message=clash.message)
        yield from self._topics()

    def _sections(self, document: Document) -> Iterator[Finding]:
        """Yield headings with nothing below them, not even a deeper heading."""
        blocks = document.blocks
        for number, block in enumerate(blocks):
            if block.kind != "heading":
                continue
            below = blocks[number + 1] if number + 1 < len(blocks) else None
            if below is None or (below.kind == "heading" and below.level <= block.level):
                text = _shown(document, block)
                yield _finding("empty-section", document, block.line, f"nothing below the heading “{text}”")

    def _labels(self, document: Document) -> Iterator[Finding]:
        for block in document.blocks:
            if block.kind in {"fact", "row"} and not block.label.strip() and len(block.cells) > 1:
                text = _shown(document, block)[:80]
                yield _finding("no-label", document, block.line, f"values without a label: “{text}”")

    def _provenance(self, document: Document) -> Iterator[Finding]:
        language, old = document.provenance.language, document.provenance.supersedes
        if language not in self.languages:
            known = " ".join(self.languages)
            said = "the language cannot be told" if language is None else f"unknown language {language!r}"
            message = f"{said}; known are {known} (write `language: ...` in the front matter)"
            yield _finding("unknown-language", document, _key_line(document, "language"), message)
        if old is not None and old not in {d.id for d in self.advisor.documents}:
            message = f"supersedes {old!r}, but there is no page with that id"
            yield _finding("broken-reference", document, _key_line(document, "supersedes"), message)
        elif old == document.id:
            yield _finding(
                "broken-reference", document, _key_line(document, "supersedes"), "supersedes itself"
            )

    def _age(self, document: Document, years: float, today: date) -> Iterator[Finding]:
        printed = document.provenance.last_updated
        line = _key_line(document, "last_updated")
        updated = self._date(printed) if printed else None
        if updated is None:
            yield _finding("undated", document, line, "does not say when it was last updated")
        elif (today - updated).days > years * 365.25:
            message = f"last updated {printed}, more than {years:g} year(s) before {today.isoformat()}"
            yield _finding("old", document, line, message)

    def _date(self, printed: str) -> date | None:
        """Return the last day that a printed date may mean."""
        for value in self.recogniser.values(printed):
            if value.kind in {"date", "year"} and value.year:
                return _last_day(value.text, value.year, self._months())
        return None

    def _months(self) -> dict[str, int]:
        return {word: number for entry in self.languages.values() for word, number in entry.months.items()}

    def _topics(self) -> Iterator[Finding]:
        composer = self.advisor.composer
        for topic, entry in self.advisor.content.topics.items():
            if not any(composer.is_answerable(topic, d.id) for d in self.advisor.documents):
                path, line = self.advisor.content.places[f"topic {topic}"]
                message = f"no page answers the topic {topic!r} ({entry.name.en})"
                yield Finding(kind="unanswered-topic", path=path, line=line, message=message)


def _finding(kind: Kind, document: Document, line: int | None, message: str) -> Finding:
    return Finding(kind=kind, path=document.path, line=line, message=message)


def _shown(document: Document, block: Block) -> str:
    return squeeze(document.text[block.start : block.end])


def _key_line(document: Document, key: str) -> int | None:
    """Return the line of the front matter on which a key stands."""
    if document.format != "markdown":
        return None
    text = Path(document.path).read_text(encoding="utf-8-sig", errors="replace")
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith(f"{key}:"):
            return number
        if number > 1 and line.startswith("---"):
            break
    return 1


def _last_day(text: str, year: int, months: dict[str, int]) -> date:
    parts = text.casefold().replace(".", " ").replace(",", " ").split()
    iso = (
        [int(p) for p in text.split("-")] if text.count("-") == 2 and text.replace("-", "").isdigit() else []
    )
    if len(iso) == 3:
        return date(iso[0], iso[1], iso[2])
    month = next((months[p] for p in parts if p in months), 12)
    day = next((int(p) for p in parts if p.isdigit() and 0 < int(p) < 32), 28)
    return date(year, month, min(day, 28))
