"""The front page: look up, the latest exposure and exemplary agencies, the way to complain, open figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.agencies.models import Agency
from chengxin.bulletins import queries as bulletins
from chengxin.bulletins.models import Article
from chengxin.core import clock
from chengxin.core.publishing import published
from chengxin.core.web import reading
from chengxin.portal.blueprint import bp
from chengxin.standing import titles
from chengxin.standing.exemplars.labels import LEVEL
from chengxin.standing.exemplars.models import Honour
from chengxin.standing.rules import standing_of_notice
from chengxin.standing.sanctions import queries as sanctions
from chengxin.standing.sanctions.models import Sanction
from chengxin.voices.complaints import queries as complaints
from chengxin.voices.complaints.rules import ANSWER_WORKDAYS

SHOWN = 4
ARTICLES = 3


@dataclass(frozen=True, kw_only=True)
class FrontPage:
    """Everything the front page shows, read in one snapshot."""

    agencies: int
    notices: Sequence[Sanction]
    notices_total: int
    honours: Sequence[Honour]
    holders: Mapping[int, Agency]
    honours_total: int
    complaints: complaints.Figures
    articles: Sequence[Article]


def front_page(session: Session, *, today: date) -> FrontPage:
    """Return what the front page shows on a day."""
    honours = titles.latest(session, today=today, limit=SHOWN)
    return FrontPage(
        agencies=agencies.count(session),
        notices=sanctions.latest(session, today=today, limit=SHOWN),
        notices_total=sanctions.count_published(session, today=today),
        honours=honours,
        holders=agencies.by_ids(session, {each.agency_id for each in honours}),
        honours_total=titles.counted_agencies(session, today=today),
        complaints=complaints.figures(session, today=today),
        articles=bulletins.latest(session, limit=ARTICLES),
    )


@bp.get("/")
@published()
def home() -> ResponseReturnValue:
    """Show the front page."""
    with reading() as session:
        front = front_page(session, today=clock.today())
    return render_template(
        "portal/home.html",
        front=front,
        level_words=LEVEL,
        standing_of_notice=standing_of_notice,
        answer_workdays=ANSWER_WORKDAYS,
    )
