"""The columns of the news, the moves of an article, and the shape of its address and number."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum

from chengxin.core.errors import N_, DomainError
from chengxin.core.moves import Move

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


class CaseKind(StrEnum):
    """What a typical case teaches: what to do (正面), or what not to do (反面); notice 46 二（一）asks for both."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class State(StrEnum):
    """Where an article is in its life; only `published` is public."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What a person does to an article."""

    REVISE = "revise"
    SCHEDULE = "schedule"
    HOLD = "hold"
    PUBLISH = "publish"
    WITHDRAW = "withdraw"


MOVES: Mapping[Act, Move[State]] = {
    Act.REVISE: Move(frozenset({State.DRAFT, State.PUBLISHED})),
    Act.SCHEDULE: Move(frozenset({State.DRAFT}), State.SCHEDULED),
    Act.HOLD: Move(frozenset({State.SCHEDULED}), State.DRAFT),
    Act.PUBLISH: Move(frozenset({State.DRAFT, State.SCHEDULED}), State.PUBLISHED),
    Act.WITHDRAW: Move(frozenset({State.PUBLISHED}), State.WITHDRAWN, reason=True),
}


def move(state: str, act: Act, *, reason: str = "") -> State:
    """Return the state an act leads to, or say why it may not be done now."""
    refusal = N_("This article cannot take this step: look at where it is now.")
    return MOVES[act].of(State(state), reason=reason, refusal=refusal)


def check_slug(slug: str) -> str:
    """Return the last part of an address if it can be typed and spoken."""
    if len(slug) > SLUG_MOST or not _SLUG.fullmatch(slug):
        raise DomainError(N_("The address takes small letters, digits and single dashes, 60 at most."))
    return slug


def usual_slug(day: date, article_id: int) -> str:
    """Return the address an article gets when nobody chose one: month, day and a short number."""
    return f"{day:%m%d}-{article_id}"


def check_hour(hour: datetime, now: datetime) -> None:
    """Refuse to schedule an article for an hour that has passed."""
    if hour <= now:
        raise DomainError(N_("This hour has passed: choose a later one, or publish the article now."))


def check_case(column: str, case_kind: str) -> None:
    """Refuse a typical case that does not say what it teaches, and the mark on any other article."""
    if column == Column.CASES and not case_kind:
        raise DomainError(N_("Say whether this case shows what to do or what not to do."))
    if column != Column.CASES and case_kind:
        raise DomainError(N_("Only a typical case is marked as a good or a bad example."))


def check_column_kept(old: str, new: str) -> None:
    """Refuse to move a published article into or out of the numbered bulletins: its number would be lost."""
    if old != new and Column.BRIEFS in {old, new}:
        raise DomainError(N_("A published bulletin keeps its number, so it cannot change its column."))


def check_note(note: str, *, public: bool) -> str:
    """Return what is told of a change; readers of a published article are always told."""
    if public and not note.strip():
        raise DomainError(N_("Say what you changed: readers see it below the article."))
    return note.strip()


def is_valid(expires_on: date | None, today: date) -> bool:
    """Tell whether an announcement or a rule still applies (时效); its last day counts in full."""
    return expires_on is None or today <= expires_on


def index_no(year: int, column: str, article_id: int) -> str:
    """Return the index number (索引号) of a government information item: year, column and a running number."""
    return f"{year}-{list(Column).index(Column(column)) + 1:02d}-{article_id:05d}"
