"""How far the proceedings of a notice have come that is still on its way."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from chengxin.sample.reading import table
from chengxin.standing.sanctions import proceedings
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State

_DECIDED = ((2, "told"), (4, "replied"), (21, "decided"))
_SERVED = (*_DECIDED, (23, "served"))
# Which acts, so many days after the draft.
COURSES: Mapping[str, tuple[tuple[int, str], ...]] = {
    State.PRIOR_NOTICE: ((2, "told"),),
    State.HEARING: ((2, "told"), (5, "hearing")),
    State.DECIDED: _DECIDED,
    State.SERVED: _SERVED,
    "overdue": _SERVED,
}


def go_on(session: Session, act: str, *, notice: Sanction, decision_no: str, held: Mapping[str, Any]) -> None:
    """Take the next act of the proceedings."""
    match act:
        case "told":
            proceedings.tell(session, **held)
        case "replied":
            statement = table("notices")["choices"]["statements"][1]
            proceedings.note_reply(session, statement=statement, **held)
        case "hearing":
            proceedings.request_hearing(session, **held)
        case "decided":
            given: dict[str, Any] = {"decision_no": decision_no, "measures": notice.measures}
            proceedings.decide(session, amount=notice.amount, **given, **held)
        case _:
            proceedings.serve(session, with_repair_notice=True, **held)
