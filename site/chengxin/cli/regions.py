"""`chengxin regions`: administrative divisions."""

from pathlib import Path

import click

from chengxin.agencies import regions
from chengxin.agencies.gazetteer import Place
from chengxin.cli import database_of
from chengxin.cli.importing import ready_database
from chengxin.config import Settings
from chengxin.core.tables import Table, TableError, open_table
from chengxin.core.tables.columns import all_names, map_columns, shown
from chengxin.ledger.rules import COMMAND

NAMES = {
    "code": ("代码", "区划代码", "行政区划代码", "region code"),
    "name": ("名称", "区划名称", "单位名称", "region"),
    "level": ("级别", "层级"),
    "parent": ("上级代码", "上级", "parent code"),
}


@click.group()
def group() -> None:
    """Import and list administrative divisions."""


@group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def import_command(settings: Settings, file: Path) -> None:
    """Import divisions from CSV or XLSX with the columns code, name, level, parent."""
    database = ready_database(settings)
    try:
        with open_table(file, known=all_names(NAMES, {})) as table, database.writing() as session:
            known = regions.put_provinces(session, actor=COMMAND)
            added, changed = regions.put(session, actor=COMMAND, places=_places(table))
    finally:
        database.dispose()
    click.echo(f"{added + known:,} regions added, {changed:,} changed")


def _places(table: Table) -> list[Place]:
    at = map_columns(table.header, NAMES, {})
    if not {"code", "name"} <= set(at):
        raise TableError(f"The file needs the columns code and name; it has: {shown(table.header)}.")
    places = []
    for row in table.rows(at["code"]):
        code = row.at(at["code"][0])
        level = row.at(at["level"][0]) if "level" in at else regions.level_of(code)
        parent = row.at(at["parent"][0]) if "parent" in at else ""
        places.append(Place(code, row.at(at["name"][0]), level, parent or regions.parent_of(code)))
    return places


@group.command("list")
@click.option("--below", default=None, help="Code of the region to look into; the provinces otherwise.")
@click.pass_obj
def list_command(settings: Settings, below: str | None) -> None:
    """List the regions directly below one."""
    with database_of(settings).reading() as session:
        for region in regions.below(session, below):
            click.echo(f"{region.code}  {region.name}")
