"""Carry out an act on many records, each compared and set by itself, hold it back, or take it back.

Whatever goes wrong with one record stays with that record, and whatever goes wrong with one act with that act: the
next ones are carried out, and the page of the act says what happened.
"""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Officer
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.changes import change
from chengxin.core.database import Database
from chengxin.core.errors import N_, DomainError, NotFoundError, StaleError
from chengxin.core.intake_keys import intake_keyring, intake_recipients
from chengxin.core.sealing import Keyring, SealError, seal, unseal
from chengxin.desk.queue.bulk_table import ACTS, MODELS, BulkDo, Hands, Member, Words
from chengxin.desk.reach import OUTSIDE, in_reach
from chengxin.ledger.actions import record
from chengxin.ledger.reasons import check_reason
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions
from chengxin.worklists import queries, rules
from chengxin.worklists.models import BulkAct, BulkMember
from chengxin.worklists.resealing import context_of
from chengxin.worklists.rules import Outcome, State

log = logging.getLogger("chengxin.work")
NO_LONGER = N_("The account of who asked for it may no longer do this.")
NOT_OPENED = N_("Its letter cannot be opened with the keys of this desk.")
BROKEN = N_("It failed and nothing was changed. Whoever runs the site finds the cause in the log.")


def hands_of(settings: Settings, officer: Officer) -> Hands:
    """Return an officer with what their letters need."""
    return Hands(officer, intake_recipients(settings), settings.authority)


def begin(
    session: Session, *, hands: Hands, act: BulkDo, codes: Mapping[Member, str], words: Words
) -> BulkAct:
    """Do an act on many records at once, or keep it for a minute in which it can be taken back."""
    rules.check_members(len(codes))
    made = _kept(session, hands, act, words)
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
    told = {"act": act.name, "records": len(codes)}
    _note(session, hands.officer.actor, "bulk_ask", made, told)
    if not act.held:
        _carry(session, made, hands=hands, words=words)
    return made


def carry_out_due(settings: Settings, database: Database) -> int:
    """Carry out the acts that were held back for their minute; return how many."""
    with database.reading() as session:
        due = queries.due(session, now=clock.now())
    if not due:
        return 0
    keys = intake_keyring(settings)
    return sum(_is_over(settings, database, keys, act_id) for act_id in due)


def _is_over(settings: Settings, database: Database, keys: Keyring, act_id: int) -> bool:
    """Carry out one act and tell whether it is over; one that breaks is refused, so that it stops no other."""
    try:
        with database.writing() as session:
            _carry_held(session, act_id, settings, keys)
    except OperationalError:
        log.exception("act %s on many records waits: the database does not answer", act_id)
        return False
    except Exception as error:
        log.exception("act %s on many records failed and is given up", act_id)
        told = NOT_OPENED if isinstance(error, SealError) else BROKEN
        with database.writing() as session:
            _refuse_all(session, session.get_one(BulkAct, act_id), told)
    return True


def take_back(session: Session, *, officer: Officer, act_id: int) -> BulkAct:
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
            _put_back(session, officer, member)
        elif member.outcome == Outcome.HELD:
            member.outcome = Outcome.UNDONE
    session.flush()
    _note(session, officer.actor, "bulk_undo", made, {"act": made.act})
    return made


def _kept(session: Session, hands: Hands, act: BulkDo, words: Words) -> BulkAct:
    check_reason(words.reason)  # now, while its officer can still change it, and not when it is carried out
    now = clock.now()
    made = BulkAct(
        account_id=hands.officer.id,
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
        made.sealed_words = seal(json.dumps(asdict(words)), hands.intake_key, context=context_of(made.id))
    return made


def _carry_held(session: Session, act_id: int, settings: Settings, keys: Keyring) -> None:
    made = session.get_one(BulkAct, act_id, populate_existing=True)
    if made.state != State.HELD:
        return
    words = Words(**json.loads(unseal(made.sealed_words or b"", keys, context=context_of(made.id))))
    account = accounts.by_id(session, made.account_id)
    officer = accounts.officer(account) if account and account.active else None
    if officer is None or not officer.may(ACTS[made.act].right):
        _refuse_all(session, made, NO_LONGER)
        return
    _carry(session, made, hands=hands_of(settings, officer), words=words)


def _carry(session: Session, made: BulkAct, *, hands: Hands, words: Words) -> None:
    act = ACTS[made.act]
    _end(session, made, State.DONE)
    for each in queries.members(session, made.id):
        _carry_one(session, act, each, hands=hands, words=words)
    session.flush()
    _note(session, hands.officer.actor, "bulk_carry_out", made, {"act": made.act})


def _carry_one(session: Session, act: BulkDo, each: BulkMember, *, hands: Hands, words: Words) -> None:
    """Do an act to one record; the savepoint takes back what a failure had begun."""
    try:
        with session.begin_nested():
            _check_reach(session, act, each.record_id, hands.officer)
            left = act.do(session, hands, Member(each.record_id, each.seen), words)
        each.outcome, each.left = Outcome.DONE, left.version
    except StaleError:
        each.outcome = Outcome.MOVED_ON
    except DomainError as error:
        each.outcome, each.told = Outcome.REFUSED, _words(error)
    except OperationalError:
        raise
    except Exception:
        log.exception("act %s on many records failed for %s %s", act.name, each.kind, each.record_id)
        each.outcome, each.told = Outcome.REFUSED, BROKEN


def _words(error: DomainError) -> str:
    """Return what a rule said: as the catalogue knows it, or with its values where it has some."""
    return str(error) if error.values else error.message


def _check_reach(session: Session, act: BulkDo, record_id: int, officer: Officer) -> None:
    model = MODELS[act.kind]
    theirs = select(model.id).where(model.id == record_id, in_reach(model, officer))
    if session.scalar(theirs) is None:
        raise DomainError(OUTSIDE)


def _refuse_all(session: Session, made: BulkAct, told: str) -> None:
    _end(session, made, State.DONE)
    for each in queries.members(session, made.id):
        each.outcome, each.told = Outcome.REFUSED, told
    session.flush()
    _note(session, "worker", "bulk_carry_out", made, {"act": made.act})


def _put_back(session: Session, officer: Officer, member: BulkMember) -> None:
    """Give a record back to who had it, unless somebody changed it since."""
    before = int(member.before) if member.before else None
    seen: Any = {"actor": officer.actor, "case_id": member.record_id, "version": member.left or 0}
    try:
        with session.begin_nested():
            actions.assign(session, officer_id=before, **seen)
    except StaleError:
        member.outcome = Outcome.MOVED_ON
    except DomainError as error:
        member.outcome, member.told = Outcome.REFUSED, _words(error)
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
