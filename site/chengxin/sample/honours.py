"""Exemplary titles of three years: two rounds that were awarded, one before the public, one still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies.regions import by_code
from chengxin.core import clock
from chengxin.core.workdays import add_workdays, is_workday
from chengxin.sample.city import City
from chengxin.sample.dice import dice
from chengxin.sample.reading import table
from chengxin.standing import titles
from chengxin.standing.exemplars import actions, selections
from chengxin.standing.exemplars.actions import Nomination
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import HonourKind, State, Via
from chengxin.standing.exemplars.selection_rules import SelectionState
from chengxin.standing.exemplars.selections import Plan

NOMINATOR, AWARDER = "zhaoyu", "wangqiang"
CLEAN = 3
SHOWN_DAYS = 5
# Years back, titles of that year's list, days ago the round was opened.
EARLIER = ((1, 20, 372), (2, 16, 739))
LATELY, LATELY_DAYS = 24, 45
DISGRACED = "江州捷聘人力资源有限公司"
REGION = "990000"


@dataclass
class Entry:
    """One nomination to be: for whom, why, by whom, and what becomes of it."""

    party: str
    merit: str
    kind: str = HonourKind.AGENCY
    holder: str = ""
    via: str = Via.OFFICER
    proposer: str = ""
    fate: str = State.AWARDED
    honour: Honour | None = field(default=None, init=False)

    @property
    def seen(self) -> dict[str, Any]:
        """Return the title as a person on the desk sees it."""
        assert self.honour is not None
        return {"honour_id": self.honour.id, "version": self.honour.version}


@dataclass
class Round:
    """One round to be, from its opening as far as it comes."""

    city: City
    year: int
    level: str
    entries: Sequence[Entry]
    opened: int
    ends: SelectionState = SelectionState.AWARDED
    selection: Selection | None = field(default=None, init=False)

    def plan(self) -> None:
        """Plan every act of the round, each on a working day."""
        plan = self.city.timeline.plan
        start = self._workday(self.opened)
        plan(start, 9.0, self._open)
        plan(start, 10.0, self._nominate)
        if self.ends is SelectionState.OPEN:
            return
        review = add_workdays(start, 6).date
        plan(review, 9.5, self._close)
        plan(review, 11.0, self._choose)
        if self.ends is SelectionState.REVIEW:
            return
        shown = add_workdays(review, 2).date
        plan(shown, 15.0, self._announce)
        if self.ends is SelectionState.PUBLICITY:
            return
        decided = add_workdays(shown, SHOWN_DAYS + 1).date
        plan(decided, 9.0, self._drop)
        plan(decided, 16.0, self._award)
        plan(add_workdays(decided, 9).date, 10.0, self._propose_withdrawal)
        plan(add_workdays(decided, 11).date, 10.0, self._withdraw)

    def _workday(self, days_ago: int) -> date:
        return _back(self.city.day(days_ago), 0)

    def _open(self, session: Session) -> None:
        count = {kind: sum(each.kind == kind for each in self._wanted) for kind in HonourKind}
        self.selection = selections.open_round(
            session,
            actor=self._first,
            plan=Plan(
                title=table("honours")["rounds"][self.level].format(year=self.year),
                level=self.level,
                year=self.year,
                deadline=add_workdays(clock.today(), 5).date,
                region_code=REGION if by_code(session, REGION) else None,
                agency_places=max(1, count[HonourKind.AGENCY]),
                window_places=count[HonourKind.WINDOW],
                person_places=count[HonourKind.PERSON],
            ),
        )

    def _nominate(self, session: Session) -> None:
        assert self.selection is not None
        for each in self.entries:
            person = each.kind == HonourKind.PERSON
            each.honour = actions.nominate(
                session,
                actor=self._first,
                selection_id=self.selection.id,
                nomination=Nomination(
                    agency_id=self.city.ids[each.party],
                    kind=each.kind,
                    holder=each.holder,
                    via=each.via,
                    proposer=each.proposer,
                    merit=each.merit,
                    consent_on=clock.today() if person else None,
                ),
            )

    def _close(self, session: Session) -> None:
        selections.close(session, actor=self._first, **self._seen)

    def _choose(self, session: Session) -> None:
        """Shortlist what is wanted and clean; refuse the rest, as a bureau would."""
        texts = table("honours")["choices"]
        owners = [self.city.ids[each.party] for each in self.entries]
        outweighed = titles.conflicts_of(session, owners, today=clock.today())
        for each in self.entries:
            if each.fate == State.REFUSED or self.city.ids[each.party] in outweighed:
                actions.refuse(session, actor=self._first, reason=texts["refused"], **each.seen)
            elif self.ends is not SelectionState.REVIEW or each.fate == State.SHORTLISTED:
                actions.check(session, actor=self._first, **each.seen)
                actions.shortlist(session, actor=self._first, **each.seen)

    def _announce(self, session: Session) -> None:
        selections.announce(session, actor=self._first, days=SHOWN_DAYS, **self._seen)

    def _drop(self, session: Session) -> None:
        reason = table("honours")["choices"]["dropped"]
        for each in self._of_fate(State.DROPPED):
            actions.drop(session, actor=self._second, reason=reason, **each.seen)

    def _award(self, session: Session) -> None:
        number = table("honours")["decision"].format(year=clock.today().year, number=80 + self.year % 10)
        selections.award(session, actor=self._second, decision_no=number, objected=(), **self._seen)

    def _propose_withdrawal(self, session: Session) -> None:
        reason = table("honours")["choices"]["withdrawn"]
        for each in self._of_fate(State.WITHDRAWN):
            actions.propose_withdrawal(session, actor=self._first, reason=reason, **each.seen)

    def _withdraw(self, session: Session) -> None:
        for each in self._of_fate(State.WITHDRAWN):
            actions.withdraw(session, actor=self._second, **each.seen)

    def _of_fate(self, fate: State) -> list[Entry]:
        return [each for each in self.entries if each.fate == fate]

    @property
    def _wanted(self) -> list[Entry]:
        return [each for each in self.entries if each.fate != State.REFUSED]

    @property
    def _seen(self) -> dict[str, Any]:
        assert self.selection is not None
        return {"selection_id": self.selection.id, "version": self.selection.version}

    @property
    def _first(self) -> str:
        return self.city.actors[NOMINATOR]

    @property
    def _second(self) -> str:
        return self.city.actors[AWARDER]


def plan(city: City) -> None:
    """Plan the rounds of three years."""
    for each in _rounds(city):
        each.plan()


def _rounds(city: City) -> Iterator[Round]:
    clean, year = _clean(city), city.today.year
    for back, count, opened in EARLIER:
        named = city.scaled(count, least=3)
        special = _special(city, year - back)
        yield Round(city, year - back, "city", [*_drawn(clean, year - back, named), *special], opened)
    yield Round(city, year - 2, "county", [Entry(DISGRACED, _merit(DISGRACED))], EARLIER[1][2])
    named = min(LATELY, city.scaled(LATELY, least=8))
    taken = _drawn(clean[4:], year, named)
    ends = zip(clean, (State.WITHDRAWN, State.DROPPED), strict=False)
    fates = [Entry(party, _merit(party), fate=fate) for party, fate in ends]
    lately = [*_leading(), *fates, *taken, *_special(city, year)]
    yield Round(city, year, "city", lately, LATELY_DAYS)
    yield from _in_hand(city, clean, year)


def _in_hand(city: City, clean: Sequence[str], year: int) -> Iterator[Round]:
    """Yield the rounds a visitor of the desk finds at work."""
    shown = [Entry(party, _merit(party)) for party in clean[5:9]]
    shown += [Entry(**each) for each in table("honours")["proposed"]]
    shown += [Entry(party, _merit(party), fate=State.REFUSED) for party in clean[1:2]]
    # The list is announced three working days ago, whatever day it is today.
    opened = (city.today - _back(city.today, 11)).days
    yield Round(city, year, "province", shown, opened, SelectionState.PUBLICITY)
    proposer = table("honours")["association"]
    nominated = [Entry(party, _merit(party), via=Via.AGENCY) for party in clean[2:3]]
    nominated += [Entry(party, _merit(party), via=Via.ASSOCIATION, proposer=proposer) for party in clean[:1]]
    yield Round(city, year, "county", nominated, 2, SelectionState.OPEN)


def _back(today: date, workdays: int) -> date:
    """Return the working day so many working days before today."""
    day = today
    while workdays or not is_workday(day):
        workdays -= is_workday(day)
        day = date.fromordinal(day.toordinal() - 1)
    return day


def _special(city: City, year: int) -> list[Entry]:
    """Return the windows and the persons of a year; each person consented and is invented."""
    listed = [each for each in table("honours")["special"] if each["back"] == city.today.year - year]
    return [Entry(**{key: value for key, value in each.items() if key != "back"}) for each in listed]


def _leading() -> list[Entry]:
    """Return the first of this year's list."""
    return [Entry(**each) for each in table("honours")["leading"]]


def _drawn(clean: Sequence[str], year: int, count: int) -> list[Entry]:
    parties = dice("honours", year).sample(list(clean), min(count, len(clean)))
    return [Entry(party, _merit(party)) for party in parties]


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
