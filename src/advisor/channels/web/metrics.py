"""Counters for Prometheus; none of them holds what anyone said."""

import os

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS = (0.001, 0.002, 0.004, 0.008, 0.016, 0.032, 0.064, 0.128, 0.256, 0.512, 1.024)


class Metrics:
    """The service's counters, apart from those of any other service in the process.

    With PROMETHEUS_MULTIPROC_DIR set, `render` sums over all workers.
    """

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.turns = Counter("advisor_turns", "Turns answered", ["kind", "language"], registry=self._registry)
        self.turn_seconds = Histogram(
            "advisor_turn_seconds", "Time to answer a turn", buckets=_SECONDS, registry=self._registry
        )
        self.problems = Counter(
            "advisor_problems", "Requests that got a problem", ["code"], registry=self._registry
        )
        self.responses = Counter(
            "advisor_responses", "Responses by status", ["status"], registry=self._registry
        )
        self.waiting = Gauge(
            "advisor_questions_waiting",
            "Questions being answered or waiting for it",
            registry=self._registry,
            multiprocess_mode="livesum",
        )

    def render(self) -> bytes:
        """Return the counters in Prometheus' text format."""
        if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
