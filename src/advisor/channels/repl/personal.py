"""Lines that hold personal data, which are never kept."""

import re

MAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
PHONE = re.compile(r"(?<![\w€$£.,])(?:\+|00|0)[1-9](?:[\s./()-]*\d){7,12}(?!\w)")
STUDENT_NUMBER = re.compile(r"(?<![\w€$£.,])[a-zA-Z]?\d{6,10}(?!\w)")


def is_personal(text: str) -> bool:
    """Tell whether a text looks as if it holds an e-mail address, a phone number or a student number."""
    return any(pattern.search(text) for pattern in (MAIL, PHONE, STUDENT_NUMBER))
