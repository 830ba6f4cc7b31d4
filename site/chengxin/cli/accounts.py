"""`chengxin accounts`: add and change the accounts of the staff."""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from chengxin.accounts import actions, keeping, queries
from chengxin.accounts.credentials import PASSWORD_LEAST
from chengxin.accounts.models import Account
from chengxin.accounts.rules import Role, roles_from
from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core.errors import NotFoundError
from chengxin.ledger.rules import COMMAND

WHOLE = "all"
COLUMNS = (
    "username",
    "name",
    "roles",
    "region",
    "state",
    "second_factor",
    "must_change_password",
    "last_sign_in",
)
_from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from the input.")
_reason = click.option("--reason", default="", help="Why; it is kept in the ledger.")


@click.group()
def group() -> None:
    """Add and change the accounts of the staff."""


@group.command()
@click.argument("username")
@click.option(
    "--name", required=True, help="The person's name as colleagues and the ledger's readers know it."
)
@click.option(
    "--roles", "--role", required=True, help=f"One or more of {', '.join(Role)}, separated by commas."
)
@click.option("--agency", default="", help="The public id of the agency an agency's account belongs to.")
@click.option("--region", "region_code", default="", help="Code of the region the account is limited to.")
@click.option("--must-change", is_flag=True, help="Have the password changed at the first sign-in.")
@_from_stdin
@click.pass_obj
def add(
    settings: Settings,
    *,
    username: str,
    name: str,
    roles: str,
    agency: str,
    region_code: str,
    must_change: bool,
    password_stdin: bool,
) -> None:
    """Add an account."""
    password = _password(from_stdin=password_stdin)
    with _changing(settings) as session:
        actions.add(
            session,
            actor=COMMAND,
            username=username,
            name=name,
            roles=roles_from(roles),
            password=password,
            agency_id=_agency_id(session, agency) if agency else None,
            region_code=_region(session, region_code),
            must_change=must_change,
        )
    click.echo(f"Added {username}.", err=True)


@group.command("list")
@click.option("--csv", "as_csv", is_flag=True, help="Write every column as CSV.")
@click.pass_obj
def list_(settings: Settings, *, as_csv: bool) -> None:
    """List username, name, roles and state of every account."""
    with database_of(settings).reading() as session:
        if as_csv:
            csv.writer(sys.stdout, lineterminator="\n").writerows(_table(session))
            return
        for account in queries.everybody(session):
            click.echo(f"{account.username}\t{account.name}\t{account.roles}\t{_state(account)}")


@group.command()
@click.argument("username")
@click.argument("roles")
@_reason
@click.pass_obj
def roles(settings: Settings, username: str, roles: str, reason: str) -> None:
    """Give an account other ROLES, separated by commas."""
    with _changing(settings) as session:
        number = _number(session, username)
        keeping.change_roles(
            session, actor=COMMAND, account_id=number, roles=roles_from(roles), reason=reason
        )
    click.echo(f"{username} has other roles.", err=True)


@group.command()
@click.argument("username")
@click.argument("region_code")
@_reason
@click.pass_obj
def region(settings: Settings, username: str, region_code: str, reason: str) -> None:
    """Limit an account to the region of a REGION_CODE; `all` gives it the whole jurisdiction."""
    with _changing(settings) as session:
        number, code = _number(session, username), _region(session, region_code)
        keeping.change_region(session, actor=COMMAND, account_id=number, region_code=code, reason=reason)
    click.echo(f"{username} has another region.", err=True)


@group.command()
@click.argument("username")
@click.option("--must-change", is_flag=True, help="Have it changed at the next sign-in.")
@_from_stdin
@click.pass_obj
def password(settings: Settings, username: str, *, must_change: bool, password_stdin: bool) -> None:
    """Set a new password and end every session of the account."""
    wanted = _password(from_stdin=password_stdin)
    with _changing(settings) as session:
        number = _number(session, username)
        actions.set_password(
            session, actor=COMMAND, account_id=number, password=wanted, must_change=must_change
        )
    click.echo(f"The password of {username} is new; its sessions have ended.", err=True)


@group.command()
@click.argument("username")
@_reason
@click.pass_obj
def disable(settings: Settings, username: str, reason: str) -> None:
    """Close an account and end its sessions."""
    with _changing(settings) as session:
        actions.disable(session, actor=COMMAND, account_id=_number(session, username), reason=reason)
    click.echo(f"Closed {username}.", err=True)


@group.command()
@click.argument("username")
@_reason
@click.pass_obj
def enable(settings: Settings, username: str, reason: str) -> None:
    """Open a closed account again."""
    with _changing(settings) as session:
        keeping.enable(session, actor=COMMAND, account_id=_number(session, username), reason=reason)
    click.echo(f"Opened {username}.", err=True)


@group.command("reset-factors")
@click.argument("username")
@_reason
@click.pass_obj
def reset_factors(settings: Settings, username: str, reason: str) -> None:
    """Take the second factors from somebody who lost theirs, and end the sessions."""
    with _changing(settings) as session:
        keeping.reset_factors(session, actor=COMMAND, account_id=_number(session, username), reason=reason)
    click.echo(f"{username} sets up a new second factor at the next sign-in.", err=True)


@group.command("end-sessions")
@click.argument("username")
@click.pass_obj
def end_sessions(settings: Settings, username: str) -> None:
    """End every session of an account."""
    with _changing(settings) as session:
        ended = actions.end_sessions(session, actor=COMMAND, account_id=_number(session, username))
    click.echo(f"Ended {ended} sessions of {username}.", err=True)


@contextmanager
def _changing(settings: Settings) -> Iterator[Session]:
    """Give one transaction whose refusals end the command with their message."""
    database = database_of(settings)
    try:
        with database.writing() as session:
            yield session
    finally:
        database.dispose()


def _table(session: Session) -> Iterator[tuple[str, ...]]:
    """Return every account as rows of text, with a head."""
    listed, secured = queries.everybody(session), queries.with_factor(session)
    last = queries.sign_ins(session, [account.id for account in listed])
    yield COLUMNS
    for account in listed:
        seen = last.get(account.id)
        yield (
            account.username,
            account.name,
            account.roles,
            account.region_code or WHOLE,
            _state(account),
            "yes" if account.id in secured else "no",
            "yes" if account.must_change else "no",
            seen.isoformat() if seen else "",
        )


def _state(account: Account) -> str:
    return "active" if account.active else "closed"


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    asked = f"Password, {PASSWORD_LEAST} characters or more"
    typed: str = click.prompt(asked, hide_input=True, confirmation_prompt=True, err=True)
    return typed


def _agency_id(session: Session, uid: str) -> int:
    owner = agencies.by_uid(session, uid)
    if owner is None:
        raise NotFoundError(f"There is no agency {uid}.")
    return owner.id


def _region(session: Session, code: str) -> str | None:
    if code in {"", WHOLE}:
        return None
    if regions.by_code(session, code) is None:
        raise NotFoundError(f"There is no region {code}.")
    return code


def _number(session: Session, username: str) -> int:
    account = queries.by_username(session, username)
    if account is None:
        raise NotFoundError(f"There is no account {username}.")
    return account.id
