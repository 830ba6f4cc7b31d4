"""Who had a hand in a notice: its authors on one side, the second persons on the other, for good."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.core.errors import N_, NotAllowedError
from chengxin.ledger.rules import account_of
from chengxin.standing.sanctions.models import Sanction, SanctionHand
from chengxin.standing.sanctions.rules import Part

REFUSALS = {
    Part.SECOND: N_("A second person has to do this: you wrote or proposed it yourself."),
    Part.AUTHOR: N_("You reviewed or published this notice: another person has to write in it."),
}


def put_hand(session: Session, sanction: Sanction, *, actor: str, part: Part) -> None:
    """Note that a person had a hand in a notice, or refuse who is on the other side already."""
    account_id = account_of(actor)
    if account_id is None:
        if part is Part.SECOND:
            raise NotAllowedError(N_("Only a member of staff can be the second person."))
        return
    held = session.get(SanctionHand, (sanction.id, account_id))
    if held is None:
        session.add(SanctionHand(sanction_id=sanction.id, account_id=account_id, part=part))
        session.flush()
    elif held.part != part:
        raise NotAllowedError(REFUSALS[part])


def hands_of(session: Session, sanction: Sanction) -> Mapping[int, Part]:
    """Return everybody who had a hand in a notice, by account."""
    rows = select(SanctionHand).where(SanctionHand.sanction_id == sanction.id)
    return {
        each.account_id: Part(each.part) for each in session.scalars(rows.order_by(SanctionHand.account_id))
    }
