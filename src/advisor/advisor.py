"""The adviser: it puts the rooms together, once for all conversations."""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from advisor.answer.compose import Composer
from advisor.answer.desk import Desk
from advisor.answer.evidence import Judge
from advisor.answer.facts import Facts, FactTable, Stated
from advisor.answer.listing import Listing
from advisor.answer.words import Words
from advisor.dialogue.track import Programmes, Tracker
from advisor.errors import Problem, StateError
from advisor.index.connection import is_address, read_address
from advisor.index.store import PassageStore
from advisor.pages.load import read_documents, read_files
from advisor.pages.recognise import Recogniser
from advisor.passages.cut import Cutter
from advisor.passages.specialisations import SPECIALISATION
from advisor.records.document import Document
from advisor.records.passage import Passage
from advisor.records.reply import Reply
from advisor.records.state import STATE_VERSION, DialogueState
from advisor.shelf import Shelf
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.normalise import fold
from advisor.text.thesaurus import Thesaurus
from advisor.text.tokens import tokenise
from advisor.text.values import ValueFinder
from advisor.topics.content import Content
from advisor.topics.load import load_content
from advisor.turn import Rooms, Turn
from advisor.understand.conditions import ConditionFinder
from advisor.understand.interpret import Interpreter
from advisor.understand.names import Names, SpecialisationNames
from advisor.understand.spelling import Spelling, Vocabulary, vocabulary
from advisor.understand.standins import StandIns
from advisor.understand.topics import TopicFinder

if TYPE_CHECKING:
    from advisor.index.kept import Kept
    from advisor.records.explanation import Explanation

MANIFEST = "manifest.json"
IN_MEMORY, ON_DISK = "memory", "disk:"
MOST_IN_MEMORY = 10_000  # passages; beyond, an index on disk or in a cluster answers sooner
Places = str | Path | Sequence[str | Path]


def shipped(name: str) -> Path:
    """Return the folder of that name that ships with the package, or that of the source tree."""
    inside = Path(__file__).parent / "_shipped" / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


class Made(NamedTuple):
    """What is worked out from pages: in memory now, or on disk before."""

    documents: Sequence[Document]
    by_id: Mapping[str, Document]
    store: PassageStore
    tracks: Mapping[str, tuple[str, ...]]
    editions: Mapping[str, tuple[str, ...]]
    older: Mapping[str, tuple[tuple[int, str], ...]]
    order: tuple[str, ...]
    vocabulary: Vocabulary
    names: Any
    facts: Callable[[Stated], Facts]


