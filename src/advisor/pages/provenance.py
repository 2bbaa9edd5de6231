"""Read off a page what its front matter would say."""

import re
from collections import Counter
from collections.abc import Sequence

from advisor.pages.recognise import Recogniser
from advisor.records.document import Block, Provenance
from advisor.text.tokens import tokenise

_EDITION = re.compile(r"\b(?:19|20)\d{2}\s?[-–/]\s?(?:20)?\d{2}\b")
_HEAD = 30
_FIRST = 6
_TOLD = 80
_OFTENER = 2


def read_provenance(
    text: str,
    blocks: Sequence[Block],
    recogniser: Recogniser,
    known: Provenance | None = None,
    extra: str = "",
) -> Provenance:
    """Return the provenance; what is `known` already stays, the rest is read from the text.

    `extra` is text of the page that is not part of its content, such as a footer.
    """
    institution = known.institution if known else None
    if institution is None:
        institution = _institution(text, blocks, recogniser, extra)
    title = known.title if known and known.title else _title(text, _opening(blocks), institution, recogniser)
    if institution and institution != title and institution.startswith(title):
        institution = institution[len(title) :].strip(" -–,|") or institution
    if institution and not (known and known.title):
        bare = re.sub(rf"\s*[-–|,]\s*{re.escape(institution)}$", "", title)
        title = bare or title
    return Provenance(
        title=title,
        institution=institution,
        aliases=known.aliases if known else (),
        language=(known.language if known else None) or recogniser.teller.tell(tokenise(text[:20000])),
        source=known.source if known else None,
        url=known.url if known else None,
        last_updated=(known.last_updated if known else None)
        or recogniser.updated(text)
        or recogniser.updated(extra),
        edition=(known.edition if known else None) or _edition(title, text[:400]),
        supersedes=known.supersedes if known else None,
    )


def _opening(blocks: Sequence[Block]) -> list[Block]:
    """Return the first heading, and those before the first paragraph that is told in sentences."""
    opening: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            opening.append(block)
        elif opening and block.kind == "paragraph" and block.end - block.start > _TOLD:
            break
    return opening[:_FIRST]


def _title(text: str, headings: Sequence[Block], institution: str | None, recogniser: Recogniser) -> str:
    named = [text[b.start : b.end] for b in headings]
    named = [n for n in named if n != institution and recogniser.institutions(n) != [n]]
    if named:
        counts = [len(re.findall(re.escape(n), text, re.IGNORECASE)) for n in named]
        best = max(range(len(named)), key=lambda i: (counts[i], -i))
        # A site's name or a crumb may stand first; the programme is what the page speaks of again and again.
        is_name = not recogniser.is_label(named[best]) or recogniser.is_subject(named[best])
        is_spoken_of = counts[best] >= _OFTENER * counts[0] and is_name
        return named[best] if best and is_spoken_of else named[0]
    if headings:
        return text[headings[0].start : headings[0].end]
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first[:80]


def _institution(text: str, blocks: Sequence[Block], recogniser: Recogniser, extra: str) -> str | None:
    for block in blocks[:_HEAD]:
        line = text[block.start : block.end]
        if block.kind in {"heading", "paragraph"} and len(line) < 60:
            names = recogniser.institutions(line)
            if names and names[0] == line.strip():
                return names[0]
    counts: Counter[str] = Counter(recogniser.institutions(text + "\n" + extra))
    if not counts:
        return None
    best = max(counts.values())
    return next(name for name in counts if counts[name] == best)


def _edition(title: str, head: str) -> str | None:
    for text in (title, head):
        match = _EDITION.search(text)
        if match:
            return match.group()
        if text is title:
            year = re.search(r"\b20\d{2}\b", title)
            if year:
                return year.group()
    return None
