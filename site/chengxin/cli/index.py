"""`chengxin index`: build the lookup index, bring it up to date, check it."""

import sys
import time

import click

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.search import indexer


@click.group()
def group() -> None:
    """Build and check the lookup index."""


@group.command()
@click.pass_obj
def rebuild(settings: Settings) -> None:
    """Build the index anew from the register; readers keep the old one until the new one is whole."""
    started = time.monotonic()
    with click.progressbar(length=1, label="Agencies", file=sys.stderr) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            if done % 1_000 == 0 or done == total:
                bar.update(done - bar.pos)

        try:
            count = indexer.rebuild(settings, database_of(settings), show)
        except (indexer.IndexBusyError, indexer.NoPlaceForIndexError, OSError) as error:
            raise click.ClickException(str(error)) from error
    click.echo(f"{count} agencies in {time.monotonic() - started:.1f} s")


@group.command()
@click.pass_obj
def update(settings: Settings) -> None:
    """Bring the index to the end of the ledger; a missing or damaged index is built anew."""
    try:
        count = indexer.update(settings, database_of(settings))
    except (indexer.NoPlaceForIndexError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{count} agencies")


@group.command()
@click.pass_obj
def verify(settings: Settings) -> None:
    """Check the index against its checksums and against the register."""
    faults = indexer.verify(settings, database_of(settings))
    if faults:
        raise click.ClickException("\n".join(faults))
    click.echo("The index is whole and up to date.")
