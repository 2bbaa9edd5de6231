"""Turn evidence into sentences: values with their labels, or quoted sentences."""

from collections.abc import Callable, Sequence

from advisor.answer.cite import Citations, runs
from advisor.answer.evidence import Evidence
from advisor.answer.words import Words
from advisor.records.document import Cell, Document
from advisor.records.passage import Passage
from advisor.text.values import FIGURE


class Renderer:
    """Writes evidence of one document in the reader's language."""

    def __init__(self, words: Words, is_own_column: Callable[[str], bool]) -> None:
        """`is_own_column` tells the head of a page's own column from that of an average."""
        self.words = words
        self.is_own_column = is_own_column

    def evidence(self, found: Sequence[Evidence], document: Document, cites: Citations, language: str) -> str:
        """Return the evidence as text with marks."""
        facts = [e for e in found if e.passage.kind == "fact"]
        if facts and len(facts) == len(found):
            return self.facts(facts, cites, language)
        items = [e for e in found if e.passage.kind != "sentence"]
        if len(items) > 1 and len(items) == len(found):
            return self.items(items, document, cites, language)
        return self.prose(found, document, cites, language)

    def facts(self, found: Sequence[Evidence], cites: Citations, language: str) -> str:
        """Return `label: value [1]; label: value [2]`, a label once where it repeats."""
        pieces: list[str] = []
        last = ""
        for item in found:
            passage = item.passage
            value = self.value(item, language)
            mark = cites.mark(passage) + self._head_mark(item, cites)
            label = passage.label.rstrip(":")
            if not label or label == last:
                pieces.append(f"{value} {mark}")
            else:
                key = "fact" if passage.language == language else "fact.foreign"
                pieces.append(
                    self.words.say(
                        key, language, label=self.words.figures(label, language), value=value, mark=mark
                    )
                )
            last = label
        return "; ".join(pieces)

    @staticmethod
    def _head_mark(item: Evidence, cites: Citations) -> str:
        """Cite the row of column heads too where a head that is shown holds a figure."""
        passage = item.passage
        cells = item.cells or passage.cells
        shown = [c.column for c in cells if c.column] if len(passage.cells) > 1 else []
        if passage.head is None or not any(FIGURE.search(c) for c in shown):
            return ""
        start, end = passage.head
        return cites.mark_span(
            passage.document, start, end, " > ".join(passage.headings) or None, passage.language
        )

    def value(self, item: Evidence, language: str) -> str:
        """Return the values of a fact, each with its column head where there are several."""
        passage = item.passage
        cells = item.cells or passage.cells
        is_chosen = len(cells) < len(passage.cells)
        shown = [
            self._cell(c, passage, len(cells) > 1 or (is_chosen and not self.is_own_column(c.column)))
            for c in cells
        ]
        return self.words.figures(", ".join(shown), language)

    @staticmethod
    def _cell(cell: Cell, passage: Passage, is_headed: bool) -> str:
        start = cell.start - passage.start
        body = " ".join(passage.text[start : start + cell.end - cell.start].split())
        return f"{cell.column} {body}" if cell.column and is_headed else body

    def items(self, found: Sequence[Evidence], document: Document, cites: Citations, language: str) -> str:
        """Return list items, neighbours under one mark."""
        pieces = []
        by_id = {e.passage.id: e for e in found}
        for group in runs([e.passage for e in found], document.text):
            texts = "; ".join(self._item(by_id[p.id], language) for p in group).replace(":; ", ": ")
            for passage in group:
                cites.note(passage)
            mark = cites.mark_span(
                group[0].document,
                group[0].start,
                group[-1].end,
                " > ".join(group[0].headings) or None,
                group[0].language,
            )
            heads = "".join(
                dict.fromkeys(self._head_mark(by_id[p.id], cites) for p in group if p.kind == "fact")
            )
            pieces.append(f"{texts} {mark}{heads}")
        return "; ".join(pieces)

    def _item(self, item: Evidence, language: str) -> str:
        if item.passage.kind == "fact":
            label = item.passage.label
            return f"{label}: {self.value(item, language)}" if label else self.value(item, language)
        return self.words.figures(" ".join(item.passage.text.split()).rstrip("."), language)

    def prose(self, found: Sequence[Evidence], document: Document, cites: Citations, language: str) -> str:
        """Return quoted sentences, neighbours in one quote."""
        pieces = []
        heads = {e.passage.headings for e in found}
        are_parts = len(heads) > 1 and all(len(h) > 1 for h in heads)
        for group in runs([e.passage for e in found], document.text):
            for passage in group:
                cites.note(passage)
            start, end = group[0].start, group[-1].end
            text = " ".join(document.text[start:end].split())
            mark = cites.mark_span(
                group[0].document, start, end, " > ".join(group[0].headings) or None, group[0].language
            )
            quote = self.words.say("quote", language, text=text, mark=mark)
            # Which of several parts of a chapter a sentence is about may stand in its heading alone.
            pieces.append(f"{group[0].section}: {quote}" if are_parts else quote)
        return " ".join(pieces)

    def one(self, passage: Passage, document: Document, cites: Citations, language: str) -> str:
        """Return one passage as a quote."""
        return self.prose([Evidence(passage, 0.0)], document, cites, language)
