"""Factories: one small function a table, every argument defaulted."""

import itertools
from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts import actions as accounts
from chengxin.accounts.models import Account
from chengxin.agencies.models import Agency, Permit, Region
from chengxin.bulletins import actions as bulletins
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.campaigns import actions as campaigns
from chengxin.bulletins.campaigns.actions import Plan
from chengxin.bulletins.campaigns.models import Campaign
from chengxin.bulletins.models import Article
from chengxin.core import clock
from chengxin.core.sealing import Recipients
from chengxin.ledger.rules import account_of
from chengxin.opinions.ratings.actions import Opinion
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Dimension
from chengxin.standing.exemplars import recording
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.sanctions import actions as sanctions
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.wording import Wording
from chengxin.voices.complaints import actions as complaints
from chengxin.voices.complaints import sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import Answers, Filing

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


def filing(
    intake_key: Recipients,
    *,
    nonce: str = "one form",
    secret: str = "a secret of the tests",  # noqa: S107 (invented)
    **changes: Any,
) -> Filing:
    """Seal a complaint as the public page does."""
    written: dict[str, Any] = {
        "respondent": "江州捷聘人力资源有限公司",
        "category": "fees",
        "facts": "面试前收六百元内推费，没有开票，交钱后联系不上。",
        "contact_kind": "phone",
        "name": "",
        "phone": "13900000000",
        **changes,
    }
    place: dict[str, Any] = {"nonce": nonce, "attempt": written.pop("attempt", 0), "intake_key": intake_key}
    return sealed.prepare(secret=secret, answers=Answers(**written), agency=None, **place)


def complaint(session: Session, made: Filing, **values: object) -> Complaint:
    """File a complaint and then set columns as a test needs them."""
    case = complaints.file(session, actor="public", filing=made)
    for name, value in values.items():
        setattr(case, name, value)
    session.flush()
    return case


def actors(session: Session, *, count: int = 2) -> list[str]:
    """Make members of staff who never sign in and return them as actors."""
    made = [
        Account(
            username=f"staff{next(_count)}",
            name="王建华",
            password_hash="",
            roles="publisher",
            created_at=clock.now(),
        )
        for _ in range(count)
    ]
    session.add_all(made)
    session.flush()
    return [f"account:{each.id}" for each in made]


def wording(**values: object) -> Wording:
    """Return the words of a complete draft: an exposure of the end of October."""
    decided = values.get("decision_date", date(2026, 10, 28))
    assert isinstance(decided, date)
    given: dict[str, object] = {
        "party_name": "江州捷聘人力资源有限公司",
        "notice_kind": "exposure",
        "legal_kind": "fine",
        "severity": "general",
        "category": "deposit",
        "title": "关于江州捷聘人力资源有限公司收取押金的公告",
        "summary": "向求职者收取押金",
        "decision_no": f"江人社罚〔2026〕{next(_count)}号",
        "decision_date": decided,
        "authority": "江州市人力资源和社会保障局",
        "facts": "2026年8月，该公司向7名求职者收取押金共4200元。",
        "basis": "《就业促进法》第六十六条",
        "told_on": decided - timedelta(days=10),
        "served_on": decided,
        "repair_notice": True,
        "publication_basis": "《政府信息公开条例》第二十条",
        **values,
    }
    return Wording(**given)  # type: ignore[arg-type]


def served_notice(session: Session, *, author: str, reviewer: str, **values: object) -> Sanction:
    """Bring a decision taken elsewhere to where it waits for publication: drafted, handed in, reviewed."""
    made = sanctions.draft(session, actor=author, wording=wording(**values))
    sanctions.submit(session, actor=author, reason="证据齐全", sanction_id=made.id, version=made.version)
    return sanctions.approve(
        session, actor=reviewer, reason="程序合法", sanction_id=made.id, version=made.version
    )


def notice(session: Session, **values: object) -> Sanction:
    """Publish a notice by two persons."""
    first, second = actors(session)
    made = served_notice(session, author=first, reviewer=second, **values)
    return sanctions.publish(
        session, actor=second, reason="依法公开", sanction_id=made.id, version=made.version
    )


