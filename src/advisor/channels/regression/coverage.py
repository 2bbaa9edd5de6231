"""`advisor test --coverage`: which sections, facts and topics no case touches."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from advisor import Advisor
from advisor.channels.regression.ask import LocalAdviser
from advisor.channels.regression.bar import Bar
from advisor.channels.regression.cases import Case
from advisor.channels.regression.holdings import Piece, pieces, topic_name, topics, touched
from advisor.channels.regression.play import play_all
from advisor.channels.regression.visible import visible


@dataclass(slots=True)
class Coverage:
    """What cases touch of one corpus."""

    sections: dict[tuple[str, str], bool] = field(default_factory=dict)
    facts: dict[str, tuple[Piece, bool]] = field(default_factory=dict)
    topics: dict[str, bool] = field(default_factory=dict)


def coverage(cases: Sequence[Case], adviser: LocalAdviser, *, is_json: bool = False) -> int:
    """Print what no case touches; returns 0, as a gap is no error."""
    for corpus in dict.fromkeys(c.corpus for c in cases):
        own = [c for c in cases if c.corpus == corpus]
        advisor = adviser.advisor(corpus)
        found = measure(advisor, own, adviser)
        if is_json:
            print(json.dumps(_data(found), ensure_ascii=False, indent=1))
        else:
            print(visible(_told(advisor, found)))
    return 0


def measure(advisor: Advisor, cases: Sequence[Case], adviser: LocalAdviser) -> Coverage:
    """Return what the replies to the cases rest on."""
    with Bar(len(cases), "asking") as bar:
        outcomes = play_all(cases, adviser, tick=bar.tick)
    replies = [p.reply for o in outcomes for p in o.played if p.reply is not None]
    ids = touched(advisor, [c for r in replies for c in r.citations])
    asked = {r.intent for r in replies} | {t.expect.intent for c in cases for t in c.turns}
    found = Coverage(topics={topic: topic in asked for topic in topics(advisor)})
    for piece in pieces(advisor):
        place = (piece.document, piece.section)
        found.sections[place] = found.sections.get(place, False) or piece.id in ids
        if piece.kind == "fact":
            found.facts[piece.id] = (piece, piece.id in ids)
    return found


def _told(advisor: Advisor, found: Coverage) -> str:
    lines = [_head("sections", found.sections.values())]
    lines += [
        f"  {document}: {section}" for (document, section), is_hit in found.sections.items() if not is_hit
    ]
    lines += ["", _head("facts", [is_hit for _, is_hit in found.facts.values()])]
    lines += [f"  {p.document}, {p.section}: {p.text}" for p, is_hit in found.facts.values() if not is_hit]
    lines += ["", _head("topics", found.topics.values())]
    lines += [
        f"  {topic} ({topic_name(advisor, topic, 'en')})"
        for topic, is_hit in found.topics.items()
        if not is_hit
    ]
    return "\n".join(lines)


def _head(what: str, hits: Iterable[bool]) -> str:
    known = list(hits)
    rest = "" if all(known) else "; untouched:"
    return f"{what}: {sum(known)} of {len(known)} touched{rest}"


def _data(found: Coverage) -> dict[str, object]:
    return {
        "sections": [{"document": d, "section": s, "touched": hit} for (d, s), hit in found.sections.items()],
        "facts": [
            {"document": p.document, "section": p.section, "text": p.text, "touched": hit}
            for p, hit in found.facts.values()
        ],
        "topics": found.topics,
    }
