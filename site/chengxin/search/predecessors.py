"""The numbers of agencies that were merged into others: whoever looks them up finds the successor."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.agencies.merging import LONGEST_CHAIN
from chengxin.agencies.models import Agency, Permit


def numbers_of(session: Session, ids: Sequence[int]) -> dict[int, list[str]]:
    """Return for some agencies the credit codes and licence numbers of all that were merged into them."""
    heirs = {each: each for each in ids}
    found: dict[int, list[str]] = {each: [] for each in ids}
    wanted = list(ids)
    for _step in range(LONGEST_CHAIN):
        rows = select(Agency.id, Agency.uscc, Agency.merged_into_id).where(Agency.merged_into_id.in_(wanted))
        merged = session.execute(rows.order_by(Agency.id)).all()
        if not merged:
            break
        for row in merged:
            heirs[row.id] = heirs[row.merged_into_id]
            found[heirs[row.id]].append(row.uscc or "")
        wanted = [row.id for row in merged]
        held = select(Permit.agency_id, Permit.number).where(Permit.agency_id.in_(wanted))
        for permit in session.execute(held.order_by(Permit.id)):
            found[heirs[permit.agency_id]].append(permit.number)
    return found
