"""Move a notice through its life: draft, review, publication by a second person, and its end."""

from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.ledger.rules import account_of, canonical
from chengxin.standing.sanctions.models import Sanction, SanctionRevision
from chengxin.standing.sanctions.numbering import next_number
from chengxin.standing.sanctions.rules import (
    Act,
    State,
    Term,
    check_complete,
    check_decision_date,
    check_second_person,
    is_public,
    move,
    term,
)
from chengxin.standing.sanctions.steps import by_version, record, step
from chengxin.standing.sanctions.wording import NEEDED, Wording
from chengxin.standing.sanctions.workbench import authors_of

WORKER = "worker"


def draft(session: Session, *, actor: str, wording: Wording) -> Sanction:
    """Write a first draft; nobody outside the desk sees it."""
    made = Sanction(
        **wording.columns(),
        state=State.DRAFT,
        drafted_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    record(session, made, actor=actor, verb="sanction.drafted", new={"state": State.DRAFT})
    return made


def revise(session: Session, *, actor: str, sanction_id: int, version: int, wording: Wording) -> Sanction:
    """Replace the words of a draft; whoever revises becomes one of its authors."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.REVISE)
    old, new = _wording_of(sanction), asdict(wording)
    change(session, sanction, version=version, **wording.columns())
    changed = sorted(name for name in new if old[name] != new[name])
    record(session, sanction, actor=actor, verb="sanction.revised", new={"fields": changed})
    return sanction


def submit(session: Session, *, actor: str, sanction_id: int, version: int, reason: str = "") -> Sanction:
    """Hand a complete draft to a second person for review."""
    sanction = by_version(session, sanction_id, version)
    check_complete(_wording_of(sanction), NEEDED)
    check_decision_date(sanction.decision_date, clock.today())
    return step(session, sanction, Act.SUBMIT, actor=actor, reason=reason, submitted_at=clock.now())


def return_for_changes(
    session: Session, *, actor: str, sanction_id: int, version: int, reason: str
) -> Sanction:
    """Give a submitted draft back to its author with a reason."""
    sanction = by_version(session, sanction_id, version)
    return step(session, sanction, Act.RETURN, actor=actor, reason=reason)


def reject(session: Session, *, actor: str, sanction_id: int, version: int, reason: str) -> Sanction:
    """Discard a draft that will never be published; the record of it stays."""
    sanction = by_version(session, sanction_id, version)
    return step(session, sanction, Act.REJECT, actor=actor, reason=reason)


def publish(session: Session, *, actor: str, sanction_id: int, version: int, reason: str = "") -> Sanction:
    """Publish a submitted draft under the next number of the year; never by one of its authors."""
    sanction = by_version(session, sanction_id, version)
    move(sanction.state, Act.PUBLISH)
    check_second_person(Act.PUBLISH, actor=actor, first_persons=authors_of(session, sanction))
    today, span = clock.today(), _term_of(sanction)
    if not is_public(State.PUBLISHED, span.max_until, today):
        raise DomainError(N_("The longest term of this decision is over: it may not be published any more."))
    step(
        session,
        sanction,
        Act.PUBLISH,
        actor=actor,
        reason=reason,
        year=today.year,
        number=next_number(session, year=today.year),
        published_by=account_of(actor),
        published_at=clock.now(),
        published_on=today,
        min_until=span.min_until,
        max_until=span.max_until,
    )
    _keep_revision(session, sanction, today)
    return sanction


def _term_of(sanction: Sanction) -> Term:
    return term(
        sanction.decision_date,
        severity=sanction.severity,
        legal_kind=sanction.legal_kind,
        notice_kind=sanction.notice_kind,
    )


def _wording_of(sanction: Sanction) -> dict[str, Any]:
    return {name: getattr(sanction, name) for name in Wording.__dataclass_fields__}


def _keep_revision(session: Session, sanction: Sanction, today: date) -> None:
    """Keep the published words as the first revision."""
    words = _wording_of(sanction)
    words.pop("complaint_id")
    session.add(
        SanctionRevision(
            sanction_id=sanction.id,
            revision=1,
            published_on=today,
            note="",
            content=canonical(words) or "{}",
        )
    )
