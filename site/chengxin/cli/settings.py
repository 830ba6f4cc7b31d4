"""`chengxin settings`: every setting, its value and where it came from."""

import os
from dataclasses import fields

import click

from chengxin.config import PREFIX, Settings

SECRET = frozenset({"secret_key", "smtp_url", "database_url", "redis_url"})


@click.command()
@click.pass_obj
def group(settings: Settings) -> None:
    """List every setting with its meaning, its value and where the value came from."""
    for each in fields(settings):
        variable = PREFIX + each.name.upper()
        origin = "environment" if os.environ.get(variable, "").strip() else "default"
        value = str(getattr(settings, each.name))
        shown = "(set, not shown)" if each.name in SECRET and value else value
        click.echo(f"{variable}={shown}\n    {each.metadata['meaning']} [{origin}]")
