"""Every door counts what comes in by the same rule: a surge marks, a flood waits, a form sent again counts once."""

from datetime import UTC, date, datetime
from functools import partial
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import disputes, make, suggestions

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.intake.counting import Door, FullError, Guard, Usual, counted_on
from chengxin.intake.models import IntakeCount
from chengxin.ledger.models import Parcel
from chengxin.standing.objections import actions as objections
from chengxin.standing.objections.models import Objection
from chengxin.voices.complaints import receiving
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.suggestions import actions as suggesting
from chengxin.voices.suggestions.models import Suggestion

SECRET = "a secret of the tests"
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
ABOUT: dict[str, Any] = {"about": "agency", "respondent": "江州捷聘人力资源有限公司"}
DOORS: dict[Door, tuple[type[Any], Any, Any]] = {
    Door.CASES: (
        Complaint,
        partial(make.filing, disputes.KEY.recipients),
        partial(receiving.receive, sketch=None),
    ),
    Door.SUGGESTIONS: (Suggestion, partial(suggestions.filing, **ABOUT), suggesting.receive),
    Door.OBJECTIONS: (Objection, partial(disputes.filing, applicant="public"), objections.receive),
}


@pytest.fixture(params=sorted(DOORS))
def door(request: pytest.FixtureRequest) -> Door:
    return Door(request.param)


def came(
    session: Session, door: Door, nonce: str, *, daily: int = 100, subject: int = 100, **words: Any
) -> Any:
    _model, filing, receive = DOORS[door]
    guard = Guard(usual=Usual(daily=daily, daily_subject=subject), secret=SECRET)
    with clock.frozen(NOON):
        return receive(session, actor="public", filing=filing(nonce=nonce, **words), guard=guard)


def test_beyond_the_usual_number_all_are_kept_and_marked(session: Session, door: Door) -> None:
    assert [came(session, door, nonce, daily=2).in_surge for nonce in "abcd"] == [False, False, True, True]


def test_very_many_about_one_thing_are_marked_and_others_are_not(session: Session, door: Door) -> None:
    others: dict[Door, dict[str, Any]] = {
        Door.CASES: {"respondent": "江州另一家有限公司"},
        Door.SUGGESTIONS: {"respondent": "江州另一家有限公司"},
        Door.OBJECTIONS: {"target_id": 2},
    }
    assert [came(session, door, nonce, subject=2).in_surge for nonce in "abc"] == [False, False, True]
    assert not came(session, door, "d", subject=2, **others[door]).in_surge


def test_a_form_sent_again_is_counted_once_at_its_own_door(session: Session, door: Door) -> None:
    made = [came(session, door, nonce).id for nonce in ("a", "a", "b", "a")]
    assert len(set(made)) == 2
    assert {each: counted_on(session, each, TODAY) for each in Door} == dict.fromkeys(Door, 0) | {door: 2}


def test_far_beyond_the_usual_number_nothing_is_stored_or_counted(database: Database, door: Door) -> None:
    for nonce in "abcdefghij":
        with database.writing() as session:
            came(session, door, nonce, daily=1)
    with pytest.raises(FullError), database.writing() as session:
        came(session, door, "k", daily=1)
    with database.reading() as session:
        assert counted_on(session, door, TODAY) == 10
        assert session.scalar(select(func.count()).select_from(DOORS[door][0])) == 10


def test_a_suggestion_about_no_agency_is_counted_about_nothing(session: Session) -> None:
    for nonce in "abc":
        came(session, Door.SUGGESTIONS, nonce, subject=1, about="authority", respondent="")
    assert set(session.scalars(select(IntakeCount.subject))) == {Door.SUGGESTIONS}


def test_who_signs_in_is_not_counted(session: Session) -> None:
    with clock.frozen(NOON):
        made = objections.receive(session, actor="command", filing=disputes.filing())
    assert not made.in_surge
    assert counted_on(session, Door.OBJECTIONS, TODAY) == 0


def test_the_staff_get_one_mail_for_many_suggestions(session: Session) -> None:
    with clock.frozen(NOON):
        for nonce in "abc":
            filing = suggestions.filing(nonce=nonce)
            suggesting.receive(session, actor="public", filing=filing, tell="desk@example.org")
    (parcel,) = session.scalars(select(Parcel)).all()
    assert parcel.due_at > NOON
