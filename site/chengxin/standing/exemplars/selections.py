"""Rounds of selection: open, close for review, announce the list, award it as one batch, or call it off."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError
from chengxin.ledger.rules import account_of
from chengxin.standing.exemplars import selection_queries as rounds
from chengxin.standing.exemplars.actions import grant
from chengxin.standing.exemplars.judging import blocked, check_clear
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.recording import held_selection, record_selection, step
from chengxin.standing.exemplars.rules import PENDING, Act, State, usual_end
from chengxin.standing.exemplars.selection_rules import (
    SelectionAct,
    SelectionState,
    check_awarder,
    check_closing,
    check_publicity_is_over,
    move_selection,
    places_by_share,
)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What a round is for: its level, region and year, its places, and until when nominations run."""

    title: str
    level: str
    year: int
    deadline: date
    region_code: str | None = None
    share: int | None = None
    agency_places: int = 0
    window_places: int = 0
    person_places: int = 0


def open_round(session: Session, *, actor: str, plan: Plan) -> Selection:
    """Open a round; with a share its places are counted from the agencies of the region today."""
    if plan.deadline < clock.today():
        raise DomainError(N_("The last day for nominations cannot lie in the past."))
    base = rounds.base_of(session, plan.region_code)
    places = plan.agency_places if plan.share is None else places_by_share(base, plan.share)
    if not (places or plan.window_places or plan.person_places):
        raise DomainError(N_("Give the round at least one place."))
    made = Selection(
        title=plan.title,
        level=plan.level,
        region_code=plan.region_code,
        year=plan.year,
        base=base,
        share=plan.share,
        agency_places=places,
        window_places=plan.window_places,
        person_places=plan.person_places,
        deadline=plan.deadline,
        state=SelectionState.OPEN,
        opened_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    record_selection(session, made, actor=actor, verb="opened", base=base, places=places)
    return made


def close(session: Session, *, actor: str, selection_id: int, version: int, reason: str = "") -> Selection:
    """End nominations and begin the review; before the announced day only with a reason."""
    selection = held_selection(session, selection_id, version)
    target = move_selection(selection.state, SelectionAct.CLOSE)
    check_closing(selection.deadline, clock.today(), reason)
    return _move(session, selection, target, actor=actor, verb="closed", reason=reason)


def announce(session: Session, *, actor: str, selection_id: int, version: int, days: int) -> Selection:
    """Put the shortlist before the public for so many working days (公示)."""
    selection, today = held_selection(session, selection_id, version), clock.today()
    target = move_selection(selection.state, SelectionAct.ANNOUNCE)
    if rounds.entries(session, selection.id, states=PENDING - {State.SHORTLISTED}):
        raise DomainError(N_("Decide on every nomination first: shortlist it or refuse it."))
    listed = rounds.entries(session, selection.id, states=(State.SHORTLISTED,))
    if not listed:
        raise DomainError(N_("Nobody is on the shortlist."))
    check_clear(session, listed, objected=(), today=today)
    _all(session, listed, Act.ANNOUNCE, during=selection.state, actor=actor)
    days_of = {"announced_by": account_of(actor), "publicity_from": today, "publicity_days": days}
    return _move(session, selection, target, actor=actor, verb="announced", values=days_of, public=True)


def reconsider(session: Session, *, actor: str, selection_id: int, version: int, reason: str) -> Selection:
    """Take the whole list back into review; a new list runs a new publicity of full length."""
    selection = held_selection(session, selection_id, version)
    target = move_selection(selection.state, SelectionAct.RECONSIDER, reason=reason)
    shown = rounds.entries(session, selection.id, states=(State.PUBLICITY,))
    _all(session, shown, Act.RECONSIDER, during=selection.state, actor=actor, reason=reason)
    ended = {"announced_by": None, "publicity_from": None, "state_reason": reason.strip()}
    return _move(
        session, selection, target, actor=actor, verb="reconsidered", values=ended, reason=reason, public=True
    )


def award(
    session: Session,
    *,
    actor: str,
    selection_id: int,
    version: int,
    decision_no: str,
    objected: Collection[int],
    valid_until: date | None = None,
) -> Selection:
    """Award everything on the list that nothing blocks, by one decision; the rest stays held back.

    `objected` are the titles with an undecided objection, read by the caller in the same transaction.
    """
    selection, today = held_selection(session, selection_id, version), clock.today()
    target = move_selection(selection.state, SelectionAct.AWARD)
    check_awarder(account_of(actor), announced_by=selection.announced_by)
    check_publicity_is_over(selection.publicity_from, selection.publicity_days, today)
    if not decision_no.strip():
        raise DomainError(N_("Write the number of the decision."))
    shown = rounds.entries(session, selection.id, states=(State.PUBLICITY,))
    stopped = blocked(session, shown, objected=objected, today=today)
    free = [each for each in shown if each.id not in stopped]
    if not free:
        raise DomainError(N_("Nothing on the list can be awarded now: each entry is blocked."))
    decided = {
        "awarded_by": account_of(actor),
        "awarded_on": today,
        "decision_no": decision_no.strip(),
        "valid_until": valid_until or usual_end(selection.year),
    }
    _move(session, selection, target, actor=actor, verb="awarded", values=decided, public=True)
    for each in free:
        grant(session, each, actor=actor, selection=selection)
    return selection


def cancel(session: Session, *, actor: str, selection_id: int, version: int, reason: str) -> Selection:
    """Call a round off with a reason; what was nominated ends with it."""
    selection = held_selection(session, selection_id, version)
    target = move_selection(selection.state, SelectionAct.CANCEL, reason=reason)
    shown = selection.state == SelectionState.PUBLICITY
    act, states = (Act.DROP, {State.PUBLICITY}) if shown else (Act.REFUSE, PENDING)
    entries = rounds.entries(session, selection.id, states=states)
    said = reason.strip()
    _all(session, entries, act, during=selection.state, actor=actor, reason=said, state_reason=said)
    told = {"state_reason": said}
    return _move(
        session, selection, target, actor=actor, verb="cancelled", values=told, reason=said, public=shown
    )


def _all(session: Session, entries: Sequence[Honour], act: Act, **values: Any) -> None:
    for each in entries:
        step(session, each, act, **values)


def _move(
    session: Session,
    selection: Selection,
    target: SelectionState,
    *,
    actor: str,
    verb: str,
    values: dict[str, Any] | None = None,
    reason: str = "",
    public: bool = False,
) -> Selection:
    old = selection.state
    change(session, selection, version=selection.version, state=target, **(values or {}))
    record_selection(session, selection, actor=actor, verb=verb, old=old, reason=reason, public=public)
    return selection
