"""The one clock: instants in UTC, days in Shanghai."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


class Pause:
    """A stretch of time in which something is left alone once it was done or did not go; it ends by itself.

    A clock that was set back ends it too: better once too often than not for a year.
    """

    def __init__(self, length: timedelta) -> None:
        """Take how long it lasts; none is running yet."""
        self._length = length
        self._since: datetime | None = None

    def is_over(self) -> bool:
        """Return whether it is time."""
        return self._since is None or not timedelta(0) <= now() - self._since < self._length

    def begin(self) -> None:
        """Leave it alone from now on."""
        self._since = now()


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
