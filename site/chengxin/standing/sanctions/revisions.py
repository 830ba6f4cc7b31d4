"""The published wordings of a notice: the first stays readable when a correction replaces it."""

from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.agencies import regions
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.ledger.rules import canonical
from chengxin.standing.sanctions.models import Sanction, SanctionRevision
from chengxin.standing.sanctions.steps import course_of, record
from chengxin.standing.sanctions.wording import Wording

UNPUBLISHED = ("complaint_id", "evidence", "filed_on", "publication_basis")


def words_of(sanction: Sanction) -> dict[str, Any]:
    """Return what a notice says now, by the names of its wording."""
    return {name: getattr(sanction, name) for name in Wording.__dataclass_fields__}


def content_of(words: dict[str, Any]) -> str:
    """Return a wording as it is kept: everything that is published, nothing else."""
    return canonical({name: value for name, value in words.items() if name not in UNPUBLISHED}) or "{}"


def keep(session: Session, sanction: Sanction, *, published_on: date, note: str = "") -> int:
    """Keep the words of a notice as its next revision and return the number."""
    newest = select(func.max(SanctionRevision.revision))
    last = session.scalar(newest.where(SanctionRevision.sanction_id == sanction.id))
    number = (last or 0) + 1
    session.add(
        SanctionRevision(
            sanction_id=sanction.id,
            revision=number,
            published_on=published_on,
            note=note,
            content=content_of(words_of(sanction)),
        )
    )
    session.flush()
    return number


def correct(session: Session, *, actor: str, sanction: Sanction, wording: Wording, note: str) -> int:
    """Give a public notice new words and a new term, keep the old ones, and return the revision's number."""
    if course_of(sanction).awaits_review:
        raise DomainError(N_("This notice was published urgently: it is reviewed before it is corrected."))
    old = words_of(sanction)
    first = sanction.published_on or sanction.decision_date
    if not session.scalar(select(SanctionRevision.id).where(SanctionRevision.sanction_id == sanction.id)):
        keep(session, sanction, published_on=first)
    places = regions.names_down_to(session, wording.region_code)
    change(session, sanction, version=sanction.version, **wording.columns(places))
    number = keep(session, sanction, published_on=clock.today(), note=note)
    fields = sorted(name for name, value in words_of(sanction).items() if old[name] != value)
    record(
        session,
        sanction,
        actor=actor,
        verb="sanction.corrected",
        new={"fields": fields, "revision": number},
        reason=note,
        public=True,
    )
    return number
