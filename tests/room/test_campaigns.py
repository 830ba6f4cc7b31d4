"""A campaign is written, published, filled with agencies, judged, and taken down."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake

from chengxin.bulletins.campaigns import actions, queries
from chengxin.bulletins.campaigns.models import Campaign
from chengxin.bulletins.campaigns.queries import Tombstone
from chengxin.core.errors import DomainError, StaleError
from chengxin.ledger import queries as ledger


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(datetime(2026, 11, 20, 4, 0, tzinfo=UTC)):
        yield


def enrol(session: Session, campaign: Campaign, *agency_ids: int) -> int:
    return actions.enrol(session, actor="account:1", campaign_id=campaign.id, agency_ids=agency_ids)


def judge(session: Session, campaign: Campaign, result: str, *, version: int | None = None) -> None:
    entry = queries.entries(session, campaign.id)[0].entry
    seen = entry.version if version is None else version
    actions.judge(session, actor="account:1", entry_id=entry.id, version=seen, result=result, note="全额公示")


def test_a_draft_is_seen_by_nobody_outside(session: Session) -> None:
    draft = make.campaign(session, published=False)
    assert queries.by_slug(session, draft.year, draft.slug) is None
    assert queries.published(session) == []
    assert queries.all_of(session) == [draft]
    assert ledger.publication_version(session) == 0


def test_a_published_campaign_stands_under_the_year_it_starts(session: Session) -> None:
    made = make.campaign(session, starts_on=date(2027, 1, 5), ends_on=date(2027, 2, 5))
    assert queries.by_slug(session, 2027, made.slug) is made
    assert queries.years(session) == {2027: 1}
    assert ledger.publication_version(session) == 1


def test_an_address_is_not_given_twice(session: Session) -> None:
    make.campaign(session, slug="month")
    with pytest.raises(DomainError, match="address"):
        make.campaign(session, slug="month")


def test_agencies_enrol_once(session: Session) -> None:
    campaign, first, second = make.campaign(session), make.agency(session), make.agency(session)
    assert enrol(session, campaign, first.id, second.id, first.id) == 2
    assert enrol(session, campaign, first.id) == 0
    assert queries.count_entries(session, [campaign.id]) == {campaign.id: 2}
    assert ledger.publication_version(session) == 2


def test_an_agency_that_left_is_not_shown_and_may_come_back(session: Session) -> None:
    campaign, agency = make.campaign(session), make.agency(session)
    enrol(session, campaign, agency.id)
    judge(session, campaign, "left")
    assert queries.entries(session, campaign.id) == []
    assert queries.of_agency(session, agency.id) == []
    assert enrol(session, campaign, agency.id) == 1
    assert [each.uid for each in queries.entries(session, campaign.id)] == [agency.uid]


def test_a_result_is_public_on_the_file_of_the_agency(session: Session) -> None:
    campaign, agency = make.campaign(session), make.agency(session)
    enrol(session, campaign, agency.id)
    judge(session, campaign, "commended")
    ((shown, entry),) = queries.of_agency(session, agency.id)
    assert (shown, entry.result, entry.note) == (campaign, "commended", "全额公示")
    assert queries.count_by_result(session, campaign.id)["commended"] == 1


def test_a_result_given_by_two_at_once_is_given_by_one(session: Session) -> None:
    campaign, agency = make.campaign(session), make.agency(session)
    enrol(session, campaign, agency.id)
    judge(session, campaign, "completed", version=1)
    with pytest.raises(StaleError):
        judge(session, campaign, "commended", version=1)


def test_a_withdrawn_campaign_leaves_only_its_reason(session: Session) -> None:
    campaign, agency = make.campaign(session), make.agency(session)
    enrol(session, campaign, agency.id)
    held = {"actor": "account:1", "campaign_id": campaign.id}
    actions.withdraw(session, **held, version=campaign.version, reason="活动取消")  # type: ignore[arg-type]
    assert queries.by_slug(session, campaign.year, campaign.slug) == Tombstone(
        campaign.year, campaign.slug, "活动取消"
    )
    assert queries.of_agency(session, agency.id) == []
    with pytest.raises(DomainError):
        enrol(session, campaign, make.agency(session).id)
