"""Cut a document into passages, each with its span and what it is about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from advisor.passages.specialisations import Scopes, find_specialisations
from advisor.records.document import Block, Document
from advisor.records.passage import Passage, PassageKind
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.thesaurus import Thesaurus
from advisor.text.tokens import Token, sentences, tokenise
from advisor.text.values import Value, ValueFinder

# So many small words of one language, and words of the other are not looked for.
SURE = 4.0
LONG_WORD = 9
# An answer of so few words (`No.`) goes on in the next sentence.
BARE = 2
RELATED = "related-programmes"
PEOPLE = "people-listed"
COLUMN = "column"
BEST_MARK = 10
UNITS = frozenset({"money", "credits", "hours", "duration", "percentage"})
_PARTS = re.compile(r"[,;|/]|\s[–-]\s")
_QUESTION = re.compile(r"\?[\"'”’)]*$")


@dataclass(slots=True)
class _About:
    """Concepts, stems and senses of a piece of text."""

    concepts: frozenset[str] = frozenset()
    terms: frozenset[str] = frozenset()
    senses: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Head:
    level: int
    text: str
    about: _About
    scope: frozenset[str]
    is_title: bool
    language: str


@dataclass(slots=True)
class _Place:
    """Where in the page the cutter is."""

    heads: list[_Head] = field(default_factory=list)
    group: frozenset[str] = frozenset()


class Cutter:
    """Cuts documents with the words of the content folder."""

    def __init__(
        self,
        lexicon: Lexicon,
        thesaurus: Thesaurus,
        finder: ValueFinder,
        teller: LanguageTeller,
        anaphora: Sequence[str],
    ) -> None:
        self.lexicon = lexicon
        self.thesaurus = thesaurus
        self.finder = finder
        self.teller = teller
        self._anaphora = [tuple(t.fold for t in tokenise(a)) for a in anaphora]

    def cut(self, document: Document) -> tuple[tuple[Passage, ...], tuple[str, ...]]:
        """Return the passages of a document and the names of its specialisations."""
        names = find_specialisations(document, self.lexicon)
        return tuple(_Cut(self, document, names).passages()), names

    def about(self, text: str, language: str) -> _About:
        """Return the concepts, stems and senses of a text."""
        return self.about_tokens(tokenise(text), language)

    def about_tokens(self, tokens: Sequence[Token], language: str) -> _About:
        """Return the concepts, stems and senses of tokens."""
        scores = self.teller.scores(tokens)
        is_sure = scores.get(language, 0.0) >= SURE and all(
            n == language or s * 3 <= scores[language] for n, s in scores.items()
        )
        found = self.lexicon.find(tokens, language if is_sure else None, overlaps=True)
        if is_sure and any(len(t.fold) >= LONG_WORD for t in tokens):
            # A long word of the other language is a name that the sentence quotes, not a chance likeness.
            found += [
                f for f in self.lexicon.find(tokens) if all(len(tokens[i].fold) >= LONG_WORD for i in f.used)
            ]
        concepts = frozenset(f.concept for f in found)
        terms = frozenset(t.stem(language) for t in tokens if not self.teller.is_small(t.fold))
        senses = self.thesaurus.find(tokens, language)
        return _About(concepts, terms, frozenset(s for own in senses.values() for s in own))

    def language(self, tokens: Sequence[Token], otherwise: str) -> str:
        """Return the language of a text: by its small words, else by the words that the lexicon knows."""
        told = self.teller.tell(tokens)
        if told is not None:
            return told
        known = {
            code: len({i for f in self.lexicon.find(tokens, code) for i in f.used})
            for code in self.teller.languages
        }
        best = max(known.values(), default=0)
        leading = [code for code, count in known.items() if count == best]
        return leading[0] if best and len(leading) == 1 else otherwise

    def is_continuation(self, tokens: Sequence[Token]) -> bool:
        """Whether a sentence goes on about what the one before was about."""
        words = tuple(t.fold for t in tokens[:3])
        return any(words[: len(a)] == a for a in self._anaphora)


class _Cut:
    def __init__(self, cutter: Cutter, document: Document, names: Sequence[str]) -> None:
        self.cutter = cutter
        self.document = document
        self.scopes = Scopes(names, cutter.lexicon)
        self.language = document.provenance.language or "en"
        self.found: list[Passage] = []
        self.place = _Place()

    def passages(self) -> list[Passage]:
        blocks = self.document.blocks
        groups = _item_groups(blocks)
        scopes = {g: self._group_scope([blocks[i] for i in members]) for g, members in groups.items()}
        member = {i: g for g, members in groups.items() for i in members}
        for number, block in enumerate(blocks):
            if block.kind == "heading":
                self._heading(block)
                continue
            if any(RELATED in h.about.concepts for h in self.place.heads if not h.is_title):
                # What a page says of other programmes must never be told of this one.
                continue
            self.place.group = scopes[member[number]] if number in member else frozenset()
            if block.kind in {"row", "fact"}:
                self._fact(block, number)
            else:
                self._prose(block, number)
        return self.found

    def _text(self, block: Block) -> str:
        return self.document.text[block.start : block.end]

    def _heading(self, block: Block) -> None:
        heads = self.place.heads
        while heads and heads[-1].level >= block.level:
            heads.pop()
        text = self._text(block)
        language = self._language(tokenise(text))
        scope = self.scopes.heading(text)
        about = self.cutter.about(text, language)
        about = replace(about, concepts=about.concepts | self._in_heading(text))
        heads.append(_Head(block.level, text, about, scope, block.level == 1, language))

    def _in_heading(self, text: str) -> frozenset[str]:
        """Return what a heading names as a row's head would: `January 2027, full-time`, but not `January`."""
        named = self.cutter.lexicon.in_head(text)
        is_row = len(_PARTS.split(text)) > 1 or any(v.year is not None for v in self.cutter.finder.find(text))
        return named if is_row else named & {PEOPLE}

    def _group_scope(self, blocks: Sequence[Block]) -> frozenset[str]:
        """Return the specialisation of a list item with its paragraphs, when it is about one only."""
        named: set[str] = set()
        for block in blocks:
            named |= self.scopes.sentence(self._text(block))
            if block.kind == "item":
                named |= self.scopes.heading(self._text(block))
        return frozenset(named) if len(named) == 1 else frozenset()

    def _language(self, tokens: Sequence[Token]) -> str:
        heads = [h for h in self.place.heads if not h.is_title]
        return self.cutter.language(tokens, heads[-1].language if heads else self.language)

    def _context(self) -> tuple[_About, _About, frozenset[str]]:
        heads = [h for h in self.place.heads if not h.is_title]
        near = heads[-1].about if heads else _About()
        far = frozenset(c for h in heads[:-1] for c in h.about.concepts)
        scope = next((h.scope for h in reversed(heads) if h.scope), frozenset())
        return near, _About(far), scope

    def _prose(self, block: Block, number: int) -> None:
        text = self.document.text
        spans = _joined_questions(text, sentences(text, block.start, block.end))
        before, last = _About(), (block.start, block.start)
        for start, end in spans:
            tokens = tokenise(text[start:end])
            if not tokens:
                continue
            language = self._language(tokens)
            about = self.cutter.about_tokens(tokens, language)
            continues = bool(before.concepts or before.terms) and (
                self.cutter.is_continuation(tokens) or _is_bare(text[last[0] : last[1]])
            )
            last = (start, end)
            kind: PassageKind = "item" if block.kind == "item" else "sentence"
            self._add(
                block, number, kind, start, end, language, about, before if continues else _About(), continues
            )
            before = replace(about, concepts=about.concepts | (before.concepts if continues else frozenset()))

    def _fact(self, block: Block, number: int) -> None:
        text = self._text(block)
        tokens = tokenise(self._read_out(block, text))
        language = self._language(tokens)
        about = self.cutter.about_tokens(tokens, language)
        concepts = about.concepts | self.cutter.lexicon.in_head(block.label)
        concepts |= self._of_heading(block, concepts)
        about = replace(about, concepts=concepts | self._also_listed(block, concepts))
        before = self._fact_before(block)
        self._add(block, number, "fact", block.start, block.end, language, about, before, False)

    def _read_out(self, block: Block, text: str) -> str:
        """Return a fact as it is said: its label before its values, also where it stands below them."""
        if block.label not in text:
            return f"{block.label} {text}"
        if len(block.cells) != 1 or text.index(block.label) < block.cells[0].start - block.start:
            return text
        return f"{block.label} {self.document.text[block.cells[0].start : block.cells[0].end]}"

    def _also_listed(self, block: Block, concepts: frozenset[str]) -> frozenset[str]:
        """Return what else a value lists of a facet that it names: `Intakes: September; January`."""
        lexicon = self.cutter.lexicon
        facets = {f for c in concepts if (f := lexicon.facet(c))}
        if not facets or len(block.cells) != 1:
            return frozenset()
        value = self.document.text[block.cells[0].start : block.cells[0].end]
        return frozenset(c for c in lexicon.in_head(value) if lexicon.facet(c) in facets)

    def _of_heading(self, block: Block, concepts: frozenset[str]) -> frozenset[str]:
        """Return what a row is about whose label only says for whom: `EU students` under `Costs`."""
        lexicon = self.cutter.lexicon
        tokens = tokenise(block.label)
        found = lexicon.find(tokens)
        said = {i for f in found if lexicon.facet(f.concept) for i in f.used}
        if said:
            # "EU, EEA and Switzerland": a country beside a row's value is one more of those it is for.
            said |= {i for f in found if lexicon.entries[f.concept].group for i in f.used}
        words = {i for i, t in enumerate(tokens) if not self.cutter.teller.is_small(t.fold)}
        is_whole = any(lexicon.facet(c) for c in lexicon.in_head(block.label))
        if block.kind == "row" or not (is_whole or (said and not words - said)):
            return frozenset()
        near, far, _ = self._context()
        above = near.concepts | far.concepts
        return frozenset(c for h in above for c in lexicon.rows_under.get(h, ())) - concepts

    def _fact_before(self, block: Block) -> _About:
        """Return what the fact right before is about, when both labels begin with the same word."""
        if (
            not self.found
            or self.found[-1].kind != "fact"
            or not block.label
            or self.found[-1].label == block.label
        ):
            return _About()
        mine, theirs = tokenise(block.label), tokenise(self.found[-1].label)
        if (
            not mine
            or not theirs
            or mine[0].stems[1] != theirs[0].stems[1]
            or self.cutter.teller.is_small(mine[0].fold)
        ):
            return _About()
        # Of rows, each says for itself which it is.
        lexicon = self.cutter.lexicon
        return _About(frozenset(c for c in self.found[-1].own | self.found[-1].near if not lexicon.facet(c)))

    def _add(
        self,
        block: Block,
        number: int,
        kind: PassageKind,
        start: int,
        end: int,
        language: str,
        about: _About,
        before: _About,
        continues: bool,
    ) -> None:
        near, far, scope = self._context()
        context = self.cutter.about(block.context, language) if block.context else _About()
        columns = self.cutter.about(" ; ".join(c.column for c in block.cells if c.column), language)
        headed = frozenset(c for k in block.cells for c in self.cutter.lexicon.in_head(k.column))
        text = self.document.text[start:end]
        own_scope = self.scopes.sentence(text)
        near_concepts = near.concepts | context.concepts | before.concepts
        # A label may say which row it is only behind the head above it: "Intake" over "January 2027".
        behind = self.cutter.about(f"{block.context}: {block.label}", language) if block.context else _About()
        facets = _facets(
            self.cutter.lexicon,
            about.concepts | _rows(self.cutter.lexicon, behind),
            near_concepts | far.concepts,
        )
        self.found.append(
            Passage(
                id=f"{self.document.id}#{len(self.found):04d}",
                document=self.document.id,
                number=len(self.found),
                kind=kind,
                start=start,
                end=end,
                text=text,
                language=language,
                paragraph=number,
                headings=tuple(h.text for h in self.place.heads if not h.is_title),
                label=block.label,
                cells=block.cells,
                table=block.table,
                head=block.head,
                level=block.level,
                continues=continues,
                specialisations=own_scope or self.place.group or scope,
                own=about.concepts,
                near=near_concepts | columns.concepts | headed,
                far=far.concepts,
                terms=about.terms,
                near_terms=near.terms | context.terms | before.terms | columns.terms,
                senses=about.senses,
                near_senses=near.senses | context.senses | before.senses | columns.senses,
                facets=facets,
                values=self._values(block, start, text),
            )
        )

    def _values(self, block: Block, start: int, text: str) -> tuple[Value, ...]:
        """Return the typed values of a passage; a bare number is of its column's or its row's unit.

        `15` under `Weeks` is a duration, `98,000` under `Fee (SEK)` an amount of money.
        """
        values = self.cutter.finder.find(text)
        for cell in block.cells:
            inside = [v for v in values if cell.start <= start + v.start and start + v.end <= cell.end]
            if len(inside) == 1 and inside[0].kind == "number":
                kind = self._unit(inside[0].text, cell.column) or self._unit(inside[0].text, block.label)
                if kind is None and self._is_rated(cell.column) and (inside[0].amount or 0) <= BEST_MARK:
                    kind = "score"
                if kind is not None:
                    values[values.index(inside[0])] = inside[0]._replace(kind=kind)
        return tuple(values)

    def _is_rated(self, head: str) -> bool:
        """Whether a column is one of ratings side by side: this programme's, the average's."""
        lexicon = self.cutter.lexicon
        return any(lexicon.facet(c) == COLUMN for c in self.cutter.about(head, self.language).concepts)

    def _unit(self, number: str, head: str) -> str | None:
        """Return the kind of value that a number is under a head, where that names a unit."""
        for word in (w.strip("()[],:") for w in head.split()):
            for text in (f"{number} {word}", f"{word} {number}") if word else ():
                found = self.cutter.finder.find(text)
                if len(found) == 1 and found[0].kind in UNITS and found[0].text == text:
                    return found[0].kind
        return None


