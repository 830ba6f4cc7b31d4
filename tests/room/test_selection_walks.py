"""Whatever three people and the calendar do in a round, nobody is named alone, unseen or beyond the places."""

import contextlib
from collections.abc import Sequence
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests import make, rounds

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.workdays import workdays_between
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import account_of
from chengxin.standing import titles
from chengxin.standing.exemplars import actions, selections
from chengxin.standing.exemplars import selection_queries as queries
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import MOVES, Act, State
from chengxin.standing.exemplars.selection_rules import SelectionAct

PLACES = 2
NOMINATE, SANCTION, OBJECT, SETTLE, WAIT = "nominate", "sanction", "object", "settle", "wait"
# What is likely to go on in each state of the round; every fifth step is anything at all.
LIKELY: dict[str, tuple[str, ...]] = {
    "open": (NOMINATE, NOMINATE, NOMINATE, SelectionAct.CLOSE),
    "review": (*(Act.CHECK, Act.SHORTLIST) * 3, Act.REFUSE, *(SelectionAct.ANNOUNCE,) * 3),
    "publicity": (
        *(WAIT, SelectionAct.AWARD) * 3,
        OBJECT,
        SETTLE,
        SANCTION,
        Act.DROP,
        SelectionAct.RECONSIDER,
    ),
    "awarded": (SETTLE, Act.AWARD, Act.DROP, Act.PROPOSE_WITHDRAWAL, Act.WITHDRAW, Act.WITHDRAW, Act.KEEP),
    "cancelled": (NOMINATE, SelectionAct.AWARD),
}
ANYTHING = (NOMINATE, SANCTION, OBJECT, SETTLE, WAIT, *SelectionAct, *Act)
STEPS = st.tuples(st.integers(0, 999), st.sampled_from(ANYTHING), st.integers(0, 2), st.integers(0, 3))


class WalkOverError(Exception):
    """Undoes a walk, so that each starts in an empty database."""


def fits(doing: str, entry: Honour) -> bool:
    """Tell whether an entry could take an act, or has anything to be objected to."""
    return entry.state in (MOVES[Act(doing)].sources if doing in set(Act) else {State.PUBLICITY})


