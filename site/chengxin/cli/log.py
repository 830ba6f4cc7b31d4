"""`chengxin log`: check the ledger."""

import click

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.ledger import queries


@click.group()
def group() -> None:
    """Check the ledger."""


@group.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Re-derive the whole hash chain and name every break."""
    with database_of(settings).reading() as session:
        faults = list(queries.faults(session))
        count = queries.last_id(session)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(f"{len(faults)} breaks in the ledger")
    click.echo(f"{count} events fit the chain")
