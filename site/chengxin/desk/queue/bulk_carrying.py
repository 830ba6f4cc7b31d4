"""Carry out an act on many records, each compared and set by itself, hold it back, or take it back."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.database import Database
from chengxin.core.errors import N_, DomainError, NotFoundError, StaleError
from chengxin.core.intake_keys import intake_keyring, intake_recipients
from chengxin.core.sealing import Keyring, Recipients, seal, unseal
from chengxin.desk.queue.bulk_table import ACTS, MODELS, BulkDo, Member, Words
from chengxin.ledger.actions import record
from chengxin.ledger.rules import Subject
from chengxin.worklists import queries, rules
from chengxin.worklists.models import BulkAct, BulkMember
from chengxin.worklists.rules import Outcome, State

NO_LONGER = N_("The account of who asked for it may no longer do this.")


def begin(
    session: Session,
    *,
    officer: Officer,
    act: BulkDo,
    codes: Mapping[Member, str],
    words: Words,
    intake_key: Recipients,
) -> BulkAct:
    """Do an act on many records at once, or keep it for a minute in which it can be taken back."""
    rules.check_members(len(codes))
    made = _kept(session, officer, act, words, intake_key)
    held = _records(session, act.kind, [member.record_id for member in codes])
    for member, code in codes.items():
        before = getattr(held.get(member.record_id), "assigned_to", None)
        session.add(
            BulkMember(
                bulk_act_id=made.id,
                kind=act.kind,
                record_id=member.record_id,
                code=code,
                seen=member.seen,
                before=str(before or ""),
                outcome=Outcome.HELD,
            )
        )
    session.flush()
    _note(session, officer.actor, "bulk_ask", made, {"act": act.name, "records": len(codes)})
    if not act.held:
        _carry(session, made, officer=officer, words=words, intake_key=intake_key)
    return made


def carry_out_due(settings: Settings, database: Database) -> int:
    """Carry out the acts that were held back for their minute; return how many."""
    with database.reading() as session:
        due = queries.due(session, now=clock.now())
    for act_id in due:
        keys, intake_key = intake_keyring(settings), intake_recipients(settings)
        with database.writing() as session:
            _carry_held(session, act_id, keys, intake_key)
    return len(due)


def take_back(session: Session, *, officer: Officer, act_id: int, intake_key: Recipients) -> BulkAct:
    """Take back an act: one that is held back never happens, one that was done is put back where nothing moved."""
    made = queries.by_id(session, act_id, account_id=officer.id)
    if made is None:
        raise NotFoundError(N_("There is no such act."))
    act = ACTS[made.act]
    rules.check_undo(made.state, held=act.held)
    done = made.state == State.DONE
    _end(session, made, State.UNDONE)
    for member in queries.members(session, act_id):
        if done and member.outcome == Outcome.DONE:
            _put_back(session, officer, act, member, intake_key)
        elif member.outcome == Outcome.HELD:
            member.outcome = Outcome.UNDONE
    session.flush()
    _note(session, officer.actor, "bulk_undo", made, {"act": made.act})
    return made


def _kept(session: Session, officer: Officer, act: BulkDo, words: Words, key: Recipients) -> BulkAct:
    now = clock.now()
    made = BulkAct(
        account_id=officer.id,
        act=act.name,
        choice=words.choice,
        reason=words.reason,
        state=State.HELD,
        asked_at=now,
        due_at=rules.held_until(now) if act.held else None,
    )
    session.add(made)
    session.flush()
    if act.held:
        made.sealed_words = seal(json.dumps(words.letter), key, context=context_of(made.id))
    return made


def context_of(act_id: int) -> str:
    """Return what the letter of an act is bound to, so that it opens in its own act only."""
    return f"bulk_act {act_id} letter"


def _carry_held(session: Session, act_id: int, keys: Keyring, intake_key: Recipients) -> None:
    made = session.get_one(BulkAct, act_id, populate_existing=True)
    if made.state != State.HELD:
        return
    letter = json.loads(unseal(made.sealed_words or b"", keys, context=context_of(made.id)))
    words = Words(made.choice, letter, made.reason)
    account = accounts.by_id(session, made.account_id)
    officer = accounts.officer(account) if account and account.active else None
    if officer is None or not officer.may(ACTS[made.act].right):
        _refuse_all(session, made)
        return
    _carry(session, made, officer=officer, words=words, intake_key=intake_key)


def _carry(
    session: Session, made: BulkAct, *, officer: Officer, words: Words, intake_key: Recipients
) -> None:
    act = ACTS[made.act]
    _end(session, made, State.DONE)
    for each in queries.members(session, made.id):
        member = Member(each.record_id, each.seen)
        try:
            with session.begin_nested():
                left = act.do(session, officer.actor, member, words, intake_key)
            each.outcome, each.left = Outcome.DONE, left.version
        except StaleError:
            each.outcome = Outcome.MOVED_ON
        except DomainError as error:
            each.outcome, each.told = Outcome.REFUSED, error.message
    session.flush()
    _note(session, officer.actor, "bulk_carry_out", made, {"act": made.act})


def _refuse_all(session: Session, made: BulkAct) -> None:
    _end(session, made, State.DONE)
    for each in queries.members(session, made.id):
        each.outcome, each.told = Outcome.REFUSED, NO_LONGER
    session.flush()
    _note(session, "worker", "bulk_carry_out", made, {"act": made.act})


def _put_back(
    session: Session, officer: Officer, act: BulkDo, member: BulkMember, intake_key: Recipients
) -> None:
    """Give a record back to who had it, unless somebody changed it since."""
    try:
        with session.begin_nested():
            again = Member(member.record_id, member.left or 0)
            act.do(session, officer.actor, again, Words(choice=member.before), intake_key)
    except StaleError:
        member.outcome = Outcome.MOVED_ON
    else:
        member.outcome = Outcome.UNDONE


def _end(session: Session, made: BulkAct, state: State) -> None:
    change(
        session,
        made,
        version=made.version,
        state=state,
        ended_at=clock.now(),
        due_at=None,
        sealed_words=None,
    )


def _note(session: Session, actor: str, verb: str, made: BulkAct, told: Mapping[str, object]) -> None:
    record(session, actor=actor, verb=verb, subject=Subject("bulk_act", made.id), new=told)


def _records(session: Session, kind: str, ids: Sequence[int]) -> Mapping[int, Any]:
    model = MODELS[kind]
    rows = select(model).where(model.id.in_(ids)).execution_options(populate_existing=True)
    return {each.id: each for each in session.scalars(rows)}
