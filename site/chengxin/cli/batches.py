"""`chengxin notices batch`: put the notices of a quarter together, check them, approve them."""

import csv
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import click
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.cli.importing import ready_database
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.ledger.rules import account_of
from chengxin.standing.batches import actions, queries
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import State
from chengxin.standing.sanctions.deadlines import Practice
from chengxin.standing.sanctions.importing import Waiting

COLUMNS = ("notice", "party", "check", "stops", "detail")
LIST_COLUMNS = ("label", "authority", "state", "notices", "published_on")


class _TrialOver(Exception):  # noqa: N818 (a signal, not an error)
    """Ends a dry run inside its transaction, so that everything is undone."""


@click.group("batch")
def group() -> None:
    """Put the notices of a quarter together, check them, and publish them by one approval."""


def as_option(command: Callable[..., Any]) -> Any:
    """Give a command the option that says whose hand this is."""
    return click.option("--as", "username", required=True, help="Username of whoever does this.")(command)


def batch_options(command: Callable[..., Any]) -> Any:
    """Give a command the label of a batch and the authority that publishes it."""
    authority = click.option("--authority", default="", help="Whose batch; this installation's by default.")
    return click.argument("label")(authority(command))


def reason_option(command: Callable[..., Any]) -> Any:
    """Give a command the option for a reason that is kept with the record."""
    return click.option("--reason", required=True, help="Why, for the record.")(command)


def actor_named(session: Session, username: str, right: Right) -> str:
    """Return a member of staff as an actor, or say what is missing."""
    account = accounts.by_username(session, username)
    if account is None or not account.active:
        raise click.ClickException(f"There is no account {username!r} at work.")
    if not accounts.officer(account).may(right):
        raise click.ClickException(f"The account {username!r} has no right to do this ({right}).")
    return f"account:{account.id}"


def batch_named(session: Session, settings: Settings, label: str, authority: str) -> NoticeBatch:
    """Return the batch of a label, or say that there is none."""
    whose = authority or settings.authority
    if not whose:
        raise click.ClickException("Say --authority: this installation names none in CHENGXIN_AUTHORITY.")
    found = queries.labelled(session, label, whose)
    if found is None:
        raise click.ClickException(f"{whose} has no batch {label}.")
    return found


def waiting_in(session: Session, settings: Settings, label: str, authority: str, actor: str) -> Waiting:
    """Return where an import lets its decisions wait: the batch of a label, opened when there is none."""
    whose = authority or settings.authority
    batch = queries.labelled(session, label, whose) or actions.open_batch(
        session, actor=actor, label=label, authority=whose
    )
    if batch.state != State.ASSEMBLING:
        raise DomainError(f"The batch {label} takes no more notices: it is {batch.state}.")
    return Waiting(batch.id, account_of(actor))


@group.command("list")
@click.pass_obj
def list_command(settings: Settings) -> None:
    """Print the batches as CSV, newest label first."""
    writer = csv.writer(sys.stdout)
    writer.writerow(LIST_COLUMNS)
    with ready_database(settings).reading() as session:
        batches = queries.listed(session, limit=1_000)
        held = queries.sizes(session, [each.id for each in batches])
        for each in batches:
            writer.writerow((each.label, each.authority, each.state, held[each.id], each.published_on))


@group.command("open")
@batch_options
@click.option("--region", default=None, help="Six-digit code of the region.")
@as_option
@click.pass_obj
def open_command(
    settings: Settings, /, *, label: str, authority: str, region: str | None, username: str
) -> None:
    """Open the batch LABEL, for example 2026Q1 or 2026H1."""

    def work(session: Session) -> str:
        actor = actor_named(session, username, Right.DRAFT_NOTICES)
        actions.open_batch(
            session,
            actor=actor,
            label=label,
            authority=authority or settings.authority,
            region_code=region,
        )
        return f"{label} is open"

    _write(settings, work)


@group.command("add")
@batch_options
@click.argument("notices", nargs=-1, type=int)
@click.option("--served", is_flag=True, help="Every served decision that waits in no batch.")
@as_option
@click.pass_obj
def add_command(
    settings: Settings,
    /,
    *,
    label: str,
    authority: str,
    notices: tuple[int, ...],
    served: bool,
    username: str,
) -> None:
    """Put NOTICES (their ids) into the batch LABEL."""

    def work(session: Session) -> str:
        batch = batch_named(session, settings, label, authority)
        actor = actor_named(session, username, Right.DRAFT_NOTICES)
        free = [each.id for each in queries.free_notices(session, limit=100_000)] if served else []
        ids = {*notices, *free}
        actions.add(session, actor=actor, batch_id=batch.id, version=batch.version, sanction_ids=ids)
        return f"{len(ids)} notices put into {label}"

    _write(settings, work)


