"""Write, publish and withdraw campaigns; enrol agencies and say how they did."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.bulletins.campaigns.models import Campaign, CampaignEntry
from chengxin.bulletins.campaigns.rules import Act, Result, State, check_days, check_result, move
from chengxin.bulletins.rules import check_slug
from chengxin.core import clock
from chengxin.core.changes import change, check_version
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger import actions as ledger
from chengxin.ledger.rules import Subject, account_of


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a person writes of a campaign; `body` and `results` are Markdown."""

    kind: str
    title: str
    starts_on: date
    ends_on: date
    body: str
    results: str = ""


def draft(session: Session, *, actor: str, plan: Plan, slug: str) -> Campaign:
    """Write a first draft under the year in which the campaign starts."""
    check_days(plan.starts_on, plan.ends_on)
    made = Campaign(
        **asdict(plan),
        year=plan.starts_on.year,
        slug=check_slug(slug),
        state=State.DRAFT,
        drafted_by=account_of(actor),
        created_at=clock.now(),
    )
    _check_free(session, made)
    session.add(made)
    session.flush()
    _record(session, made, actor=actor, verb="drafted", new={"state": State.DRAFT})
    return made


def revise(session: Session, *, actor: str, campaign_id: int, version: int, plan: Plan) -> Campaign:
    """Replace the words of a campaign; its address stays."""
    campaign = _by_version(session, campaign_id, version)
    move(campaign.state, Act.REVISE)
    check_days(plan.starts_on, plan.ends_on)
    changed = sorted(name for name, value in asdict(plan).items() if getattr(campaign, name) != value)
    change(session, campaign, version=version, **asdict(plan))
    _record(session, campaign, actor=actor, verb="revised", new={"fields": changed})
    return campaign


def publish(session: Session, *, actor: str, campaign_id: int, version: int) -> Campaign:
    """Publish a campaign."""
    campaign = _by_version(session, campaign_id, version)
    target = move(campaign.state, Act.PUBLISH)
    by = {"published_by": account_of(actor), "published_on": clock.today()}
    change(session, campaign, version=version, state=target, **by)
    _record(session, campaign, actor=actor, verb="published", new={"state": target})
    return campaign


def withdraw(session: Session, *, actor: str, campaign_id: int, version: int, reason: str) -> Campaign:
    """Take a campaign down with a reason, here and on the files of its agencies."""
    campaign = _by_version(session, campaign_id, version)
    target = move(campaign.state, Act.WITHDRAW, reason=reason)
    change(session, campaign, version=version, state=target, state_reason=reason.strip())
    _record(
        session, campaign, actor=actor, verb="withdrawn", new={"state": target}, reason=reason, public=True
    )
    return campaign


def enrol(session: Session, *, actor: str, campaign_id: int, agency_ids: Sequence[int]) -> int:
    """Enter agencies in a campaign and return how many are new in it; an agency that left comes back."""
    campaign = _existing(session, campaign_id)
    move(campaign.state, Act.ENROL)
    wanted = dict.fromkeys(agency_ids)
    rows = select(CampaignEntry).where(
        CampaignEntry.campaign_id == campaign.id, CampaignEntry.agency_id.in_(wanted)
    )
    known = {entry.agency_id: entry for entry in session.scalars(rows)}
    back = [entry for entry in known.values() if entry.result == Result.LEFT]
    for entry in back:
        change(session, entry, version=entry.version, result=Result.TAKING_PART, enrolled_on=clock.today())
    new = [agency_id for agency_id in wanted if agency_id not in known]
    session.add_all(_entry(campaign, agency_id) for agency_id in new)
    session.flush()
    entered = [*new, *(entry.agency_id for entry in back)]
    if entered:
        _record(session, campaign, actor=actor, verb="enrolled", new={"agencies": entered})
    return len(entered)


def judge(
    session: Session, *, actor: str, entry_id: int, version: int, result: str, note: str = ""
) -> CampaignEntry:
    """Say how an agency did in a campaign."""
    entry = session.get(CampaignEntry, entry_id)
    if entry is None:
        raise NotFoundError(N_("There is no such entry."))
    check_version(entry, version)
    campaign = _existing(session, entry.campaign_id)
    move(campaign.state, Act.JUDGE)
    check_result(Result(result), campaign.starts_on, clock.today())
    change(session, entry, version=version, result=Result(result), note=note.strip())
    new = {"agency_id": entry.agency_id, "result": result}
    _record(session, campaign, actor=actor, verb="judged", new=new)
    return entry


def _entry(campaign: Campaign, agency_id: int) -> CampaignEntry:
    return CampaignEntry(
        campaign_id=campaign.id,
        agency_id=agency_id,
        enrolled_on=clock.today(),
        result=Result.TAKING_PART,
    )


def _check_free(session: Session, campaign: Campaign) -> None:
    taken = select(Campaign.id).where(Campaign.year == campaign.year, Campaign.slug == campaign.slug)
    if session.scalar(taken) is not None:
        raise DomainError(N_("Another campaign of this year has this address: choose another."))


def _record(
    session: Session,
    campaign: Campaign,
    *,
    actor: str,
    verb: str,
    new: Mapping[str, Any],
    reason: str = "",
    public: bool | None = None,
) -> None:
    """Record a fact of a campaign; while it is published, every change of it is public."""
    ledger.record(
        session,
        actor=actor,
        verb=f"campaign.{verb}",
        subject=Subject("campaign", campaign.id),
        new={**new, "year": campaign.year, "slug": campaign.slug},
        reason=reason.strip(),
        public=campaign.state == State.PUBLISHED if public is None else public,
    )


def _existing(session: Session, campaign_id: int) -> Campaign:
    campaign = session.get(Campaign, campaign_id)
    if campaign is None:
        raise NotFoundError(N_("There is no such campaign."))
    return campaign


def _by_version(session: Session, campaign_id: int, version: int) -> Campaign:
    campaign = _existing(session, campaign_id)
    check_version(campaign, version)
    return campaign
