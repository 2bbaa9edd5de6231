"""Questions that nobody wrote: every topic of every programme, every fact."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import yaml

from advisor import Advisor
from advisor.channels.regression.holdings import pieces, place_name, programmes, topic_name, topics

DEFAULT = "en"


@cache
def wordings() -> dict[str, dict[str, str]]:
    """Return the templates of questions, by language and kind."""
    text = files("advisor.channels.regression").joinpath("questions.yaml").read_text(encoding="utf-8")
    data: dict[str, dict[str, str]] = yaml.safe_load(text)
    return data


def topic_question(advisor: Advisor, topic: str, document: str, language: str) -> str:
    """Return the question about a topic of a programme by its name."""
    template = wordings()[language]["topic"]
    return template.format(topic=topic_name(advisor, topic, language), place=place_name(advisor, document))


def generated(advisor: Advisor) -> tuple[str, ...]:
    """Return the questions about each topic of each programme, and each fact, each once, in order."""
    return tuple(dict.fromkeys([*_by_topic(advisor), *_by_fact(advisor)]))


def _by_topic(advisor: Advisor) -> Iterator[str]:
    for document in programmes(advisor):
        for topic in topics(advisor):
            for language in wordings():
                yield topic_question(advisor, topic, document.id, language)


def _by_fact(advisor: Advisor) -> Iterator[str]:
    for piece in pieces(advisor):
        if piece.kind == "fact" and piece.label:
            language = advisor.document(piece.document).provenance.language or DEFAULT
            template = wordings().get(language, wordings()[DEFAULT])["fact"]
            columns = " ".join(c for c in piece.columns if c)
            question = template.format(
                label=piece.label, columns=columns, place=place_name(advisor, piece.document)
            )
            yield " ".join(question.split())
