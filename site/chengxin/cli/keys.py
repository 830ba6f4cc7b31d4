"""`chengxin keys`: see and change the keys that complaints are sealed to, and make an escrow key."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core import intake_keys
from chengxin.core.database import Database
from chengxin.core.keys import keep_once
from chengxin.core.resealing import Batch, SealedColumn, reseal_batch
from chengxin.core.sealing import Keyring, Recipients
from chengxin.evidence import resealing as evidence
from chengxin.evidence.shelf import shelf_of
from chengxin.ledger.actions import record
from chengxin.ledger.rules import COMMAND, Subject
from chengxin.standing.objections import resealing as objections
from chengxin.voices.complaints import resealing as complaints
from chengxin.voices.suggestions import resealing as suggestions
from chengxin.worklists import resealing as worklists

KEYS = Subject("intake_key", 0)


@click.group()
def group() -> None:
    """Change the keys complaints are sealed to."""


@group.command("list")
@click.pass_obj
def list_keys(settings: Settings) -> None:
    """Print the short names of the keys: whom new texts are sealed to, and which private keys are here."""
    for key in intake_keys.intake_recipients(settings).ids:
        click.echo(f"seals\t{key.hex()}")
    if settings.private_key_file.exists():
        for key in intake_keys.intake_keyring(settings).by_id():
            click.echo(f"opens\t{key.hex()}")


@group.command()
@click.confirmation_option(prompt="Make a new intake key? The old one is kept until everything is resealed.")
@click.pass_obj
def rotate(settings: Settings) -> None:
    """Make a new intake key: new texts are sealed to it from now on, old ones stay readable.

    Then run: chengxin keys reseal
    """
    old = intake_keys.intake_recipients(settings).ids[0]
    new = intake_keys.rotate(settings)
    with database_of(settings).writing() as session:
        changed = {"key": new.hex()}
        record(session, actor=COMMAND, verb="key.rotated", subject=KEYS, old={"key": old.hex()}, new=changed)
    click.echo(settings.public_key_file.read_text(encoding="ascii").strip())
    click.echo("This is the public key. A public face on another machine needs it now.", err=True)


@group.command()
@click.pass_obj
def reseal(settings: Settings) -> None:
    """Wrap everything that is sealed for the present recipients alone; it may be stopped and run again."""
    keys = intake_keys.intake_keyring(settings)
    to = intake_keys.intake_recipients(settings)
    database, total = database_of(settings), 0
    for column in sealed_columns():
        total += _reseal_column(database, column, keys, to)
    with database.writing() as session:
        total += evidence.resealed(session, keys, to, shelf=shelf_of(settings))
    with database.writing() as session:
        told = {"texts": total, "keys": [key.hex() for key in to.ids]}
        record(session, actor=COMMAND, verb="key.resealed", subject=KEYS, new=told)
    click.echo(f"{total} sealed texts were wrapped anew.")
    for file in intake_keys.retired_files(settings):
        click.echo(f"No record needs this key any more, backups may: {file}", err=True)


@group.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def escrow(file: Path) -> None:
    """Make an escrow key: its private half goes to FILE, its public half is printed.

    Put the file on a stick, lock it away from the bureau, erase it here; the line goes into
    CHENGXIN_ESCROW_PUBLIC_KEY. Then run: chengxin keys reseal
    """
    if file.exists():
        raise click.ClickException(f"{file} exists already: an escrow key is never written over.")
    fresh = X25519PrivateKey.generate()
    keep_once(file, intake_keys.encoded(fresh.private_bytes_raw()))
    click.echo(intake_keys.encoded(fresh.public_key().public_bytes_raw()).decode().strip())


def sealed_columns() -> list[SealedColumn]:
    """Return every column that is sealed to the desk; names and content of evidence go with their files."""
    rooms = (complaints, objections, suggestions, worklists)
    return [column for room in rooms for column in room.sealed_columns()]


def _reseal_column(database: Database, column: SealedColumn, keys: Keyring, to: Recipients) -> int:
    with click.progressbar(_batches(database, column, keys, to), label=column.name, file=sys.stderr) as bar:
        return sum(batch.changed for batch in bar)


def _batches(database: Database, column: SealedColumn, keys: Keyring, to: Recipients) -> Iterator[Batch]:
    """Go through a column in short transactions, so that complaints pass between them."""
    after = 0
    while True:
        with database.writing() as session:
            batch = reseal_batch(session, column, keys=keys, to=to, after=after)
        if batch is None:
            return
        after = batch.last_id
        yield batch
