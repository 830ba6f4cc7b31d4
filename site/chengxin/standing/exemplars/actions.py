"""Titles one by one: nominate, check, shortlist, refuse, drop, award what was held back, withdraw."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.core.regions import region_start
from chengxin.ledger.rules import account_of
from chengxin.standing.exemplars import selection_queries as rounds
from chengxin.standing.exemplars.judging import check_clear
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.recording import held_entry, held_selection, record, step
from chengxin.standing.exemplars.rules import (
    CONSENT_TEXT,
    Act,
    HonourKind,
    State,
    Via,
    check_awarder,
    check_consent_day,
    check_withdrawal,
    move,
)
from chengxin.standing.exemplars.selection_rules import SelectionState, check_nominations, check_places


@dataclass(frozen=True, kw_only=True)
class Nomination:
    """Who is proposed, by whom and why; a person's separate consent may follow later."""

    agency_id: int
    kind: str = HonourKind.AGENCY
    holder: str = ""
    via: str = Via.OFFICER
    proposer: str = ""
    merit: str = ""
    consent_on: date | None = None


def nominate(session: Session, *, actor: str, selection_id: int, nomination: Nomination) -> Honour:
    """Propose a title in an open round; nothing is public before the list is announced."""
    selection, today = held_selection(session, selection_id), clock.today()
    check_nominations(selection.state, selection.deadline, today)
    if nomination.kind == HonourKind.AGENCY:
        nomination = replace(nomination, holder="")
    _check_holder(session, selection, nomination)
    if nomination.consent_on is not None:
        check_consent_day(nomination.kind, nomination.consent_on, today)
    made = Honour(
        **asdict(nomination),
        selection_id=selection.id,
        level=selection.level,
        year=selection.year,
        renews_id=_renewed(session, selection, nomination),
        consent_text=CONSENT_TEXT if nomination.consent_on else "",
        state=State.NOMINATED,
        nominated_by=account_of(actor),
        created_at=clock.now(),
    )
    session.add(made)
    session.flush()
    record(session, made, actor=actor, verb="nominated")
    return made


def check(session: Session, *, actor: str, honour_id: int, version: int) -> Honour:
    """Note that the papers of a nomination were checked."""
    honour, selection = held_entry(session, honour_id, version)
    return step(session, honour, Act.CHECK, during=selection.state, actor=actor)


def shortlist(session: Session, *, actor: str, honour_id: int, version: int) -> Honour:
    """Put a nomination on the shortlist, if a place of its kind is left."""
    honour, selection = held_entry(session, honour_id, version)
    move(honour.state, Act.SHORTLIST, during=selection.state)
    check_places(rounds.taken(session, selection.id)[honour.kind], places_of(selection, honour.kind))
    by = account_of(actor)
    return step(session, honour, Act.SHORTLIST, during=selection.state, actor=actor, shortlisted_by=by)


