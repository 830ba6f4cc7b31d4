"""What goes wrong with one act or one record, in both databases: it is told, and nothing else waits for it."""

from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from tests import make
from tests.room.test_bulk import LATER, NOON, begun, cases, officer, outcomes

from chengxin.accounts.models import Account
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring, make_intake_keys
from chengxin.desk.handling import deciding
from chengxin.desk.queue import bulk_carrying
from chengxin.desk.queue.bulk_carrying import BROKEN, NOT_OPENED
from chengxin.desk.queue.bulk_table import NOT_THEIRS
from chengxin.desk.reach import OUTSIDE
from chengxin.voices.complaints import queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import open_as_desk
from chengxin.worklists.models import BulkAct, BulkMember

LETTER = "这件事由市场监管部门负责，请联系他们。"


@pytest.fixture(autouse=True)
def keys(settings: Settings) -> None:
    make_intake_keys(settings)


def two_acts(database: Database, settings: Settings) -> None:
    """Hold two acts back, of two cases each."""
    with clock.frozen(NOON), database.writing() as session:
        who, codes = officer(session), list(cases(session, settings, 4).items())
        for part in (codes[:2], codes[2:]):
            begun(session, settings, who, "refuse", dict(part), choice="out_of_scope", letter=LETTER)


def carried(database: Database, settings: Settings) -> int:
    with clock.frozen(LATER):
        return bulk_carrying.carry_out_due(settings, database)


def told(session: Session) -> list[str]:
    return list(session.scalars(select(BulkMember.told).order_by(BulkMember.record_id)))


def test_an_act_that_cannot_be_opened_says_so_and_stops_no_other(
    database: Database, settings: Settings
) -> None:
    two_acts(database, settings)
    with database.writing() as session:
        session.get_one(BulkAct, 1).sealed_words = b"not sealed to any key of this desk"
    assert carried(database, settings) == 2
    with database.reading() as session:
        assert outcomes(session) == ["refused", "refused", "done", "done"]
        assert told(session) == [NOT_OPENED, NOT_OPENED, "", ""]
        assert list(session.scalars(select(BulkAct.state).order_by(BulkAct.id))) == ["done", "done"]
    assert carried(database, settings) == 0


def test_a_record_that_breaks_is_left_and_the_others_are_done(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_acts(database, settings)
    perform = deciding.perform

    def breaking(session: Session, name: str, **given: Any) -> None:
        perform(session, name, **given)
        if given["seen"]["case_id"] == 1:
            session.execute(text("INSERT INTO bulk_member (bulk_act_id) VALUES (1)"))

    monkeypatch.setattr(deciding, "perform", breaking)
    assert carried(database, settings) == 2
    with database.reading() as session:
        assert outcomes(session) == ["refused", "done", "done", "done"]
        assert told(session)[0] == BROKEN
        assert session.get_one(Complaint, 1).state == "received"
        assert not queries.messages_of(session, 1)


def test_an_act_waits_while_the_database_does_not_answer(
    database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    two_acts(database, settings)
    perform = deciding.perform

    def cut_off(session: Session, name: str, **given: Any) -> None:
        if given["seen"]["case_id"] == 1:
            raise OperationalError("", {}, Exception("gone"))
        perform(session, name, **given)

    monkeypatch.setattr(deciding, "perform", cut_off)
    assert carried(database, settings) == 1
    with database.reading() as session:
        assert outcomes(session) == ["held", "held", "done", "done"]
    monkeypatch.setattr(deciding, "perform", perform)
    assert carried(database, settings) == 1
    with database.reading() as session:
        assert outcomes(session) == ["done"] * 4


def test_a_case_is_given_to_nobody_who_serves_elsewhere(session: Session, settings: Settings) -> None:
    for code in ("990102", "990105"):
        make.region(session, code=code, name=code)
    who, codes = officer(session), cases(session, settings, 2)
    luoyan = officer(session, "luoyan")
    session.get_one(Account, luoyan.id).region_code = "990102"
    for case, code in zip(
        session.scalars(select(Complaint).order_by(Complaint.id)), ("990102", "990105"), strict=True
    ):
        case.region_code = code
    session.flush()
    begun(session, settings, who, "assign", codes, choice=str(luoyan.id))
    assert list(session.scalars(select(Complaint.assigned_to).order_by(Complaint.id))) == [luoyan.id, None]
    assert told(session) == ["", NOT_THEIRS]


def test_an_officer_who_was_moved_meanwhile_decides_nothing_elsewhere(
    database: Database, settings: Settings
) -> None:
    two_acts(database, settings)
    with database.writing() as session:
        make.region(session, code="990102", name="江西区")
        session.scalars(select(Account).where(Account.username == "limin")).one().region_code = "990102"
    assert carried(database, settings) == 2
    with database.reading() as session:
        assert outcomes(session) == ["refused"] * 4
        assert set(told(session)) == {OUTSIDE}


def test_a_ready_text_is_filled_in_for_each_case(database: Database, settings: Settings) -> None:
    with clock.frozen(NOON), database.writing() as session:
        said = {"standard": "您的投诉{case_no}已受理。", "letter": "请等候。"}
        begun(session, settings, officer(session), "accept", cases(session, settings, 2), **said)
    carried(database, settings)
    with database.reading() as session:
        for case in session.scalars(select(Complaint)):
            (message,) = queries.messages_of(session, case.id)
            words = open_as_desk(case, message, intake_keyring(settings))
            assert words == f"您的投诉{case.case_no}已受理。\n\n请等候。"
