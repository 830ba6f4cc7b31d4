"""Every act in every state: taken where the table allows it, refused everywhere else, on every database."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake
from tests.notice_walks import take

from chengxin.core import clock as clocks
from chengxin.core.errors import DomainError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, ends, proceedings, queries
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import BY_CALENDAR, MOVES, Act, State

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)
WAY = (
    Act.SUBMIT,
    Act.APPROVE,
    Act.TELL,
    Act.REQUEST_HEARING,
    Act.HOLD_HEARING,
    Act.DECIDE,
    Act.SERVE,
    Act.PUBLISH,
)
# How each state is reached from a draft nothing is decided for; the days are those before each act.
REACHED: dict[State, tuple[Act, ...]] = {
    State.DRAFT: (),
    State.LEGAL_REVIEW: WAY[:1],
    State.PRIOR_NOTICE: WAY[:2],
    State.HEARING: WAY[:4],
    State.DECIDED: WAY[:6],
    State.SERVED: WAY[:7],
    State.PUBLISHED: WAY,
    State.EXPIRED: (*WAY, Act.EXPIRE),
    State.WITHDRAWN: (*WAY, Act.PROPOSE_END, Act.WITHDRAW),
    State.REPAIRED: (*WAY, Act.REPAIR, Act.WITHDRAW),
    State.REJECTED: (Act.REJECT,),
    State.ARCHIVED: (*WAY, Act.EXPIRE, Act.ARCHIVE),
}
# Acts that ask for more than the state: tested one by one below.
CONDITIONAL = {
    (State.PRIOR_NOTICE, Act.REPLY),
    (State.PRIOR_NOTICE, Act.REQUEST_HEARING),
    (State.PRIOR_NOTICE, Act.DECIDE),
    (State.HEARING, Act.DECIDE),
    (State.PUBLISHED, Act.CONFIRM_URGENT),
    (State.PUBLISHED, Act.REFUSE_URGENT),
    (State.PUBLISHED, Act.DECLINE_END),
    (State.PUBLISHED, Act.WITHDRAW),
    (State.LEGAL_REVIEW, Act.PUBLISH_URGENTLY),
}
CASES = [
    (state, act)
    for state in State
    for act in Act
    if act not in BY_CALENDAR and (state, act) not in CONDITIONAL
]


def undecided(session: Session, author: str) -> Sanction:
    """Draft a notice nothing is decided for."""
    blank = {"decided": False, "decision_no": "", "told_on": None, "served_on": None, "repair_notice": False}
    return actions.draft(session, actor=author, wording=make.wording(**blank))


class Road:
    """A notice on its way, with a person for each part and a clock that goes on."""

    def __init__(self, session: Session) -> None:
        """Draft the notice."""
        self.session, self.now = session, NOON
        self.author, self.reviewer, self.publisher, self.other = make.actors(session, count=4)
        with clocks.frozen(self.now):
            self.notice = undecided(session, self.author)

    def go(self, act: Act) -> None:
        """Take an act by the person whose part it is, after the days it may have to wait."""
        waits = {Act.DECIDE: 1, Act.HOLD_HEARING: 2, Act.REPAIR: 120, Act.EXPIRE: 800}
        self.now += timedelta(days=waits.get(act, 0))
        people = {
            Act.APPROVE: self.reviewer,
            Act.CONFIRM_URGENT: self.reviewer,
            Act.REFUSE_URGENT: self.reviewer,
            Act.WITHDRAW: self.other,
        }
        seconds = {
            Act.PUBLISH,
            Act.PUBLISH_URGENTLY,
            Act.PROPOSE_END,
            Act.REPAIR,
            Act.DECLINE_END,
            Act.ARCHIVE,
        }
        actor = self.publisher if act in seconds else people.get(act, self.author)
        with clocks.frozen(self.now):
            take(self.session, self.notice, act, actor, make.wording(decision_date=TODAY - timedelta(days=1)))

    def to(self, state: State) -> Sanction:
        """Lead the notice to a state."""
        for act in REACHED[state]:
            self.go(act)
        self.session.refresh(self.notice)
        return self.notice

    def verbs(self) -> list[str]:
        """Return what the ledger tells of the notice."""
        events = ledger.of_subject(self.session, Subject("sanction", self.notice.id))
        return [event.verb for event in events]


@pytest.mark.parametrize("state", list(State))
def test_every_state_can_be_reached(session: Session, state: State) -> None:
    assert Road(session).to(state).state == state


@pytest.mark.parametrize(("state", "act"), CASES)
def test_an_act_is_taken_where_the_table_allows_it_and_refused_elsewhere(
    session: Session, state: State, act: Act
) -> None:
    road = Road(session)
    notice = road.to(state)
    before, version = road.verbs(), ledger.publication_version(session)
    early = act is Act.REPAIR
    if state in MOVES[act].sources:
        road.go(act)
        session.refresh(notice)
        assert notice.state == (State.PUBLISHED if early else MOVES[act].target)
        assert len(road.verbs()) == len(before) + 1
        assert ledger.publication_version(session) - version == (MOVES[act].public and not early)
    else:
        with pytest.raises(DomainError):
            road.go(act)
        session.refresh(notice)
        assert (notice.state, road.verbs()) == (state, before)


@pytest.mark.parametrize("act", [Act.REPLY, Act.REQUEST_HEARING, Act.DECIDE])
def test_nothing_goes_on_before_the_agency_was_told(session: Session, act: Act) -> None:
    road = Road(session)
    road.to(State.PRIOR_NOTICE)
    with pytest.raises(DomainError, match="Tell the agency first"):
        road.go(act)


def test_a_decision_waits_for_the_hearing_that_was_asked_for(session: Session) -> None:
    road = Road(session)
    road.to(State.HEARING)
    with pytest.raises(DomainError, match="hearing"):
        road.go(Act.DECIDE)
    road.go(Act.HOLD_HEARING)
    road.go(Act.DECIDE)
    assert road.notice.state == State.DECIDED


def test_a_decision_without_hearing_waits_until_nobody_may_ask_for_one(session: Session) -> None:
    road = Road(session)
    road.to(State.PRIOR_NOTICE)
    road.go(Act.TELL)
    road.go(Act.REPLY)
    with pytest.raises(DomainError, match="2026-11-27"):
        road.go(Act.DECIDE)
    road.now = NOON + timedelta(days=8)
    road.go(Act.DECIDE)
    assert road.notice.agency_statement == "我们已经退款。"
    assert road.notice.decided


@pytest.mark.parametrize("act", [Act.WITHDRAW, Act.DECLINE_END])
def test_an_end_nobody_proposed_is_neither_confirmed_nor_declined(session: Session, act: Act) -> None:
    road = Road(session)
    road.to(State.PUBLISHED)
    with pytest.raises(DomainError, match="proposed"):
        road.go(act)


@pytest.mark.parametrize("act", [Act.CONFIRM_URGENT, Act.REFUSE_URGENT])
def test_a_notice_that_was_reviewed_before_is_not_reviewed_as_urgent(session: Session, act: Act) -> None:
    road = Road(session)
    road.to(State.PUBLISHED)
    with pytest.raises(DomainError, match="wait for a review"):
        road.go(act)


def test_nothing_is_published_urgently_before_it_is_decided(session: Session) -> None:
    road = Road(session)
    road.to(State.LEGAL_REVIEW)
    with pytest.raises(DomainError, match="nothing is decided"):
        road.go(Act.PUBLISH_URGENTLY)


def test_a_notice_returned_before_the_decision_is_told_anew(session: Session) -> None:
    road = Road(session)
    road.to(State.HEARING)
    road.go(Act.RETURN)
    notice = road.notice
    assert (notice.told_on, notice.hearing_requested_on, notice.reviewed_by) == (None, None, None)


def test_a_notice_returned_after_the_decision_goes_back_where_it_was(session: Session) -> None:
    road = Road(session)
    road.to(State.SERVED)
    for act in (Act.RETURN, Act.SUBMIT, Act.APPROVE):
        road.go(act)
    assert road.notice.state == State.SERVED
    assert road.notice.told_on == TODAY


def test_the_term_counts_from_the_decision_that_was_taken_later(session: Session) -> None:
    road = Road(session)
    notice = road.to(State.PUBLISHED)
    assert notice.decision_date == clocks.day_of(road.now)
    assert notice.max_until == date(2027, 11, 23)


def test_an_internal_decision_is_filed_away_without_ever_being_public(session: Session) -> None:
    author, second = make.actors(session)
    with clocks.frozen(NOON):
        kept = make.served_notice(
            session, author=author, reviewer=second, severity="minor", publication_basis=""
        )
        with pytest.raises(DomainError, match="not published"):
            take(session, kept, Act.PUBLISH, second)
        take(session, kept, Act.ARCHIVE, second)
        assert (kept.state, kept.number) == (State.ARCHIVED, None)
        assert queries.tombstone_of(kept, TODAY) is None
    assert ledger.publication_version(session) == 0


def test_a_filed_notice_still_answers_how_it_ended(session: Session) -> None:
    road = Road(session)
    notice = road.to(State.ARCHIVED)
    left = queries.tombstone_of(notice, clocks.day_of(road.now))
    assert left is not None
    assert left.end is State.EXPIRED


def test_the_words_of_a_reply_and_a_hearing_stay_out_of_the_ledger(session: Session) -> None:
    road = Road(session)
    road.to(State.PRIOR_NOTICE)
    for act in (Act.TELL, Act.REPLY, Act.REQUEST_HEARING, Act.HOLD_HEARING):
        road.go(act)
    for event in ledger.of_subject(session, Subject("sanction", road.notice.id)):
        assert "退款" not in f"{event.old}{event.new}{event.reason}"
        assert "采纳" not in f"{event.old}{event.new}{event.reason}"


def test_a_service_without_the_second_paper_is_refused(session: Session) -> None:
    road = Road(session)
    notice = road.to(State.DECIDED)
    with clocks.frozen(road.now), pytest.raises(DomainError, match="credit repair"):
        proceedings.serve(
            session,
            actor=road.author,
            sanction_id=notice.id,
            version=notice.version,
            day=clocks.today(),
            with_repair_notice=False,
            reason="直接送达",
        )


def test_the_next_deadline_is_kept_with_every_step(session: Session) -> None:
    road = Road(session)
    road.to(State.DECIDED)
    days = [road.notice.due_on]
    for act in (Act.SERVE, Act.PUBLISH):
        road.go(act)
        days.append(road.notice.due_on)
    assert days == [date(2026, 12, 2), date(2026, 12, 2), None]


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


def test_a_proposed_withdrawal_runs_three_working_days(session: Session) -> None:
    notice = make.notice(session)
    (third,) = make.actors(session, count=1)
    ends.propose_end(
        session,
        actor=third,
        sanction_id=notice.id,
        version=notice.version,
        end=State.WITHDRAWN,
        reason="决定已被撤销",
    )
    assert notice.due_on == date(2026, 11, 25)
