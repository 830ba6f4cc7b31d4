"""Soft limits by network: never by person, and never with the address itself.

The key is an HMAC of the /24 or /64 network under a secret that changes every day, so a stored key tells
nothing about who wrote, and a whole campus is counted generously rather than locked out one by one.
"""

import hashlib
import hmac
import ipaddress
import math
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, request
from flask_limiter import Limiter
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter, RateLimiter

from chengxin.core import clock
from chengxin.core.web import Installation, installation

STRATEGY = "moving-window"
SECONDS_TO_REDIS = 1


@dataclass(frozen=True)
class Counters:
    """Where an app counts: the shared store, and its own memory while that is away."""

    shared: Limiter
    spare: RateLimiter

    def either(self, ask: Callable[[RateLimiter], int]) -> int:
        """Ask the shared counters, or this process's own while those are away; 0 where limits are off."""
        if not self.shared.enabled:
            return 0
        try:
            return ask(self.shared.limiter)
        except self.shared.storage.base_exceptions:
            current_app.logger.warning("the shared limits do not answer; this process counts alone")
            return ask(self.spare)

    def forget(self, names: Iterable[str]) -> None:
        """Clear some counts in both stores, for each may have counted while the other was away."""
        for name in names:
            self.spare.storage.clear(name)
            self.either(lambda strategy, name=name: strategy.storage.clear(name) or 0)  # type: ignore[misc]


def counters() -> Counters:
    """Return where the current app counts."""
    return cast("Counters", current_app.extensions["chengxin.limits"])


def install(app: Flask, installed: Installation) -> None:
    """Give an app its limits: in Redis when several processes share them, else in memory."""
    settings = installed.settings
    redis = {"socket_connect_timeout": SECONDS_TO_REDIS, "socket_timeout": SECONDS_TO_REDIS}
    shared = Limiter(
        app=app,
        key_func=network_key,
        strategy=STRATEGY,
        enabled=settings.rate_limits == "on",
        storage_uri=settings.redis_url or "memory://",
        storage_options=redis if settings.redis_url else {},  # type: ignore[arg-type]  # redis takes numbers
    )
    app.extensions["chengxin.limits"] = Counters(shared, MovingWindowRateLimiter(MemoryStorage()))


def minutes_to_wait(scope: str, limit: str, *, subject: str = "") -> int:
    """Count this request and return 0, or the minutes to wait when its network asked too often.

    With a subject its requests are counted, whatever networks they come from.
    """
    names = (f"chengxin/{STRATEGY}", scope, _daily(subject) if subject else network_key())
    item = parse(limit)
    return counters().either(
        lambda strategy: 0 if strategy.hit(item, *names) else _minutes(strategy, item, names)
    )


def minutes_left(scope: str, limit: str) -> int:
    """Return 0, or the minutes to wait, without counting this request: for limits on what failed."""
    names = (f"chengxin/{STRATEGY}", scope, network_key())
    item = parse(limit)
    return counters().either(
        lambda strategy: 0 if strategy.test(item, *names) else _minutes(strategy, item, names)
    )


def _minutes(strategy: RateLimiter, item: RateLimitItem, names: tuple[str, ...]) -> int:
    seconds = strategy.get_window_stats(item, *names).reset_time - time.time()
    return max(1, math.ceil(seconds / 60))


def network_key() -> str:
    """Return the keyed, daily hash of the client's network."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = 24 if address.version == 4 else 64  # noqa: PLR2004 (IP version 4)
    network = ipaddress.ip_network((address, prefix), strict=False)
    return _daily(str(network))


def _daily(name: str) -> str:
    """Return a keyed hash of a name, another one every day."""
    key = f"{installation().secret}/{clock.today()}".encode()
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:24]
