"""`chengxin figures`: correct a published monthly report, or count everything again."""

from datetime import datetime

import click

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.figures import actions, following
from chengxin.ledger.rules import COMMAND


@click.group()
def group() -> None:
    """Correct a monthly report, or count the cases again."""


@group.command()
@click.argument("month", type=click.DateTime(["%Y-%m"]))
@click.option("--reason", required=True, help="Why; readers see it beside both wordings.")
@click.pass_obj
def correct(settings: Settings, *, month: datetime, reason: str) -> None:
    """Publish a corrected wording of the report of MONTH (2026-10); the first one stays readable."""
    with database_of(settings).writing() as session:
        report = actions.correct(session, month.date(), actor=COMMAND, reason=reason)
    click.echo(f"{month:%Y-%m} has wording {report.revision} now.")


@group.command()
@click.pass_obj
def recount(settings: Settings) -> None:
    """Forget the counts and count the whole ledger again; published reports stay as they are."""
    click.echo(f"{following.recount(database_of(settings))} events were counted.")
