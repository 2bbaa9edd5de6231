"""Number citations in order of use; the same passage is cited once."""

import re
from collections.abc import Mapping, Sequence

from advisor.records.document import Document
from advisor.records.passage import Passage
from advisor.records.reply import Citation

MARK = re.compile(r"\[(\d+)\]")
_GAP = re.compile(r"[\s•▪◦\-–*]*\Z")


class Citations:
    """The citations of one reply."""

    def __init__(self, documents: Mapping[str, Document]) -> None:
        self._documents = documents
        self._spans: dict[tuple[str, int, int], tuple[int, str | None, str]] = {}
        self.passages: list[str] = []

    def mark(self, passage: Passage, start: int | None = None, end: int | None = None) -> str:
        """Return the mark for a passage (or a span that begins in it), numbering it on first use."""
        self.note(passage)
        span = (
            passage.document,
            passage.start if start is None else start,
            passage.end if end is None else end,
        )
        return self.mark_span(*span, section=" > ".join(passage.headings) or None, language=passage.language)

    def mark_span(self, document: str, start: int, end: int, section: str | None, language: str) -> str:
        """Return the mark for a span of a document."""
        key = (document, start, end)
        if key not in self._spans:
            self._spans[key] = (len(self._spans) + 1, section, language)
        return f"[{self._spans[key][0]}]"

    def state(self) -> tuple[dict[tuple[str, int, int], tuple[int, str | None, str]], list[str]]:
        """Return what was cited so far, to go back to when what follows is not used."""
        return dict(self._spans), list(self.passages)

    def back_to(
        self, state: tuple[dict[tuple[str, int, int], tuple[int, str | None, str]], list[str]]
    ) -> None:
        """Forget what was cited since a state."""
        self._spans, self.passages = dict(state[0]), list(state[1])

    def note(self, passage: Passage) -> None:
        """Remember that a passage was used."""
        if passage.id not in self.passages:
            self.passages.append(passage.id)

    def records(self) -> tuple[Citation, ...]:
        """Return the citations in order of their numbers."""
        result = []
        for (name, start, end), (number, section, language) in self._spans.items():
            document = self._documents[name]
            provenance = document.provenance
            result.append(
                Citation(
                    number=number,
                    document=name,
                    title=provenance.title,
                    institution=provenance.institution,
                    section=section,
                    quote=document.text[start:end],
                    start=start,
                    end=end,
                    language=language,
                    url=provenance.url,
                    source=provenance.source,
                    last_updated=provenance.last_updated,
                    edition=provenance.edition,
                )
            )
        return tuple(result)


def runs(passages: Sequence[Passage], text: str) -> list[list[Passage]]:
    """Group neighbouring passages of one document that can be cited as one span."""
    groups: list[list[Passage]] = []
    for passage in passages:
        last = groups[-1][-1] if groups else None
        if (
            last is not None
            and last.document == passage.document
            and last.headings == passage.headings
            and last.end <= passage.start
            and _GAP.fullmatch(text[last.end : passage.start])
        ):
            groups[-1].append(passage)
        else:
            groups.append([passage])
    return groups
