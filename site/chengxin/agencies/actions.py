"""Change the register: each act is one row changed and one public event."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies import uscc
from chengxin.agencies.models import Agency, AgencyName, AgencyService, Permit
from chengxin.agencies.permits import recording
from chengxin.agencies.permits.rules import Change, Told, change_of_status, grant_is_news, news_until
from chengxin.agencies.rules import GONE, NameKind, PermitKind, PermitStatus, move_permit
from chengxin.agencies.uids import new_uid
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.core.folding import fold_name, fold_number
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject

CHANGEABLE = frozenset(
    {
        "region_code",
        "place",
        "address",
        "legal_representative",
        "established",
        "ownership",
        "business_phone",
        "supervision_phone",
        "website",
        "fee_notice",
        "staff_total",
        "public_body",
        "status",
        "grade",
    }
)
# The ledger cannot forget, so it learns no person's name.
PERSONAL = frozenset({"legal_representative"})


def subject_of(agency: Agency) -> Subject:
    """Return the agency as the subject of an event."""
    return Subject("agency", agency.id)


def enrol(
    session: Session,
    *,
    actor: str,
    name: str,
    code: str | None = None,
    uid: str = "",
    names: Iterable[tuple[NameKind, str]] = (),
    services: Iterable[str] = (),
    **values: Any,
) -> Agency:
    """Enter an agency into the register with its credit code, other names and services."""
    tidy = _free_code(session, code)
    agency = Agency(
        uid=uid or new_uid(session),
        name=_named(name),
        folded_name=fold_name(name),
        uscc=tidy,
        uscc_valid=bool(tidy and uscc.is_valid(tidy)),
        created_at=clock.now(),
        updated_at=clock.now(),
        **{"opened_on": clock.today(), **values},
    )
    session.add(agency)
    session.flush()
    for kind, other in names:
        session.add(AgencyName(agency_id=agency.id, kind=kind, name=other, folded_name=fold_name(other)))
    for service in dict.fromkeys(services):
        session.add(AgencyService(agency_id=agency.id, service=service))
    new = {"name": agency.name, "uscc": tidy, "region": agency.region_code, "source": agency.source}
    record(session, actor=actor, verb="agency.enrolled", subject=subject_of(agency), new=new, public=True)
    return agency


def change(session: Session, *, actor: str, agency: Agency, reason: str = "", **values: Any) -> Agency:
    """Change facts of an agency; its name and code have acts of their own."""
    strangers = set(values) - CHANGEABLE
    if strangers:
        raise DomainError(f"These facts cannot be changed here: {', '.join(sorted(strangers))}.")
    old = {
        field: getattr(agency, field) for field, value in values.items() if getattr(agency, field) != value
    }
    if old:
        new = {field: values[field] for field in old}
        _set(session, agency, **new, **_left(old, new))
        old, new = without_persons(old), without_persons(new)
        record(
            session,
            actor=actor,
            verb="agency.changed",
            subject=subject_of(agency),
            old=old,
            new=new,
            reason=reason,
            public=True,
        )
    return agency


def rename(session: Session, *, actor: str, agency: Agency, name: str, reason: str = "") -> Agency:
    """Give an agency a new name and keep the old one as a former name."""
    old, new = agency.name, _named(name)
    if old == new:
        return agency
    if agency.folded_name != fold_name(new):
        keep_name(session, agency=agency, kind=NameKind.FORMER, name=old)
    _set(session, agency, name=new, folded_name=fold_name(new))
    record(
        session,
        actor=actor,
        verb="agency.renamed",
        subject=subject_of(agency),
        old={"name": old},
        new={"name": new},
        reason=reason,
        public=True,
    )
    return agency


def keep_name(session: Session, *, agency: Agency, kind: NameKind, name: str) -> None:
    """Keep another name of an agency, once."""
    same = (AgencyName.agency_id == agency.id, AgencyName.kind == kind, AgencyName.name == name)
    if session.scalar(select(AgencyName.id).where(*same)) is None:
        session.add(AgencyName(agency_id=agency.id, kind=kind, name=name, folded_name=fold_name(name)))
        session.flush()


def grant(
    session: Session, *, actor: str, agency: Agency, kind: PermitKind, number: str, **values: Any
) -> Permit:
    """Grant an agency a permit that is valid from now on, unless its facts say otherwise."""
    given = {"status": PermitStatus.VALID.value, "issued_on": clock.today(), **values}
    permit = Permit(agency_id=agency.id, kind=kind, number=number, folded_number=fold_number(number), **given)
    permit.runs_until = news_until(permit.valid_to, recorded_on=clock.today())
    session.add(permit)
    session.flush()
    _write_grant(session, agency, permit)
    new = {
        "permit": permit.id,
        "kind": kind,
        "number": number,
        "status": permit.status,
        "valid_to": permit.valid_to,
    }
    record(
        session, actor=actor, verb="agency.permit_granted", subject=subject_of(agency), new=new, public=True
    )
    return permit


def end_permit(
    session: Session,
    *,
    actor: str,
    permit: Permit,
    to: PermitStatus,
    on: date | None = None,
    decision_no: str = "",
    reason: str = "",
) -> Permit:
    """Move a permit to another status: one of the five endings, suspended, or valid again."""
    old = {
        "permit": permit.id,
        "number": permit.number,
        "status": permit.status,
        "status_on": permit.status_on,
    }
    told = change_of_status(permit.status, to)
    permit.status = move_permit(permit.status, to)
    permit.status_on = on or clock.today()
    permit.status_text = ""
    permit.decision_no = decision_no or permit.decision_no
    session.flush()
    if told:
        happened = Told(change=told, on=permit.status_on)
        region = session.get_one(Agency, permit.agency_id).region_code
        recording.write(session, [recording.row_of(permit, happened, region=region, decision_no=decision_no)])
    new = {**old, "status": permit.status, "status_on": permit.status_on, "decision_no": permit.decision_no}
    subject = Subject("agency", permit.agency_id)
    record(
        session,
        actor=actor,
        verb="agency.permit_changed",
        subject=subject,
        old=old,
        new=new,
        reason=reason,
        public=True,
    )
    return permit


def _write_grant(session: Session, agency: Agency, permit: Permit) -> None:
    """Write a grant into the list of changes, unless it is one of long ago."""
    day = permit.issued_on or permit.valid_from
    if day and grant_is_news(day, recorded_on=clock.today(), agency_is_new=True):
        told = Told(change=Change.GRANTED, on=day)
        row = recording.row_of(permit, told, region=agency.region_code, decision_no=permit.decision_no or "")
        recording.write(session, [row])


def without_persons(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as the ledger may keep them: that a person's name changed, not the name."""
    return {name: bool(value) if name in PERSONAL else value for name, value in facts.items()}


def _left(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, date | None]:
    """Return the day an agency left the register, when a change of status makes it leave or come back."""
    if "status" not in new or (old["status"] in GONE) == (new["status"] in GONE):
        return {}
    return {"left_on": clock.today() if new["status"] in GONE else None}


def _set(session: Session, agency: Agency, **values: Any) -> None:
    for field, value in values.items():
        setattr(agency, field, value)
    agency.updated_at = clock.now()
    session.flush()


def _named(name: str) -> str:
    plain = " ".join(name.split())
    if not plain:
        raise DomainError("An agency needs a name.")
    return plain


def _free_code(session: Session, code: str | None) -> str | None:
    tidy = uscc.tidy(code or "")
    if tidy and session.scalar(select(Agency.id).where(Agency.uscc == tidy)) is not None:
        raise DomainError(f"The credit code {tidy} belongs to another agency of the register.")
    return tidy or None
