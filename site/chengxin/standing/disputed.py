"""The records people dispute: found by the address of their page, named for whoever handles the dispute."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.standing.exemplars import queries as exemplars
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import State as HonourState
from chengxin.standing.objections.rules import Target
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction

Row = TypeVar("Row", Sanction, Honour, Agency)

_NOTICE = re.compile(r"(?:notices/|n/)([0-9]{4})[/-]([0-9]{1,6})")
_HONOUR = re.compile(r"exemplary/(?:[0-9]{4}/)?([0-9]{1,9})")
_AGENCY = re.compile(r"(?:agencies/)?([A-Za-z0-9]{1,32})")


@dataclass(frozen=True)
class Record:
    """A public record somebody disputes: its kind and id, whose it is, its title and where it stands."""

    kind: Target
    id: int | None
    title: str
    path: str
    agency_id: int | None = None


NO_RECORD = Record(Target.NONE, None, "", "")


def find(session: Session, text: str, *, today: date) -> Record | None:
    """Return the record that is public at an address like notices/2026/3, or None when there is none."""
    plain = text.strip().strip("/")
    if found := _NOTICE.fullmatch(plain):
        return _notice(session, int(found[1]), int(found[2]), today)
    if found := _HONOUR.fullmatch(plain):
        return _honour(session, int(found[1]))
    if found := _AGENCY.fullmatch(plain):
        owner = agencies.by_uid(session, found[1])
        return of_agency(owner) if owner else None
    return None


def named(session: Session, kind: str, record_id: int | None) -> Record:
    """Return a disputed record for the staff, also when it is public no more."""
    if record_id is None:
        return NO_RECORD
    if kind == Target.SANCTION and (sanction := session.get(Sanction, record_id)):
        return of_notice(sanction)
    if kind == Target.HONOUR and (honour := session.get(Honour, record_id)):
        return _of_honour(honour, agencies.by_id(session, honour.agency_id))
    if kind == Target.AGENCY and (owner := agencies.by_id(session, record_id)):
        return of_agency(owner)
    return Record(Target(kind), record_id, "", "")


def all_named(
    session: Session, targets: Collection[tuple[str, int | None]]
) -> Mapping[tuple[str, int | None], Record]:
    """Return some disputed records for the staff, with one query a kind whatever their number."""
    notices = _loaded(session, Sanction, [each for kind, each in targets if kind == Target.SANCTION])
    honours = _loaded(session, Honour, [each for kind, each in targets if kind == Target.HONOUR])
    named_ones = [each for kind, each in targets if kind == Target.AGENCY]
    owners = _loaded(session, Agency, [*named_ones, *(honour.agency_id for honour in honours)])
    # What is loaded here stays in the session as long as these lists live.
    found = {target: named(session, *target) for target in targets}
    del notices, honours, owners
    return found


def _loaded(session: Session, model: type[Row], ids: Collection[int | None]) -> Sequence[Row]:
    return session.scalars(select(model).where(model.id.in_(ids))).all() if ids else []


def of_notice(sanction: Sanction) -> Record:
    """Return a notice as a disputed record."""
    path = f"notices/{sanction.year}/{sanction.number}" if sanction.number else ""
    return Record(Target.SANCTION, sanction.id, sanction.title, path, sanction.agency_id)


def of_agency(owner: Agency) -> Record:
    """Return an agency's integrity file as a disputed record."""
    return Record(Target.AGENCY, owner.id, owner.name, f"agencies/{owner.uid}", owner.id)


def _notice(session: Session, year: int, number: int, today: date) -> Record | None:
    found = sanctions.by_number(session, year, number, today=today)
    return of_notice(found) if isinstance(found, Sanction) else None


def _honour(session: Session, honour_id: int) -> Record | None:
    """Return a title that is before the public: proposed to it, or awarded."""
    honour = exemplars.by_id(session, honour_id)
    if honour is None or honour.state not in {HonourState.PUBLICITY, HonourState.AWARDED}:
        return None
    return _of_honour(honour, agencies.by_id(session, honour.agency_id))


def _of_honour(honour: Honour, owner: Agency | None) -> Record:
    name = f"{owner.name} · {honour.year}" if owner else ""
    return Record(Target.HONOUR, honour.id, name, f"exemplary/{honour.year}", honour.agency_id)
