"""Second factors, regions and the keeping of accounts on both databases."""

import threading
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.accounts import actions, factors, keeping, queries, scope
from chengxin.accounts.models import Account, HalfSession
from chengxin.accounts.rules import Officer, Role
from chengxin.agencies.models import Agency
from chengxin.core import clock as clocks
from chengxin.core.database import Database
from chengxin.core.errors import DomainError, NotAllowedError, StaleError
from chengxin.ledger.models import Event

SECRET = "a secret of the tests"
SEED = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def armed(session: Session, username: str = "limin") -> tuple[Account, list[str]]:
    """Make an account with an app, and return it with its recovery codes."""
    account = make.account(session, username=username)
    codes = factors.set_up_totp(
        session,
        actor="command",
        account_id=account.id,
        seed=SEED,
        code=pyotp.TOTP(SEED).at(clocks.now()),
        secret=SECRET,
        version=account.version,
    )
    return account, codes


def prove(session: Session, account: Account, code: str) -> str:
    return factors.prove_code(session, account_id=account.id, code=code, secret=SECRET)


def next_code() -> str:
    return pyotp.TOTP(SEED).at(clocks.now() + timedelta(seconds=30))


def officer(
    region: str | None = None, *, roles: tuple[Role, ...] = (Role.MODERATOR,), number: int = 7
) -> Officer:
    return Officer(id=number, username="limin", name="李敏", roles=frozenset(roles), region=region)


def test_a_code_of_the_app_works_once(session: Session) -> None:
    account, _codes = armed(session)
    code = next_code()
    assert [prove(session, account, code), prove(session, account, code)] == ["totp", ""]


def test_an_older_code_is_refused_after_a_newer_one(session: Session) -> None:
    account, _codes = armed(session)
    assert prove(session, account, next_code()) == "totp"
    assert prove(session, account, pyotp.TOTP(SEED).at(clocks.now())) == ""


@pytest.mark.parametrize("code", ["", "12345", "1234567", "１２３４５６", "abc", "bcdf-ghjk-mnpq", "0" * 400])
def test_nonsense_is_no_code(session: Session, code: str) -> None:
    account, _codes = armed(session)
    assert prove(session, account, code) == ""


def test_a_recovery_code_works_once_and_for_its_owner_alone(session: Session) -> None:
    account, codes = armed(session)
    other, _codes = armed(session, "wangqiang")
    assert prove(session, other, codes[0]) == ""
    assert [prove(session, account, codes[0]), prove(session, account, codes[0])] == ["recovery", ""]
    assert queries.recovery_left(session, account.id) == 9


def test_new_recovery_codes_end_the_old_ones(session: Session) -> None:
    account, codes = armed(session)
    factors.renew_recovery(session, actor="command", account_id=account.id, secret=SECRET)
    assert prove(session, account, codes[0]) == ""


def test_a_recovery_code_sent_eight_times_at_once_opens_once(database: Database) -> None:
    with database.writing() as session:
        account, codes = armed(session)
    taken: list[str] = []

    def take() -> None:
        with database.writing() as opened:
            taken.append(prove(opened, account, codes[0]))

    threads = [threading.Thread(target=take) for _n in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(taken) == [*[""] * 7, "recovery"]


def test_tries_of_a_half_open_session_are_counted_and_told(session: Session) -> None:
    account, _codes = armed(session)
    token = factors.begin_half(session, account=account)
    assert [factors.count_try(session, token=token) for _n in range(7)] == [True] * 5 + [False] * 2
    assert session.scalars(select(HalfSession)).all() == []
    told = session.scalars(select(Event.verb).where(Event.verb == "account.codes_refused")).all()
    assert len(told) == 1


def test_a_challenge_is_answered_once(session: Session) -> None:
    factors.spend(session, digest="a" * 64, term=timedelta(minutes=5))
    with pytest.raises(NotAllowedError):
        factors.spend(session, digest="a" * 64, term=timedelta(minutes=5))
    session.rollback()


def test_an_account_that_changed_meanwhile_keeps_its_factors(session: Session) -> None:
    account, _codes = armed(session)
    with pytest.raises(StaleError):
        keeping.reset_factors(session, actor="command", account_id=account.id, version=account.version - 1)


def test_reset_factors_leave_nothing(session: Session) -> None:
    account, codes = armed(session)
    token = actions.sign_in(session, account=account)
    keeping.reset_factors(session, actor="command", account_id=account.id)
    assert not queries.has_factor(session, account)
    assert queries.recovery_left(session, account.id) == 0
    assert prove(session, account, codes[0]) == ""
    assert queries.running(session, token) is None


def test_where_a_factor_is_required_the_last_one_stays(session: Session) -> None:
    account, _codes = armed(session)
    with pytest.raises(DomainError, match="second factor"):
        factors.remove_totp(session, actor="account:1", account_id=account.id, forced=True)
    factors.remove_totp(session, actor="account:1", account_id=account.id, forced=False)
    assert not queries.has_factor(session, account)


def test_of_two_administrators_who_close_each_other_one_stays(database: Database) -> None:
    with database.writing() as session:
        both = [make.account(session, username=name, roles="admin") for name in ("chief", "second")]
    refused: list[str] = []

    def close(actor: Account, other: Account) -> None:
        try:
            with database.writing() as opened:
                actions.disable(opened, actor=f"account:{actor.id}", account_id=other.id)
        except DomainError as error:
            refused.append(str(error))

    threads = [threading.Thread(target=close, args=pair) for pair in (both, both[::-1])]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(refused) == 1
    with database.reading() as session:
        assert [each.active for each in queries.everybody(session)].count(True) == 1


@pytest.mark.parametrize(
    ("region", "code", "covered"),
    [
        (None, None, True),
        (None, "990102", True),
        ("990100", "990102", True),
        ("990102", "990102", True),
        ("990102", "990103", False),
        ("990102", "990000", False),
        ("990102", None, False),
        ("990000", "990102", True),
    ],
)
def test_a_region_covers_what_lies_inside_it(
    session: Session, region: str | None, code: str | None, *, covered: bool
) -> None:
    if code:
        make.region(session, code=code)
    made = make.agency(session, region_code=code)
    found = session.scalars(select(Agency.id).where(scope.within(Agency.region_code, officer(region)))).all()
    assert (made.id in found) is covered
    assert officer(region).covers(code) is covered


@pytest.mark.parametrize("roles", [(Role.MODERATOR,), (Role.HANDLING_OFFICER,)])
@pytest.mark.parametrize("given_to", [None, 7, 8])
@pytest.mark.parametrize("code", [None, "990102", "990103"])
def test_the_words_and_the_query_agree_on_whose_case_it_is(
    session: Session, roles: tuple[Role, ...], given_to: int | None, code: str | None
) -> None:
    if code:
        make.region(session, code=code)
    # An agency stands for a case here: it has a region, and a number to stand for the officer.
    made = make.agency(session, region_code=code, staff_total=given_to)
    somebody = officer("990102", roles=roles)
    rows = select(Agency.id).where(scope.handled(Agency.region_code, Agency.staff_total, somebody))
    assert (made.id in session.scalars(rows).all()) is somebody.handles(code, given_to=given_to)
