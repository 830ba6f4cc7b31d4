"""How many records an officer has brought further today, by the ledger: steps of any kind, each record once."""

from datetime import date, datetime, time

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer
from chengxin.core.clock import SHANGHAI
from chengxin.desk.queue.kinds import KINDS
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import READ

# What prepares a decision or goes with one, but brings no record further by itself.
NO_DECISIONS = frozenset(
    {
        READ,
        *("see", "note", "assign", "write", "classify", "match", "set_clock"),
        *("sanction.drafted", "sanction.revised", "evidence.redacted", "suggestion.redacted"),
        *("abnormal_mark.proposed", "lineage_link.proposed", "permit_act.proposed", "correction.proposed"),
    }
)


def on(session: Session, officer: Officer, day: date) -> int:
    """Return how many records an officer decided on a day."""
    kinds = {kind.table for kind in KINDS.values()}
    since = datetime.combine(day, time.min, SHANGHAI)
    return ledger.brought_further(
        session, actor=officer.actor, since=since, kinds=kinds, except_for=NO_DECISIONS
    )
