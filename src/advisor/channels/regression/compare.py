"""Which questions two corpora answer differently, and because of which change."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from advisor import Advisor, Reply
from advisor.channels.regression.cases import Case
from advisor.channels.regression.changes import OTHER, Change, page_changes
from advisor.channels.regression.generate import generated

CAUSES = ("now contradictory", "changed", "gone", "appeared", "page details", "other passages")


@dataclass(frozen=True, slots=True)
class Difference:
    """A question with two answers; `where` is the file and line, empty for one that nobody wrote."""

    question: str
    where: str
    before: Reply
    after: Reply


@dataclass(frozen=True, slots=True)
class Group:
    """A change of the pages, with the questions whose answers it changes."""

    change: Change
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two corpora side by side; `quiet` are changes of the pages that no answer shows."""

    asked: int
    groups: tuple[Group, ...]
    quiet: tuple[Change, ...]

    @property
    def is_same(self) -> bool:
        """Whether every question is answered as before."""
        return not self.groups


def compare(
    old: Advisor, new: Advisor, cases: Sequence[Case], tick: Callable[[], None] = lambda: None
) -> Comparison:
    """Ask both corpora all questions of the cases and those generated from both."""
    changes = page_changes(old, new)
    found: dict[Change, list[Difference]] = {}
    asked = 0
    for difference in _differences(old, new, cases):
        tick()
        asked += 1
        if difference is not None:
            found.setdefault(_reason(difference, changes), []).append(difference)
    order = sorted(found, key=lambda c: (CAUSES.index(c.cause), c.document))
    groups = tuple(Group(change, tuple(found[change])) for change in order)
    return Comparison(asked, groups, tuple(c for c in changes if c not in found))


def questions(old: Advisor, new: Advisor) -> tuple[str, ...]:
    """Return the questions generated from both corpora, each once."""
    return tuple(dict.fromkeys((*generated(old), *generated(new))))


def _differences(old: Advisor, new: Advisor, cases: Sequence[Case]) -> Iterator[Difference | None]:
    for case in cases:
        chats = old.start(), new.start()
        for turn in case.turns:
            before, after = (chat.ask(turn.ask) for chat in chats)
            yield _difference(turn.ask, f"{case.path}:{turn.line}", before, after)
    for question in questions(old, new):
        yield _difference(question, "", old.ask(question), new.ask(question))


def _difference(question: str, where: str, before: Reply, after: Reply) -> Difference | None:
    """Return the difference, if a reader would see one; where in the page a quote stands is none."""
    if (before.kind, before.text, _quotes(before)) == (after.kind, after.text, _quotes(after)):
        return None
    return Difference(question, where, before, after)


def _quotes(reply: Reply) -> list[tuple[str, str]]:
    return [(c.document, " ".join(c.quote.split())) for c in reply.citations]


def _reason(difference: Difference, changes: Sequence[Change]) -> Change:
    """Return the change whose words the answers quote; else a new date or name of a page that is cited."""
    before, after = set(_quotes(difference.before)), set(_quotes(difference.after))
    lost, come = before - after, after - before
    for change in changes:
        is_lost = any((change.document, text) in lost for text in change.before)
        is_come = any((change.document, text) in come for text in change.after)
        if change.cause != "page details" and (is_lost or is_come):
            return change
    pages = {document for document, _ in before | after}
    details = (
        c for c in changes if c.cause == "page details" and c.document in pages and not lost and not come
    )
    return next(details, OTHER)
