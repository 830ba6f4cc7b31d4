"""`chengxin permits`: import, list and end permits."""

import csv
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from chengxin.agencies import actions, queries
from chengxin.agencies.importing import PERMIT_TABLE, import_list
from chengxin.agencies.rules import PermitStatus
from chengxin.cli import database_of
from chengxin.cli.importing import import_options, job_of, ready_database, run
from chengxin.config import Settings
from chengxin.core.tables import Table
from chengxin.core.tables.columns import all_names
from chengxin.core.tables.report import Tally
from chengxin.ledger.rules import COMMAND

COLUMNS = ("number", "kind", "status", "status_on", "valid_to", "agency", "name")
STATUSES = click.Choice([status.value for status in PermitStatus])


@click.group()
def group() -> None:
    """Import, list and end permits."""


@group.command("import")
@import_options
@click.option(
    "--allow-shrink", is_flag=True, help="Take a table that lost more than a tenth of its agencies."
)
@click.option("--assume-status", type=STATUSES, help="Status of every permit where the table has none.")
@click.pass_obj
def import_command(
    settings: Settings, /, *, file: Path, allow_shrink: bool, assume_status: str | None, **given: Any
) -> None:
    """Import the permit table of 双公示 from CSV or XLSX: all of it, or nothing.

    Each row enters its agency and its permit. Rows of natural persons and permits of other trades are refused
    and counted; a column of persons' data is never read. The same table again changes nothing.
    """
    job = job_of(file, given)

    def work(session: Session, table: Table, tell: Any, progress: Any) -> Tally:
        return import_list(
            session,
            actor=COMMAND,
            table=table,
            source=job.source,
            said=job.said,
            status=PermitStatus(assume_status) if assume_status else None,
            allow_shrink=allow_shrink,
            layout=PERMIT_TABLE,
            tell=tell,
            progress=progress,
        ).tally

    run(settings, job, known=all_names(PERMIT_TABLE.names, job.said), work=work)


@group.command("list")
@click.option("--status", type=STATUSES, default=None, help="Only permits of this status on record.")
@click.option("--limit", default=50, show_default=True)
@click.pass_obj
def list_command(settings: Settings, status: str | None, limit: int) -> None:
    """Print permits as CSV, the newest change of status first."""
    writer = csv.writer(sys.stdout)
    writer.writerow(COLUMNS)
    with database_of(settings).reading() as session:
        for permit, uid, name in queries.permits_listed(session, status=status or "", limit=limit):
            writer.writerow(
                (permit.number, permit.kind, permit.status, permit.status_on, permit.valid_to, uid, name)
            )


@group.command()
@click.argument("number")
@click.argument("status", type=STATUSES)
@click.option(
    "--on", "day", type=click.DateTime(["%Y-%m-%d"]), default=None, help="First day of the new status."
)
@click.option("--decision-no", default="", help="Number of the decision.")
@click.option("--reason", default="", help="Why, for the record.")
@click.pass_obj
def end(
    settings: Settings, /, *, number: str, status: str, day: datetime | None, decision_no: str, reason: str
) -> None:
    """Move the permit NUMBER to another STATUS: one of the five endings, suspended, or valid again."""
    database = ready_database(settings)
    try:
        with database.writing() as session:
            permits = queries.permits_numbered(session, number)
            if len(permits) != 1:
                raise click.ClickException(
                    f"{len(permits)} permits have the number {number}; it takes exactly one."
                )
            actions.end_permit(
                session,
                actor=COMMAND,
                permit=permits[0],
                to=PermitStatus(status),
                on=day.date() if day else None,
                decision_no=decision_no,
                reason=reason,
            )
    finally:
        database.dispose()
    click.echo(f"{number} is {status}")