class Advisor:
    """Answers questions about the programmes of a corpus; read-only, safe to share by threads."""

    def __init__(
        self,
        documents: Sequence[Document],
        content: Content,
        lexicon: Lexicon | None = None,
        shelf: Shelf | None = None,
    ) -> None:
        """Take pages and intents; `shelf` keeps what is worked out from exactly these."""
        self.index: Kept | None = None
        self._take(content, lexicon)
        self._build(self._made(tuple(documents), shelf or Shelf()))

    def _take(self, content: Content, lexicon: Lexicon | None = None) -> None:
        self.content = content
        self.lexicon = lexicon or Lexicon(content.concepts, tuple(content.languages), content.book)
        self._teller = LanguageTeller(content.languages)
        self._finder = ValueFinder(content.languages)

    @classmethod
    def load(
        cls,
        corpus: Places | None = None,
        intents: str | Path | None = None,
        *,
        index: str | Path | None = None,
        keep_going: bool = False,
        problems: list[Problem] | None = None,
    ) -> "Advisor":
        """Load pages and intents; what is not named is what ships with the package.

        `corpus` is a folder, a file or a list of them, or an index as `open` takes it; `index` names one
        in its place (`memory` for none). Raises ContentError that names every problem with path and line;
        with `keep_going`, broken pages go to `problems` instead.
        """
        if index is not None and str(index) != IN_MEMORY:
            if corpus is not None:
                raise ValueError("an index has pages of its own; name a corpus or an index")
            return cls.open(index, intents)
        places = _places(corpus)
        if len(places) == 1 and (is_address(places[0]) or (Path(places[0]) / MANIFEST).is_file()):
            return cls.open(places[0], intents)
        folder = Path(intents or os.environ.get("ADVISOR_INTENTS") or shipped("intents"))
        broken: list[Problem] = []
        with _uncollected():
            content = load_content(folder)
            lexicon = Lexicon(content.concepts, tuple(content.languages), content.book)
            recogniser = Recogniser(
                lexicon, ValueFinder(content.languages), LanguageTeller(content.languages), content.languages
            )
            files = read_files(places)
            shelf = Shelf(
                [content.hash.encode()], (os.fsencode(f.path) for f in files), (f.raw for f in files)
            )
            kept = shelf.part(
                "documents",
                lambda: [
                    d.model_dump() for d in read_documents(files, recogniser, keep_going, broken.append)
                ],
            )
            documents = [Document.model_validate(d) for d in kept]
            if problems is not None:
                problems += broken
            advisor = cls(documents, content, lexicon, shelf)
            if advisor.store.index.size > MOST_IN_MEMORY and not shelf.is_known:
                _advise_an_index(advisor.store.index.size)
            if not broken:  # broken pages are told of at every start
                shelf.save()
            return advisor

    @classmethod
    def open(cls, index: str | Path, intents: str | Path | None = None) -> "Advisor":
        """Open an index that was built before; raises IndexProblem when it is stale or none.

        `index` is a folder, also as `disk:FOLDER` (needs the extra `disk`), or the address of one in a
        cluster, `https://HOST:9200/NAME` (needs the extra `cluster`; raises IndexUnavailable, now or in a
        later turn, while it does not answer). Pages are read when they are needed.
        """
        folder = Path(intents or os.environ.get("ADVISOR_INTENTS") or shipped("intents"))
        with _uncollected():
            content = load_content(folder)
            return cls.of_kept(_opened(index, content.hash), content)

    @classmethod
    def of_kept(cls, kept: "Kept", content: Content) -> "Advisor":
        """Return the adviser for a generation of an index."""
        from advisor.index.kept import InOrder, KeptFacts, KeptStore, Pages

        advisor = cls.__new__(cls)
        advisor.index = kept
        advisor._take(content)
        pages = Pages(kept)
        advisor._build(
            Made(
                documents=InOrder(pages),
                by_id=pages,
                store=KeptStore(kept, advisor.lexicon.widened),
                tracks=kept.part("tracks"),
                editions=kept.part("editions"),
                older=kept.part("older"),
                order=kept.part("order"),
                vocabulary=Vocabulary(*kept.part("vocabulary")),
                names=kept.part("names"),
                facts=lambda stated: KeptFacts(kept),
            )
        )
        return advisor

    @staticmethod
    def names_of(
        content: Content,
        lexicon: Lexicon,
        documents: Sequence[Document],
        spelling: Spelling,
        kept: Any = None,
    ) -> Names:
        """Return the index of the names of pages."""
        languages = content.languages
        return Names(
            documents,
            lexicon,
            [w for e in languages.values() for w in (*e.generic_words, *e.units.get("money", ()))],
            frozenset(w for words in LanguageTeller(languages).small.values() for w in words),
            [s for e in languages.values() for s in e.name_suffixes],
            [fold(w) for e in languages.values() for w in e.origin_words],
            _folded(e.joiners for e in languages.values()),
            spelling.knows,
            kept,
            _folded(e.comparing for e in languages.values()),
        )

    def _made(self, documents: tuple[Document, ...], shelf: Shelf) -> Made:
        """Return what is worked out from pages in memory."""
        cutter = cutter_for(self.content, self.lexicon)
        cut = shelf.part("passages", lambda: [_plain(*cutter.cut(d)) for d in documents])
        editions = editions_of(documents)
        by_id = {d.id: d for d in documents}
        words: Sequence[Any] = shelf.part(
            "vocabulary", lambda: [*vocabulary_of(map(page_words, documents), self.content)]
        )
        order = tuple(d.id for d in documents if editions.get(d.id, (d.id,))[0] == d.id)
        return Made(
            documents=documents,
            by_id=by_id,
            store=PassageStore(
                [Passage.restore(data) for own, _ in cut for data in own], self.lexicon.widened, shelf
            ),
            tracks={d.id: tuple(names) for d, (_, names) in zip(documents, cut, strict=True)},
            editions=editions,
            older=older_of(editions, by_id),
            order=order,
            vocabulary=Vocabulary(*words),
            names=None,
            facts=lambda stated: FactTable(stated, order),
        )

    def _build(self, made: Made) -> None:
        content, languages = self.content, self.content.languages
        self.documents, self._by_id, self.store = made.documents, made.by_id, made.store
        tracks, editions, order = made.tracks, made.editions, made.order
        small = frozenset(w for words in self._teller.small.values() for w in words)
        spelling = Spelling(made.vocabulary)
        names = self.names_of(
            content, self.lexicon, () if made.names else [made.by_id[i] for i in order], spelling, made.names
        )
        generic = frozenset(fold(w) for e in languages.values() for w in e.generic_words)
        stand_ins = StandIns(languages)
        topics = TopicFinder(
            content.topics, self.lexicon, small, generic, stand_ins, tuple(languages), content.book
        )
        conditions = ConditionFinder(languages, self._finder, content.topics, content.unsaid, content.same)
        self.interpreter = Interpreter(
            languages=languages,
            lexicon=self.lexicon,
            thesaurus=thesaurus_of(content),
            teller=self._teller,
            finder=self._finder,
            topics=topics,
            acts=content.acts,
            smalltalk=content.smalltalk,
            outside=content.outside,
            names=names,
            specialisations=SpecialisationNames(tracks, self.lexicon, SPECIALISATION, content.same),
            spelling=spelling,
            conditions=conditions,
            unsaid=content.unsaid,
            book=content.book,
        )
        self.programmes = Programmes(order, tracks, made.older, names.among)
        tracker = Tracker(
            self.programmes,
            self.lexicon,
            content.topics,
            content.unsaid,
            _folded(e.joiners for e in languages.values()),
            _folded(e.conjunctions for e in languages.values()),
            _folded(e.polar_starts for e in languages.values()),
            {fold(w): n for e in languages.values() for w, n in e.ordinals.items()},
        )
        self.words = Words(content.templates, languages)
        judge = Judge(self.store, self.lexicon, content.topics)
        desk = Desk(
            documents=self._by_id,
            order=order,
            specialisations=tracks,
            editions=editions,
            store=self.store,
            judge=judge,
            words=self.words,
            topics=content.topics,
            overall=content.overall,
            among=names.among,
        )
        stated = Stated(judge, self._finder, conditions.day, content.same)
        self.composer = Composer(desk, self._asks, Listing(desk, made.facts(stated), stated))
        self._rooms = Rooms(content, self.interpreter, tracker, self.composer)
        content.shelf.save()

    def _asks(self, text: str, language: str) -> str | None:
        """Return the topic that a text is understood as."""
        part = self.interpreter.interpret(text, language).parts[0]
        return part.topic.topic if part.topic else None

    def document(self, identifier: str) -> Document:
        """Return a document by its id; raises KeyError when there is none."""
        return self._by_id[identifier]

    def start(self, language: str | None = None) -> "Conversation":
        """Return a new conversation; `language` (en or nl) fixes the language of the replies."""
        if language is not None and language not in self.content.languages:
            known = ", ".join(self.content.languages)
            raise ValueError(f"unknown language {language!r}; known are {known}")
        return Conversation(self, DialogueState(fixed_language=language))

    def resume(self, state: "DialogueState | Mapping[str, object] | str") -> "Conversation":
        """Return a conversation that goes on where a state was; raises StateError for a foreign one."""
        try:
            if isinstance(state, str):
                state = DialogueState.model_validate_json(state)
            elif not isinstance(state, DialogueState):
                state = DialogueState.model_validate(state)
        except ValidationError as error:
            raise StateError(
                f"not a dialogue state of this version: {error.error_count()} problems"
            ) from error
        if state.version != STATE_VERSION:
            raise StateError(f"the state has version {state.version}, this program reads {STATE_VERSION}")
        unknown = {p for p in (*state.programmes, *state.mentioned) if p not in self._by_id}
        if unknown:
            raise StateError(f"the state speaks of pages that are not here: {', '.join(sorted(unknown))}")
        return Conversation(self, state)

    def ask(self, text: str, language: str | None = None) -> Reply:
        """Answer one question on its own."""
        return self.start(language).ask(text)

    def explain(self, state: DialogueState, text: str) -> "Explanation":
        """Return how a turn is understood, looked up and answered."""
        from advisor.answer.explain import explain_turn

        turn = Turn(self._rooms, state, text)
        reply, _ = turn.run()
        return explain_turn(
            turn.said, turn.queries, turn.drafts, turn.move, reply, self.composer.judge, self.store
        )

    def respond(self, state: DialogueState, text: str) -> tuple[Reply, DialogueState]:
        """Return the reply to a turn and the state after it; neither argument is changed."""
        return Turn(self._rooms, state, text).run()


