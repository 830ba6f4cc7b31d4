"""What keeps entries from being announced or awarded: standing, objections, a missing consent."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.core.errors import N_, DomainError
from chengxin.standing import titles
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.exemplars.recording import names_together
from chengxin.standing.exemplars.rules import Block, blocks_of

REFUSALS = {
    Block.STANDING: N_("These agencies have a notice in force or no valid licence, take them off: %(names)s"),
    Block.OBJECTION: N_("An objection is not decided yet against: %(names)s"),
    Block.CONSENT: N_("The consent of a person to be named is missing at: %(names)s"),
}


def blocked(
    session: Session, honours: Sequence[Honour], *, objected: Collection[int], today: date
) -> Mapping[int, tuple[Block, ...]]:
    """Return what blocks some entries, by title; what nothing blocks is left out."""
    outweighed = titles.conflicts_of(session, {each.agency_id for each in honours}, today=today)
    found = {
        each.id: blocks_of(
            kind=each.kind,
            outweighed=each.agency_id in outweighed,
            objected=each.id in objected,
            consent_on=each.consent_on,
            withdrawn_on=each.consent_withdrawn_on,
        )
        for each in honours
    }
    return {honour_id: blocks for honour_id, blocks in found.items() if blocks}


def check_clear(
    session: Session, honours: Sequence[Honour], *, objected: Collection[int], today: date
) -> None:
    """Refuse to go on while anything blocks one of some entries, and name it."""
    found = blocked(session, honours, objected=objected, today=today)
    for block, message in REFUSALS.items():
        ids = [each.agency_id for each in honours if block in found.get(each.id, ())]
        if ids:
            owners = agencies.by_ids(session, ids)
            raise DomainError(message, names=names_together([owners[each].name for each in ids]))
