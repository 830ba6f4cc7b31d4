"""The numbered bulletins (简报), year by year."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from chengxin.bulletins import queries
from chengxin.core import clock
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.addresses import whole
from chengxin.portal.blueprint import bp
from chengxin.portal.newsroom.articles import issue_title, summary_of


@bp.get("/bulletins/")
@published(query=("year",))
def bulletins() -> ResponseReturnValue:
    """List the bulletins of a year; without one, of the latest year that has any."""
    asked = request.args.get("year", "")
    with reading() as session:
        years = queries.bulletin_years(session)
        year = whole(asked) if asked else next(iter(years), clock.today().year)
        if year is None or (asked and year not in years):
            abort(404)
        found = queries.bulletins(session, year=year)
    rows = [(each, issue_title(each), summary_of(each)) for each in found]
    return render_template("news/bulletins.html", year=year, years=years, rows=rows)


@bp.get("/bulletins/<year:year>/<number:issue>/")
@published()
def bulletin(year: int, issue: int) -> ResponseReturnValue:
    """Lead from the number of a bulletin to its page."""
    with reading() as session:
        found = queries.by_issue(session, year, issue) or abort(404)
    return redirect(url_for("portal.article", year=found.year, slug=found.slug), 301)
