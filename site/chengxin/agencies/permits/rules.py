"""Which changes of a permit there are, which of them are news, and by when they are to be published."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from chengxin.agencies.rules import ENDINGS, PermitStatus, read_status
from chengxin.core.workdays import add_workdays, workdays_between

PUBLISH_WORKDAYS = 20  # 政府信息公开条例, art. 26
ONE_DAY = timedelta(days=1)


class Change(StrEnum):
    """What happened to a permit; the five endings keep their five names (吊销、撤销、撤回、注销、届满)."""

    GRANTED = "granted"
    CHANGED = "changed"
    RENEWED = "renewed"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    REVOKED = "revoked"
    RESCINDED = "rescinded"
    WITHDRAWN = "withdrawn"
    DEREGISTERED = "deregistered"
    EXPIRED = "expired"


class Fact(StrEnum):
    """What can change while a permit goes on."""

    NAME = "name"
    ADDRESS = "address"
    NUMBER = "number"
    SCOPE = "scope"
    AUTHORITY = "authority"
    VALID_TO = "valid_to"


PERMIT_FACTS = (Fact.NUMBER, Fact.SCOPE, Fact.AUTHORITY, Fact.VALID_TO)
AGENCY_FACTS = (Fact.NAME, Fact.ADDRESS)


@dataclass(frozen=True, kw_only=True)
class Told:
    """One change of a permit: the day it holds from, and whether the source told that day."""

    change: Change
    on: date
    dated: bool = True
    fact: str = ""
    old: str = ""
    new: str = ""


def grant_is_news(day: date | None, *, recorded_on: date, agency_is_new: bool) -> bool:
    """Tell whether a permit that enters the register is a change, or only part of its opening balance.

    The first import of a list brings the stock of many years: only grants that are still within the term of
    their publication are news. A permit of an agency that was there already is news when its day is told.
    """
    if day is None:
        return False
    return not agency_is_new or workdays_between(day, recorded_on) <= PUBLISH_WORKDAYS


def news_until(valid_to: date | None, *, recorded_on: date) -> date | None:
    """Return the last day of a term if its end will be news; a term that was over before it was told is not."""
    return valid_to if valid_to is not None and valid_to >= recorded_on else None


def change_of_status(old: str, new: str) -> Change | None:
    """Return what a new status means, or None when it only tells what nobody knew before."""
    before, after = read_status(old), read_status(new)
    if after == before or after is PermitStatus.UNKNOWN:
        return None
    if after in ENDINGS or after is PermitStatus.SUSPENDED:
        return Change(after.value)
    return Change.RESUMED if before is PermitStatus.SUSPENDED else None


def changes_of(old: Mapping[str, Any], new: Mapping[str, Any], *, learnt_on: date) -> Iterator[Told]:
    """Yield the changes between an old and a new row of one permit; only what differs is in the mappings."""
    change = change_of_status(old["status"], new["status"]) if "status" in new else None
    if change:
        day = new.get("status_on")
        yield Told(change=change, on=day or learnt_on, dated=day is not None)
    renewed = _is_renewal(old, new)
    if renewed and change not in {Change.EXPIRED, *_ENDED}:
        began = new.get("valid_from") or new.get("issued_on")
        yield _fact(Change.RENEWED, Fact.VALID_TO, old, new, on=began or learnt_on, dated=began is not None)
    for fact in PERMIT_FACTS:
        if fact in new and old.get(fact) and not (renewed and fact is Fact.VALID_TO):
            yield _fact(Change.CHANGED, fact, old, new, on=learnt_on, dated=False)


def changes_of_holder(old: Mapping[str, Any], new: Mapping[str, Any], *, learnt_on: date) -> Iterator[Told]:
    """Yield the changes of an agency that its permit repeats: the name and the address (条例 art. 21)."""
    if "folded_name" in new:
        yield _fact(Change.CHANGED, Fact.NAME, old, new, on=learnt_on, dated=False)
    if old.get("address") and new.get("address"):
        yield _fact(Change.CHANGED, Fact.ADDRESS, old, new, on=learnt_on, dated=False)


def publish_by(decided_on: date) -> date:
    """Return the last day on which a decision about a permit may still be unpublished."""
    return add_workdays(decided_on, PUBLISH_WORKDAYS).date


_ENDED = frozenset(Change(ending.value) for ending in ENDINGS)


def _is_renewal(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    before, after = old.get("valid_to"), new.get("valid_to")
    return before is not None and after is not None and after > before


def _fact(
    change: Change, fact: Fact, old: Mapping[str, Any], new: Mapping[str, Any], *, on: date, dated: bool
) -> Told:
    return Told(change=change, on=on, dated=dated, fact=fact, old=str(old[fact]), new=str(new[fact] or ""))
