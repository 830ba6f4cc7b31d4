"""Acts on many records in both databases: each is compared and set by itself, held back or put back."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError, NotFoundError
from chengxin.core.intake_keys import intake_keyring, intake_recipients, make_intake_keys
from chengxin.desk.queue import bulk_carrying
from chengxin.desk.queue.bulk_table import ACTS, Member, Words
from chengxin.ledger.queries import faults
from chengxin.voices.complaints import actions, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import open_as_desk
from chengxin.worklists import actions as worklists
from chengxin.worklists.models import BulkAct, BulkMember

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
LATER = NOON + timedelta(seconds=61)
LETTER = "这件事由市场监管部门负责，请联系他们。"


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    make_intake_keys(settings)


def officer(session: Session, username: str = "limin") -> Officer:
    return accounts.officer(make.account(session, username=username))


def cases(session: Session, settings: Settings, count: int = 3) -> Mapping[Member, str]:
    key = intake_recipients(settings)
    made = [make.complaint(session, make.filing(key, nonce=f"form {n}")) for n in range(count)]
    return {Member(case.id, case.version): case.case_no for case in made}


def begun(
    session: Session, settings: Settings, who: Officer, act: str, codes: Mapping[Member, str], **said: str
) -> BulkAct:
    hands = bulk_carrying.hands_of(settings, who)
    return bulk_carrying.begin(session, hands=hands, act=ACTS[act], codes=codes, words=Words(**said))


def outcomes(session: Session) -> list[str]:
    return list(session.scalars(select(BulkMember.outcome).order_by(BulkMember.record_id)))


def test_a_held_act_is_carried_out_once_its_minute_is_over(database: Database, settings: Settings) -> None:
    with clock.frozen(NOON), database.writing() as session:
        codes = cases(session, settings)
        begun(session, settings, officer(session), "refuse", codes, choice="out_of_scope", letter=LETTER)
    with clock.frozen(NOON + timedelta(seconds=59)):
        assert bulk_carrying.carry_out_due(settings, database) == 0
    with clock.frozen(LATER):
        assert bulk_carrying.carry_out_due(settings, database) == 1
        assert bulk_carrying.carry_out_due(settings, database) == 0
    with database.reading() as session:
        assert outcomes(session) == ["done"] * 3
        case = session.scalars(select(Complaint).order_by(Complaint.id)).first()
        assert case
        (message,) = queries.messages_of(session, case.id)
        assert open_as_desk(case, message, intake_keyring(settings)) == LETTER
        assert list(faults(session)) == []


def test_what_moved_on_meanwhile_is_left_and_the_others_are_done(
    database: Database, settings: Settings
) -> None:
    with clock.frozen(NOON), database.writing() as session:
        who, codes = officer(session), cases(session, settings)
        begun(session, settings, who, "refuse", codes, choice="out_of_scope", letter=LETTER)
        first = next(iter(codes))
        seen = {"case_id": first.record_id, "version": first.seen}
        actions.assign(session, actor=who.actor, officer_id=who.id, **seen)  # type: ignore[arg-type]
    with clock.frozen(LATER):
        bulk_carrying.carry_out_due(settings, database)
    with database.reading() as session:
        assert outcomes(session) == ["moved_on", "done", "done"]
        states = list(session.scalars(select(Complaint.state).order_by(Complaint.id)))
    assert states == ["received", "not_accepted", "not_accepted"]


def test_a_rule_that_says_no_to_one_record_stops_no_other(database: Database, settings: Settings) -> None:
    with clock.frozen(NOON), database.writing() as session:
        codes = cases(session, settings)
        session.get_one(Complaint, next(iter(codes)).record_id).state = "investigating"
        begun(session, settings, officer(session), "refuse", codes, choice="out_of_scope", letter=LETTER)
    with clock.frozen(LATER):
        bulk_carrying.carry_out_due(settings, database)
    with database.reading() as session:
        assert outcomes(session) == ["refused", "done", "done"]


def test_what_changed_hands_is_put_back_where_nobody_changed_it(session: Session, settings: Settings) -> None:
    who, colleague = officer(session), officer(session, "wangqiang")
    codes = cases(session, settings)
    made = begun(session, settings, who, "take", codes, choice=str(who.id))
    assert outcomes(session) == ["done"] * 3
    first = session.get_one(Complaint, next(iter(codes)).record_id)
    seen = {"case_id": first.id, "version": first.version}
    actions.assign(session, actor=who.actor, officer_id=colleague.id, **seen)  # type: ignore[arg-type]
    bulk_carrying.take_back(session, officer=who, act_id=made.id)
    owners = list(session.scalars(select(Complaint.assigned_to).order_by(Complaint.id)))
    assert owners == [colleague.id, None, None]
    assert outcomes(session) == ["moved_on", "undone", "undone"]
    with pytest.raises(DomainError):
        bulk_carrying.take_back(session, officer=who, act_id=made.id)


def test_only_who_did_it_takes_it_back(session: Session, settings: Settings) -> None:
    who, other = officer(session), officer(session, "wangqiang")
    made = begun(session, settings, who, "take", cases(session, settings), choice=str(who.id))
    with pytest.raises(NotFoundError):
        bulk_carrying.take_back(session, officer=other, act_id=made.id)


def test_an_act_on_nothing_is_refused(session: Session, settings: Settings) -> None:
    with pytest.raises(DomainError):
        begun(session, settings, officer(session), "take", {})


def test_views_have_names_of_their_own_and_a_bound(session: Session) -> None:
    who = officer(session)
    for number in range(12):
        worklists.save_view(session, actor=who.actor, name=f"视图{number}", part="overdue")
    for name in ("视图13", "", "长" * 21):
        with pytest.raises(DomainError):
            worklists.save_view(session, actor=who.actor, name=name, part="today")
    with pytest.raises(DomainError):
        worklists.rename_view(session, actor=who.actor, view_id=1, name="视图5")
    with pytest.raises(NotFoundError):
        worklists.delete_view(session, actor=officer(session, "wangqiang").actor, view_id=1)
