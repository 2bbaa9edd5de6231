"""Offer what may well be asked next, and the pages can answer."""

from collections.abc import Callable

from advisor.answer.desk import Desk, Draft
from advisor.answer.facts import Facts
from advisor.records.state import DialogueState, Query

MOST_SUGGESTIONS = 4


class Suggestions:
    """Knows which topics a page answers and how to ask for them."""

    def __init__(self, desk: Desk, asks: Callable[[str, str], str | None], facts: Facts) -> None:
        self.desk = desk
        self._asks = asks
        self._facts = facts
        self._answerable: dict[tuple[str, str], bool] = {}
        self._askable: dict[tuple[str, str], bool] = {}

    def is_answerable(self, topic: str, document: str) -> bool:
        """Whether a page answers a topic when nothing else is asked."""
        told = self._facts.states(topic, document)
        if told is not None:
            return told
        key = (topic, document)
        if key not in self._answerable:
            self._answerable[key] = bool(
                self.desk.judge.find(Query(topic=topic, programmes=(document,)), document).evidence
            )
        return self._answerable[key]

    def is_askable(self, topic: str, language: str) -> bool:
        """Whether a suggestion for the topic, typed back, is understood as that topic."""
        key = (topic, language)
        if key not in self._askable:
            self._askable[key] = self._asks(self.desk.topic_name(topic, language), language) == topic
        return self._askable[key]

    def suggestions(self, draft: Draft, state: DialogueState, language: str) -> tuple[str, ...]:
        """Return questions that the pages can answer and that were not asked yet."""
        documents = [d for d in draft.programmes if d in self.desk.documents] or list(self.desk.order[:1])
        document = documents[0]
        following = (
            list(self.desk.topics[draft.topic].next)
            if draft.topic and draft.topic in self.desk.topics
            else []
        )
        asked = {*state.asked, draft.topic}
        chosen = []
        for topic in dict.fromkeys((*following, *self.desk.overall)):
            if topic in asked or topic not in self.desk.topics or not self.is_answerable(topic, document):
                continue
            if self.is_askable(topic, language):
                place = self.desk.place(document)
                chosen.append(
                    self.desk.words.say(
                        "suggest.topic", language, topic=self.desk.topic_name(topic, language), place=place
                    )
                )
            if len(chosen) == MOST_SUGGESTIONS - 1:
                break
        return tuple(chosen)
