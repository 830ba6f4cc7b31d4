"""Accounts are added, prove themselves, sign in and out, and leave their trace in the ledger."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

import pytest
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.accounts import actions, passwords, queries
from chengxin.accounts.models import Account, StaffSession
from chengxin.accounts.rules import Right, Role
from chengxin.core import clock as clocks
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError
from chengxin.ledger.models import Event

PASSWORD = "rain over the old bridge"


def add(session: Session, username: str = "limin", password: str = PASSWORD) -> Account:
    return make.account(session, username=username, password=password)


def verbs(session: Session) -> list[str]:
    return list(session.scalars(select(Event.verb).order_by(Event.id)))


def test_the_right_password_proves_an_account(session: Session) -> None:
    account = add(session)
    assert passwords.proves(PASSWORD, account)


@pytest.mark.parametrize(("username", "password"), [("limin", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_nothing_else_proves_an_account(session: Session, username: str, password: str) -> None:
    add(session)
    assert not passwords.proves(password, queries.by_username(session, username))


@pytest.mark.parametrize("username", ["limin", "nobody"])
def test_every_try_costs_one_hash(session: Session, monkeypatch: pytest.MonkeyPatch, username: str) -> None:
    account = add(session)
    passwords.proves(PASSWORD, None)
    tried: list[str] = []

    class Counting:
        def verify(self, kept: str, password: str) -> None:
            tried.append(kept)
            raise VerifyMismatchError

    monkeypatch.setattr(passwords, "_hasher", Counting())
    assert not passwords.proves("wrong", account if username == "limin" else None)
    assert [kept.split("$")[3] for kept in tried] == [account.password_hash.split("$")[3]]


def test_full_width_letters_make_the_same_password(session: Session) -> None:
    account = add(session, password="rain over the bridge")
    assert passwords.proves("ｒａｉｎ over the bridge", account)


def test_a_username_is_taken_once(session: Session) -> None:
    add(session)
    with pytest.raises(DomainError, match="already"):
        add(session)


def test_no_secret_reaches_the_ledger_or_the_tables(session: Session) -> None:
    token = actions.sign_in(session, account=add(session))
    actions.set_password(session, actor="command", account_id=1, password="another long password")
    session.flush()
    kept = " ".join(f"{e.old} {e.new} {e.reason}" for e in session.scalars(select(Event)))
    row = session.scalars(select(StaffSession)).one()
    for secret in (PASSWORD, "another long password", token, row.token_hash, "$argon2"):
        assert secret not in kept
    assert token not in row.token_hash


def test_a_session_token_names_the_officer(session: Session) -> None:
    token = actions.sign_in(session, account=add(session))
    running = queries.running(session, token)
    assert running is not None
    officer = running.officer
    assert officer.name == "李敏"
    assert officer.roles == {Role.MODERATOR}
    assert officer.may(Right.DECIDE_CASES)
    assert verbs(session) == ["account.added", "account.signed_in"]


def test_a_made_up_token_names_nobody(session: Session) -> None:
    actions.sign_in(session, account=add(session))
    assert queries.running(session, "made-up") is None


def test_a_session_ends_after_twelve_hours(
    session: Session, clock: Callable[[datetime], AbstractContextManager[None]]
) -> None:
    token = actions.sign_in(session, account=add(session))
    with clock(clocks.now() + timedelta(hours=11, minutes=59)):
        assert queries.running(session, token)
    with clock(clocks.now() + timedelta(hours=12, minutes=1)):
        assert queries.running(session, token) is None


def test_signing_out_ends_one_session_once(session: Session) -> None:
    account = add(session)
    first, second = actions.sign_in(session, account=account), actions.sign_in(session, account=account)
    for _attempt in range(2):
        actions.sign_out(session, actor="account:1", token=first)
    assert queries.running(session, first) is None
    assert queries.running(session, second)
    assert verbs(session).count("account.signed_out") == 1


def test_a_new_password_ends_every_session(session: Session) -> None:
    account = add(session)
    tokens = [actions.sign_in(session, account=account) for _n in range(2)]
    actions.set_password(session, actor="command", account_id=account.id, password="another long password")
    assert [queries.running(session, token) for token in tokens] == [None, None]
    assert passwords.proves("another long password", account)
    assert not passwords.proves(PASSWORD, account)


def test_a_closed_account_proves_nothing_and_has_no_session(session: Session) -> None:
    account = add(session)
    token = actions.sign_in(session, account=account)
    actions.disable(session, actor="command", account_id=account.id, reason="retired")
    session.flush()
    assert queries.running(session, token) is None
    assert not passwords.proves(PASSWORD, account)
    with pytest.raises(DomainError, match="closed already"):
        actions.disable(session, actor="command", account_id=account.id)


def test_an_account_closed_during_the_check_does_not_come_in(session: Session) -> None:
    account = add(session)
    session.flush()
    session.expunge(account)
    actions.disable(session, actor="command", account_id=account.id)
    with pytest.raises(NotAllowedError):
        actions.sign_in(session, account=account)


def test_an_account_that_is_not_there_cannot_change(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.set_password(session, actor="command", account_id=9, password="another long password")


def test_names_come_in_one_query(session: Session) -> None:
    account = add(session)
    assert queries.names(session, [account.id, None, 99]) == {account.id: "李敏"}
    assert queries.names(session, [None]) == {}


def test_accounts_are_listed_by_username(session: Session) -> None:
    add(session, "wangqiang")
    add(session, "limin")
    assert [account.username for account in queries.everybody(session)] == ["limin", "wangqiang"]
