"""`chengxin agencies merge` and `unmerge`: say that an agency became part of another, or that it did not."""

from collections.abc import Callable
from contextlib import suppress

import click
from sqlalchemy.orm import Session

from chengxin.agencies import merging, queries
from chengxin.agencies.models import Agency
from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core.errors import DomainError
from chengxin.ledger.rules import COMMAND

REASON = click.option("--reason", required=True, help="Why, with the document it rests on; it is public.")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Do everything, show it, and undo it.")


class _UndoneError(Exception):
    """A dry run is over."""


@click.command()
@click.argument("old")
@click.argument("new")
@REASON
@DRY_RUN
@click.pass_obj
def merge(settings: Settings, old: str, new: str, reason: str, *, dry_run: bool) -> None:
    """Merge agency OLD into agency NEW; each is given by its public id or credit code.

    OLD's address, credit code and names lead to NEW from then on. While a notice against OLD is in force, its
    own file stays readable. Undo it with: chengxin agencies unmerge OLD
    """

    def act(session: Session) -> str:
        merged, into = _known(session, old), _known(session, new)
        merging.merge(session, actor=COMMAND, old=merged, new=into, reason=reason)
        return f"{merged.uid} {merged.name} is merged into {into.uid} {into.name}."

    _do(settings, act, dry_run=dry_run)


@click.command()
@click.argument("old")
@REASON
@DRY_RUN
@click.pass_obj
def unmerge(settings: Settings, old: str, reason: str, *, dry_run: bool) -> None:
    """Undo the merger of agency OLD, given by its public id or credit code."""

    def act(session: Session) -> str:
        agency = _known(session, old)
        merging.unmerge(session, actor=COMMAND, old=agency, reason=reason)
        return f"{agency.uid} {agency.name} stands by itself again."

    _do(settings, act, dry_run=dry_run)


def _do(settings: Settings, act: Callable[[Session], str], *, dry_run: bool) -> None:
    with suppress(_UndoneError), database_of(settings).writing() as session:
        click.echo(act(session))
        if not dry_run:
            return
        raise _UndoneError
    click.echo("Dry run: nothing was written.")


def _known(session: Session, key: str) -> Agency:
    found = queries.by_uid(session, key) or queries.by_uscc(session, key)
    if found is None:
        raise DomainError(f"No agency has the id or credit code {key!r}.")
    return found
