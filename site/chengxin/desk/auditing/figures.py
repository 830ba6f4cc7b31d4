"""The figures of the desk: what comes, goes and waits, and how long answers take, by month and from every side."""

from collections.abc import Callable, Sequence

from flask import Response, abort, render_template, request
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.publishing import address
from chengxin.core.tables.writing import CONTENT_TYPE, csv_lines
from chengxin.core.web import reading
from chengxin.desk.auditing import figure_rows, matter_figures
from chengxin.desk.auditing.figure_rows import HEAD, Line, Span
from chengxin.desk.blueprint import bp
from chengxin.desk.guard import current_account, needs
from chengxin.figures import queries
from chengxin.figures.rules import Facet, first_of

SPANS = (3, 12, 24)
USUAL = 12
Read = Callable[[Session, Span], Sequence[Line]]
SIDES: dict[str, Read] = {
    "month": figure_rows.by_month,
    "track": figure_rows.by_track,
    "category": lambda session, span: figure_rows.by_side(session, span, Facet.CATEGORY),
    "region": lambda session, span: figure_rows.by_side(session, span, Facet.REGION),
    "officer": lambda session, span: figure_rows.by_officer(session, span, current_account()),
}


@bp.get("/figures/")
@needs(Right.READ_FIGURES)
def figures() -> str:
    """Show the figures of the last months."""
    months = _months()
    span = Span.back(months, until=first_of(clock.today()))
    with reading() as session:
        sides = {name: SIDES[name](session, span) for name in _offered()}
        ages = figure_rows.ages(session)
        late = queries.overdue(session, today=clock.today())
        reviews = queries.reviews(session, since=span.since, until=span.until)
        matters = matter_figures.since(session, span.since)
    return render_template(
        "desk/figures.html",
        months=months,
        spans=SPANS,
        ages=ages,
        waiting=sum(age.count for age in ages),
        overdue=late,
        reviews=reviews,
        matters=matters,
        has_region=current_account().region is not None,
        oldest=max((age.count for age in ages), default=0) or 1,
        this_month=sides["month"][0],
        by_month=sides.pop("month"),
        sides=_headed(sides),
        csv_urls={name: address("desk.figures_csv", f"by={name}&months={months}") for name in _offered()},
    )


@bp.get("/figures.csv")
@needs(Right.READ_FIGURES)
def figures_csv() -> Response:
    """Give one side of the figures as a table."""
    side = request.args.get("by", "month")
    if side not in _offered():
        abort(404)
    span = Span.back(_months(), until=first_of(clock.today()))
    with reading() as session:
        rows = [line.cells() for line in SIDES[side](session, span)]
    answer = Response("".join(csv_lines(HEAD, rows)), content_type=CONTENT_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="figures-by-{side}.csv"'
    return answer


def _offered() -> list[str]:
    """Return the sides somebody may see: figures of officers are for few."""
    alone = current_account().may(Right.READ_OFFICER_FIGURES)
    return [name for name in SIDES if alone or name != "officer"]


def _months() -> int:
    asked = request.args.get("months", "")
    return int(asked) if asked in {str(each) for each in SPANS} else USUAL


def _headed(sides: dict[str, Sequence[Line]]) -> list[dict[str, object]]:
    """Return the tables with their headings and the longest bar of each."""
    words = {
        "track": _("By way to write"),
        "category": _("By category"),
        "region": _("By region"),
        "officer": _("By officer"),
    }
    return [
        {
            "name": name,
            "heading": words[name],
            "lines": lines,
            "longest": max((max(line.received, line.ended) for line in lines), default=0) or 1,
        }
        for name, lines in sides.items()
    ]
