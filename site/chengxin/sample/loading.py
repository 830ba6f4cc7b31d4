"""Load the sample: draw the whole past, then let it happen in one transaction."""

from collections.abc import Callable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account
from chengxin.agencies.models import Agency
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.core.intake_keys import intake_recipients, make_intake_keys
from chengxin.core.keys import secret_of
from chengxin.evidence.shelf import shelf_of
from chengxin.sample import (
    batches,
    campaigns,
    complaints,
    disputes,
    evidence,
    follow_ups,
    honours,
    news,
    notices,
    ratings,
    register,
    staff,
    suggestions,
    supervision,
    worklists,
)
from chengxin.sample.city import FULL_SIZE, City
from chengxin.sample.profiles import profiles
from chengxin.sample.timeline import Timeline

SMALLEST = 40


def city_of(settings: Settings, *, agencies: int = FULL_SIZE) -> City:
    """Return the invented city as it is today, with nothing planned yet."""
    if agencies < SMALLEST:
        raise DomainError(f"The sample takes {SMALLEST} agencies or more.")
    make_intake_keys(settings)
    now = clock.now()
    return City(
        timeline=Timeline(now),
        profiles=profiles(agencies, clock.day_of(now)),
        secret=secret_of(settings),
        intake_key=intake_recipients(settings),
        shelf=shelf_of(settings),
    )


def plan(city: City) -> int:
    """Plan everything that happened in the city and return how many acts that takes."""
    for part in (
        register,
        staff,
        notices,
        batches,
        disputes,
        honours,
        news,
        campaigns,
        complaints,
        follow_ups,
        evidence,
        ratings,
        supervision,
        suggestions,
        worklists,
    ):
        part.plan(city)
    return len(city.timeline)


def load(session: Session, city: City, *, tell: Callable[[int], object] | None = None) -> None:
    """Let the planned past happen in an empty installation; the caller commits all of it or nothing."""
    if not is_empty(session):
        raise DomainError("The sample is loaded into an empty installation only; this one holds records.")
    city.timeline.run(session, tell)


def is_empty(session: Session) -> bool:
    """Tell whether an installation has neither agencies nor accounts."""
    return not _count(session, Agency) and not _count(session, Account)


def is_loaded(session: Session) -> bool:
    """Tell whether the agencies of the sample are there."""
    known = select(Agency.id).where(Agency.source == register.SOURCE).limit(1)
    return session.scalar(known) is not None


def _count(session: Session, table: type[Agency | Account]) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0
