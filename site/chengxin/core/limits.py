"""Soft limits by network: never by person, and never with the address itself.

The key is an HMAC of the /24 or /64 network under a secret that changes every day, so a stored key tells
nothing about who wrote, and a whole campus is counted generously rather than locked out one by one.
"""

import hashlib
import hmac
import ipaddress
import math
import time

from flask import Flask, request
from flask_limiter import Limiter, RateLimitExceeded

from chengxin.core import clock
from chengxin.core.web import Installation, installation

STRATEGY = "moving-window"


def network_key() -> str:
    """Return the keyed, daily hash of the client's network."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    prefix = 24 if address.version == 4 else 64  # noqa: PLR2004 (IP version 4)
    network = ipaddress.ip_network((address, prefix), strict=False)
    key = f"{installation().secret}/{clock.today()}".encode()
    return hmac.new(key, str(network).encode(), hashlib.sha256).hexdigest()[:24]


limiter = Limiter(key_func=network_key, strategy=STRATEGY, headers_enabled=False)


def install(app: Flask, installed: Installation) -> None:
    """Give an app its limits: in Redis when several processes share them, else in memory."""
    settings = installed.settings
    app.config.update(
        RATELIMIT_ENABLED=settings.rate_limits == "on",
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_KEY_PREFIX=f"chengxin/{STRATEGY}",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=bool(settings.redis_url),
        RATELIMIT_STORAGE_OPTIONS=(
            {"socket_connect_timeout": 1, "socket_timeout": 1} if settings.redis_url else {}
        ),
    )
    limiter.init_app(app)


def minutes_to_wait(scope: str, limit: str) -> int:
    """Count this request and return 0, or the minutes to wait when its network asked too often."""
    try:
        with limiter.shared_limit(limit, scope=scope):
            return 0
    except RateLimitExceeded:
        current = limiter.current_limit
        seconds = current.reset_at - time.time() if current else 60
        return max(1, math.ceil(seconds / 60))
