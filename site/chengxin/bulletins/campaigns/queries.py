"""Read campaigns: the public ones, those of an agency, and what the desk has in hand."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.agencies.models import Agency
from chengxin.bulletins.campaigns.models import Campaign, CampaignEntry
from chengxin.bulletins.campaigns.rules import Result, State
from chengxin.core.counting import counted

PAGE = 20
ENTRIES_PAGE = 100
ALL_ENTRIES = 200_000


@dataclass(frozen=True)
class Entered:
    """An agency in a campaign."""

    entry: CampaignEntry
    uid: str
    name: str


@dataclass(frozen=True)
class Tombstone:
    """What is left in public of a withdrawn campaign."""

    year: int
    slug: str
    reason: str


def published(
    session: Session, *, year: int | None = None, limit: int = PAGE, offset: int = 0
) -> Sequence[Campaign]:
    """Return public campaigns, the latest first day first."""
    rows = select(Campaign).where(Campaign.state == State.PUBLISHED)
    if year is not None:
        rows = rows.where(Campaign.year == year)
    ordered = rows.order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    return session.scalars(ordered.limit(limit).offset(offset)).all()


def years(session: Session) -> Mapping[int, int]:
    """Return the years that have public campaigns and how many, newest year first."""
    rows = select(Campaign.year, func.count()).where(Campaign.state == State.PUBLISHED)
    return counted(session, rows.group_by(Campaign.year).order_by(Campaign.year.desc()))


def by_slug(session: Session, year: int, slug: str) -> Campaign | Tombstone | None:
    """Return the campaign of an address, what is left of it, or None if there never was one."""
    found = session.scalar(select(Campaign).where(Campaign.year == year, Campaign.slug == slug))
    if found is None or found.state == State.DRAFT:
        return None
    return Tombstone(year, slug, found.state_reason) if found.state == State.WITHDRAWN else found


def by_id(session: Session, campaign_id: int) -> Campaign | None:
    """Return a campaign in whatever state it is; for the desk."""
    return session.get(Campaign, campaign_id)


def all_of(session: Session, *, limit: int = PAGE, offset: int = 0) -> Sequence[Campaign]:
    """Return campaigns in every state, newest first; for the desk."""
    rows = select(Campaign).order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    return session.scalars(rows.limit(limit).offset(offset)).all()


def count(session: Session) -> int:
    """Return how many campaigns there are in every state."""
    return session.scalar(select(func.count()).select_from(Campaign)) or 0


def entries(
    session: Session, campaign_id: int, *, limit: int = ENTRIES_PAGE, offset: int = 0
) -> Sequence[Entered]:
    """Return the agencies that take or took part, by name; those that left are not among them."""
    rows = (
        select(CampaignEntry, Agency.uid, Agency.name)
        .join(Agency, Agency.id == CampaignEntry.agency_id)
        .where(CampaignEntry.campaign_id == campaign_id, CampaignEntry.result != Result.LEFT)
        .order_by(Agency.name, CampaignEntry.id)
    )
    return [Entered(*row) for row in session.execute(rows.limit(limit).offset(offset))]


def agency_name(session: Session, agency_id: int) -> str:
    """Return the name of an agency."""
    return session.get_one(Agency, agency_id).name


def count_by_result(session: Session, campaign_id: int) -> Mapping[str, int]:
    """Return how many agencies of a campaign had each result; none is a zero."""
    rows = select(CampaignEntry.result, func.count()).where(CampaignEntry.campaign_id == campaign_id)
    return {**dict.fromkeys(Result, 0), **counted(session, rows.group_by(CampaignEntry.result))}


def count_entries(session: Session, campaign_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many agencies each campaign has that did not leave."""
    rows = select(CampaignEntry.campaign_id, func.count()).where(
        CampaignEntry.campaign_id.in_(campaign_ids), CampaignEntry.result != Result.LEFT
    )
    return {**dict.fromkeys(campaign_ids, 0), **counted(session, rows.group_by(CampaignEntry.campaign_id))}


def of_agency(session: Session, agency_id: int) -> Sequence[tuple[Campaign, CampaignEntry]]:
    """Return the public campaigns an agency takes or took part in, newest first."""
    rows = (
        select(Campaign, CampaignEntry)
        .join(CampaignEntry, CampaignEntry.campaign_id == Campaign.id)
        .where(
            CampaignEntry.agency_id == agency_id,
            CampaignEntry.result != Result.LEFT,
            Campaign.state == State.PUBLISHED,
        )
        .order_by(Campaign.starts_on.desc(), Campaign.id.desc())
    )
    return [(campaign, entry) for campaign, entry in session.execute(rows)]
