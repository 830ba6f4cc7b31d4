"""Retention on the desk: the schedule, what is due by it, what has gone, and who asked for erasure."""

from flask import render_template

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.accounts.scope import within
from chengxin.core import clock
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.desk.history import ACTORS
from chengxin.ledger.rules import account_of
from chengxin.retention import labels, queries
from chengxin.voices.complaints import keeping
from chengxin.voices.complaints.labels import STATE
from chengxin.voices.complaints.models import Complaint


@bp.get("/retention/")
@needs(Right.ERASE)
def retention() -> str:
    """Show the schedule, what waits to be erased, and what was."""
    seen = within(Complaint.region_code, current_account())
    with reading() as session:
        lines = queries.plan(session, today=clock.today())
        erasures = queries.erasures(session)
        requests = [(case, _goes_on(case)) for case in queries.open_requests(session, seen=seen)]
        names = accounts.names(session, {account_of(each.actor) for each in erasures})
    return render_template(
        "desk/retention.html",
        lines=lines,
        erasures=[(each, names.get(account_of(each.actor) or 0) or ACTORS[each.actor]) for each in erasures],
        requests=requests,
        what=labels.WHAT,
        since=labels.SINCE,
        basis=labels.BASIS,
        state=STATE,
    )


def _goes_on(case: Complaint) -> object:
    """Return the day on which a wish to erase is fulfilled, or None while the case is open."""
    kept = keeping.keeping(
        closed_on=case.closed_on,
        handled=case.state not in keeping.UNHANDLED,
        asked=True,
        erased_on=case.erased_on,
    )
    return kept.seen_on(clock.today()).words
