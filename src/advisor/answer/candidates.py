"""Choose the programmes that a question without a programme may be about; never a look at all of many."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from advisor.answer.desk import MOST_PLACES, Desk
from advisor.records.state import Query

TITLE = "="
MOST_ANSWERED = 2
MOST_CHOICES = 8
# So many passages are ranked, and so many pages read, where no programme is named.
MOST_RANKED = 200
MOST_READ = 24


class Candidates:
    """Finds programmes by the names that narrow a question, else by the ranking of all passages."""

    def __init__(self, desk: Desk, is_answerable: Callable[[str, str], bool]) -> None:
        self.desk = desk
        self._is_answerable = is_answerable

    def documents(self, query: Query) -> tuple[str, ...]:
        """Return the programmes to answer for: all of few, or the one or two that hold it, or none."""
        if self.is_nowhere(query):
            return ()
        pool = self._pool(query)
        named = self._using(query, pool)
        if 0 < len(pool) <= MOST_PLACES:
            # Of few, all answer; but a name that one page alone uses (of a scholarship, a town) tells which.
            return named if len(named) == 1 and len(pool) > MOST_ANSWERED else tuple(pool)
        if 0 < len(named) <= MOST_ANSWERED:
            return named
        if query.within and len(pool) > MOST_READ:
            return ()
        holding: list[str] = []
        for document in self._holding(query, pool):
            holding.append(document)
            if len(holding) > MOST_ANSWERED:
                return ()
        return tuple(d for d in pool if d in holding)

    def choices(self, query: Query, mentioned: Sequence[str]) -> tuple[tuple[str, ...], bool]:
        """Return programmes to offer, and whether these are all.

        Those spoken of come first, then programmes from all over the list: each of another
        institution and, where no name narrows the question, with another title.
        """
        pool = self._pool(query)
        offered: list[str] = []
        seen: set[tuple[str, str | None]] = set()
        for document in self._spread(query, pool, mentioned):
            page = self.desk.documents[document]
            marks = {("institution", page.institution), ("title", "" if query.within else page.title)}
            if len(pool) > MOST_CHOICES and seen & (marks - {("title", "")}):
                continue
            if self._answers(query, document):
                seen |= marks
                offered.append(document)
            if len(offered) == MOST_CHOICES:
                break
        offered = offered or list(pool[:MOST_CHOICES])
        return tuple(offered), len(offered) == len(pool)

    def _spread(self, query: Query, pool: Sequence[str], mentioned: Sequence[str]) -> Iterable[str]:
        """Return the programmes to try: spoken of, evenly from the pool, and the best ranked."""
        if len(pool) <= MOST_READ:
            self.desk.store.ahead(pool)
            return pool
        return _once(self._from_all_over(query, pool, mentioned))

    def _from_all_over(self, query: Query, pool: Sequence[str], mentioned: Sequence[str]) -> Iterator[str]:
        allowed = set(pool) if mentioned else ()
        yield from (m for m in reversed(mentioned) if m in allowed)
        evenly = _evenly(pool)
        self.desk.store.ahead(evenly)
        yield from evenly
        if not query.within:
            yield from self._ranked(query)[:MOST_READ]

    def is_nowhere(self, query: Query) -> bool:
        """Whether no page has the title named at the institution named."""
        return bool(query.within) and not self.desk.among(query.within)

    def _pool(self, query: Query) -> Sequence[str]:
        if not query.within:
            return self.desk.order
        titles = [w for w in query.within if w.startswith(TITLE)]
        return self.desk.among(query.within) or self.desk.among(titles)

    def _holding(self, query: Query, pool: Sequence[str]) -> Iterator[str]:
        """Yield the programmes that answer, reading no more than some pages."""
        is_small = bool(query.within) or len(pool) <= MOST_READ
        for document in pool if is_small else _once(self._from_all_over(query, pool, ())):
            if self._answers(query, document):
                yield document

    def _answers(self, query: Query, document: str) -> bool:
        """Whether a page answers; when nothing but a topic is asked, as it says anything about it."""
        if query.topic and not (query.words or query.facets or query.scope or query.years):
            return self._is_answerable(query.topic, document)
        return bool(self.desk.judge.find(query, document).evidence)

    def _ranked(self, query: Query) -> list[str]:
        """Return programmes by their best passage for the question's terms."""
        store, known = self.desk.store, self.desk.known
        terms = self.desk.judge.terms(query, self.desk.order[0])
        best = (store.document_of(number) for number, _ in store.index.rank(terms, MOST_RANKED))
        return [d for d in dict.fromkeys(best) if d in known]

    def _using(self, query: Query, pool: Sequence[str]) -> tuple[str, ...]:
        """Return the programmes whose pages use every word of the question, or the only one to use some."""
        sets = [self.desk.store.documents_with(list(dict.fromkeys((w.en, w.nl)))) for w in query.words]
        telling = [s for s in sets if s is not None]
        common = set.intersection(*telling) if telling else set()
        if not 0 < len(common) <= MOST_ANSWERED:
            # Not all words, but one that a single page uses: the name of a scholarship, a town.
            alone = set().union(*(s for s in telling if len(s) == 1))
            common = alone if len(alone) == 1 else common
        return tuple(d for d in pool if d in common) if common else ()


def _evenly(pool: Sequence[str]) -> list[str]:
    return [pool[i * len(pool) // MOST_READ] for i in range(MOST_READ)]


def _once(documents: Iterable[str]) -> Iterator[str]:
    """Yield each document when it first comes."""
    seen: set[str] = set()
    for document in documents:
        if document not in seen:
            seen.add(document)
            yield document
