"""A reply as plain text: the answer, then its sources."""

from advisor import Citation, Reply

SOURCES = {"en": "Sources", "nl": "Bronnen"}
CHOICES = {"en": "Choose", "nl": "Kies"}


def plain_reply(reply: Reply) -> str:
    """Return the reply's text with its numbered sources below."""
    lines = [reply.text]
    if reply.choices:
        lines += ["", *(f"  {number}. {choice}" for number, choice in enumerate(reply.choices, 1))]
    if reply.citations:
        lines += ["", f"{SOURCES.get(reply.language, 'Sources')}:"]
        lines += [f"  {source_line(citation)}" for citation in reply.citations]
    return "\n".join(lines)


def source_line(citation: Citation) -> str:
    """Return a citation on one line: number, title, institution, section, date, address."""
    parts = [citation.title]
    if citation.institution:
        parts.append(citation.institution)
    if citation.section:
        parts.append(citation.section)
    if citation.last_updated:
        parts.append(citation.last_updated)
    if citation.url:
        parts.append(citation.url)
    return f"[{citation.number}] {' · '.join(parts)}"
