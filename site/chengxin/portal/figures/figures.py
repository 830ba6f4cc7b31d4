"""The monthly service report: what came in, what ended, what waits, and how long answers took."""

from datetime import date

from flask import abort, render_template
from flask.typing import ResponseReturnValue

from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.figures import queries
from chengxin.portal.blueprint import bp
from chengxin.portal.figures.figure_tables import CSV_HEAD, LIST_HEAD, Told, csv_rows, list_row, record, told
from chengxin.portal.formats import absolute, csv_answer, json_answer


@bp.get("/figures/")
@published()
def figures() -> ResponseReturnValue:
    """List the months, newest first, each with what came in, ended and waits."""
    months = _months()
    longest = max([each.total["received"] for each in months] or [1]) or 1
    widths = {each.name: round(100 * each.total["received"] / longest) for each in months}
    return render_template("figures/list.html", months=months, widths=widths)


@bp.get("/figures.csv")
@published()
def figures_csv() -> ResponseReturnValue:
    """Give the months as a table."""
    return csv_answer("figures", LIST_HEAD, [list_row(each) for each in _months()])


@bp.get("/figures.json")
@published()
def figures_json() -> ResponseReturnValue:
    """Give the months as JSON, each with the address of its whole report."""
    items = [
        dict(zip(LIST_HEAD, list_row(each), strict=True))
        | {"url": absolute("portal.figures_month_json", month=each.month)}
        for each in _months()
    ]
    return json_answer({"total": len(items), "items": items})


@bp.get("/figures/<month:month>/")
@published()
def figures_month(month: date) -> ResponseReturnValue:
    """Show the report of a month, with its earlier wordings named."""
    return _page(month, None)


@bp.get("/figures/<month:month>/<number:revision>/")
@published()
def figures_wording(month: date, revision: int) -> ResponseReturnValue:
    """Show one wording of a month's report."""
    return _page(month, revision)


@bp.get("/figures/<month:month>.csv")
@published()
def figures_month_csv(month: date) -> ResponseReturnValue:
    """Give every wording of a month's report as one table."""
    rows = [row for report in _wordings(month) for row in csv_rows(report)]
    return csv_answer(f"figures-{month:%Y-%m}", CSV_HEAD, rows)


@bp.get("/figures/<month:month>.json")
@published()
def figures_month_json(month: date) -> ResponseReturnValue:
    """Give a month's report as JSON, with its earlier wordings."""
    newest, *earlier = _wordings(month)
    return json_answer({**record(newest), "earlier": [record(each) for each in earlier]})


def _page(month: date, revision: int | None) -> str:
    wordings = _wordings(month)
    shown = next((each for each in wordings if revision in {None, each.revision}), None) or abort(404)
    address = absolute("portal.figures_month", month=month)
    return render_template(
        "figures/month.html", report=shown, newest=wordings[0], wordings=wordings, address=address
    )


def _wordings(month: date) -> list[Told]:
    """Return the wordings of a month, newest first; a month without a report is a 404."""
    with reading() as session:
        return [told(each) for each in queries.revisions(session, month)] or abort(404)


def _months() -> list[Told]:
    with reading() as session:
        return [told(each) for each in queries.newest_reports(session)]
