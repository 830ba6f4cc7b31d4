"""Ratings that wait for moderation, in the queue."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies.models import Agency
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.glimpses import first_words
from chengxin.desk.queue.kinds.kind import Line, Opener, WaitingKind
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import State


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some ratings."""
    rows = select(Rating.id, Rating.text, Rating.verified, Rating.version, Agency.name)
    found = session.execute(rows.join(Agency, Agency.id == Rating.agency_id).where(Rating.id.in_(ids)))
    return {
        row.id: Line(
            code=_("Rating %(n)s", n=row.id),
            title=row.name,
            text=first_words(row.text),
            cells=(_("Rating"), _("Verified") if row.verified else _("Unverified"), _("Everybody")),
            version=row.version,
        )
        for row in found
    }


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
    keeps_view=True,
)
