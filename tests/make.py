"""Factories: one small function a table, every argument defaulted."""

import itertools
from datetime import date

from sqlalchemy.orm import Session

from chengxin.accounts import actions as accounts
from chengxin.accounts.models import Account
from chengxin.agencies.models import Agency, Permit, Region
from chengxin.core import clock

_count = itertools.count(1)


def region(
    session: Session, *, code: str = "990000", name: str = "江州市", parent: str | None = None
) -> Region:
    """Make a region unless it is there."""
    made = session.get(Region, code) or Region(code=code, name=name, level="city", parent_code=parent)
    session.add(made)
    session.flush()
    return made


def agency(session: Session, *, name: str = "江州远帆人力资源有限公司", **values: object) -> Agency:
    """Make an agency with a name."""
    number = next(_count)
    given: dict[str, object] = {
        "uid": f"t{number:07d}",
        "folded_name": name,
        "opened_on": date(2024, 4, 3),
        "created_at": clock.now(),
        "updated_at": clock.now(),
        **values,
    }
    made = Agency(name=name, **given)
    session.add(made)
    session.flush()
    return made


def permit(session: Session, owner: Agency, **values: object) -> Permit:
    """Make a valid licence of an agency."""
    number = f"(江)人服证字〔2024〕第{next(_count):04d}号"
    given: dict[str, object] = {
        "kind": "licence",
        "number": number,
        "folded_number": number,
        "status": "valid",
        "valid_from": date(2024, 4, 3),
        "valid_to": date(2029, 4, 2),
        **values,
    }
    made = Permit(agency_id=owner.id, **given)
    session.add(made)
    session.flush()
    return made


def account(
    session: Session,
    *,
    username: str = "limin",
    name: str = "李敏",
    roles: str = "moderator",
    password: str = "rain over the old bridge",  # noqa: S107 (invented)
) -> Account:
    """Make a member of staff."""
    return accounts.add(
        session, actor="command", username=username, name=name, roles=roles.split(","), password=password
    )
