"""What every import command shares: options, progress, the row report, the summary, the dry run."""

import csv
import gc
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

import click
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from chengxin.cli import database_of
from chengxin.config import Settings
from chengxin.core.database import Database
from chengxin.core.tables import Table, open_table
from chengxin.core.tables.report import Outcome, RowReport, Tally
from chengxin.search import indexer

SHOWN_EACH = 4
SELDOM = 50_000
OUTCOME_WORDS = {
    Outcome.TAKEN: "taken as new",
    Outcome.CHANGED: "changed",
    Outcome.UNCHANGED: "unchanged",
    Outcome.JOINED: "joined to another row",
    Outcome.REFUSED: "refused",
}
REPORT_COLUMNS = ("row", "outcome", "name", "key", "flags", "why")


class _DryRunOver(Exception):  # noqa: N818 (a signal, not an error)
    """Ends a dry run inside its transaction, so that everything is undone."""


@dataclass(frozen=True)
class Job:
    """One import as the command line asks for it."""

    file: Path
    source: str
    said: dict[str, str]
    encoding: str
    sheet: str
    dry_run: bool
    index: bool
    report: Path | None


def import_options(command: Callable[..., None]) -> Any:
    """Give a command the file argument and the options of every import."""
    for decorate in (
        click.option(
            "--report", type=click.Path(dir_okay=False, path_type=Path), help="Write a CSV line for each row."
        ),
        click.option(
            "--index/--no-index",
            default=True,
            help="Bring the lookup index up to date afterwards; leave it to the worker otherwise.",
        ),
        click.option("--dry-run", is_flag=True, help="Do everything, report it, and undo it."),
        click.option("--sheet", default="", help="Sheet of a workbook; the first with a table otherwise."),
        click.option("--encoding", default="", help="Encoding of a text file; found out otherwise."),
        click.option("--map", "said", multiple=True, metavar="COLUMN=FIELD", help="Say what a column holds."),
        click.option(
            "--source", default="", help="Name of the source; the same for every edition of a list."
        ),
        click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path)),
    ):
        command = decorate(command)
    return command


def job_of(file: Path, given: dict[str, Any]) -> Job:
    """Return the job of a command's options."""
    said: dict[str, str] = {}
    for each in given.pop("said"):
        column, mark, name = each.rpartition("=")
        if not mark or not column:
            raise click.UsageError(f"--map takes COLUMN=FIELD, not {each!r}.")
        said[column.strip()] = name.strip()
    return Job(file=file, said=said, source=given.pop("source") or file.stem, **given)


def ready_database(settings: Settings) -> Database:
    """Return the database, or say how to make it when it has no tables yet."""
    database = database_of(settings)
    if not inspect(database.engine).has_table("agency"):
        database.dispose()
        raise click.ClickException("The database is not made yet. Run: chengxin db upgrade")
    return database


def run(
    settings: Settings,
    job: Job,
    *,
    known: set[str],
    work: Callable[[Session, Table, Callable[[RowReport], None], Callable[[int], None]], Tally],
) -> None:
    """Do an import in one transaction and print what became of the rows."""
    notable = _Notable()
    database = ready_database(settings)
    try:
        with (
            _seldom_collecting(),
            open_table(job.file, known=known, encoding=job.encoding, sheet=job.sheet) as table,
        ):
            _introduce(job, table)
            with _report_writer(job.report, notable) as tell, _progress(table) as progress:
                tally = _in_one_transaction(
                    database, job, lambda session: work(session, table, tell, progress)
                )
        _summarise(job, tally, notable)
        if job.index and not job.dry_run:
            _follow_index(settings, database)
    except OSError as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.dispose()


@contextmanager
def _seldom_collecting() -> Iterator[None]:
    """Look for circles of garbage seldom: rows make none, and the looking costs a sixth of an import."""
    usual = gc.get_threshold()
    gc.set_threshold(SELDOM, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def _in_one_transaction(database: Database, job: Job, work: Callable[[Session], Tally]) -> Tally:
    """Do the work and commit it, or undo it all when it was only a trial."""
    done: list[Tally] = []
    with suppress(_DryRunOver), database.writing() as session:
        done.append(work(session))
        _undo(job.dry_run)
    return done[0]


def _undo(dry_run: bool) -> None:  # noqa: FBT001 (the one fact it asks)
    if dry_run:
        raise _DryRunOver


def _follow_index(settings: Settings, database: Database) -> None:
    """Let the index follow the ledger; when another process is at it already, that one will."""
    click.echo("Bringing the lookup index up to date …", err=True)
    looked_at = indexer.update(settings, database)
    click.echo(f"{looked_at:,} agencies indexed", err=True)


def _introduce(job: Job, table: Table) -> None:
    click.echo(
        f"{table.name}: {table.written}; header in row {table.header_row}; source {job.source!r}", err=True
    )


@contextmanager
def _progress(table: Table) -> Iterator[Callable[[int], None]]:
    with click.progressbar(length=table.expected or 0, label="Rows", file=sys.stderr, width=40) as bar:
        yield bar.update


@contextmanager
def _report_writer(path: Path | None, notable: "_Notable") -> Iterator[Callable[[RowReport], None]]:
    """Give what takes the rows' reports: the file, and a few of the notable ones for the screen."""
    file: TextIO | None = path.open("w", encoding="utf-8-sig", newline="") if path else None
    writer = csv.writer(file) if file else None
    if writer:
        writer.writerow(REPORT_COLUMNS)

    def tell(report: RowReport) -> None:
        notable.look_at(report)
        if writer:
            cells = (report.row, report.outcome, report.name, report.key, " ".join(report.flags), report.why)
            writer.writerow([_plain(str(cell)) for cell in cells])

    try:
        yield tell
    finally:
        if file:
            file.close()


def _plain(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@"} else cell


class _Notable:
    """A few rows of each kind of trouble, for the screen."""

    def __init__(self) -> None:
        self.rows: list[RowReport] = []
        self._seen: Counter[str] = Counter()

    def look_at(self, report: RowReport) -> None:
        """Keep a row when few of its kind were kept."""
        troubles = [*report.flags, *([report.why] if report.outcome == Outcome.REFUSED else [])]
        if any(self._seen[trouble] < SHOWN_EACH for trouble in troubles):
            self.rows.append(report)
        self._seen.update(troubles)


def _summarise(job: Job, tally: Tally, notable: _Notable) -> None:
    for report in notable.rows:
        marks = ", ".join(filter(None, [report.why, *report.flags]))
        click.echo(f"  row {report.row}: {report.outcome}: {report.name or '(no name)'}: {marks}")
    more = tally.flagged + tally.outcomes[Outcome.REFUSED] - len(notable.rows)
    if more > 0:
        click.echo(f"  … and {more:,} more rows with a flag or refused; --report FILE.csv lists every row")
    click.echo(f"{tally.rows:,} rows read")
    for outcome, words in OUTCOME_WORDS.items():
        if tally.outcomes[outcome]:
            click.echo(f"{tally.outcomes[outcome]:>10,} {words}")
    for title, counter in (("kept with a flag", tally.flags), ("refused because", tally.reasons)):
        for reason, count in sorted(counter.items()):
            click.echo(f"{count:>10,} {title}: {reason}")
    if job.dry_run:
        click.echo("Dry run: nothing was written.")
