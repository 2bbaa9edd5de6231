"""What two corpora say differently: facts and sentences changed, appeared, gone, now contradictory."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from advisor import Advisor
from advisor.channels.regression.holdings import Piece, Standing, pieces

Cause = Literal["now contradictory", "changed", "gone", "appeared", "page details", "other passages"]
ALIKE = 0.5


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the pages; the texts are empty where there is none on that side."""

    cause: Cause
    document: str
    section: str
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()

    def __str__(self) -> str:
        if self.cause == "other passages":
            return "other passages answer now, though they did not change themselves"
        old, new = " / ".join(self.before) or "nothing", " / ".join(self.after) or "nothing"
        return f"{self.document}, {self.section}: {old} -> {new}"


OTHER = Change("other passages", "", "")


def page_changes(old: Advisor, new: Advisor) -> list[Change]:
    """Return the differences between two corpora, facts first."""
    before, after = pieces(old), pieces(new)
    facts = _facts(_of_kind(before, is_fact=True), _of_kind(after, is_fact=True))
    prose = _prose(_of_kind(before, is_fact=False), _of_kind(after, is_fact=False))
    return [*facts, *prose, *_details(old, new)]


def _of_kind(found: Iterable[Piece], *, is_fact: bool) -> list[Piece]:
    return [p for p in found if (p.kind == "fact") == is_fact]


def _facts(before: Sequence[Piece], after: Sequence[Piece]) -> list[Change]:
    """Compare facts by what they are about; a label given twice with other values is one thing."""
    changes = []
    for key in dict.fromkeys(p.key for p in (*before, *after)):
        old, new = [p for p in before if p.key == key], [p for p in after if p.key == key]
        if sorted(p.text for p in old) != sorted(p.text for p in new):
            changes.append(_fact_change(old, new))
    return changes


def _fact_change(old: Sequence[Piece], new: Sequence[Piece]) -> Change:
    some = (*new, *old)[0]
    kept = {p.text for p in old} & {p.text for p in new}
    before = tuple(p.text for p in old if p.text not in kept)
    after = tuple(p.text for p in new if p.text not in kept)
    cause: Cause = "changed" if before and after else "appeared" if after else "gone"
    if _is_contradictory(new) and not _is_contradictory(old):
        return Change(
            "now contradictory",
            some.document,
            some.section,
            tuple(p.text for p in old),
            tuple(p.text for p in new),
        )
    return Change(cause, some.document, some.section, before, after)


def _is_contradictory(found: Sequence[Piece]) -> bool:
    return Standing(tuple(found)).is_contradictory


def _prose(before: Sequence[Piece], after: Sequence[Piece]) -> list[Change]:
    """Compare sentences; a new one is paired with the gone one of its page that is most alike."""
    stay = {(p.document, p.text) for p in before} & {(p.document, p.text) for p in after}
    gone = [p for p in before if (p.document, p.text) not in stay]
    come = [p for p in after if (p.document, p.text) not in stay]
    changes = []
    for piece in come:
        partner = max(
            (g for g in gone if g.document == piece.document), key=lambda g: _ratio(g, piece), default=None
        )
        if partner is not None and _ratio(partner, piece) >= ALIKE:
            gone.remove(partner)
            changes.append(Change("changed", piece.document, piece.section, (partner.text,), (piece.text,)))
        else:
            changes.append(Change("appeared", piece.document, piece.section, (), (piece.text,)))
    return [*changes, *(Change("gone", p.document, p.section, (p.text,)) for p in gone)]


def _ratio(one: Piece, other: Piece) -> float:
    return SequenceMatcher(None, one.text, other.text).ratio()


def _details(old: Advisor, new: Advisor) -> list[Change]:
    """Compare what is known of the pages themselves: date, edition, address."""
    known = {d.id: d for d in old.documents}
    changes = []
    for document in new.documents:
        earlier = known.get(document.id)
        if earlier is None or earlier.provenance == document.provenance:
            continue
        was, now = earlier.provenance.model_dump(), document.provenance.model_dump()
        names = [n for n in now if was[n] != now[n]]
        before, after = (tuple(f"{n}: {side[n]}" for n in names) for side in (was, now))
        changes.append(Change("page details", document.id, "the page itself", before, after))
    return changes
