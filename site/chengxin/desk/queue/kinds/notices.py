"""Notices whose next step has a deadline or needs a second person, in the queue."""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy import ColumnElement, case, false, func, literal_column, or_, select, true
from sqlalchemy.orm import Session

from chengxin.accounts.models import Account
from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.filtering import Waits
from chengxin.desk.queue.glimpses import first_words
from chengxin.desk.queue.kinds.kind import NOBODY, Line, Opener, WaitingKind
from chengxin.standing.sanctions.labels import STATE
from chengxin.standing.sanctions.models import Sanction, SanctionHand
from chengxin.standing.sanctions.rules import Part, State

FOR_A_SECOND = (State.LEGAL_REVIEW, State.SERVED)
FOR_THE_AGENCY = (State.PRIOR_NOTICE, State.HEARING)
# Comparisons that an index answers, where “is not null” and “is not empty” would read every notice.
HAS_DEADLINE = Sanction.due_on > date.min
END_PROPOSED = Sanction.proposed_end > literal_column("''")


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some notices."""
    columns = (Sanction.id, Sanction.withheld_name, Sanction.party_name, Sanction.summary, Sanction.title)
    rows = select(*columns, Sanction.state, Sanction.proposed_end, Account.name)
    joined = rows.outerjoin(Account, Account.id == Sanction.drafted_by)
    return {
        row.id: Line(
            code=called(row.id),
            title=row.withheld_name or row.party_name,
            text=first_words(row.summary or row.title),
            cells=(
                _("Notice"),
                _("End proposed") if row.proposed_end else str(STATE[State(row.state)]),
                row.name or _("Nobody"),
            ),
        )
        for row in session.execute(joined.where(Sanction.id.in_(ids)))
    }


def found(words: str) -> ColumnElement[bool]:
    """Return which notices some words mean: by party, by decision."""
    return or_(
        Sanction.party_name.contains(words, autoescape=True),
        Sanction.withheld_name.contains(words, autoescape=True),
        Sanction.decision_no == words,
    )


def called(number: int) -> str:
    """Return the name of a notice on the desk."""
    return _("Notice %(n)s", n=number)


def able(officer: Officer) -> ColumnElement[bool]:
    """Return which notices an officer can take their next step with: the right, and the side of the four eyes.

    The states are those of the notice's course; the steps themselves check all of it once more.
    """
    drafts, reviews, publishes = (
        true() if officer.may(right) else false()
        for right in (Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES)
    )
    wrote, seconded = _had_a_hand(officer, Part.AUTHOR), _had_a_hand(officer, Part.SECOND)
    not_published = func.coalesce(Sanction.published_by, NOBODY) != officer.id
    return case(
        (END_PROPOSED, publishes & (func.coalesce(Sanction.proposed_end_by, NOBODY) != officer.id)),
        (Sanction.state == State.LEGAL_REVIEW, reviews & ~wrote),
        (Sanction.state == State.SERVED, publishes & ~wrote),
        (Sanction.state == State.PUBLISHED, reviews & ~wrote & not_published),
        (Sanction.state == State.DECIDED, drafts),
        else_=drafts & ~seconded,
    )


def _had_a_hand(officer: Officer, part: Part) -> ColumnElement[bool]:
    mine = select(SanctionHand.sanction_id).where(SanctionHand.account_id == officer.id)
    return Sanction.id.in_(mine.where(SanctionHand.part == part))


NOTICES = WaitingKind(
    name="notice",
    label=_l("Notices"),
    rights=(Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES),
    id=Sanction.id,
    due_on=Sanction.due_on,
    waiting=(or_(HAS_DEADLINE, Sanction.state.in_(FOR_A_SECOND), END_PROPOSED),),
    lines=lines,
    endpoint="desk.notice",
    parameter="notice_id",
    owner=Sanction.drafted_by,
    region=Sanction.region_code,
    waits=case(
        (or_(Sanction.state.in_(FOR_A_SECOND), END_PROPOSED), Waits.SECOND.value),
        (Sanction.state.in_(FOR_THE_AGENCY), Waits.AGENCY.value),
        else_=Waits.STAFF.value,
    ),
    found=found,
    able=able,
    called=called,
)