class Conversation:
    """A thread of questions; `state` is all that it remembers."""

    def __init__(self, advisor: Advisor, state: DialogueState) -> None:
        self._advisor = advisor
        self._last: tuple[DialogueState, str] | None = None
        self.state = state

    def ask(self, text: str) -> Reply:
        """Answer the next question; never raises on any text."""
        self._last = (self.state, text)
        reply, self.state = self._advisor.respond(self.state, text)
        return reply

    def explain(self) -> "Explanation | None":
        """Return why the last reply is what it is, or None when nothing was asked yet."""
        return None if self._last is None else self._advisor.explain(*self._last)


def _plain(
    passages: Iterable[Passage], tracks: tuple[str, ...]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """Return what cutting a document gave as plain data."""
    return [p.plain() for p in passages], tracks


def cutter_for(content: Content, lexicon: Lexicon) -> Cutter:
    """Return what cuts documents with the words of the content."""
    anaphora = [a for entry in content.languages.values() for a in entry.anaphora]
    teller, finder = LanguageTeller(content.languages), ValueFinder(content.languages)
    return Cutter(lexicon, thesaurus_of(content), finder, teller, anaphora)


def thesaurus_of(content: Content) -> Thesaurus:
    """Return the senses of words that the content tells."""
    return Thesaurus(content.senses, tuple(content.languages), content.book)


def page_words(document: Document) -> set[str]:
    """Return the words that a page uses."""
    return {t.fold for t in tokenise(document.text)}


def vocabulary_of(pages: Iterable[Iterable[str]], content: Content) -> Vocabulary:
    """Return the words that pages and content use."""
    on_pages = {word for words in pages for word in words}
    return vocabulary(on_pages, content.words, LanguageTeller(content.languages).small)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Hold the garbage collector while much is made that stays: it would walk it again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _advise_an_index(passages: int) -> None:
    """Say once what would make the next start quick, where memory is the wrong place for so many pages."""
    import logging

    hint = "%d passages are read into memory; `advisor index build FOLDER` makes an index that opens at once"
    logging.getLogger("advisor").warning(hint, passages)


def _opened(index: str | Path, content: str) -> "Kept":
    """Return the index in a folder or a cluster, for the content with this digest."""
    if is_address(index):
        from advisor.index.cluster import Cluster

        return Cluster(read_address(str(index)), content)
    from advisor.index.folder import Folder

    return Folder(Path(str(index).removeprefix(ON_DISK)), content)


def _places(corpus: Places | None) -> list[str | Path]:
    if corpus is None:
        named = os.environ.get("ADVISOR_CORPUS")
        return [*named.split(os.pathsep)] if named else [shipped("corpus")]
    return [corpus] if isinstance(corpus, str | Path) else list(corpus)


def _folded(lists: Iterable[Iterable[str]]) -> frozenset[str]:
    return frozenset(fold(word) for words in lists for word in words)


def editions_of(documents: Sequence[Document]) -> dict[str, tuple[str, ...]]:
    """Return, for each document of a programme with several editions, all of them, the newest first."""
    groups: dict[tuple[str, str], list[Document]] = {}
    superseded: dict[str, str] = {}
    for document in documents:
        provenance = document.provenance
        if provenance.supersedes:
            superseded[provenance.supersedes] = document.id
        if provenance.edition:
            title = fold(provenance.title.replace(provenance.edition, "")).strip(" -–,()")
            groups.setdefault((title, fold(provenance.institution or "")), []).append(document)
    result: dict[str, tuple[str, ...]] = {}
    for members in groups.values():
        if len(members) > 1:
            ordered = tuple(
                d.id for d in sorted(members, key=lambda d: d.provenance.edition or "", reverse=True)
            )
            for identifier in ordered:
                result[identifier] = ordered
    for old, new in superseded.items():
        if old not in result and any(d.id == old for d in documents):
            result[old] = result[new] = (new, old)
    return result


def older_of(
    editions: Mapping[str, Sequence[str]], documents: Mapping[str, Document]
) -> dict[str, tuple[tuple[int, str], ...]]:
    """Return, for each newest page, the (first year, id) of its older editions."""
    result = {}
    for ordered in editions.values():
        newest = ordered[0]
        years = []
        for identifier in ordered[1:]:
            edition = documents[identifier].provenance.edition or ""
            if edition[:4].isdigit():
                years.append((int(edition[:4]), identifier))
        result[newest] = tuple(years)
    return result
