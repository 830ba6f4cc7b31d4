"""A case is counted in its own transaction; a surge marks cases, and only far beyond it people wait."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.sealing import Keyring
from chengxin.intake.counting import Door, FullError, Guard, Usual, counted_on, subject_key
from chengxin.intake.models import IntakeCount
from chengxin.voices.complaints import alike
from chengxin.voices.complaints.models import Complaint, ComplaintSketch
from chengxin.voices.complaints.receiving import receive, subject_of

SECRET = "a secret of the tests"
KEY = Keyring.generate().recipients
NOON = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)


def came(session: Session, nonce: str, *, usual: Usual | None = None, **written: str) -> Complaint:
    filing = make.filing(KEY, nonce=nonce, **written)
    return receive(
        session,
        actor="public",
        filing=filing,
        sketch=alike.sketch_of(f"{nonce}：交钱以后联系不上，没有开票，门店也关了。", secret=SECRET),
        guard=Guard(usual=usual or Usual(daily=10, daily_subject=10), secret=SECRET),
    )


def test_every_case_is_counted_once_however_often_its_form_comes(session: Session) -> None:
    with clock.frozen(NOON):
        cases = [came(session, nonce) for nonce in ("a", "a", "b", "a")]
    assert len({case.id for case in cases}) == 2
    assert counted_on(session, Door.CASES, TODAY) == 2
    assert session.scalar(select(func.count()).select_from(ComplaintSketch)) == 2


def test_beyond_the_usual_number_of_a_day_cases_are_marked_and_kept(session: Session) -> None:
    usual = Usual(daily=2, daily_subject=10)
    with clock.frozen(NOON):
        marks = [came(session, nonce, usual=usual).in_surge for nonce in "abcd"]
    assert marks == [False, False, True, True]
    with clock.frozen(NOON + timedelta(days=1)):
        assert not came(session, "e", usual=usual).in_surge


def test_many_cases_against_one_respondent_are_marked_and_others_are_not(session: Session) -> None:
    usual = Usual(daily=100, daily_subject=2)
    with clock.frozen(NOON):
        marks = [came(session, nonce, usual=usual).in_surge for nonce in "abc"]
        other = came(session, "d", usual=usual, respondent="江州另一家有限公司").in_surge
    assert (marks, other) == ([False, False, True], False)


def test_far_beyond_the_usual_number_people_are_asked_to_wait_and_nothing_is_counted(
    database: Database,
) -> None:
    usual = Usual(daily=1, daily_subject=100)
    with clock.frozen(NOON):
        for nonce in "abcdefghij":
            with database.writing() as session:
                came(session, nonce, usual=usual)
        with pytest.raises(FullError), database.writing() as session:
            came(session, "k", usual=usual)
        with database.reading() as session:
            assert counted_on(session, Door.CASES, TODAY) == 10
            assert session.scalar(select(func.count()).select_from(Complaint)) == 10


def test_a_form_that_was_sent_before_gets_its_receipt_even_when_no_more_are_taken(session: Session) -> None:
    usual = Usual(daily=1, daily_subject=100)
    with clock.frozen(NOON):
        first, *_ = [came(session, nonce, usual=usual) for nonce in "abcdefghij"]
        assert came(session, "a", usual=usual).id == first.id


def test_what_is_counted_does_not_name_the_respondent(session: Session) -> None:
    with clock.frozen(NOON):
        came(session, "a", respondent="江州远帆")
    kept = set(session.scalars(select(IntakeCount.subject)))
    assert kept >= {Door.CASES}
    assert not any("江州" in each for each in kept)
    filing = make.filing(KEY, respondent="江州远帆")
    days = {subject_key(subject_of(filing), secret=SECRET, day=TODAY + timedelta(n)) for n in range(3)}
    assert len(days) == 3
