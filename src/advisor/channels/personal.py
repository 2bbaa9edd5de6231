"""What tells who someone is: lines that hold it, and texts without it."""

import re

MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w{2,}")
PHONE = re.compile(r"(?<![\w€$£.,])(?:\+|00|0)[1-9](?:[\s./()-]*\d){7,12}(?!\w)")
STUDENT_NUMBER = re.compile(r"(?<![\w€$£.,])[a-zA-Z]?\d{6,10}(?!\w)")

# What is taken out of a text -> what is kept instead. More than makes a line personal: a text that
# others will read must hold no number that could tell someone, whatever it is.
_REDACTIONS: tuple[tuple[re.Pattern[str], str], ...] = (
    (MAIL, "[e-mail]"),
    (re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE), "[address]"),
    (re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b", re.IGNORECASE), "[account]"),
    # A pair of years is no number that tells a person.
    (
        re.compile(r"(?<![\w.,])(?!20\d\d ?[-/–] ?20\d\d(?!\d))\+?(?:\d[ ().\-/]{0,2}){7,}\d(?!\w)"),
        "[number]",
    ),
    (STUDENT_NUMBER, "[number]"),
    (re.compile(r"\b\d{4} ?[A-Z]{2}\b"), "[postcode]"),
)


def is_personal(text: str) -> bool:
    """Tell whether a text looks as if it holds an e-mail address, a phone number or a student number."""
    return any(pattern.search(text) for pattern in (MAIL, PHONE, STUDENT_NUMBER))


def redact(text: str) -> str:
    """Return the text without e-mail addresses, links, and numbers long enough to tell a person."""
    for pattern, instead in _REDACTIONS:
        text = pattern.sub(instead, text)
    return text