def _facets(lexicon: Lexicon, own: frozenset[str], around: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return (facet, concept) pairs; what the passage itself says beats what stands above it."""
    inner = [(f, c) for c in own if (f := lexicon.facet(c))]
    said = {f for f, _ in inner}
    outer = [(f, c) for c in around if (f := lexicon.facet(c)) and f not in said]
    return tuple(sorted(set(inner + outer)))


def _rows(lexicon: Lexicon, about: _About) -> frozenset[str]:
    return frozenset(c for c in about.concepts if lexicon.facet(c))


def _item_groups(blocks: Sequence[Block]) -> dict[int, list[int]]:
    """Return list items with the indented paragraphs that go on with them, by their first block."""
    groups: dict[int, list[int]] = {}
    current: int | None = None
    for number, block in enumerate(blocks):
        if block.kind == "item":
            current = number
            groups[current] = [number]
        elif block.kind == "paragraph" and current is not None and _goes_on(block, blocks[current]):
            groups[current].append(number)
        else:
            current = None
    return groups


def _goes_on(block: Block, item: Block) -> bool:
    """Whether a paragraph belongs to the list item above it: indented, or said to stand under it."""
    return block.level == 1 or (bool(block.context) and item.end - item.start == len(block.context))


def _joined_questions(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join a question on the page with the sentence that answers it."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        if (
            joined
            and _QUESTION.search(text[joined[-1][0] : joined[-1][1]])
            and not _QUESTION.search(text[start:end])
        ):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _is_bare(text: str) -> bool:
    """Whether a question is answered by a word only (`Can I? No.`), so that the next sentence goes on."""
    question, mark, answer = text.rpartition("?")
    return bool(question and mark) and len(answer.split()) <= BARE
