"""Standing and licence status as conditions of the database, for lookups without an index.

They look at each record by itself; the index and the pages weigh all records of an agency together.
"""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, not_, or_

from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import LicenceStatus, PermitStatus
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.rules import HonourKind
from chengxin.standing.exemplars.rules import State as TitleState
from chengxin.standing.rules import Standing
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, State

Condition = ColumnElement[bool]

ENDING_BY_ITSELF = (PermitStatus.VALID, PermitStatus.SUSPENDED)


def of_licence(status: str, today: date) -> Iterator[Condition]:
    """Return the condition that an agency has a permit of a status on a day."""
    if not status:
        return
    held = Permit.agency_id == Agency.id
    over = and_(Permit.status.in_(ENDING_BY_ITSELF), Permit.valid_to < today)
    if status == LicenceStatus.NONE:
        yield not_(exists().where(held))
    elif status == LicenceStatus.EXPIRED:
        yield exists().where(held, or_(over, Permit.status == PermitStatus.EXPIRED))
    else:
        runs = or_(Permit.valid_to.is_(None), Permit.valid_to >= today)
        yield exists().where(held, Permit.status == status, *((runs,) if status in ENDING_BY_ITSELF else ()))


def of_standing(standing: str, today: date) -> Iterator[Condition]:
    """Return the condition that an agency has a mark of a standing on a day."""
    if not standing:
        return
    (licensed,) = of_licence(LicenceStatus.VALID, today)
    (revoked,) = of_licence(LicenceStatus.REVOKED, today)
    by_revocation = Sanction.legal_kind == LegalKind.LICENCE_REVOCATION
    licence_action = Sanction.notice_kind == NoticeKind.LICENCE_ACTION
    exposure = Sanction.notice_kind == NoticeKind.EXPOSURE
    conditions = {
        Standing.EXPOSED: _published(or_(exposure, and_(licence_action, not_(by_revocation))), today),
        Standing.YELLOW_CARD: _published(Sanction.notice_kind == NoticeKind.YELLOW_CARD, today),
        Standing.SERIOUS_LISTING: _published(Sanction.notice_kind == NoticeKind.SERIOUS_LISTING, today),
        Standing.REVOKED: or_(revoked, _published(and_(licence_action, by_revocation), today)),
        Standing.EXEMPLARY: and_(_titled(today), not_(_published(None, today))),
        Standing.UNVERIFIED: and_(not_(licensed), not_(revoked), not_(_published(None, today))),
        Standing.REGISTERED: and_(licensed, not_(_titled(today)), not_(_published(None, today))),
    }
    yield conditions[Standing(standing)] if standing in conditions else Agency.id.is_(None)


def _published(kind: Condition | None, today: date) -> Condition:
    own = Sanction.agency_id == Agency.id
    in_force = and_(Sanction.state == State.PUBLISHED, Sanction.max_until >= today)
    return exists().where(own, in_force, *(() if kind is None else (kind,)))


def _titled(today: date) -> Condition:
    counts = or_(Honour.valid_until.is_(None), Honour.valid_until >= today)
    awarded = and_(Honour.state == TitleState.AWARDED, Honour.kind == HonourKind.AGENCY)
    return exists().where(Honour.agency_id == Agency.id, awarded, counts)
