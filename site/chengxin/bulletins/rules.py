"""The columns of the news, the moves of an article, and the shape of its address."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from chengxin.core.errors import N_, DomainError

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG_MOST = 60


class Column(StrEnum):
    """诚信动态, 通知公告, 政策法规, 典型案例, 风险提示, 简报, 解读."""

    UPDATES = "updates"
    ANNOUNCEMENTS = "announcements"
    REGULATIONS = "regulations"
    CASES = "cases"
    RISK_ALERTS = "risk_alerts"
    BRIEFS = "briefs"
    READINGS = "readings"


class State(StrEnum):
    """Where an article is in its life; only `published` is public."""

    DRAFT = "draft"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a person does to an article."""

    REVISE = "revise"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


@dataclass(frozen=True)
class Move:
    """One allowed act: from which states, to which (None stays), and whether it asks for a reason."""

    sources: frozenset[State]
    target: State | None
    reason: bool = False


MOVES: dict[Act, Move] = {
    Act.REVISE: Move(frozenset({State.DRAFT, State.PUBLISHED}), None),
    Act.PUBLISH: Move(frozenset({State.DRAFT}), State.PUBLISHED),
    Act.WITHDRAW: Move(frozenset({State.PUBLISHED}), State.WITHDRAWN, reason=True),
}


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    rule = MOVES[act]
    if State(state) not in rule.sources:
        raise DomainError(N_("This article cannot take this step: look at where it is now."))
    if rule.reason and not reason.strip():
        raise DomainError(N_("Give a reason: it is kept with the record."))
    return rule.target or State(state)


def check_slug(slug: str) -> str:
    """Return the last part of an address if it can be typed and spoken."""
    if len(slug) > SLUG_MOST or not _SLUG.fullmatch(slug):
        raise DomainError(N_("The address takes small letters, digits and single dashes, 60 at most."))
    return slug


def usual_slug(day: date, article_id: int) -> str:
    """Return the address an article gets when nobody chose one: month, day and a short number."""
    return f"{day:%m%d}-{article_id}"
