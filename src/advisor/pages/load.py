"""Read files and folders of pages, all of them or none."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from advisor.errors import AdvisorError, ContentError, Problem
from advisor.pages.provenance import read_provenance
from advisor.pages.recognise import Recogniser
from advisor.records.document import Block, Document, Provenance
from advisor.text.normalise import fold

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "plain",
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
}
LARGEST_FILE = 20_000_000


class PageFile(NamedTuple):
    """A file of a page with its bytes, or with why they cannot be had."""

    path: Path
    raw: bytes = b""
    problem: str | None = None


def page_files(places: Iterable[str | Path]) -> list[Path]:
    """Return the page files of the folders and files named, each once, in order of their paths.

    Raises ContentError for a place that does not exist or a folder without pages.
    """
    found: list[Path] = []
    problems = []
    for place in map(Path, places):
        if place.is_dir():
            inside = [
                p
                for p in sorted(place.rglob("*"))
                if p.suffix.lower() in FORMATS and p.is_file() and not _hidden(p.relative_to(place))
            ]
            outside = [p for p in inside if not p.resolve().is_relative_to(place.resolve())]
            problems += [Problem(str(p), None, "is a link to a file outside the folder") for p in outside]
            if not inside:
                kinds = " ".join(sorted(FORMATS))
                problems.append(Problem(str(place), None, f"no pages in this folder (looked for {kinds})"))
            found += inside
        elif place.is_file():
            if place.suffix.lower() in FORMATS:
                found.append(place)
            else:
                problems.append(Problem(str(place), None, f"unknown format {place.suffix!r}"))
        else:
            problems.append(Problem(str(place), None, "no such file or folder"))
    if problems:
        raise ContentError(problems)
    return list(dict.fromkeys(found))


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read_files(places: Iterable[str | Path]) -> list[PageFile]:
    """Return the page files of the places with their bytes; raises as `page_files` does."""
    return [_read(path) for path in page_files(places)]


def _read(path: Path) -> PageFile:
    try:
        if path.stat().st_size > LARGEST_FILE:
            return PageFile(path, problem=f"larger than {LARGEST_FILE // 1_000_000} MB")
        return PageFile(path, path.read_bytes())
    except OSError as error:
        return PageFile(path, problem=f"cannot be read: {error.strerror}")


def load_documents(
    places: Sequence[str | Path],
    recogniser: Recogniser,
    keep_going: bool = False,
    report: Callable[[Problem], None] | None = None,
) -> list[Document]:
    """Return the documents; raises ContentError with every problem unless `keep_going`.

    With `keep_going`, broken pages are told to `report` and the rest is returned.
    """
    return read_documents(read_files(places), recogniser, keep_going, report)


def read_documents(
    files: Sequence[PageFile],
    recogniser: Recogniser,
    keep_going: bool = False,
    report: Callable[[Problem], None] | None = None,
) -> list[Document]:
    """Return the documents in files that are read; raises and reports as `load_documents` does."""
    problems: list[Problem] = []
    documents: dict[str, Document] = {}
    for file in files:
        path = file.path
        try:
            document = _document_in(file, recogniser)
        except ContentError as error:
            problems += error.problems
            continue
        except AdvisorError as error:
            problems.append(Problem(str(path), None, str(error)))
            continue
        if document.id in documents:
            other = documents[document.id].path
            problems.append(
                Problem(str(path), None, f"two pages have the id {document.id!r}; the other is {other}")
            )
            continue
        documents[document.id] = document
    if not files:
        problems.append(Problem("corpus", None, "the corpus is empty"))
    if problems and (not keep_going or not documents):
        raise ContentError(problems)
    for problem in problems:
        if report:
            report(problem)
    return list(documents.values())


def read_page(path: Path, recogniser: Recogniser) -> Document:
    """Return the document in a file; raises ContentError when it holds no usable text."""
    return _document_in(_read(path), recogniser)


def _document_in(file: PageFile, recogniser: Recogniser) -> Document:
    path = file.path
    if file.problem is not None:
        raise ContentError([Problem(str(path), None, file.problem)])
    document = _READERS[FORMATS[path.suffix.lower()]](path, file.raw, recogniser)
    if not any(b.kind != "heading" for b in document.blocks):
        raise ContentError([Problem(str(path), None, "no text in this page")])
    return document


def identifier(path: Path) -> str:
    """Return the id of a page: its file's stem in plain letters."""
    return re.sub(r"[^a-z0-9]+", "-", fold(path.stem)).strip("-") or "page"


def decode(raw: bytes, path: Path) -> str:
    """Return the text of a file; raises ContentError when it is binary or not UTF-8."""
    if b"\0" in raw[:4096] and not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ContentError([Problem(str(path), None, "a binary file, not text")])
    try:
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
            return raw.decode("utf-16").replace("\r\n", "\n")
        return raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise ContentError([Problem(str(path), line, "not UTF-8 text; save the file as UTF-8")]) from error


def _markdown(path: Path, raw: bytes, recogniser: Recogniser) -> Document:
    from advisor.pages.markdown import read_markdown, split_front_matter

    front, body, first_line = split_front_matter(decode(raw, path), str(path))
    builder = read_markdown(body, first_line)
    known = Provenance(**front.model_dump()) if front else None
    return _document(path, "markdown", builder.text, builder.blocks, recogniser, known)


def _plain(path: Path, raw: bytes, recogniser: Recogniser) -> Document:
    from advisor.pages.plain import read_plain

    text = decode(raw, path)
    return _document(path, "plain", text, read_plain(text, recogniser), recogniser, None)


def _html(path: Path, raw: bytes, recogniser: Recogniser) -> Document:
    from advisor.pages.html import read_html

    page = read_html(raw, path)
    return _document(
        path, "html", page.builder.text, page.builder.blocks, recogniser, page.known, page.margin
    )


def _pdf(path: Path, raw: bytes, recogniser: Recogniser) -> Document:
    from advisor.pages.pdf import read_pdf

    builder = read_pdf(raw, path, recogniser)
    return _document(path, "pdf", builder.text, builder.blocks, recogniser, None)


def _document(
    path: Path,
    kind: str,
    text: str,
    blocks: Sequence[Block],
    recogniser: Recogniser,
    known: Provenance | None,
    margin: str = "",
) -> Document:
    provenance = read_provenance(text, blocks, recogniser, known, margin)
    return Document(
        id=identifier(path),
        path=str(path),
        format=kind,
        text=text,
        blocks=tuple(blocks),
        provenance=provenance,
    )


_READERS = {"markdown": _markdown, "plain": _plain, "html": _html, "pdf": _pdf}
