"""Rounds of selection in the queue: nominations with a last day, and lists before the public."""

from collections.abc import Mapping, Sequence

from sqlalchemy import ColumnElement, case, func, null, or_, select
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.kinds.kind import NOBODY, Line, Opener, WaitingKind
from chengxin.standing.exemplars.labels import SELECTION_STATE
from chengxin.standing.exemplars.models import Selection
from chengxin.standing.exemplars.selection_rules import SelectionState


def lines(session: Session, ids: Sequence[int], opener: Opener) -> Mapping[int, Line]:  # noqa: ARG001 (one shape)
    """Return what the queue shows of some rounds."""
    rows = select(Selection.id, Selection.title, Selection.state).where(Selection.id.in_(ids))
    return {
        row.id: Line(
            code=called(row.id),
            title=row.title,
            text="",
            cells=(_("Exemplars"), str(SELECTION_STATE[SelectionState(row.state)]), _("Everybody")),
        )
        for row in session.execute(rows)
    }


def called(number: int) -> str:
    """Return the name of a round."""
    return _("Round %(n)s", n=number)


def able(officer: Officer) -> ColumnElement[bool]:
    """Return which rounds an officer can go on with: somebody else awards than who put the list before the public."""
    announced = func.coalesce(Selection.announced_by, NOBODY)
    return or_(Selection.state != SelectionState.PUBLICITY, announced != officer.id)


ROUNDS = WaitingKind(
    name="selection",
    label=_l("Rounds to go on with"),
    rights=(Right.NAME_EXEMPLARS,),
    id=Selection.id,
    due_on=case((Selection.state == SelectionState.OPEN, Selection.deadline), else_=null()),
    waiting=(Selection.state.in_((SelectionState.OPEN, SelectionState.PUBLICITY)),),
    lines=lines,
    endpoint="desk.exemplar_round",
    parameter="selection_id",
    region=Selection.region_code,
    able=able,
    called=called,
)
