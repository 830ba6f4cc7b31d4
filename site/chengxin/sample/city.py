"""The city while it is being made: who is there, what the register calls them, and what size it has."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from chengxin.core.sealing import Recipients
from chengxin.evidence.shelf import Shelf
from chengxin.sample.profiles import Profile
from chengxin.sample.reading import table
from chengxin.sample.timeline import Timeline

FULL_SIZE = 1_284
CLEAN = 3
AUTHORITY = "江州市人力资源和社会保障局"


@dataclass(kw_only=True)
class City:
    """Everything the parts of the sample share; ids and actors are filled in as the past unfolds."""

    timeline: Timeline
    profiles: list[Profile]
    secret: str
    intake_key: Recipients
    shelf: Shelf
    ids: dict[str, int] = field(default_factory=dict)
    actors: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Index the agencies by name."""
        self.by_name = {each.name: each for each in self.profiles}

    @property
    def today(self) -> date:
        """Return the day the past ends."""
        return self.timeline.today

    def scaled(self, number: float, *, least: int = 0) -> int:
        """Return a number of the full city at this city's size."""
        return max(least, round(number * len(self.profiles) / FULL_SIZE))

    def day(self, days_ago: int) -> date:
        """Return the day so many days ago."""
        return self.today - timedelta(days=days_ago)

    def untroubled(self, *, opened: int) -> list[str]:
        """Return the agencies no decision is ever about, that run and are older than so many days."""
        drawn = self.profiles[len(table("agencies")["agency"]) :]
        running = (each for each in drawn if not (each.ending or each.is_branch))
        return [each.name for each in running if each.number % CLEAN == 0 and each.opened > opened]

    def officer_id(self, username: str) -> int:
        """Return the account id of a member of staff."""
        return int(self.actors[username].removeprefix("account:"))
