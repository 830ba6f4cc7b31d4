"""`chengxin accounts`: add and change the accounts of the staff."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.orm import Session

from chengxin.accounts import actions, queries
from chengxin.accounts.credentials import PASSWORD_LEAST
from chengxin.accounts.rules import Role, roles_from
from chengxin.agencies import queries as agencies
from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core.errors import DomainError, NotFoundError

ACTOR = "command"
_from_stdin = click.option("--password-stdin", is_flag=True, help="Read the password from the input.")


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
@_from_stdin
@click.pass_obj
def add(  # noqa: PLR0917 (click's signature)
    settings: Settings,
    username: str,
    name: str,
    roles: str,
    agency: str,
    password_stdin: bool,  # noqa: FBT001 (click's signature)
) -> None:
    """Add an account."""
    password = _password(from_stdin=password_stdin)
    with _changing(settings) as session:
        actions.add(
            session,
            actor=ACTOR,
            username=username,
            name=name,
            roles=roles_from(roles),
            password=password,
            agency_id=_agency_id(session, agency) if agency else None,
        )
    click.echo(f"Added {username}.", err=True)


@group.command("list")
@click.pass_obj
def list_(settings: Settings) -> None:
    """List username, name, roles and state of every account."""
    with database_of(settings).reading() as session:
        for account in queries.everybody(session):
            state = "active" if account.active else "closed"
            click.echo(f"{account.username}\t{account.name}\t{account.roles}\t{state}")


@group.command()
@click.argument("username")
@_from_stdin
@click.pass_obj
def password(settings: Settings, username: str, password_stdin: bool) -> None:  # noqa: FBT001 (click's signature)
    """Set a new password and end every session of the account."""
    wanted = _password(from_stdin=password_stdin)
    with _changing(settings) as session:
        number = _number(session, username)
        actions.set_password(session, actor=ACTOR, account_id=number, password=wanted)
    click.echo(f"The password of {username} is new; its sessions have ended.", err=True)


@group.command()
@click.argument("username")
@click.option("--reason", default="", help="Why; it is kept in the ledger.")
@click.pass_obj
def disable(settings: Settings, username: str, reason: str) -> None:
    """Close an account and end its sessions."""
    with _changing(settings) as session:
        actions.disable(session, actor=ACTOR, account_id=_number(session, username), reason=reason)
    click.echo(f"Closed {username}.", err=True)


@contextmanager
def _changing(settings: Settings) -> Iterator[Session]:
    """Give one transaction whose refusals end the command with their message."""
    database = database_of(settings)
    try:
        with database.writing() as session:
            yield session
    except DomainError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.dispose()


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


def _number(session: Session, username: str) -> int:
    account = queries.by_username(session, username)
    if account is None:
        raise NotFoundError(f"There is no account {username}.")
    return account.id
