"""`chengxin retention`: show what is due to be erased, and erase it."""

import click

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.ledger.rules import COMMAND
from chengxin.retention import actions, queries


@click.group()
def group() -> None:
    """Erase what belongs to persons when its term is over."""


@group.command()
@click.pass_obj
def plan(settings: Settings) -> None:
    """Print each rule of the schedule and how many records are due; nothing is changed."""
    with database_of(settings).reading() as session:
        lines = queries.plan(session, today=clock.today())
    click.echo("rule,months,days,basis,until,due")
    for line in lines:
        term = line.rule.term
        click.echo(
            f"{line.rule.what},{term.months},{term.days},{line.rule.basis},{line.cutoff.isoformat()},{line.due}"
        )


@group.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Erase what is due now; the worker does the same once a day."""
    erased = actions.run(settings, database_of(settings), actor=COMMAND)
    for what, count in erased.items():
        click.echo(f"{what},{count}")
    if not erased:
        click.echo("Nothing is due.", err=True)
