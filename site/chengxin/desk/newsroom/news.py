"""Articles on the desk: write with a preview, publish, revise, take down."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from flask import render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.bulletins import actions, queries
from chengxin.bulletins.labels import CASE_KIND, COLUMN, STATE
from chengxin.bulletins.markdown import to_html
from chengxin.bulletins.models import Article
from chengxin.bulletins.rules import MOVES, Act, CaseKind, Column, State
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.newsroom.illustrations import pictures_of
from chengxin.desk.newsroom.schedule_form import ScheduleForm, schedule_form
from chengxin.desk.racing import gives_back
from chengxin.desk.state_list import ListRow, asked_state, state_list
from chengxin.desk.stepping import Handled, StepForm, step_form, take_step
from chengxin.ledger.rules import Subject

PAGE = 30


class Step(StrEnum):
    """What an officer can do to an article besides writing."""

    PUBLISH = "publish"
    HOLD = "hold"
    WITHDRAW = "withdraw"


WORDS = {
    Step.PUBLISH: _l("Publish now"),
    Step.HOLD: _l("Take it off the schedule"),
    Step.WITHDRAW: _l("Take it down"),
}
STEPS: Mapping[State, tuple[Step, ...]] = {
    State.DRAFT: (Step.PUBLISH,),
    State.SCHEDULED: (Step.PUBLISH, Step.HOLD),
    State.PUBLISHED: (Step.WITHDRAW,),
}


@bp.get("/news/")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def news() -> str:
    """List the articles of a state."""
    with reading() as session:
        return render_template("desk/list.html", **_listed(session, asked_state(State, State.DRAFT)))


@bp.get("/news/<int:article_id>/")
@needs(Right.DRAFT_NEWS, Right.PUBLISH_NEWS)
def article(article_id: int) -> ResponseReturnValue:
    """Show an article with what can be done to it."""
    return article_page(article_id)


@bp.post("/news/<int:article_id>/step")
@needs(Right.PUBLISH_NEWS)
@gives_back(StepForm)
def step_article(article_id: int) -> ResponseReturnValue:
    """Publish an article or take it down."""
    with reading() as session:
        shown = existing(session, article_id)
    form = _step_form(shown, posted=True)
    return take_step(
        handled(shown),
        form,
        lambda session, form: _take(session, form, article_id),
        lambda form: article_page(article_id, form),
    )


def existing(session: Session, article_id: int) -> Article:
    """Return an article, or answer that there is none."""
    found = queries.by_id(session, article_id)
    if found is None:
        raise NotFoundError(N_("There is no such article."))
    return found


def handled(shown: Article) -> Handled:
    """Return an article as something to be handled."""
    url = url_for("desk.article", article_id=shown.id)
    return Handled(subject=Subject("article", shown.id), version=shown.version, code=shown.title, url=url)


def may_revise(shown: Article) -> bool:
    """Tell whether this officer may change the words of an article in its state."""
    needed = Right.PUBLISH_NEWS if shown.state == State.PUBLISHED else Right.DRAFT_NEWS
    return State(shown.state) in MOVES[Act.REVISE].sources and current_account().may(needed)


def article_page(article_id: int, form: StepForm | None = None, schedule: ScheduleForm | None = None) -> str:
    """Return the page of an article with what can be done to it, or with what was wrong in a form."""
    with reading() as session:
        shown = existing(session, article_id)
        happened = history.of_record(session, Subject("article", article_id))
        html = to_html(shown.body, pictures_of(session, article_id))
    public = shown.state == State.PUBLISHED
    return render_template(
        "desk/article.html",
        article=shown,
        html=html,
        words=_words(shown),
        form=form or _step_form(shown, posted=False),
        schedule=(schedule or schedule_form(shown)) if _may_schedule(shown) else None,
        may_revise=may_revise(shown),
        public_url=public_url(f"news/{shown.year}/{shown.slug}/") if public else "",
        history=happened,
    )


def _words(shown: Article) -> dict[str, str]:
    case = CASE_KIND[CaseKind(shown.case_kind)] if shown.case_kind else ""
    return {"state": STATE[State(shown.state)], "column": COLUMN[Column(shown.column)], "case": case}


def _may_schedule(shown: Article) -> bool:
    return State(shown.state) in MOVES[Act.SCHEDULE].sources and current_account().may(Right.PUBLISH_NEWS)


def _step_form(shown: Article, *, posted: bool) -> StepForm | None:
    steps = STEPS.get(State(shown.state), ()) if current_account().may(Right.PUBLISH_NEWS) else ()
    offered = {step: WORDS[step] for step in steps}
    return step_form(offered, with_reason={Step.WITHDRAW}, version=shown.version, posted=posted)


def _take(session: Session, form: StepForm, article_id: int) -> None:
    actor, version = current_account().actor, form.version.data or 0
    if form.step.data == Step.PUBLISH:
        actions.publish(session, actor=actor, article_id=article_id, version=version)
    elif form.step.data == Step.HOLD:
        actions.hold(session, actor=actor, article_id=article_id, version=version)
    else:
        reason = form.reason.data or ""
        actions.withdraw(session, actor=actor, article_id=article_id, version=version, reason=reason)


def _listed(session: Session, state: State) -> dict[str, Any]:
    where = state_list("desk.news", STATE, state, queries.counts_by_state(session), size=PAGE)
    found = queries.in_state(session, state, limit=PAGE, offset=where.offset)
    return {
        "where": where,
        "heading": _("News"),
        "new_url": url_for("desk.article_new"),
        "new_label": _("Write an article"),
        "rows": [_row(each) for each in found],
    }


def _row(shown: Article) -> ListRow:
    return ListRow(
        title=shown.title,
        url=url_for("desk.article", article_id=shown.id),
        lang=shown.language,
        text=shown.summary,
        text_lang=shown.language,
        date=shown.published_at or shown.created_at,
        meta=[COLUMN[Column(shown.column)]],
    )
