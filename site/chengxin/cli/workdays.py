"""`chengxin workdays`: add the table of working days that the State Council publishes for a year."""

from datetime import date
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
    whole = _kept(own) | added
    lines = [f"{day},{kind}" for day, kind in sorted(whole.items())]
    put_in_place(own, "\n".join(["day,kind", *lines, ""]).encode(), mode=0o644)
    years = sorted({day.year for day in added})
    click.echo(f"{len(added)} days of {', '.join(str(year) for year in years)}.")
    for year in years:
        missing = workdays.missing_from(whole, year)
        if missing:
            click.echo(
                f"{year} is not whole: no days off for {'、'.join(missing)}; its terms stay provisional."
            )


@group.command("list")
@click.pass_obj
def list_days(settings: Settings) -> None:
    """Print every day that differs from Monday to Friday, as CSV."""
    workdays.learn(settings.workdays_file)
    table, trouble = workdays.official(), workdays.trouble()
    if trouble:
        raise click.ClickException(f"{settings.workdays_file} cannot be read: {trouble}")
    click.echo("day,kind")
    for day in sorted(table.off | table.made_up):
        click.echo(f"{day},{'off' if day in table.off else 'work'}")


def _kept(own: Path) -> dict[date, str]:
    try:
        return workdays.rows_of(own.read_text(encoding="utf-8-sig")) if own.exists() else {}
    except ValueError as error:
        raise click.ClickException(f"{own} cannot be read; mend or remove it first: {error}") from error
