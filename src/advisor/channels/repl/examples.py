"""Questions that the pages really answer: for the welcome, and for completing what is typed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from advisor.channels.repl.strings import comparisons, examples, listed
from advisor.channels.repl.talk import short_name

if TYPE_CHECKING:
    from advisor import Advisor

MOST_EXAMPLES = 4
MOST_PLACES = 6
MOST_ASKED = 60


def answerable(advisor: "Advisor", questions: Iterable[str], language: str | None = None) -> Iterator[str]:
    """Yield the questions that get an answer with a source, each asked in a conversation of its own."""
    for question in dict.fromkeys(questions):
        reply = advisor.ask(question, language)
        if reply.kind == "answer" and reply.citations:
            yield question


def first_questions(advisor: "Advisor", language: str) -> tuple[str, ...]:
    """Return a few questions to begin with, about different programmes and things, and a comparison."""
    places = _places(advisor)
    chosen: list[str] = []
    for number, wording in enumerate(examples(language)):
        turned = places[number % len(places) :] + places[: number % len(places)] if places else []
        chosen += list(answerable(advisor, (wording.replace("{place}", p) for p in turned)))[:1]
        if len(chosen) == MOST_EXAMPLES - 1:
            break
    return (*chosen, *_comparison(advisor, language)[:1])


def _comparison(advisor: "Advisor", language: str) -> list[str]:
    places = _places(advisor)[:2]
    if len(places) < 2:
        return []
    pair = listed(places, language)
    return list(answerable(advisor, (w.replace("{programmes}", pair) for w in comparisons(language))))


def likely_questions(advisor: "Advisor", language: str) -> tuple[str, ...]:
    """Return what a student may well ask of each programme: the examples, and what replies suggest next."""
    waiting = [w.replace("{place}", p) for w in examples(language) for p in _places(advisor)]
    found: dict[str, None] = {}
    asked = 0
    while waiting and asked < MOST_ASKED:
        question = waiting.pop(0)
        if question in found:
            continue
        reply = advisor.ask(question, language)
        asked += 1
        if reply.kind == "answer" and reply.citations:
            found[question] = None
            waiting += [s for s in reply.suggestions if s not in found]
    return tuple(found)


def _places(advisor: "Advisor") -> list[str]:
    """Return the names of the programmes, the newest edition of each."""
    order = [advisor.document(i) for i in advisor.programmes.order]
    return [short_name(d, order) for d in order[:MOST_PLACES]]
