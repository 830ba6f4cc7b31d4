"""A round of selection walked as far as a test needs it, by two persons."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.standing.exemplars import actions, selections
from chengxin.standing.exemplars.actions import Nomination
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.selections import Plan
from chengxin.standing.objections.models import Objection
from tests import make

MONDAY = datetime(2026, 11, 9, 4, 0, tzinfo=UTC)
DAYS = 5


def held(record: Honour | Selection) -> dict[str, Any]:
    """Return a record as a person on the desk sees it."""
    key = "honour_id" if isinstance(record, Honour) else "selection_id"
    return {key: record.id, "version": record.version}


def licensed(session: Session, name: str = "江州远帆人力资源有限公司", **values: object) -> Agency:
    """Make an agency with a valid licence."""
    made = make.agency(session, name=name, **values)
    make.permit(session, made)
    return made


def opened(session: Session, actor: str, **changes: object) -> Selection:
    """Open a round for two agencies, a window and a person."""
    given: dict[str, Any] = {
        "title": "2026年度江州市诚信服务示范机构",
        "level": "city",
        "year": 2026,
        "deadline": clock.today(),
        "agency_places": 2,
        "window_places": 1,
        "person_places": 1,
        **changes,
    }
    return selections.open_round(session, actor=actor, plan=Plan(**given))


def nominated(session: Session, actor: str, batch: Selection, owner: Agency, **changes: Any) -> Honour:
    """Nominate an agency, or its window or worker."""
    nomination = Nomination(agency_id=owner.id, **changes)
    return actions.nominate(session, actor=actor, selection_id=batch.id, nomination=nomination)


def reviewed(session: Session, actor: str, batch: Selection, entries: Sequence[Honour]) -> None:
    """Close the round and shortlist its entries."""
    selections.close(session, actor=actor, reason="材料已齐", **held(batch))
    for each in entries:
        actions.check(session, actor=actor, **held(each))
        actions.shortlist(session, actor=actor, **held(each))


def announced(session: Session, actor: str, batch: Selection, entries: Sequence[Honour]) -> None:
    """Bring a round before the public."""
    reviewed(session, actor, batch, entries)
    selections.announce(session, actor=actor, days=DAYS, **held(batch))


def awarded(session: Session, actor: str, batch: Selection, **changes: Any) -> Selection:
    """Award what is before the public."""
    given: dict[str, Any] = {"decision_no": "江人社发〔2026〕88号", "objected": (), **changes}
    return selections.award(session, actor=actor, **held(batch), **given)


def objected(session: Session, honour_id: int, *, state: str = "received") -> Objection:
    """Make an objection against a title."""
    today = clock.today()
    days = {"received_on": today, "mark_by": today, "answer_by": today + timedelta(days=21)}
    made = Objection(
        code_hash=f"objection {honour_id} {state}",
        reply_key=b"",
        target_kind="honour",
        target_id=honour_id,
        applicant="public",
        ground="wrongly_listed",
        sealed_text=b"",
        state=state,
        received_at=clock.now(),
        **days,
    )
    session.add(made)
    session.flush()
    return made


def later(days: int) -> datetime:
    """Return an instant so many days after the Monday on which rounds of tests begin."""
    return MONDAY + timedelta(days=days)


OVER = later(8)  # five working days after the Monday end on the next Monday
LAST_DAY = date(2026, 11, 16)
