"""The auditor's view: the ledger from the newest event on, its export, its check, and who read what."""

import json
from collections.abc import Iterator
from datetime import timedelta

from flask import Response, abort, flash, redirect, render_template, request, stream_with_context, url_for
from flask.typing import ResponseReturnValue

from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.forms import EXPIRED, ChengxinForm
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address
from chengxin.core.tables.writing import CONTENT_TYPE, csv_lines, plain
from chengxin.core.web import installation, reading, writing
from chengxin.desk.auditing import ledger_filters
from chengxin.desk.auditing.ledger_filters import Asked
from chengxin.desk.auditing.ledger_rows import checked, lines, read_lines
from chengxin.desk.auditing.read_log import SEALED
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, fresh, needs
from chengxin.ledger import browsing, checking
from chengxin.ledger.browsing import Filters
from chengxin.ledger.models import Event

PAGE = 50
MOST_CHECKED = 50_000
MOST_SAID = 5
READS_DAYS = 90
COLUMNS = ("id", "at", "actor", "verb", "subject_kind", "subject_id", "old", "new", "reason", "hash")


@bp.get("/ledger/")
@needs(Right.READ_LEDGER)
def ledger() -> str:
    """Show events newest first, with filters in the address."""
    before = ledger_filters.place()
    with reading() as session:
        asked = ledger_filters.asked(session)
        given = asked.given
        found = browsing.page(session, asked.filters, before=before, limit=PAGE + 1)
        shown = lines(session, found[:PAGE])
        selects = ledger_filters.selects(session, given)
        check = checked(session)
    following = ledger_filters.query(given, after=found[PAGE - 1]) if len(found) > PAGE else ""
    return render_template(
        "desk/ledger.html",
        lines=shown,
        given=given,
        selects=selects,
        check=check,
        form=ChengxinForm(formdata=None),
        unused=asked.complaints,
        narrowed=asked.narrows,
        reads_url=_reads_of(asked),
        formats=_formats(ledger_filters.query(given)),
        first_url=address("desk.ledger", ledger_filters.query(given)) if before else "",
        next_url=address("desk.ledger", following) if following else "",
    )


@bp.get("/ledger.csv")
@needs(Right.READ_LEDGER)
@fresh
def ledger_csv() -> Response:
    """Give every event that fits as a table, a batch at a time."""
    filters = _exported()
    rows = (tuple(getattr(event, name) for name in COLUMNS) for event in _every(filters))
    answer = Response(stream_with_context(csv_lines(COLUMNS, rows)), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    return answer


@bp.get("/ledger.json")
@needs(Right.READ_LEDGER)
@fresh
def ledger_json() -> Response:
    """Give every event that fits as JSON, a batch at a time."""
    return Response(stream_with_context(_json_lines(_exported())), content_type="application/json")


@bp.post("/ledger/verify")
@needs(Right.READ_LEDGER)
def verify_ledger() -> ResponseReturnValue:
    """Check the newest events and the anchor, and write down what it found."""
    if not ChengxinForm().validate():
        flash(str(EXPIRED), "error")
        return redirect(url_for("desk.ledger"), 303)
    verdict = checking.verify(installation().database, most=MOST_CHECKED)
    with writing() as session:
        checking.record_verdict(session, actor=current_account().actor, verdict=verdict)
    if verdict.faults:
        flash(_("The ledger does not fit: %(faults)s", faults="; ".join(verdict.faults[:MOST_SAID])), "error")
    else:
        flash(_("%(n)s events fit the chain and the anchor.", n=verdict.checked), "done")
    return redirect(url_for("desk.ledger"), 303)


@bp.get("/ledger/reads/")
@needs(Right.READ_LEDGER)
def ledger_reads() -> str:
    """Show who read sealed data, and which records were read, in a stretch of days."""
    until = ledger_filters.day_of(request.args.get("until", "")) or clock.today()
    since = ledger_filters.day_of(request.args.get("since", "")) or until - timedelta(days=READS_DAYS)
    days = {"since": since.isoformat(), "until": until.isoformat()}
    between = {
        "since": ledger_filters.start_of(since),
        "until": ledger_filters.start_of(until + timedelta(days=1)),
    }
    with reading() as session:
        officers = read_lines(session, browsing.reads_by_officer(session, **between), days)
        records = read_lines(session, browsing.reads_by_record(session, **between), days)
    return render_template("desk/ledger_reads.html", officers=officers, records=records, **days)


def _exported() -> Filters:
    """Return what an export is narrowed to; a filter that cannot be used must not give away everything."""
    with reading() as session:
        asked = ledger_filters.asked(session)
    if asked.unused:
        abort(404)
    return asked.filters


def _reads_of(asked: Asked) -> str:
    """Return where it stands who read the record that was asked for, lists and searches included."""
    if asked.record is None or asked.record.kind not in SEALED or asked.given["reads"]:
        return ""
    return address("desk.ledger", ledger_filters.query({**asked.given, "verb": "", "reads": "1"}))


def _every(filters: Filters) -> Iterator[Event]:
    with reading() as session:
        yield from browsing.everything(session, filters)


def _json_lines(filters: Filters) -> Iterator[str]:
    separator = '{"events":[\n'
    for event in _every(filters):
        told = {name: getattr(event, name) for name in COLUMNS}
        yield separator + json.dumps(told, ensure_ascii=False, default=plain)
        separator = ",\n"
    yield "\n]}\n" if separator.startswith(",") else '{"events":[]}\n'


def _formats(query: str) -> dict[str, str]:
    return {"csv": address("desk.ledger_csv", query), "json": address("desk.ledger_json", query)}
