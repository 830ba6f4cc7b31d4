"""`chengxin sample`: load the invented city, and say who may sign in there."""

import sys

import click

from chengxin.cli import database_of
from chengxin.cli.db import prepare
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.sample import complaints, loading, staff
from chengxin.sample.city import FULL_SIZE, City

SECOND_FACTOR = (
    "`chengxin serve --sample` asks these accounts for the password alone. A site of real people asks all staff"
    " for a second factor: CHENGXIN_SECOND_FACTOR=required, the default."
)


@click.group()
def group() -> None:
    """Load the invented sample city."""


@group.command()
@click.option(
    "--agencies",
    type=click.IntRange(loading.SMALLEST, 20_000),
    default=FULL_SIZE,
    show_default=True,
    help="Number of agencies.",
)
@click.option("--if-empty", is_flag=True, help="Do nothing, and do not complain, when there are records.")
@click.pass_obj
def load(settings: Settings, *, agencies: int, if_empty: bool) -> None:
    """Fill an empty installation with 江州市: invented agencies, notices, news, complaints and ratings."""
    prepare(settings)
    database = database_of(settings)
    with database.reading() as session:
        empty, loaded = loading.is_empty(session), loading.is_loaded(session)
    city = loading.city_of(settings, agencies=agencies if empty else loading.SMALLEST)
    if not empty:
        _leave_alone(loaded=loaded, if_empty=if_empty)
    else:
        _load(database, city)
    if empty or loaded:
        _tell_accounts(city)


@group.command()
@click.pass_obj
def accounts(settings: Settings) -> None:
    """Print the sample's accounts and the receipts to try on the tracking page."""
    with database_of(settings).reading() as session:
        if not loading.is_loaded(session):
            raise click.ClickException("The sample is not loaded: run `chengxin sample load`.")
    _tell_accounts(loading.city_of(settings, agencies=loading.SMALLEST))


def _load(database: Database, city: City) -> None:
    acts = loading.plan(city)
    with (
        click.progressbar(length=acts, label="江州市", file=sys.stderr) as bar,
        database.writing() as session,
    ):
        loading.load(session, city, tell=bar.update)
    click.echo(f"Loaded the sample: {len(city.profiles):,} agencies of 江州市, all invented.", err=True)


def _leave_alone(*, loaded: bool, if_empty: bool) -> None:
    found = "The sample is there already" if loaded else "This installation holds records of its own"
    message = f"{found}; nothing was changed."
    if not if_empty:
        raise click.ClickException(message)
    click.echo(message, err=True)


def _tell_accounts(city: City) -> None:
    click.echo(f"Accounts of the desk, all with the password {staff.password()}")
    for each in (*staff.accounts(), staff.guest()):
        click.echo(f"  {each['username']:<10} {each['name']}  {', '.join(each['roles'])}")
    click.echo(SECOND_FACTOR)
    click.echo("Complaints to follow on the tracking page:")
    for party, receipt in complaints.receipts(city):
        click.echo(f"  {receipt.both}  {party}")
