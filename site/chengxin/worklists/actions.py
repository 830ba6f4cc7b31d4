"""Save, rename and delete a view of the queue."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from chengxin.core import clock
from chengxin.core.errors import N_, DomainError, NotFoundError
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject, account_of
from chengxin.worklists import queries, rules
from chengxin.worklists.models import SavedView


def save_view(session: Session, *, actor: str, name: str, part: str) -> SavedView:
    """Keep a part of the queue under a name of one's own."""
    owner, kept = _owner(actor), rules.check_name(name)
    held = session.scalar(select(func.count()).select_from(SavedView).where(SavedView.account_id == owner))
    rules.check_room(held or 0)
    _check_free(session, owner, kept)
    made = SavedView(account_id=owner, name=kept, part=part, created_at=clock.now())
    session.add(made)
    session.flush()
    record(session, actor=actor, verb="save_view", subject=Subject("saved_view", made.id))
    return made


def rename_view(session: Session, *, actor: str, view_id: int, name: str) -> SavedView:
    """Give a saved view another name."""
    kept, held = rules.check_name(name), _own(session, actor, view_id)
    if held.name != kept:
        _check_free(session, held.account_id, kept)
    held.name = kept
    record(session, actor=actor, verb="rename_view", subject=Subject("saved_view", held.id))
    return held


def delete_view(session: Session, *, actor: str, view_id: int) -> None:
    """Delete a saved view; the records in it stay as they are."""
    held = _own(session, actor, view_id)
    session.delete(held)
    record(session, actor=actor, verb="delete_view", subject=Subject("saved_view", view_id))


def _own(session: Session, actor: str, view_id: int) -> SavedView:
    found = queries.view(session, view_id, account_id=_owner(actor))
    if found is None:
        raise NotFoundError(N_("There is no such view."))
    return found


def _owner(actor: str) -> int:
    owner = account_of(actor)
    if owner is None:
        raise DomainError(N_("Only a member of staff has views."))
    return owner


def _check_free(session: Session, owner: int, name: str) -> None:
    taken = select(SavedView.id).where(SavedView.account_id == owner, SavedView.name == name)
    if session.scalar(taken) is not None:
        raise DomainError(N_("You have a view of this name already: choose another name."))
