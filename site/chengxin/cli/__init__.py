"""The command line `chengxin`: one group a noun, each in a module of its own."""

import importlib
import os

import click

from chengxin.config import Settings, SettingsError
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.workdays import learn
from chengxin.migrations import metadata

NOUNS = {
    "accounts": "Add and change the accounts of the staff.",
    "agencies": "Import and read the register.",
    "db": "Make or migrate the database.",
    "figures": "Correct a monthly report, count the cases again.",
    "index": "Build and check the lookup index.",
    "keys": "Change the keys complaints are sealed to.",
    "log": "Check the ledger.",
    "notices": "Import published decisions and keep batches.",
    "permits": "Import, list and end permits.",
    "regions": "Import administrative divisions.",
    "retention": "Show and erase what is kept no longer.",
    "sample": "Load the invented sample city.",
    "serve": "Serve the site with its worker.",
    "settings": "List every setting, its value and where it came from.",
    "workdays": "Add the official table of a year.",
    "work": "Do what waits: index, mail, automatic ends.",
}


class Nouns(click.Group):
    """The nouns, imported only when one is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """Return the nouns in order."""
        return sorted(NOUNS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a noun's group or command."""
        if cmd_name not in NOUNS:
            return None
        module = importlib.import_module(f"chengxin.cli.{cmd_name}")
        command: click.Command = module.group
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; what a rule says against it ends it with one line, whichever command it is."""
        try:
            return super().invoke(ctx)
        except DomainError as error:
            raise click.ClickException(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the nouns without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(NOUNS.items()))


@click.group(cls=Nouns)
@click.pass_context
def main(ctx: click.Context) -> None:
    """Run and keep a chengxin installation; settings are CHENGXIN_… in the environment."""
    try:
        ctx.obj = ctx.obj or Settings.from_environment(os.environ)
    except SettingsError as error:
        raise click.ClickException(str(error)) from error


def database_of(settings: Settings) -> Database:
    """Return the database of the settings, with every room's tables known."""
    learn(settings.workdays_file)
    metadata()  # a row's foreign keys are followed when it is written, so every table has to be known
    return Database(settings)
