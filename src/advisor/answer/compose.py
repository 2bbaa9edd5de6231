"""Everything that writes replies, put together."""

from collections.abc import Callable

from advisor.answer.advice import Advice
from advisor.answer.answers import Answers
from advisor.answer.candidates import Candidates
from advisor.answer.comparison import Comparison
from advisor.answer.desk import Desk
from advisor.answer.listing import Listing
from advisor.answer.lookback import Lookback
from advisor.answer.silence import Silence
from advisor.answer.suggestions import Suggestions
from advisor.answer.tracks import Tracks


class Composer:
    """The writers of replies around one desk."""

    def __init__(self, desk: Desk, asks: Callable[[str, str], str | None], listing: Listing) -> None:
        tracks = Tracks(desk)
        self.suggestions = Suggestions(desk, asks, listing.facts)
        silence = Silence(desk, self.suggestions.is_answerable)
        self.desk = desk
        self.listing = listing
        self.judge = desk.judge
        self.overall = desk.overall
        self.place = desk.place
        self.places = desk.places
        self.topic_name = desk.topic_name
        self.answers = Answers(desk, tracks, silence, Candidates(desk, self.is_answerable))
        self.comparison = Comparison(desk, tracks, silence, self.answers)
        self.advice = Advice(desk, tracks)
        self.lookback = Lookback(desk)

    def is_answerable(self, topic: str, document: str) -> bool:
        """Whether a page answers a topic when nothing else is asked."""
        return self.suggestions.is_answerable(topic, document)
