"""`chengxin notices`: import decisions an authority has published, and keep batches."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.cli import batches
from chengxin.cli.importing import import_options, job_of, run
from chengxin.config import Settings
from chengxin.core.tables import Table
from chengxin.core.tables.columns import all_names
from chengxin.core.tables.report import Tally
from chengxin.ledger.rules import COMMAND
from chengxin.standing.sanctions import columns
from chengxin.standing.sanctions.decision import Defaults
from chengxin.standing.sanctions.importing import import_decisions
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, Severity


@click.group()
def group() -> None:
    """Import decisions an authority has published, and keep batches."""


group.add_command(batches.group)


@group.command("import")
@import_options
@click.option(
    "--kind", type=click.Choice([each.value for each in NoticeKind]), help="Kind of notice of every row."
)
@click.option(
    "--legal-kind", type=click.Choice([each.value for each in LegalKind]), help="What it is in law."
)
@click.option(
    "--severity", type=click.Choice([each.value for each in Severity]), help="Class that decides the term."
)
@click.option(
    "--decision-date", type=click.DateTime(["%Y-%m-%d"]), help="Day of the decision where the list has none."
)
@click.option("--authority", default="", help="Who decided, where the list does not say.")
@click.option("--basis", default="", help="Legal basis, where the list does not say.")
@click.option("--facts", default="", help="What happened, where the list does not say.")
@click.option(
    "--publication-basis",
    default="",
    help="The law that asks to publish minor decisions, for a batch of them.",
)
@click.option(
    "--allow-shrink", is_flag=True, help="Take a list that lost more than a tenth of its decisions in force."
)
@click.option(
    "--batch", default="", help="Let them wait in this batch (2026Q1) for one approval; needs --as."
)
@click.option("--as", "username", default="", help="Username of whoever brings them into the batch.")
@click.pass_obj
def import_command(settings: Settings, /, *, file: Path, **given: Any) -> None:
    """Import published decisions from CSV or XLSX: all of them, or nothing.

    They are decided and published by an authority, so no second person reviews them here. Each becomes a
    notice with the next number of the year; its term counts from the decision, and a last day the list itself
    names can only shorten it. One whose term is over is kept but never public; a natural person's is never
    taken. The same list again changes nothing.
    """
    label, username = given.pop("batch"), given.pop("username")
    if label and not username:
        raise click.UsageError("--batch needs --as USERNAME: somebody has to bring the notices in.")
    defaults, allow_shrink = _defaults(given), given.pop("allow_shrink")
    job = job_of(file, given)

    def work(session: Session, table: Table, tell: Any, progress: Any) -> Tally:
        actor = batches.actor_named(session, username, Right.DRAFT_NOTICES) if username else COMMAND
        return import_decisions(
            session,
            actor=actor,
            table=table,
            source=job.source,
            said=job.said,
            defaults=defaults,
            allow_shrink=allow_shrink,
            into=batches.waiting_in(session, settings, label, defaults.authority, actor) if label else None,
            tell=tell,
            progress=progress,
        )

    run(settings, job, known=all_names(columns.NAMES, job.said), work=work)


def _defaults(given: dict[str, Any]) -> Defaults:
    """Take what the options say of every row out of the command's options."""
    day: datetime | None = given.pop("decision_date")
    names = ("kind", "legal_kind", "severity", "authority", "basis", "facts", "publication_basis")
    words = {name: given.pop(name) or "" for name in names}
    return Defaults(decision_date=day.date() if day else None, **words)
