"""Supervision in the invented city: marks, inspections by lot, tied organisations, decisions about permits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies import queries as register
from chengxin.agencies.models import Permit
from chengxin.agencies.permits.rules import Change
from chengxin.agencies.rules import PermitStatus
from chengxin.sample.city import City
from chengxin.sample.dice import dice, pick
from chengxin.sample.notices import parties
from chengxin.sample.reading import table
from chengxin.standing.abnormal import actions as abnormal
from chengxin.standing.abnormal.models import AbnormalMark
from chengxin.standing.abnormal.rules import Cause
from chengxin.standing.confirming.rules import Act, State
from chengxin.standing.inspections import actions as inspections
from chengxin.standing.inspections import queries as drawn
from chengxin.standing.inspections.models import InspectionBatch
from chengxin.standing.inspections.rules import Act as BatchAct
from chengxin.standing.inspections.rules import Result
from chengxin.standing.inspections.rules import State as BatchState
from chengxin.standing.lineage import actions as lineage
from chengxin.standing.lineage.models import LineageLink
from chengxin.standing.lineage.rules import Tie
from chengxin.standing.permits import actions as permits

FIRST, SECOND = "limin", "wangqiang"
OLD_ENOUGH = 190
RESULTS = {
    Result.NO_PROBLEM: 62,
    Result.CORRECTED: 18,
    Result.ORDERED: 12,
    Result.UNREACHABLE: 8,
}


def plan(city: City) -> None:
    """Plan everything supervision did."""
    written, quiet = table("supervision"), _quiet(city)
    for at, given in enumerate(written["mark"]):
        _Mark(city, given, quiet[at % len(quiet)]).plan()
    for given in written["link"]:
        if {given["earlier"], given["later"]} <= set(city.by_name):
            _Link(city, given).plan()
    for given in written["batch"]:
        _Batch(city, given).plan()
    for at, given in enumerate(written["act"]):
        names = [*quiet[::-1][at:], *quiet[::-1][:at]]
        city.timeline.plan(given["days"], 14.5, partial(_enter, city=city, names=names, given=given))


def _quiet(city: City) -> list[str]:
    """Return the agencies no decision is about, that run and have been there long enough."""
    named = {each.name for each in parties(city)}
    told = {each["name"] for each in table("agencies")["agency"]}
    return [
        each.name
        for each in city.profiles
        if each.opened > OLD_ENOUGH
        and each.permits
        and not (each.ending or each.is_branch or each.name in named | told)
    ]


@dataclass
class _Mark:
    city: City
    given: Mapping[str, Any]
    party: str
    mark: AbnormalMark | None = field(default=None, init=False)

    def plan(self) -> None:
        days, fate, plan = self.given["days"], self.given["fate"], self.city.timeline.plan
        plan(days, 10.2, self._propose)
        if fate != State.PROPOSED:
            plan(days, 16.3, partial(self._step, who=SECOND, act=Act.CONFIRM))
        if fate == State.REMOVED:
            plan(days // 2, 9.3, partial(self._step, who=FIRST, act=Act.PROPOSE_REMOVAL))
            plan(days // 2, 15.3, partial(self._step, who=SECOND, act=Act.REMOVE))

    def _propose(self, session: Session) -> None:
        day = self.city.day(self.given["days"])
        self.mark = abnormal.propose(
            session,
            actor=self.city.actors[FIRST],
            agency_id=self.city.ids[self.party],
            cause=Cause(self.given["cause"]),
            set_on=day,
            facts=self.given["facts"],
            decision_no=f"江人社异〔{day.year}〕{self.given['days']}号",
            authority=table("supervision")["authority"],
        )

    def _step(self, session: Session, *, who: str, act: Act) -> None:
        assert self.mark is not None
        abnormal.step(
            session,
            actor=self.city.actors[who],
            mark_id=self.mark.id,
            version=self.mark.version,
            act=act,
            reason=self.given.get("removed", ""),
        )


@dataclass
class _Link:
    city: City
    given: Mapping[str, Any]
    link: LineageLink | None = field(default=None, init=False)

    def plan(self) -> None:
        self.city.timeline.plan(self.given["days"], 11.2, self._propose)
        if self.given["fate"] == State.IN_FORCE:
            self.city.timeline.plan(self.given["days"], 16.6, self._confirm)

    def _propose(self, session: Session) -> None:
        given = self.given
        self.link = lineage.propose(
            session,
            actor=self.city.actors[FIRST],
            earlier_id=self.city.ids[given["earlier"]],
            later_id=self.city.ids[given["later"]],
            kind=Tie(given["kind"]),
            on_day=self.city.day(given["held"]),
            document=given["document"],
            issuer=given["issuer"],
        )

    def _confirm(self, session: Session) -> None:
        assert self.link is not None
        actor, held = self.city.actors[SECOND], self.link
        lineage.step(session, actor=actor, link_id=held.id, version=held.version, act=Act.CONFIRM)


@dataclass
class _Batch:
    city: City
    given: Mapping[str, Any]
    batch: InspectionBatch | None = field(default=None, init=False)

    def plan(self) -> None:
        plan, given = self.city.timeline.plan, self.given
        plan(given["days"], 9.1, self._draw)
        plan(given["inspected"], 17.1, self._record)
        if given["fate"] == BatchState.PUBLISHED:
            plan(given["published"], 9.6, partial(self._step, who=FIRST, act=BatchAct.HAND_IN))
            plan(given["published"], 15.6, partial(self._step, who=SECOND, act=BatchAct.PUBLISH))

    def _draw(self, session: Session) -> None:
        written = table("supervision")
        self.batch = inspections.draw_batch(
            session,
            actor=self.city.actors[FIRST],
            title=f"{self.city.day(self.given['days']).year}年{self.given['title']}",
            scope=written["scope"]["text"],
            basis=written["scope"]["basis"],
            wanted=self.given["wanted"],
            inspectors=written["inspectors"],
            seed=self.given["seed"],
        )

    def _record(self, session: Session) -> None:
        """Enter the results; half of them while the batch is still open."""
        assert self.batch is not None
        held = drawn.of_batch(session, self.batch.id)
        whole = self.given["fate"] == BatchState.PUBLISHED
        for each in held if whole else held[: len(held) // 2]:
            result = Result(pick(dice("inspection", self.given["seed"], each.position), RESULTS))
            inspections.record_result(
                session,
                actor=self.city.actors[FIRST],
                inspection_id=each.id,
                version=each.version,
                result=result,
                inspected_on=self._day(result),
                note=table("supervision")["notes"].get(result, ""),
            )

    def _day(self, result: Result) -> date | None:
        return None if result is Result.UNREACHABLE else self.city.day(self.given["inspected"])

    def _step(self, session: Session, *, who: str, act: BatchAct) -> None:
        assert self.batch is not None
        actor, held = self.city.actors[who], self.batch
        inspections.step(session, actor=actor, batch_id=held.id, version=held.version, act=act)


def _enter(session: Session, *, city: City, names: Sequence[str], given: Mapping[str, Any]) -> None:
    """Enter a decision about the first running permit it can be about."""
    permit = next(_running(session, [city.ids[name] for name in names], but=given.get("new", "")), None)
    if permit is None or permit.valid_to is None:
        return
    day, later = city.day(given["days"]), permit.valid_to.replace(day=1, year=permit.valid_to.year + 5)
    permits.enter(
        session,
        actor=city.actors[FIRST],
        permit_id=permit.id,
        change=Change(given["change"]),
        fact=given.get("fact", ""),
        new=given.get("new", later.isoformat() if given["change"] == Change.RENEWED else ""),
        on_day=day,
        decided_on=day,
        decision_no=f"江人社许〔{day.year}〕{200 + given['days']}号",
    )


def _running(session: Session, ids: Sequence[int], *, but: str) -> Iterator[Permit]:
    """Yield the permits of some agencies that run and have another scope, in the order of the agencies."""
    held = register.permits_of(session, ids)
    for agency_id in ids:
        for each in held[agency_id]:
            if each.status == PermitStatus.VALID and each.valid_to and each.scope and each.scope != but:
                yield each
