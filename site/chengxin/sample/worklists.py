"""How the staff of the sample keep their queue: a view of one's own, and an act on many rows that was done."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.desk.queue import bulk_carrying
from chengxin.desk.queue.bulk_table import ACTS, Hands, Member, Words
from chengxin.sample.city import City
from chengxin.sample.reading import table
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import State
from chengxin.worklists import actions

OWNER = "limin"
TAKEN = 3


def plan(city: City) -> None:
    """Plan a view on the day before yesterday, and yesterday evening some cases taken over at once."""
    city.timeline.plan(2, 9.5, lambda session: _save_view(session, city))
    city.timeline.plan(1, 22.5, lambda session: _take(session, city))


def _save_view(session: Session, city: City) -> None:
    words = table("people")["view"]
    actions.save_view(session, actor=city.actors[OWNER], name=words["name"], part=words["part"])


def _take(session: Session, city: City) -> None:
    account = accounts.by_username(session, OWNER)
    free = select(Complaint).where(Complaint.state == State.RECEIVED, Complaint.assigned_to.is_(None))
    cases = session.scalars(free.order_by(Complaint.id).limit(TAKEN)).all()
    if account is None or not cases:
        return
    hands = Hands(accounts.officer(account), city.intake_key)
    codes = {Member(case.id, case.version): case.case_no for case in cases}
    words = Words(choice=str(account.id))
    bulk_carrying.begin(session, hands=hands, act=ACTS["take"], codes=codes, words=words)
