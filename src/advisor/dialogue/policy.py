"""Choose the move of a turn. Rules are tried in order; the first that fits wins, by its name."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

from advisor.dialogue.listing import LIST
from advisor.dialogue.track import NAMED, POINTS_BACK
from advisor.records.interpretation import Interpretation, Part
from advisor.records.state import Choice, DialogueState, Query

LOUD = 0.8
SPEAK = "speak-"
MOVES_ABOUT_LAST = ("source", "repeat", "more", "why")
# What points at one of several by its place, and not by what it is about.
POINTING = frozenset({"first-one", "second-one", "other", "both"})


@dataclass(frozen=True, slots=True)
class Move:
    """What to do: its name, and what it is about."""

    name: str
    subject: str = ""
    choices: tuple[Choice, ...] = ()


def decide(said: Interpretation, state: DialogueState, labels: Sequence[Choice]) -> Move:
    """Return the move for an utterance. `labels` are the choices of a question back that is open."""
    picked = _picked(said, state, labels)
    if picked:
        return Move("pick", choices=tuple(picked))
    if not said.text or not any(p.tokens for p in said.parts):
        return Move("lost")
    if said.smalltalk is not None:
        return Move("smalltalk", said.smalltalk)
    for name in MOVES_ABOUT_LAST:
        if name in said.acts and not _names_more(said.parts):
            return Move(name)
    for act in sorted(said.acts):
        if act.startswith(SPEAK) and state.query is not None:
            return Move("speak", act.removeprefix(SPEAK))
    if said.outside is not None:
        return Move("outside", said.outside)
    picks = any(p.conditions or p.within or p.programmes for p in said.parts)
    if "about-page" in said.acts and not _is_loud(said.parts) and not picks:
        return Move("corpus")
    foreign = [f for p in said.parts for f in p.foreign]
    if foreign and not any(p.programmes or p.within for p in said.parts):
        return Move("foreign", foreign[0])
    return Move("answer")


def _is_loud(parts: Sequence[Part]) -> bool:
    return any(p.topic is not None and p.topic.score >= LOUD for p in parts)


def _names_more(parts: Sequence[Part]) -> bool:
    """Whether the message names something of its own beside the move."""
    return any(p.programmes or p.within or p.specialisations for p in parts)


def _picked(said: Interpretation, state: DialogueState, labels: Sequence[Choice]) -> list[Choice]:
    """Return the choices that a short answer to an open question names."""
    if not labels or state.pending is None:
        return []
    tokens = said.parts[0].tokens if said.parts else ()
    if not tokens or len(tokens) > 6:
        return []
    words = [t.fold for t in tokens]
    if len(words) == 1 and words[0].isdigit() and 1 <= int(words[0]) <= len(labels):
        return [labels[int(words[0]) - 1]]
    if "both" in said.acts and not _is_loud(said.parts):
        return list(labels)
    part = said.parts[0]
    if _is_loud(said.parts):
        return []
    named = [c for c in labels if c.programme in part.programmes]
    if named and not part.terms:
        return named
    text = said.text.casefold().strip(" .!?")
    return [c for c in labels if c.label.casefold() == text]


def is_lost(query: Query) -> bool:
    """Whether a query names nothing that could be looked for."""
    return not (query.topic or query.words or query.hints or query.concepts or query.act == LIST)


def asks_why_of_last(part: Part, query: Query, state: DialogueState) -> bool:
    """Whether a reason is asked for what was said last, not for something new."""
    is_of_last = query.is_carried or (part.points_back and not part.topics and len(part.terms) < 2)
    return part.wanted == "reason" and is_of_last and set(part.programmes) <= set(state.programmes)


def only_names(part: Part) -> bool:
    """Whether a part names programmes and asks nothing of them."""
    return not part.is_question and part.topic is None and bool(part.programmes or part.within)


def describes_only(part: Part) -> bool:
    """Whether one of several is told by what it is about alone: `the business one`."""
    start, end = part.described
    return start < end and not (part.acts & POINTING or part.specialisations or part.programmes)


def is_opening_for_a_value(
    query: Query, parts: Sequence[Part], state: DialogueState, topical: Set[str]
) -> bool:
    """Whether a first question asks for a value, and names neither a programme nor what topics rest on."""
    is_free = state.query is None and not {NAMED, POINTS_BACK} & set(query.rules)
    return is_free and bool(query.wanted) and not any(p.concepts & topical for p in parts)


def is_about_study(query: Query, topical: Set[str]) -> bool:
    """Whether anything ties a query to studying: a topic, what topics rest on, a programme, or the talk."""
    is_tied = query.is_carried or not {NAMED, POINTS_BACK}.isdisjoint(query.rules)
    return query.topic is not None or is_tied or not topical.isdisjoint(query.concepts)


def is_aside(query: Query, parts: Sequence[Part]) -> bool:
    """Whether a part is a remark in words of no topic, not a question."""
    if query.topic is not None or query.concepts:
        return False
    part = next((p for p in parts if p.text == query.text), None)
    return part is not None and not (part.wanted or part.asks_which or "?" in part.text)
