"""What complainants of the sample do on the pages of their cases: they write, rate the handling, ask for erasure."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.ledger.rules import PUBLIC
from chengxin.sample import complaints
from chengxin.sample.city import City
from chengxin.sample.dice import chance, dice, pick
from chengxin.sample.reading import table
from chengxin.voices.complaints import afterwards, erasing, letters, queries
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Finding, Satisfaction, State

RATED_DAYS = 180
SHARE_RATED = 0.35
CONTENT = {Satisfaction.VERY_GOOD: 40, Satisfaction.GOOD: 35, Satisfaction.FAIR: 15, Satisfaction.POOR: 10}
DISCONTENT = {Satisfaction.GOOD: 10, Satisfaction.FAIR: 30, Satisfaction.POOR: 35, Satisfaction.VERY_POOR: 25}


def plan(city: City) -> None:
    """Plan a letter and a wish to erase in two cases with known receipts, and ratings of answered ones."""
    acts: dict[str, Callable[..., None]] = {"accepted": _say, "withdrawn": _ask_erasure}
    for case, until in complaints.opened(city):
        if until in acts:
            code_hash = case.filing(opens=False).code_hash
            city.timeline.plan(1, 20.5, partial(acts[until], city=city, code_hash=code_hash))
    for days in range(1, RATED_DAYS):
        city.timeline.plan(days, 21.0, _rate)


def _say(session: Session, city: City, code_hash: str) -> None:
    text = table("complaints")["words"]["say"]
    letters.say(session, text=text, intake_key=city.intake_key, **_seen(session, code_hash))


def _ask_erasure(session: Session, city: City, code_hash: str) -> None:  # noqa: ARG001 (acts have one shape)
    erasing.ask_erasure(session, **_seen(session, code_hash))


def _rate(session: Session) -> None:
    """Let some of those who were answered today rate the handling."""
    answered = select(Complaint).where(Complaint.closed_on == clock.today(), Complaint.state == State.CLOSED)
    for case in session.scalars(answered.order_by(Complaint.id)).all():
        lots = dice("satisfaction", case.received_on, case.respondent)
        if chance(lots, SHARE_RATED) and afterwards.may_rate(case, clock.today()):
            upheld = case.finding in {Finding.UPHELD, Finding.PARTLY}
            word = pick(lots, CONTENT if upheld else DISCONTENT)
            afterwards.rate(session, satisfaction=word, actor=PUBLIC, case_id=case.id, version=case.version)


def _seen(session: Session, code_hash: str) -> Any:
    case = queries.by_code_hash(session, code_hash)
    assert case is not None
    return {"actor": PUBLIC, "case_id": case.id, "version": case.version}
