"""Campaigns of a year, with the agencies that take part and how they did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from chengxin.bulletins.campaigns import actions, queries
from chengxin.bulletins.campaigns.actions import Plan
from chengxin.bulletins.campaigns.models import Campaign
from chengxin.bulletins.campaigns.rules import Result
from chengxin.sample.city import City
from chengxin.sample.dice import dice
from chengxin.sample.reading import dated, table

WRITER, PUBLISHER = "limin", "zhaoyu"
PRAISE = "制度健全，台账完整"


@dataclass
class Season:
    """One campaign to be."""

    city: City
    told: Mapping[str, Any]
    campaign: Campaign | None = field(default=None, init=False)

    def plan(self) -> None:
        """Plan its publication, the enrolment and, once it is over, its results."""
        plan, starts = self.city.timeline.plan, self.told["starts"]
        plan(starts + 3, 9.5, self._publish)
        plan(starts, 10.1, self._enrol)
        if self.told["results"]:
            plan(self.told["ends"] - 5, 15.3, self._conclude)

    def _written(self, *, results: str = "") -> Plan:
        today = self.city.today
        return Plan(
            kind=self.told["kind"],
            title=dated(self.told["title"], self.city.day(self.told["starts"])),
            starts_on=self.city.day(self.told["starts"]),
            ends_on=self.city.day(self.told["ends"]),
            body=dated(self.told["body"], today).strip(),
            results=results.strip(),
        )

    def _publish(self, session: Session) -> None:
        writer, publisher = self.city.actors[WRITER], self.city.actors[PUBLISHER]
        self.campaign = actions.draft(session, actor=writer, plan=self._written(), slug=self.told["slug"])
        actions.publish(session, actor=publisher, **self._seen)

    def _enrol(self, session: Session) -> None:
        assert self.campaign is not None
        names = self.city.untroubled(opened=self.told["starts"] + 30)
        count = min(len(names), self.city.scaled(self.told["agencies"], least=3))
        drawn = dice(self.told["slug"]).sample(names, count)
        ids = [self.city.ids[name] for name in drawn]
        actor = self.city.actors[WRITER]
        actions.enrol(session, actor=actor, campaign_id=self.campaign.id, agency_ids=ids)

    def _conclude(self, session: Session) -> None:
        assert self.campaign is not None
        actor, results = self.city.actors[WRITER], self.told["results"]
        actions.revise(session, actor=actor, plan=self._written(results=results), **self._seen)
        commended = self.city.scaled(self.told["commended"], least=1)
        entered = queries.entries(session, self.campaign.id, limit=queries.ALL_ENTRIES)
        for place, each in enumerate(entered):
            result = Result.COMMENDED if place < commended else Result.COMPLETED
            note = PRAISE if result is Result.COMMENDED else ""
            held: Any = {"actor": actor, "entry_id": each.entry.id, "version": each.entry.version}
            actions.judge(session, **held, result=result, note=note)

    @property
    def _seen(self) -> Mapping[str, Any]:
        assert self.campaign is not None
        return {"campaign_id": self.campaign.id, "version": self.campaign.version}


def plan(city: City) -> None:
    """Plan every campaign."""
    for told in table("campaigns")["campaigns"]:
        Season(city, told).plan()
