"""The invented staff and their accounts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts import actions
from chengxin.ledger.rules import COMMAND
from chengxin.sample.city import City
from chengxin.sample.profiles import OPENED_DAYS
from chengxin.sample.reading import table


def password() -> str:
    """Return the one password of all sample accounts."""
    return str(table("people")["password"])


def accounts() -> Sequence[dict[str, Any]]:
    """Return username, name and roles of every sample account."""
    listed: list[dict[str, Any]] = table("people")["account"]
    return listed


def guest() -> dict[str, Any]:
    """Return username, name and role of the agency that has an account of its own."""
    each = table("disputes")["account"]
    return {"username": each["username"], "name": each["name"], "roles": ["agency"]}


def plan(city: City) -> None:
    """Plan the first day of the platform: everybody gets an account."""
    city.timeline.plan(OPENED_DAYS + 3, 9, lambda session: _open_accounts(session, city))


def _open_accounts(session: Session, city: City) -> None:
    for each in accounts():
        account = actions.add(session, actor=COMMAND, password=password(), **each)
        city.actors[account.username] = f"account:{account.id}"