def selection(session: Session, **values: object) -> Selection:
    """Make a round of selection with places for everybody, open for nominations."""
    given: dict[str, object] = {
        "title": "2026年度诚信服务示范机构评选",
        "level": "city",
        "year": 2026,
        "base": 100,
        "agency_places": 10,
        "window_places": 5,
        "person_places": 5,
        "deadline": clock.today(),
        "state": "open",
        "created_at": clock.now(),
        **values,
    }
    made = Selection(**given)
    session.add(made)
    session.flush()
    return made


def honour(session: Session, owner: Agency, *, year: int = 2026, **values: object) -> Honour:
    """Name an agency, its window or its worker in a round that was awarded, as two persons did."""
    first, second = actors(session)
    decided: dict[str, object] = {"decision_no": f"江人社发〔{year}〕88号", "awarded_on": clock.today()}
    decided["valid_until"] = date(year + 1, 12, 31)
    given: dict[str, object] = {
        "kind": "agency",
        "level": "city",
        "state": "awarded",
        "nominated_by": account_of(first),
        "awarded_by": account_of(second),
        **decided,
        "created_at": clock.now(),
        **values,
    }
    batch = selection(session, year=year, level=given["level"], state="awarded", **decided)
    made = Honour(agency_id=owner.id, year=year, selection_id=batch.id, **given)
    session.add(made)
    session.flush()
    recording.record(session, made, actor=second, verb="awarded", public=True)
    return made


def article(session: Session, *, published: bool = True, **values: object) -> Article:
    """Write an article and publish it."""
    (author,) = actors(session, count=1)
    given = {"column": "updates", "title": "诚信服务月启动", "body": "签约之前，先查机构。", **values}
    if given["column"] == "cases":
        given.setdefault("case_kind", "negative")
    made = bulletins.draft(session, actor=author, writing=Writing(**given))  # type: ignore[arg-type]
    if published:
        bulletins.publish(session, actor=author, article_id=made.id, version=made.version)
    return made


def campaign(session: Session, *, published: bool = True, **values: object) -> Campaign:
    """Write a campaign and publish it."""
    (author,) = actors(session, count=1)
    given: dict[str, Any] = {
        "kind": "integrity_month",
        "title": "2026年诚信服务月",
        "starts_on": date(2026, 11, 1),
        "ends_on": date(2026, 11, 30),
        "body": "今年的重点是收费看得见。",
        "slug": f"month-{next(_count)}",
        **values,
    }
    slug = given.pop("slug")
    made = campaigns.draft(session, actor=author, plan=Plan(**given), slug=slug)
    if published:
        campaigns.publish(session, actor=author, campaign_id=made.id, version=made.version)
    return made


def enrolled(session: Session, into: Campaign, owner: Agency) -> None:
    """Enter an agency in a campaign."""
    (author,) = actors(session, count=1)
    campaigns.enrol(session, actor=author, campaign_id=into.id, agency_ids=[owner.id])


def rating(session: Session, owner: Agency, **values: object) -> Rating:
    """Make a rating that waits for moderation."""
    given: dict[str, object] = {
        "form_hash": f"form {next(_count)}",
        "rater_kind": "job_seeker",
        "openness": 4,
        "honesty": 4,
        "fees": 3,
        "result": 4,
        "attitude": 5,
        "text": "介绍的岗位和合同一致，手续很快。",
        "state": "pending",
        "received_on": clock.today(),
        "received_at": clock.now(),
        **values,
    }
    made = Rating(agency_id=owner.id, **given)
    session.add(made)
    session.flush()
    return made


def opinion(agency_id: int, mark: int = 3) -> Opinion:
    """Say the same about everything an agency does."""
    return Opinion(
        agency_id=agency_id,
        rater_kind="job_seeker",
        service="recruitment",
        service_month="2026-10",
        text="流程清楚，等了两周。",
        **dict.fromkeys(Dimension, mark),
    )
