"""Tell when many programmes are asked for at once, and which conditions they must meet."""

from advisor.records.interpretation import Part
from advisor.records.state import DialogueState, Query

LIST = "list"
LIST_PROGRAMMES = "list-programmes"
OF_THEM = "which-of-them"


def as_listing(part: Part, state: DialogueState) -> Query | None:
    """Return the query for a list of programmes, or None where none is asked for.

    `Which of them` adds its conditions to those of the list before; a place or title that is
    named replaces the one before.
    """
    last = state.query if state.query is not None and state.query.act == LIST else None
    is_of_them = OF_THEM in part.acts and last is not None
    if LIST_PROGRAMMES not in part.acts and not is_of_them:
        return None
    conditions, programmes, within, facets = part.conditions, part.programmes, part.within, part.facets
    if is_of_them and last is not None:
        again = {c.topic for c in conditions}
        conditions = (*(c for c in last.conditions if c.topic not in again), *conditions)
        if not (programmes or within):
            programmes, within = last.programmes, last.within
        facets = facets or last.facets
    if not (conditions or programmes or within):
        return None
    topics = [c.topic for c in conditions if c.topic]
    return Query(
        act=LIST,
        topic=topics[-1] if topics else None,
        conditions=conditions,
        programmes=programmes,
        within=within,
        facets=tuple(f for f in facets if f[0] not in {"difference", "intake", "column"}),
        rules=("list narrowed" if is_of_them else "list of programmes",),
        text=part.text,
    )