def refuse(session: Session, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    """Turn a nomination down with a reason."""
    return _end(session, Act.REFUSE, actor=actor, honour_id=honour_id, version=version, reason=reason)


def drop(session: Session, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    """Take an entry off the list that is before the public, with a reason."""
    return _end(session, Act.DROP, actor=actor, honour_id=honour_id, version=version, reason=reason)


def award_held(
    session: Session, *, actor: str, honour_id: int, version: int, objected: Collection[int]
) -> Honour:
    """Award an entry that was held back when the rest of its round was awarded, once nothing blocks it.

    `objected` are the titles with an undecided objection, read by the caller in the same transaction.
    """
    honour, selection = held_entry(session, honour_id, version)
    if selection.state != SelectionState.AWARDED:
        raise DomainError(N_("This title cannot take this step: look at where it is now."))
    check_clear(session, [honour], objected=objected, today=clock.today())
    return grant(session, honour, actor=actor, selection=selection)


def grant(session: Session, honour: Honour, *, actor: str, selection: Selection) -> Honour:
    """Award one entry by the decision of its round; never by who nominated or shortlisted."""
    by = account_of(actor)
    check_awarder(by, nominated_by=honour.nominated_by, shortlisted_by=honour.shortlisted_by)
    return step(
        session,
        honour,
        Act.AWARD,
        during=selection.state,
        actor=actor,
        awarded_by=by,
        awarded_on=clock.today(),
        decision_no=selection.decision_no,
        valid_until=selection.valid_until,
    )


def propose_withdrawal(session: Session, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    """Propose to take an awarded title back; it stays public until a second person confirms."""
    honour, by = _to_withdraw(session, Act.PROPOSE_WITHDRAWAL, actor, honour_id, version), account_of(actor)
    proposed = {"withdrawal_by": by, "withdrawal_reason": reason.strip()}
    return _withdrawing(session, honour, Act.PROPOSE_WITHDRAWAL, actor=actor, reason=reason, values=proposed)


def keep(session: Session, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    """Decide against a proposed withdrawal, with a reason."""
    honour = _to_withdraw(session, Act.KEEP, actor, honour_id, version)
    cleared = {"withdrawal_by": None, "withdrawal_reason": ""}
    return _withdrawing(session, honour, Act.KEEP, actor=actor, reason=reason, values=cleared)


def withdraw(session: Session, *, actor: str, honour_id: int, version: int) -> Honour:
    """Confirm a proposed withdrawal; the title counts no more from this moment, and the reason is public."""
    honour = _to_withdraw(session, Act.WITHDRAW, actor, honour_id, version)
    reason = honour.withdrawal_reason
    ended = {"ended_by": account_of(actor), "ended_on": clock.today(), "state_reason": reason}
    return _withdrawing(session, honour, Act.WITHDRAW, actor=actor, reason=reason, values=ended)


def record_consent(session: Session, *, actor: str, honour_id: int, version: int, consent_on: date) -> Honour:
    """Record a person's separate consent to be named, with the day and the version of the text."""
    honour, _ = held_entry(session, honour_id, version)
    check_consent_day(honour.kind, consent_on, clock.today())
    if not honour.holder:
        raise DomainError(N_("The name was erased; nominate this person again to name them."))
    shown = honour.state in {State.PUBLICITY, State.AWARDED, State.WITHDRAWN}
    change(session, honour, version=version, consent_on=consent_on, consent_text=CONSENT_TEXT)
    record(session, honour, actor=actor, verb="consented", public=shown)
    return honour


def erase_name(session: Session, *, actor: str, honour_id: int, version: int) -> Honour:
    """Erase a person's name and what was written about them, because they took their consent back."""
    honour, _ = held_entry(session, honour_id, version)
    if honour.kind != HonourKind.PERSON or not honour.holder:
        raise DomainError(N_("Here is no name of a person to erase."))
    shown = honour.state in {State.PUBLICITY, State.AWARDED, State.WITHDRAWN}
    erased = {"holder": "", "merit": "", "consent_withdrawn_on": clock.today()}
    change(session, honour, version=version, **erased)
    record(session, honour, actor=actor, verb="name_erased", public=shown)
    return honour


def places_of(selection: Selection, kind: str) -> int:
    """Return how many titles of a kind a round may give."""
    places = {
        HonourKind.AGENCY: selection.agency_places,
        HonourKind.WINDOW: selection.window_places,
        HonourKind.PERSON: selection.person_places,
    }
    return places[HonourKind(kind)]


def _check_holder(session: Session, selection: Selection, nomination: Nomination) -> None:
    """Refuse what the round is not for: another region, no place of this kind, or the same twice."""
    owner = agencies.by_id(session, nomination.agency_id)
    if owner is None:
        raise NotFoundError(N_("The register has no such agency."))
    if not _lies_in(owner, selection.region_code):
        raise DomainError(N_("This agency does not lie in the region of the round."))
    if not places_of(selection, nomination.kind):
        raise DomainError(N_("This round gives no title of this kind."))
    if nomination.kind != HonourKind.AGENCY and not nomination.holder.strip():
        raise DomainError(N_("Write the name of the window or the person."))
    if rounds.same(
        session,
        selection.id,
        agency_id=nomination.agency_id,
        kind=nomination.kind,
        holder=nomination.holder,
    ):
        raise DomainError(N_("This one is already nominated in this round."))


def _renewed(session: Session, selection: Selection, nomination: Nomination) -> int | None:
    """Return the title that this nomination would renew."""
    earlier = rounds.last_title(
        session,
        agency_id=nomination.agency_id,
        kind=nomination.kind,
        level=selection.level,
        holder=nomination.holder,
    )
    return earlier.id if earlier else None


def _lies_in(owner: Agency, region_code: str | None) -> bool:
    return not region_code or (owner.region_code or "").startswith(region_start(region_code))


def _end(session: Session, act: Act, *, actor: str, honour_id: int, version: int, reason: str) -> Honour:
    honour, selection = held_entry(session, honour_id, version)
    said = reason.strip()
    return step(session, honour, act, during=selection.state, actor=actor, reason=said, state_reason=said)


def _to_withdraw(session: Session, act: Act, actor: str, honour_id: int, version: int) -> Honour:
    honour, selection = held_entry(session, honour_id, version)
    move(honour.state, act, during=selection.state, reason="-")
    proposed = honour.withdrawal_by is not None
    check_withdrawal(act, actor=account_of(actor), proposed_by=honour.withdrawal_by, proposed=proposed)
    return honour


def _withdrawing(
    session: Session, honour: Honour, act: Act, *, actor: str, reason: str, values: Mapping[str, object]
) -> Honour:
    during = SelectionState.AWARDED
    return step(session, honour, act, during=during, actor=actor, reason=reason, **values)
