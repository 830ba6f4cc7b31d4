"""Exemplary lists of three years: nominated by one person, awarded by a second."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.orm import Session

from chengxin.sample.city import City
from chengxin.sample.dice import dice
from chengxin.sample.reading import table
from chengxin.standing.exemplars import actions
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind, State

NOMINATOR, AWARDER = "zhaoyu", "wangqiang"
AWARDED_DAYS = 9
CLEAN = 3
# Years back, titles of that year's list, days ago it was decided.
EARLIER = ((1, 20, 350), (2, 16, 717))
THIS_YEAR = 24
DISGRACED = "江州捷聘人力资源有限公司"


@dataclass
class Title:
    """One title to be: for whom, for which year, and what becomes of it."""

    party: str
    year: int
    days: int
    merit: str
    level: str = "city"
    kind: str = HonourKind.AGENCY
    holder: str = ""
    fate: str = State.AWARDED
    hour: float = 15.0
    honour: Honour | None = field(default=None, init=False)

    def plan(self, city: City) -> None:
        """Plan nomination and decision."""
        self.city = city
        city.timeline.plan(self.days + 20, self.hour, self._nominate)
        if self.fate in {State.AWARDED, State.WITHDRAWN}:
            city.timeline.plan(self.days, self.hour, self._award)
        if self.fate == State.DECLINED:
            city.timeline.plan(self.days, self.hour, self._decline)
        if self.fate == State.WITHDRAWN:
            city.timeline.plan(self.days // 2, self.hour, self._withdraw)

    def _nominate(self, session: Session) -> None:
        texts = table("honours")
        self.honour = actions.nominate(
            session,
            actor=self.city.actors[NOMINATOR],
            agency_id=self.city.ids[self.party],
            level=self.level,
            year=self.year,
            kind=self.kind,
            holder=self.holder,
            batch=texts["batch"].format(year=self.year),
            decision_no=texts["decision"].format(year=self.year, number=88),
            merit=self.merit,
        )

    def _award(self, session: Session) -> None:
        actions.award(session, actor=self.city.actors[AWARDER], **self._seen)

    def _decline(self, session: Session) -> None:
        reason = table("honours")["choices"]["declined"]
        actions.decline(session, actor=self.city.actors[AWARDER], reason=reason, **self._seen)

    def _withdraw(self, session: Session) -> None:
        reason = table("honours")["choices"]["withdrawn"]
        actions.withdraw(session, actor=self.city.actors[AWARDER], reason=reason, **self._seen)

    @property
    def _seen(self) -> Mapping[str, Any]:
        assert self.honour is not None
        return {"honour_id": self.honour.id, "version": self.honour.version}


def plan(city: City) -> None:
    """Plan the lists of three years and what is in hand."""
    for title in _titles(city):
        title.plan(city)


def _titles(city: City) -> Iterator[Title]:
    clean = _clean(city)
    year = city.day(AWARDED_DAYS).year
    for back, count, days in EARLIER:
        wanted = city.scaled(count, least=3)
        yield from _drawn(clean, year - back, days, wanted)
        yield from _leading(year - back, days)
    yield Title(DISGRACED, year - 2, EARLIER[1][2], _merit(DISGRACED))
    fates = (State.NOMINATED, State.NOMINATED, State.DECLINED, State.WITHDRAWN)
    for fate, party in zip(fates, clean, strict=False):
        days = {State.NOMINATED: 3 - 20, State.DECLINED: 12, State.WITHDRAWN: 60}[fate]
        yield Title(party, year, max(days, 0), _merit(party), fate=fate)
    special = table("honours")["special"]
    for each in special:
        yield Title(year=year, days=AWARDED_DAYS, hour=14.0, **each)
    leading = list(_leading(year, AWARDED_DAYS))
    wanted = min(THIS_YEAR, city.scaled(THIS_YEAR, least=8)) - len(leading) - len(special)
    yield from _drawn(clean[len(fates) :], year, AWARDED_DAYS, wanted)
    yield from leading


def _leading(year: int, days: int) -> Iterator[Title]:
    """Yield the first of a list; the first is awarded last, for lists show the newest first."""
    for at, each in enumerate(table("honours")["leading"]):
        yield Title(year=year, days=days, hour=16.4 - at / 10, **each)


def _drawn(clean: list[str], year: int, days: int, count: int) -> Iterator[Title]:
    parties = dice("honours", year).sample(clean, min(count, len(clean)))
    for party in parties:
        yield Title(party, year, days, _merit(party))


def _merit(party: str) -> str:
    merits: list[str] = table("honours")["choices"]["merits"]
    return dice("merit", party).choice(merits)


def _clean(city: City) -> list[str]:
    """Return the agencies no decision is ever about, that run and are old enough for every list."""
    oldest = EARLIER[-1][2] + 30
    return [
        each.name
        for each in city.profiles[len(table("agencies")["agency"]) :]
        if each.number % CLEAN == 0 and not (each.ending or each.is_branch) and each.opened > oldest
    ]
