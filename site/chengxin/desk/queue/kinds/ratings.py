"""Ratings that wait for moderation, in the queue."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.glimpses import first_words
from chengxin.desk.queue.kinds.kind import End, Line, Opener, WaitingKind
from chengxin.opinions.ratings.labels import STATE
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import State

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some ratings."""
    rows = select(Rating.id, Rating.text, Rating.verified, Rating.version, Rating.state, Agency.name)
    found = session.execute(rows.join(Agency, Agency.id == Rating.agency_id).where(Rating.id.in_(ids)))
    return {
        row.id: Line(
            code=called(row.id),
            title=row.name,
            text=first_words(row.text),
            cells=(_("Rating"), _("Verified") if row.verified else _("Unverified"), _("Everybody")),
            version=row.version,
            state=str(STATE[State(row.state)]),
        )
        for row in found
    }


def called(number: int) -> str:
    """Return the name of a rating."""
    return _("Rating %(n)s", n=number)


RATINGS = WaitingKind(
    name="rating",
    label=_l("Ratings to check"),
    rights=(Right.MODERATE_RATINGS,),
    id=Rating.id,
    due_on=Rating.decide_by,
    waiting=(Rating.state == State.PENDING,),
    lines=lines,
    endpoint="desk.rating",
    parameter="rating_id",
    agency=Rating.agency_id,
    ends=(
        End(on=Rating.decided_at, ended=and_(Rating.decided_at > LONG_AGO, Rating.state != State.PENDING)),
    ),
    called=called,
)
