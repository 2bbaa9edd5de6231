"""Load intents for editors' work: the content and what reads pages with its words."""

import os
from collections.abc import Sequence
from pathlib import Path

from advisor.advisor import shipped
from advisor.pages.recognise import Recogniser
from advisor.text.language import LanguageTeller
from advisor.text.lexicon import Lexicon
from advisor.text.values import ValueFinder
from advisor.topics.content import Content
from advisor.topics.load import load_content


def intents_folder(intents: str | Path | None) -> Path:
    """Return the folder of intents that is meant: the named one, ADVISOR_INTENTS, or what ships."""
    return Path(intents or os.environ.get("ADVISOR_INTENTS") or shipped("intents"))


def corpus_places(corpus: Sequence[str | Path] | None) -> list[str | Path]:
    """Return the places of pages that are meant: the named ones, ADVISOR_CORPUS, or what ships."""
    if corpus:
        return list(corpus)
    named = os.environ.get("ADVISOR_CORPUS")
    return [*named.split(os.pathsep)] if named else [shipped("corpus")]


def recogniser_for(content: Content) -> Recogniser:
    """Return what reads labels, values, institutions and dates with the words of the content."""
    lexicon = Lexicon(content.concepts, tuple(content.languages), content.book)
    teller = LanguageTeller(content.languages)
    return Recogniser(lexicon, ValueFinder(content.languages), teller, content.languages)


def load(intents: str | Path | None) -> Content:
    """Return the content of the intents; raises ContentError when it is broken."""
    return load_content(intents_folder(intents))
