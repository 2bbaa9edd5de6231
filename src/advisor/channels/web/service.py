"""The parts of a running service, made once from its settings."""

from dataclasses import dataclass
from pathlib import Path

from fastapi import Request

from advisor import Advisor
from advisor.channels.journal import Journal
from advisor.channels.web.assets import Assets
from advisor.channels.web.conversation import ConversationSeal
from advisor.channels.web.exchange import preferred_language
from advisor.channels.web.holder import Holder
from advisor.channels.web.metrics import Metrics
from advisor.channels.web.pages import Pages
from advisor.channels.web.rates import RateLimit
from advisor.channels.web.settings import Settings, environment_keys
from advisor.channels.web.turns import Turns


@dataclass(frozen=True, slots=True)
class Service:
    """What the endpoints work with; shared by all requests."""

    settings: Settings
    holder: Holder
    metrics: Metrics
    rates: RateLimit
    turns: Turns
    assets: Assets
    pages: Pages

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that replies come in."""
        return tuple(self.holder.current.advisor.content.languages)


def build(settings: Settings, advisor: Advisor | None) -> Service:
    """Return the service that the settings describe; raises ContentError for broken pages."""
    holder = Holder(lambda: Advisor.load(settings.corpus, settings.intents), advisor)
    metrics = Metrics()
    keys = settings.keys or environment_keys()
    seal = ConversationSeal(keys, settings.max_state, settings.state_days)
    journal = Journal(Path(settings.journal), settings.journal_days) if settings.journal else None
    return Service(
        settings=settings,
        holder=holder,
        metrics=metrics,
        rates=RateLimit(settings.rate, settings.rate_storage),
        turns=Turns(holder, seal, metrics, journal, settings.max_waiting),
        assets=Assets(),
        pages=Pages(),
    )


def service_of(request: Request) -> Service:
    """Return the service that a request came to."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


def interface_language(request: Request, service: Service) -> str:
    """Return the language for the service's own pages: asked for, accepted, or the first there is."""
    known = tuple(language for language in service.languages if language in service.pages.languages)
    asked = request.query_params.get("lang", "")
    return (
        asked
        if asked in known
        else preferred_language(request.headers.get("accept-language"), known) or known[0]
    )
