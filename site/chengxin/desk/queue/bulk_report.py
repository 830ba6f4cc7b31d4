"""What became of acts on many records, in words."""

import math
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.core import clock
from chengxin.core.clock import SHANGHAI
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.desk.queue.bulk_table import ACTS
from chengxin.desk.queue.kinds import KINDS
from chengxin.worklists import queries
from chengxin.worklists.models import BulkAct, BulkMember
from chengxin.worklists.rules import Outcome, State

STATE: Mapping[str, str] = {
    State.HELD: _l("Held back"),
    State.DONE: _l("Carried out"),
    State.UNDONE: _l("Undone"),
}
OUTCOME: Mapping[str, str] = {
    Outcome.HELD: _l("Held back"),
    Outcome.DONE: _l("Done"),
    Outcome.MOVED_ON: _l("Somebody else changed it first: left as it is"),
    Outcome.REFUSED: _l("Not possible: left as it is"),
    Outcome.UNDONE: _l("Undone"),
}


def summary(session: Session, act_id: int) -> str:
    """Return in one line what became of an act."""
    made = session.get_one(BulkAct, act_id)
    counts = Counter(member.outcome for member in queries.members(session, act_id))
    parts = [
        _("%(outcome)s: %(n)s", outcome=str(words), n=counts[outcome])
        for outcome, words in OUTCOME.items()
        if counts[outcome]
    ]
    return _("%(act)s – %(outcome)s", act=str(ACTS[made.act].label), outcome=_("; ").join(parts))


def line(session: Session, made: BulkAct) -> dict[str, Any]:
    """Return an act as the queue and the list show it."""
    asked = made.asked_at.astimezone(SHANGHAI)
    return {
        "id": made.id,
        "title": ACTS[made.act].label,
        "summary": summary(session, made.id),
        "state": STATE[made.state],
        "date": made.asked_at,
        "time": f"{asked:%H:%M:%S}",
        "seconds": _seconds(made),
        "undoable": made.state == State.HELD or (made.state == State.DONE and not ACTS[made.act].held),
        "url": url_for("desk.bulk_act", act_id=made.id),
        "undo_url": url_for("desk.bulk_undo", act_id=made.id),
    }


def holding(session: Session, kind: str, record_id: int, *, officer: Officer) -> dict[str, Any] | None:
    """Return the act that waits to change a record, for the page of that record; only who asked can take it back."""
    made = queries.holding(session, kind, record_id)
    if made is None:
        return None
    return {
        "title": ACTS[made.act].label,
        "who": accounts.names(session, [made.account_id])[made.account_id],
        "seconds": _seconds(made),
        "url": url_for("desk.bulk_act", act_id=made.id) if made.account_id == officer.id else "",
    }


def of_act(session: Session, made: BulkAct) -> dict[str, Any]:
    """Return everything the page of an act shows."""
    members = [_member(each) for each in queries.members(session, made.id)]
    return {"act": line(session, made), "reason": made.reason, "members": members}


def listed(session: Session, officer: Officer, *, page: int) -> dict[str, Any]:
    """Return a page of the acts of an officer, newest first."""
    pages = max(1, math.ceil(queries.count_of_account(session, officer.id) / queries.PAGE))
    shown = min(max(1, page), pages)
    acts = queries.of_account(session, officer.id, offset=(shown - 1) * queries.PAGE)
    return {
        "acts": [line(session, each) for each in acts],
        "page": shown,
        "pages": pages,
        "newer": url_for("desk.bulk_acts", page=shown - 1),
        "older": url_for("desk.bulk_acts", page=shown + 1),
    }


def _member(member: BulkMember) -> dict[str, Any]:
    return {
        "code": member.code,
        "url": KINDS[member.kind].url(member.record_id, None),
        "outcome": OUTCOME[member.outcome],
        "told": _(member.told) if member.told else "",
    }


def _seconds(made: BulkAct) -> int:
    return max(0, int((made.due_at - clock.now()).total_seconds())) if made.due_at else 0
