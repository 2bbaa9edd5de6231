"""How many questions an address may ask."""

import ipaddress
import math
import time

from limits import parse
from limits.storage import storage_from_string
from limits.strategies import MovingWindowRateLimiter

from advisor.channels.web.problems import ServiceProblem


class RateLimit:
    """A moving window for each client address; nothing is kept beyond the window."""

    def __init__(self, rate: str, storage: str) -> None:
        self._limit = parse(rate) if rate else None
        self._limiter = MovingWindowRateLimiter(storage_from_string(storage))

    def check(self, address: str | None) -> None:
        """Count a question; raises ServiceProblem when the address has asked too many."""
        if self._limit is None:
            return
        key = network(address)
        if self._limiter.hit(self._limit, key):
            return
        reset = self._limiter.get_window_stats(self._limit, key).reset_time
        seconds = max(1, math.ceil(reset - time.time()))
        raise ServiceProblem(
            "too-many-requests",
            f"at most {self._limit} questions; try again in {seconds} seconds",
            {"Retry-After": str(seconds)},
        )


def network(address: str | None) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 of an IPv6 address."""
    try:
        parsed = ipaddress.ip_address(address or "")
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
