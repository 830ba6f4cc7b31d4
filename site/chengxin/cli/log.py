"""`chengxin log`: check the ledger, and accept one that was restored."""

import click

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.ledger import checking
from chengxin.ledger.rules import COMMAND


@click.group()
def group() -> None:
    """Check the ledger."""


@group.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Re-derive the whole hash chain, compare its end with the anchor, and name every break."""
    database = database_of(settings)
    verdict = checking.verify(database)
    for fault in verdict.faults:
        click.echo(fault)
    with database.writing() as session:
        checking.record_verdict(session, actor=COMMAND, verdict=verdict)
    if verdict.faults:
        raise click.ClickException(f"{len(verdict.faults)} breaks in the ledger")
    click.echo(f"{verdict.events} events fit the chain")


@group.command()
@click.option("--accept", is_flag=True, help="Anchor the ledger as it is; the ledger says that you did.")
@click.pass_obj
def anchor(settings: Settings, *, accept: bool) -> None:
    """Say which event the anchor names, or accept the ledger of a restored backup or a new machine."""
    database = database_of(settings)
    if accept:
        end = checking.accept(database, actor=COMMAND)
        click.echo(f"The ledger is anchored at event {end.number}.")
    else:
        _tell(database)


def _tell(database: Database) -> None:
    """Say which event the anchor names."""
    held = database.anchor.held()
    click.echo(f"The anchor names event {held.number}." if held else "There is no anchor.")
