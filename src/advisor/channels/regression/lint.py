"""`advisor test --lint`: look for cases that prove nothing."""

from collections import Counter
from collections.abc import Iterator, Sequence

from advisor import Advisor, Problem
from advisor.channels.regression.ask import LocalAdviser
from advisor.channels.regression.cases import Case, Expectation, Turn
from advisor.channels.regression.grade import holds, normal
from advisor.channels.regression.holdings import programmes, topic_name, topics
from advisor.channels.regression.visible import visible

OK, FAILED = 0, 1
# Words held by so many of the replies are no sign of the right one.
COMMON = 0.5
LEAST_REPLIES = 8


def lint(cases: Sequence[Case], adviser: LocalAdviser) -> int:
    """Print what is wrong with the cases themselves; returns 1 when anything is."""
    problems = [*_same_ids(cases)]
    for corpus in dict.fromkeys(c.corpus for c in cases):
        own = [c for c in cases if c.corpus == corpus]
        problems += _Lint(adviser.advisor(corpus)).problems(own)
    for problem in problems:
        print(visible(str(problem)))
    print(f"{len(problems)} problem(s) in {len(cases)} cases")
    return FAILED if problems else OK


def _same_ids(cases: Sequence[Case]) -> Iterator[Problem]:
    first: dict[str, Case] = {}
    for case in cases:
        other = first.setdefault(case.id, case)
        if other is not case:
            yield Problem(case.path, case.line, f"the id {case.id!r} is taken by {other.where}")


class _Lint:
    """The checks that need pages and replies."""

    def __init__(self, advisor: Advisor) -> None:
        self._pages = normal("\n".join(d.text for d in advisor.documents))
        self._names = [
            normal(
                " ".join(filter(None, (d.id, d.title, d.institution, d.provenance.url, d.provenance.source)))
            )
            for d in advisor.documents
        ]
        self._topics = set(topics(advisor))
        self._tracks = [name for d in advisor.documents for _, name in advisor.programmes.tracks(d.id)]
        self._replies = _sample(advisor)

    def problems(self, cases: Sequence[Case]) -> list[Problem]:
        """Return what is wrong with cases, in order."""
        found = []
        for case in cases:
            if all(turn.expect.is_empty for turn in case.turns):
                found.append(Problem(case.path, case.line, "nothing is expected; add `expect`"))
            found += [Problem(case.path, t.line, said) for t in case.turns for said in self._turn(t)]
        return list(dict.fromkeys(found))

    def _turn(self, turn: Turn) -> Iterator[str]:
        expect = turn.expect
        if expect.contains and not expect.allows_answer:
            yield "`contains` is only checked of answers, and the kind expected is none"
        asked = normal(turn.ask)
        for group in expect.contains:
            yield from self._group(group, asked)
        for page in (*expect.cites, *expect.cites_not):
            if not any(page in name or normal(page) in name for name in self._names):
                yield f"no page is called {page!r}"
        if expect.intent and expect.intent not in self._topics:
            yield f"no topic is called {expect.intent!r}"
        yield from self._slots(expect)
        for words in expect.lacks:
            if any(
                normal(words).strip() == normal(other).strip() for group in expect.contains for other in group
            ):
                yield f"{words!r} is both wanted and unwanted"

    def _slots(self, expect: Expectation) -> Iterator[str]:
        for slot, words in expect.slots:
            known = {
                "programme": self._names,
                "specialisation": [normal(name) for name in self._tracks],
                "topic": [normal(topic) for topic in self._topics],
            }.get(slot)
            if known is not None and not any(normal(words) in name for name in known):
                yield f"no {slot} is called {words!r}"

    def _group(self, group: Sequence[str], asked: str) -> Iterator[str]:
        """Check the alternatives of one expected thing; the weakest of them decides."""
        for words in group:
            if holds(asked, words):
                yield f"{words!r} stands in the question, so an echo passes"
        common = max(group, key=self._share)
        if self._share(common) >= COMMON:
            yield f"{common!r} stands in {100 * self._share(common):.0f} % of all answers"
        figures = [w for w in group if any(c.isdigit() for c in w)]
        if len(figures) == len(group) and not any(self._is_on_a_page(w) for w in figures):
            yield f"no page holds {' or '.join(map(repr, figures))}"

    def _share(self, words: str) -> float:
        if len(self._replies) < LEAST_REPLIES:
            return 0.0
        return self._counted(words) / len(self._replies)

    def _counted(self, words: str) -> int:
        return sum(holds(reply, words) for reply in self._replies)

    def _is_on_a_page(self, words: str) -> bool:
        """Whether a page holds the words, in either way of writing figures."""
        swapped = words.translate(str.maketrans(",.", ".,"))
        return holds(self._pages, words) or holds(self._pages, swapped)


def _sample(advisor: Advisor) -> list[str]:
    """Return the answers to one question about each topic and programme, as replies go."""
    found: Counter[str] = Counter()
    for document in programmes(advisor):
        for topic in topics(advisor):
            reply = advisor.ask(
                f"{topic_name(advisor, topic, 'en')} {document.institution or document.title}"
            )
            if reply.kind == "answer":
                found[normal(reply.text)] += 1
    return list(found)
