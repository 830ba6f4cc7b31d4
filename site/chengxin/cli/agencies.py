"""`chengxin agencies`: import published lists and read the register."""

from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from chengxin.agencies import columns, queries
from chengxin.agencies.importing import import_list
from chengxin.agencies.rules import PermitStatus, licence_status
from chengxin.cli import database_of
from chengxin.cli.importing import import_options, job_of, run
from chengxin.cli.merging import merge, unmerge
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.tables import Table
from chengxin.core.tables.columns import all_names, shown
from chengxin.core.tables.report import Tally
from chengxin.ledger.rules import COMMAND


@click.group()
def group() -> None:
    """Import published lists and read the register."""


group.add_command(merge)
group.add_command(unmerge)


@group.command("import")
@import_options
@click.option("--allow-shrink", is_flag=True, help="Take a list that lost more than a tenth of its agencies.")
@click.option(
    "--assume-status",
    type=click.Choice([status.value for status in PermitStatus]),
    help="Status of every licence when the list has no column for it; unknown otherwise.",
)
@click.pass_obj
def import_command(
    settings: Settings, /, *, file: Path, allow_shrink: bool, assume_status: str | None, **given: Any
) -> None:
    """Import a list of agencies from CSV or XLSX: all of it, or nothing.

    The same list again changes nothing. A row is matched by credit code, else by licence number, else by name
    and place. Flags say what a record was kept with; unknown licence status never shows as valid.
    """
    job = job_of(file, given)

    def work(session: Session, table: Table, tell: Any, progress: Any) -> Tally:
        result = import_list(
            session,
            actor=COMMAND,
            table=table,
            source=job.source,
            said=job.said,
            status=PermitStatus(assume_status) if assume_status else None,
            allow_shrink=allow_shrink,
            tell=tell,
            progress=progress,
        )
        if result.unused_columns:
            click.echo(f"Columns not used: {shown(result.unused_columns)}", err=True)
        if result.missing:
            click.echo(
                f"{result.missing:,} agencies of this source are not in the list;"
                " they are kept and marked as no longer listed."
            )
        return result.tally

    run(settings, job, known=all_names(columns.NAMES, job.said), work=work)


@group.command()
@click.argument("text")
@click.option("--limit", default=20, show_default=True)
@click.pass_obj
def find(settings: Settings, text: str, limit: int) -> None:
    """List agencies whose name, other name, credit code or licence number contains a text."""
    with database_of(settings).reading() as session:
        found = queries.named_like(session, text, limit=limit)
        permits = queries.permits_of(session, [agency.id for agency in found])
        for agency in found:
            status = licence_status(permits[agency.id], clock.today())
            click.echo("\t".join((agency.uid, agency.name, agency.uscc or "-", status)))


@group.command()
@click.pass_obj
def sources(settings: Settings) -> None:
    """List the sources of the register and how many agencies each gave."""
    with database_of(settings).reading() as session:
        for source, number in queries.sources(session).items():
            click.echo(f"{number:>10,}  {source or '(entered by hand)'}")


@group.command()
def fields() -> None:
    """List the fields an import knows and the column names it finds them by."""
    for name, words in columns.NAMES.items():
        click.echo(f"{name}: {', '.join(words)}")