@group.command("check")
@batch_options
@click.pass_obj
def check_command(settings: Settings, /, *, label: str, authority: str) -> None:
    """Print what the checks find in the batch LABEL as CSV; fail when something stops it."""
    with ready_database(settings).reading() as session:
        batch = batch_named(session, settings, label, authority)
        found = queries.checked(session, batch, today=clock.today())
        change = queries.change_of(session, batch)
        size = queries.sizes(session, [batch.id])[batch.id]
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    for each in found:
        writer.writerow((each.item or "", each.name, each.check, "yes" if each.stops else "no", each.detail))
    stops = sum(each.stops for each in found)
    compared = f"; {change.label} had {change.before}" if change else ""
    click.echo(f"{size} notices{compared}; {stops} findings stop, {len(found) - stops} warn", err=True)
    if stops:
        raise click.exceptions.Exit(1)


@group.command("refuse")
@batch_options
@click.argument("notices", nargs=-1, type=int, required=True)
@reason_option
@as_option
@click.pass_obj
def refuse_command(
    settings: Settings,
    /,
    *,
    label: str,
    authority: str,
    notices: tuple[int, ...],
    reason: str,
    username: str,
) -> None:
    """Take NOTICES (their ids) out of the batch LABEL, back to their authors."""

    def work(session: Session) -> str:
        batch = batch_named(session, settings, label, authority)
        actor = actor_named(session, username, Right.PUBLISH_NOTICES)
        for notice in notices:
            actions.refuse(
                session,
                actor=actor,
                batch_id=batch.id,
                version=batch.version,
                sanction_id=notice,
                reason=reason,
                practice=_practice(settings),
            )
        return f"{len(notices)} notices are out of {label}"

    _write(settings, work)


@group.command("hand-in")
@batch_options
@as_option
@click.pass_obj
def hand_in_command(settings: Settings, /, *, label: str, authority: str, username: str) -> None:
    """Hand the batch LABEL to a second person for approval."""

    def work(session: Session) -> str:
        batch = batch_named(session, settings, label, authority)
        actor = actor_named(session, username, Right.DRAFT_NOTICES)
        actions.hand_in(session, actor=actor, batch_id=batch.id, version=batch.version)
        return f"{label} waits for approval"

    _write(settings, work)


@group.command("approve")
@batch_options
@reason_option
@as_option
@click.option("--dry-run", is_flag=True, help="Do everything, report it, and undo it.")
@click.pass_obj
def approve_command(
    settings: Settings, /, *, label: str, authority: str, reason: str, username: str, dry_run: bool
) -> None:
    """Publish every notice of the batch LABEL, as a second person."""

    def work(session: Session) -> str:
        batch = batch_named(session, settings, label, authority)
        actions.publish(
            session,
            actor=actor_named(session, username, Right.PUBLISH_NOTICES),
            batch_id=batch.id,
            version=batch.version,
            reason=reason,
            practice=_practice(settings),
        )
        lines = [f"{each.year}-{each.number} {each.title}" for each in queries.notices_in(session, batch.id)]
        return "\n".join([*lines, f"{len(lines)} notices of {label} are public"])

    _write(settings, work, dry_run=dry_run)


def _practice(settings: Settings) -> Practice:
    return Practice(publish_days=settings.publish_days, publish_minor=settings.publish_minor == "on")


def _write(settings: Settings, work: Callable[[Session], str], *, dry_run: bool = False) -> None:
    """Do one thing in one transaction and say what came of it; a dry run is undone."""
    database = ready_database(settings)
    try:
        said = _in_one_transaction(database, work, dry_run=dry_run)
    finally:
        database.dispose()
    click.echo(said)
    if dry_run:
        click.echo("Dry run: nothing was written.")


def _in_one_transaction(database: Database, work: Callable[[Session], str], *, dry_run: bool) -> str:
    said: list[str] = []
    with suppress(_TrialOver), database.writing() as session:
        said.append(work(session))
        if dry_run:
            raise _TrialOver
    return said[0]
