"""Tell headings that announce other pages from those of this page."""

from functools import cache
from importlib.resources import files

import yaml

from advisor.text.normalise import fold


def is_about_others(heading: str) -> bool:
    """Whether a heading announces other pages, as `You may also like` does."""
    text = fold(heading).strip(" :.…!")
    return any(text == p or text.startswith(p + " ") for p in _phrases())


@cache
def _phrases() -> tuple[str, ...]:
    source = files("advisor.pages") / "other-pages.yaml"
    return tuple(fold(phrase) for phrase in yaml.safe_load(source.read_text("utf-8")))