class Walk:
    """One round with four agencies, three officers, and objections that come and go."""

    def __init__(self, session: Session) -> None:
        """Open the round."""
        self.session = session
        self.staff = make.actors(session, count=3)
        self.owners = [rounds.licensed(session, name=f"江州第{n}人力资源有限公司") for n in range(4)]
        self.batch: Selection = rounds.opened(
            session, self.staff[0], agency_places=PLACES, deadline=clock.today() + timedelta(days=3)
        )
        self.objected: set[int] = set()
        self.now = rounds.MONDAY

    @property
    def entries(self) -> Sequence[Honour]:
        """Return every entry of the round."""
        return queries.entries(self.session, self.batch.id)

    def next(self, drawn: int, who: int, anything: str) -> tuple[str, int]:
        """Return what happens next, and who does it: the usual step, a likely one, or anything at all."""
        if drawn % 5 == 0:
            return anything, who
        if drawn % 5 == 1:
            likely = LIKELY[self.batch.state]
            return likely[drawn // 5 % len(likely)], who
        doing = self._usual(drawn)
        return doing, 1 if doing in {SelectionAct.AWARD, Act.AWARD, Act.WITHDRAW} else 0

    def _usual(self, drawn: int) -> str:
        """Return the step that brings the round nearer to its end."""
        states = {each.state for each in self.entries}
        if self.batch.state == "open":
            return SelectionAct.CLOSE if drawn % 4 == 0 and states else NOMINATE
        if self.batch.state == "review":
            full = queries.taken(self.session, self.batch.id)["agency"] >= PLACES
            shortlist = Act.REFUSE if full else Act.SHORTLIST
            todo = {State.NOMINATED: Act.CHECK, State.CHECKED: shortlist}
            return next((act for state, act in todo.items() if state in states), SelectionAct.ANNOUNCE)
        if self.batch.state == "publicity":
            return SelectionAct.AWARD if queries.is_due(self.batch, clock.today()) else WAIT
        return LIKELY[self.batch.state][drawn % len(LIKELY[self.batch.state])]

    def do(self, doing: str, who: int, which: int) -> None:
        """Do one thing; the rules may refuse it."""
        actor = self.staff[who]
        if doing == NOMINATE:
            rounds.nominated(self.session, actor, self.batch, self.owners[which])
        elif doing == SANCTION:
            make.notice(self.session, agency_id=self.owners[which].id, severity="minor")
        elif doing in set(SelectionAct):
            self._move_round(SelectionAct(doing), actor)
        elif self.entries:
            self._touch(
                doing, actor, sorted(self.entries, key=lambda each: each.id)[which % len(self.entries)]
            )

    def _touch(self, doing: str, actor: str, entry: Honour) -> None:
        if doing == OBJECT:
            self.objected.add(entry.id)
        elif doing == SETTLE:
            self.objected.discard(entry.id)
        elif doing in set(Act):
            self._move(Act(doing), actor, entry)

    def _move(self, act: Act, actor: str, entry: Honour) -> None:
        held = {"actor": actor, **rounds.held(entry)}
        match act:
            case Act.CHECK:
                actions.check(self.session, **held)
            case Act.SHORTLIST:
                actions.shortlist(self.session, **held)
            case Act.REFUSE:
                actions.refuse(self.session, **held, reason="不符")
            case Act.DROP:
                actions.drop(self.session, **held, reason="异议成立")
            case Act.AWARD:
                actions.award_held(self.session, **held, objected=self.objected)
            case Act.PROPOSE_WITHDRAWAL:
                actions.propose_withdrawal(self.session, **held, reason="不再符合")
            case Act.KEEP:
                actions.keep(self.session, **held, reason="仍符合")
            case Act.WITHDRAW:
                actions.withdraw(self.session, **held)

    def _move_round(self, act: SelectionAct, actor: str) -> None:
        held = {"actor": actor, **rounds.held(self.batch)}
        match act:
            case SelectionAct.CLOSE:
                selections.close(self.session, **held, reason="材料已齐")
            case SelectionAct.ANNOUNCE:
                selections.announce(self.session, **held, days=rounds.DAYS)
            case SelectionAct.RECONSIDER:
                selections.reconsider(self.session, **held, reason="名单有变")
            case SelectionAct.CANCEL:
                selections.cancel(self.session, **held, reason="不评选")
            case SelectionAct.AWARD:
                selections.award(self.session, **held, decision_no="一号", objected=self.objected)

    def keeps_its_promises(self, before: dict[int, str]) -> None:
        """Check what holds after every step."""
        today = clock.today()
        assert queries.taken(self.session, self.batch.id)["agency"] <= PLACES
        for entry in self.entries:
            if entry.state == State.AWARDED and before.get(entry.id) != State.AWARDED:
                assert self.batch.publicity_from is not None
                assert workdays_between(self.batch.publicity_from, today - timedelta(days=1)) >= rounds.DAYS
                assert entry.id not in self.objected
                assert not titles.conflicts_of(self.session, [entry.agency_id], today=today)
                hands = {entry.nominated_by, entry.shortlisted_by}
                assert entry.awarded_by not in hands
                assert entry.awarded_by is not None
            if entry.state == State.WITHDRAWN:
                assert entry.ended_by not in {None, entry.withdrawal_by}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=30, max_size=60))
def test_every_walk_keeps_the_promises(database: Database, steps: list[tuple[int, str, int, int]]) -> None:
    with (
        contextlib.suppress(WalkOverError),
        clock.frozen(rounds.MONDAY),
        database.writing() as session,
    ):
        walk = Walk(session)
        for drawn, anything, who, which in steps:
            with clock.frozen(walk.now):
                doing, who = walk.next(drawn, who, anything)  # noqa: PLW2901 (the usual step has its person)
            walk.now += timedelta(days=which + 2 if doing == WAIT else 0)
            with clock.frozen(walk.now):
                before = {each.id: each.state for each in walk.entries}
                told = ledger.last_id(session)
                with contextlib.suppress(DomainError), session.begin_nested():
                    walk.do(doing, who, which)
                session.expire_all()
                changed = [each for each in walk.entries if before.get(each.id) != each.state]
                if doing != SANCTION:
                    events = ledger.since(session, told)
                    subjects = [(each.subject_kind, each.subject_id) for each in events]
                    assert len(subjects) == len(set(subjects))
                    assert {("honour", each.id) for each in changed} <= set(subjects)
                walk.keeps_its_promises(before)
        assert list(ledger.faults(session)) == []
        assert account_of(walk.staff[0]) is not None
        raise WalkOverError


def test_a_walk_can_come_to_an_award(database: Database) -> None:
    """The walks above would prove nothing if none could end well."""
    usual = [(NOMINATE, 0, 0), (SelectionAct.CLOSE, 0, 0), (Act.CHECK, 0, 0), (Act.SHORTLIST, 0, 0)]
    with contextlib.suppress(WalkOverError), clock.frozen(rounds.MONDAY), database.writing() as session:
        walk = Walk(session)
        for doing, who, which in [*usual, (SelectionAct.ANNOUNCE, 0, 0)]:
            walk.do(doing, who, which)
        with clock.frozen(rounds.OVER):
            walk.do(SelectionAct.AWARD, 1, 0)
        assert [each.state for each in walk.entries] == [State.AWARDED]
        raise WalkOverError
