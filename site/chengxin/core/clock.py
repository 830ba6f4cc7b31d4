"""The one clock: instants in UTC, days in Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """Return this instant, aware and in UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """Return the day it is in Shanghai, by which every legal term is counted."""
    return day_of(now())


def day_of(instant: datetime) -> date:
    """Return the Shanghai day of an instant."""
    return instant.astimezone(SHANGHAI).date()


@contextmanager
def frozen(instant: datetime) -> Iterator[None]:
    """Hold the clock at an instant, for tests and for the invented past of the sample."""
    token = _frozen.set(instant)
    try:
        yield
    finally:
        _frozen.reset(token)
