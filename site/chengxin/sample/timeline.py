"""The invented past, told in order: every act happens at its own instant, none in the future."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy.orm import Session

from chengxin.core import clock

Act = Callable[[Session], object]
MIDNIGHT = time()


@dataclass(order=True)
class _Planned:
    at: datetime
    order: int
    act: Act = field(compare=False)


class Timeline:
    """A list of acts to come, sorted by when they happen; the clock of each act stands at its instant."""

    def __init__(self, now: datetime) -> None:
        """Begin an empty past that ends now."""
        self.now = now
        self.today = clock.day_of(now)
        self._planned: list[_Planned] = []

    def __len__(self) -> int:
        """Return how many acts are still to happen."""
        return len(self._planned)

    def plan(self, day: date | int, hour: float, act: Act) -> None:
        """Plan an act for a day, or for so many days ago, at an hour; what is not past is left out."""
        if isinstance(day, int):
            day = self.today - timedelta(days=day)
        at = datetime.combine(day, MIDNIGHT, clock.SHANGHAI) + timedelta(seconds=round(hour * 3600))
        if at < self.now:
            self._planned.append(_Planned(at.astimezone(UTC), len(self._planned), act))

    def run(self, session: Session, tell: Callable[[int], object] | None = None) -> int:
        """Let everything happen, oldest first, and return how many acts there were."""
        done = 0
        for planned in sorted(self._planned):
            with clock.frozen(planned.at):
                planned.act(session)
            done += 1
            if tell:
                tell(1)
        self._planned = []
        return done
