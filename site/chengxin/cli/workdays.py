"""`chengxin workdays`: add the table of working days that the State Council publishes for a year."""

from pathlib import Path

import click

from chengxin.config import Settings
from chengxin.core import workdays
from chengxin.core.keys import put_in_place


@click.group()
def group() -> None:
    """Add the official table of a year."""


@group.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def add(settings: Settings, file: Path) -> None:
    """Take the days of FILE: a CSV with the columns day (2027-01-01) and kind (off, or work for a make-up day).

    The worker then computes the deadlines that run again; other machines need the same file.
    """
    own = settings.workdays_file
    try:
        added = workdays.rows_of(file.read_text(encoding="utf-8-sig"))
    except (ValueError, KeyError) as error:
        raise click.ClickException(f"{file}: {error}") from error
    if not added:
        raise click.ClickException(f"{file} names no day; its first line has to be: day,kind")
    kept = workdays.rows_of(own.read_text(encoding="utf-8")) if own.exists() else {}
    lines = [f"{day},{kind}" for day, kind in sorted((kept | added).items())]
    put_in_place(own, "\n".join(["day,kind", *lines, ""]).encode(), mode=0o644)
    click.echo(
        f"{len(added)} days of {', '.join(str(year) for year in sorted({day.year for day in added}))}."
    )


@group.command("list")
@click.pass_obj
def list_days(settings: Settings) -> None:
    """Print every day that differs from Monday to Friday, as CSV."""
    workdays.learn(settings.workdays_file)
    table = workdays.official()
    click.echo("day,kind")
    for day in sorted(table.off | table.made_up):
        click.echo(f"{day},{'off' if day in table.off else 'work'}")
