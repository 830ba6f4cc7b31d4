"""`chengxin db`: make or migrate the database."""

import click

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core.intake_keys import make_intake_keys
from chengxin.core.keys import secret_of
from chengxin.core.migrating import downgrade_database, schema_of, upgrade_database
from chengxin.ledger import checking
from chengxin.ledger.rules import COMMAND

ANCHORED_SINCE = "0017"


@click.group()
def group() -> None:
    """Make or migrate the database."""


@group.command()
@click.pass_obj
def upgrade(settings: Settings) -> None:
    """Bring the database to the newest schema and make the keys that are missing."""
    prepare(settings)
    click.echo(f"The database is ready: {_shown(settings.database)}", err=True)


@group.command()
@click.argument("revision")
@click.confirmation_option(prompt="What only the newer schema could hold will be lost. Go back?")
@click.pass_obj
def downgrade(settings: Settings, revision: str) -> None:
    """Take the database back to the schema REVISION of an earlier release; make a backup first."""
    downgrade_database(settings, revision)
    click.echo(f"The database has schema {revision} again: {_shown(settings.database)}", err=True)


def prepare(settings: Settings) -> None:
    """Make everything an installation needs before it serves: schema and keys."""
    former = schema_of(settings)
    upgrade_database(settings)
    secret_of(settings)
    make_intake_keys(settings)
    if former and former < ANCHORED_SINCE:
        _anchor(settings)


def _anchor(settings: Settings) -> None:
    """Anchor the ledger of an installation that is older than anchors."""
    database = database_of(settings)
    if database.anchor.held() is None:
        checking.accept(database, actor=COMMAND)
    database.dispose()


def _shown(url: str) -> str:
    from sqlalchemy.engine import make_url  # noqa: PLC0415 (only for this line)

    return make_url(url).render_as_string(hide_password=True)
