"""Rounds in the database: their places, the publicity, what blocks an award, and the one decision of a batch."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make, rounds
from tests.desk import Brake

from chengxin.core.errors import DomainError, NotAllowedError, StaleError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.exemplars import actions, selections
from chengxin.standing.exemplars import selection_queries as queries
from chengxin.standing.exemplars.models import Selection
from chengxin.standing.exemplars.rules import State

MONDAY = date(2026, 11, 9)


@pytest.fixture(autouse=True)
def _monday(clock: Brake) -> Iterator[None]:
    with clock(rounds.MONDAY):
        yield


def test_a_share_is_counted_from_the_working_agencies_of_the_region(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    make.region(session)
    make.region(session, code="990102", name="江北区", parent="990000")
    make.region(session, code="980000", name="河州市")
    for _ in range(29):
        make.agency(session, region_code="990102")
    make.agency(session, region_code="980000")
    make.agency(session, region_code="990102", status="closed")
    batch = rounds.opened(session, first, region_code="990000", share=10, agency_places=0)
    assert (batch.base, batch.agency_places) == (29, 2)
    assert queries.base_of(session, None) == 30


def test_a_round_has_a_place_and_a_day_to_come(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    with pytest.raises(DomainError, match="at least one place"):
        rounds.opened(session, first, agency_places=0, window_places=0, person_places=0)
    with pytest.raises(DomainError, match="past"):
        rounds.opened(session, first, deadline=date(2026, 11, 8))


def test_no_nomination_comes_after_the_last_day(session: Session, clock: Brake) -> None:
    (first,) = make.actors(session, count=1)
    batch, owner = rounds.opened(session, first), rounds.licensed(session)
    with clock(rounds.later(1)), pytest.raises(DomainError, match="no nominations"):
        rounds.nominated(session, first, batch, owner)
    assert queries.is_due(batch, date(2026, 11, 10))


def test_closing_early_needs_a_reason(session: Session, clock: Brake) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    with pytest.raises(DomainError, match="give a reason"):
        selections.close(session, actor=first, **rounds.held(batch))
    with clock(rounds.later(1)):
        selections.close(session, actor=first, **rounds.held(batch))
    assert batch.state == "review"


def test_every_nomination_is_decided_before_the_list_is_shown(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    one = rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.reviewed(session, first, batch, [one])
    with pytest.raises(DomainError, match="Decide on every nomination"):
        selections.announce(session, actor=first, days=5, **rounds.held(batch))


def test_an_empty_list_is_not_shown(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    rounds.reviewed(session, first, batch, [])
    with pytest.raises(DomainError, match="Nobody is on the shortlist"):
        selections.announce(session, actor=first, days=5, **rounds.held(batch))


def test_a_notice_in_force_keeps_an_agency_from_being_shown(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch, owner = rounds.opened(session, first), rounds.licensed(session)
    made = rounds.nominated(session, first, batch, owner)
    rounds.reviewed(session, first, batch, [made])
    make.notice(session, agency_id=owner.id)
    with pytest.raises(DomainError, match=owner.name):
        selections.announce(session, actor=first, days=5, **rounds.held(batch))


def test_an_agency_without_a_valid_licence_is_not_shown(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, make.agency(session))
    rounds.reviewed(session, first, batch, [made])
    with pytest.raises(DomainError, match="no valid licence"):
        selections.announce(session, actor=first, days=5, **rounds.held(batch))


def test_a_person_without_consent_is_not_shown(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session), kind="person", holder="秦小满")
    rounds.reviewed(session, first, batch, [made])
    with pytest.raises(DomainError, match="consent"):
        selections.announce(session, actor=first, days=5, **rounds.held(batch))
    actions.record_consent(session, actor=first, consent_on=MONDAY, **rounds.held(made))
    selections.announce(session, actor=first, days=5, **rounds.held(batch))
    assert made.state == State.PUBLICITY


def test_the_award_waits_for_the_end_of_the_last_day(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.announced(session, first, batch, [made])
    with clock(rounds.later(7)), pytest.raises(DomainError, match="full length"):
        rounds.awarded(session, second, batch)
    with clock(rounds.OVER):
        assert queries.is_due(batch, date(2026, 11, 17))
        rounds.awarded(session, second, batch)
    assert made.state == State.AWARDED


@pytest.mark.parametrize("who", ["nominated", "shortlisted", "announced"])
def test_who_had_a_hand_in_the_list_does_not_award_it(session: Session, clock: Brake, who: str) -> None:
    staff = make.actors(session, count=4)
    hands = dict(zip(("nominated", "shortlisted", "announced"), staff, strict=False))
    batch = rounds.opened(session, staff[3])
    made = rounds.nominated(session, hands["nominated"], batch, rounds.licensed(session))
    rounds.reviewed(session, hands["shortlisted"], batch, [made])
    selections.announce(session, actor=hands["announced"], days=5, **rounds.held(batch))
    with clock(rounds.OVER), pytest.raises(NotAllowedError), session.begin_nested():
        rounds.awarded(session, hands[who], batch)
    session.expire_all()
    with clock(rounds.OVER):
        rounds.awarded(session, staff[3], batch)


def test_an_open_objection_holds_back_its_entry_alone(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    owners = [rounds.licensed(session), rounds.licensed(session, name="江州和光人才服务有限公司")]
    one, other = [rounds.nominated(session, first, batch, owner) for owner in owners]
    rounds.announced(session, first, batch, [one, other])
    with clock(rounds.OVER):
        rounds.awarded(session, second, batch, objected={other.id})
        assert (one.state, other.state) == (State.AWARDED, State.PUBLICITY)
        assert queries.held(session) == [other]
        with pytest.raises(DomainError, match="objection"):
            actions.award_held(session, actor=second, objected={other.id}, **rounds.held(other))
        actions.award_held(session, actor=second, objected=(), **rounds.held(other))
    assert other.decision_no == one.decision_no


def test_a_list_on_which_all_is_blocked_is_not_awarded(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.announced(session, first, batch, [made])
    with clock(rounds.OVER), pytest.raises(DomainError, match="each entry is blocked"):
        rounds.awarded(session, second, batch, objected={made.id})
    assert batch.state == "publicity"


def test_a_notice_during_publicity_keeps_the_entry_from_the_award(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    owners = [rounds.licensed(session), rounds.licensed(session, name="江州和光人才服务有限公司")]
    one, other = [rounds.nominated(session, first, batch, owner) for owner in owners]
    rounds.announced(session, first, batch, [one, other])
    make.notice(session, agency_id=owners[0].id)
    with clock(rounds.OVER):
        rounds.awarded(session, second, batch)
    assert (one.state, other.state) == (State.PUBLICITY, State.AWARDED)
    actions.drop(session, actor=first, reason="公示期间被公告", **rounds.held(one))
    assert one.state == State.DROPPED


def test_a_list_taken_back_runs_a_new_publicity_of_full_length(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.announced(session, first, batch, [made])
    with clock(rounds.OVER):
        selections.reconsider(session, actor=second, reason="名单有变", **rounds.held(batch))
        assert (made.state, batch.publicity_from) == (State.SHORTLISTED, None)
        selections.announce(session, actor=first, days=5, **rounds.held(batch))
        with pytest.raises(DomainError, match="full length"):
            rounds.awarded(session, second, batch)


def test_calling_a_round_off_ends_its_entries_with_the_reason(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session))
    selections.cancel(session, actor=first, reason="本年度不评选", **rounds.held(batch))
    assert (batch.state, made.state, made.state_reason) == ("cancelled", State.REFUSED, "本年度不评选")
    assert ledger.publication_version(session) == 0


def test_a_list_called_off_before_the_public_is_a_public_event(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.announced(session, first, batch, [made])
    before = ledger.publication_version(session)
    selections.cancel(session, actor=first, reason="本年度不评选", **rounds.held(batch))
    assert made.state == State.DROPPED
    assert ledger.publication_version(session) > before


def test_each_step_of_a_round_is_one_event(session: Session, clock: Brake) -> None:
    first, second = make.actors(session)
    batch = rounds.opened(session, first)
    made = rounds.nominated(session, first, batch, rounds.licensed(session))
    rounds.announced(session, first, batch, [made])
    with clock(rounds.OVER):
        rounds.awarded(session, second, batch)
    events = ledger.of_subject(session, Subject("selection", batch.id))
    assert [each.verb for each in events] == [
        "selection.opened",
        "selection.closed",
        "selection.announced",
        "selection.awarded",
    ]
    assert [bool(each.public_version) for each in events] == [False, False, True, True]


def test_the_database_refuses_an_award_by_who_announced(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = make.selection(session, announced_by=int(first.removeprefix("account:")))
    alone = update(Selection).where(Selection.id == batch.id).values(awarded_by=batch.announced_by)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(alone)


def test_two_officers_do_not_decide_one_round_at_once(session: Session) -> None:
    (first,) = make.actors(session, count=1)
    batch = rounds.opened(session, first)
    seen = rounds.held(batch)
    selections.close(session, actor=first, reason="材料已齐", **seen)
    with pytest.raises(StaleError):
        selections.cancel(session, actor=first, reason="迟到", **seen)
