"""Factories: one small function a table, every argument defaulted."""

import itertools
from datetime import date

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from sqlalchemy.orm import Session

from chengxin.accounts import actions as accounts
from chengxin.accounts.models import Account
from chengxin.agencies.models import Agency, Permit, Region
from chengxin.bulletins import actions as bulletins
from chengxin.bulletins.actions import Writing
from chengxin.bulletins.models import Article
from chengxin.core import clock
from chengxin.opinions.ratings.actions import Opinion
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import Dimension
from chengxin.standing.exemplars import actions as exemplars
from chengxin.standing.exemplars.models import Honour
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
    intake_key: X25519PublicKey,
    *,
    nonce: str = "one form",
    secret: str = "a secret of the tests",  # noqa: S107 (invented)
    **changes: str,
) -> Filing:
    """Seal a complaint as the public page does."""
    written = {
        "respondent": "江州捷聘人力资源有限公司",
        "category": "fees",
        "facts": "面试前收六百元内推费，没有开票，交钱后联系不上。",
        "contact_kind": "phone",
        "name": "",
        "phone": "13900000000",
        **changes,
    }
    return sealed.prepare(
        secret=secret, intake_key=intake_key, nonce=nonce, answers=Answers(**written), agency=None
    )


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
    given: dict[str, object] = {
        "party_name": "江州捷聘人力资源有限公司",
        "notice_kind": "exposure",
        "legal_kind": "fine",
        "severity": "general",
        "category": "deposit",
        "title": "关于江州捷聘人力资源有限公司收取押金的公告",
        "summary": "向求职者收取押金",
        "decision_no": f"江人社罚〔2026〕{next(_count)}号",
        "decision_date": date(2026, 10, 28),
        "authority": "江州市人力资源和社会保障局",
        "facts": "2026年8月，该公司向7名求职者收取押金共4200元。",
        "basis": "《就业促进法》第六十六条",
        **values,
    }
    return Wording(**given)  # type: ignore[arg-type]


def notice(session: Session, **values: object) -> Sanction:
    """Publish a notice by two persons."""
    first, second = actors(session)
    made = sanctions.draft(session, actor=first, wording=wording(**values))
    sanctions.submit(session, actor=first, sanction_id=made.id, version=made.version)
    return sanctions.publish(session, actor=second, sanction_id=made.id, version=made.version)


def honour(session: Session, owner: Agency, *, year: int = 2026, **values: str) -> Honour:
    """Award a title by two persons."""
    first, second = actors(session)
    given = {"level": "city", **values}
    made = exemplars.nominate(session, actor=first, agency_id=owner.id, year=year, **given)  # type: ignore[arg-type]
    return exemplars.award(session, actor=second, honour_id=made.id, version=made.version)


def article(session: Session, *, published: bool = True, **values: str) -> Article:
    """Write an article and publish it."""
    (author,) = actors(session, count=1)
    given = {"column": "updates", "title": "诚信服务月启动", "body": "签约之前，先查机构。", **values}
    made = bulletins.draft(session, actor=author, writing=Writing(**given))
    if published:
        bulletins.publish(session, actor=author, article_id=made.id, version=made.version)
    return made


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
