"""Notices on the desk: the list by state, and one notice with what can be done to it."""

import math
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.web import reading
from chengxin.desk import history, notice_steps
from chengxin.desk.blueprint import bp
from chengxin.desk.drafting import existing, notice_too_late
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notice_steps import DONE, HINTS, WITH_REASON, Step
from chengxin.desk.stepping import Outcome, StepForm, attempt, step_form
from chengxin.ledger.rules import Subject
from chengxin.standing.rules import standing_of_notice
from chengxin.standing.sanctions import workbench
from chengxin.standing.sanctions.labels import CATEGORY, LEGAL_KIND, NOTICE_KIND, SEVERITY, STATE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import (
    Category,
    LegalKind,
    NoticeKind,
    Severity,
    State,
    is_public,
    term,
)

PAGE = 30


@bp.get("/notices/")
@needs(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES)
def notices() -> str:
    """List the notices of a state."""
    asked = request.args.get("state", "")
    state = State(asked) if asked in set(State) else State.LEGAL_REVIEW
    with reading() as session:
        return render_template("desk/notices.html", **_listed(session, state))


@bp.get("/notices/<int:notice_id>/")
@needs(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES)
def notice(notice_id: int) -> ResponseReturnValue:
    """Show a notice with what can be done to it."""
    return _page(notice_id)


@bp.post("/notices/<int:notice_id>/step")
@needs(Right.DRAFT_NOTICES, Right.PUBLISH_NOTICES)
def step_notice(notice_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        sanction = existing(session, notice_id)
        form = _step_form(session, sanction, posted=True)
    if form is None or form.version.data not in {None, sanction.version}:
        return notice_too_late(sanction)
    return _step(sanction, form) if form.validate() else (_page(notice_id, form), 422)


def _step(sanction: Sanction, form: StepForm) -> ResponseReturnValue:
    actor, notice_id = current_account().actor, sanction.id
    outcome = attempt(
        form, lambda session: notice_steps.take(session, form, notice_id=notice_id, actor=actor)
    )
    if outcome is Outcome.LATE:
        return notice_too_late(sanction)
    if outcome is Outcome.REFUSED:
        return _page(notice_id, form), 422
    flash(str(DONE[Step(form.step.data)]), "done")
    return redirect(url_for("desk.notice", notice_id=notice_id), 303)


def _page(notice_id: int, form: StepForm | None = None) -> str:
    officer, today = current_account(), clock.today()
    with reading() as session:
        sanction = existing(session, notice_id)
        authors = workbench.authors_of(session, sanction)
        form = form or _step_form(session, sanction, posted=False)
        people = (sanction.drafted_by, sanction.proposed_end_by)
        names = accounts.names(session, people)
        happened = history.of_record(session, Subject("sanction", notice_id))
    shown = is_public(sanction.state, sanction.max_until, today)
    return render_template(
        "desk/notice.html",
        sanction=sanction,
        standing=standing_of_notice(sanction.notice_kind, sanction.legal_kind),
        term=_term(sanction),
        words=_words(sanction),
        form=form,
        hints=HINTS,
        waits=notice_steps.waits_for_another(sanction, officer=officer, authors=authors),
        names=names,
        history=happened,
        may_edit=sanction.state == State.DRAFT and officer.may(Right.DRAFT_NOTICES),
        may_read_cases=officer.may(Right.READ_CASES),
        public_url=public_url(f"notices/{sanction.year}/{sanction.number}/") if shown else "",
    )


def _step_form(session: Session, sanction: Sanction, *, posted: bool) -> StepForm | None:
    authors = workbench.authors_of(session, sanction)
    steps = notice_steps.offered(sanction, officer=current_account(), authors=authors)
    return step_form(steps, with_reason=WITH_REASON, version=sanction.version, posted=posted)


def _listed(session: Session, state: State) -> dict[str, Any]:
    counts = workbench.counts_by_state(session)
    pages = max(1, math.ceil(counts[state] / PAGE))
    page = min(max(1, request.args.get("page", 1, int)), pages)
    read = workbench.waiting_for_review if state is State.LEGAL_REVIEW else _in_state(state)
    return {
        "state": state,
        "title": STATE[state],
        "views": [
            {
                "label": label,
                "url": url_for("desk.notices", state=each),
                "count": counts[each],
                "current": each is state,
            }
            for each, label in STATE.items()
        ],
        "rows": [_row(each) for each in read(session, limit=PAGE, offset=(page - 1) * PAGE)],
        "page": page,
        "pages": pages,
    }


def _in_state(state: State) -> Any:
    return lambda session, **window: workbench.in_state(session, state, **window)


def _row(sanction: Sanction) -> dict[str, Any]:
    return {
        "title": sanction.title,
        "url": url_for("desk.notice", notice_id=sanction.id),
        "standing": standing_of_notice(sanction.notice_kind, sanction.legal_kind),
        "party": sanction.party_name,
        "decision_no": sanction.decision_no,
        "decision_date": sanction.decision_date,
        "ending": bool(sanction.proposed_end),
    }


def _words(sanction: Sanction) -> dict[str, str]:
    return {
        "state": STATE[State(sanction.state)],
        "kind": NOTICE_KIND[NoticeKind(sanction.notice_kind)],
        "legal": LEGAL_KIND[LegalKind(sanction.legal_kind)],
        "severity": SEVERITY[Severity(sanction.severity)],
        "category": CATEGORY[Category(sanction.category)],
        "end": STATE[State(sanction.proposed_end)] if sanction.proposed_end else "",
    }


def _term(sanction: Sanction) -> Any:
    """Return the term as published, or as it would be."""
    if sanction.published_on:
        return {"min_until": sanction.min_until, "max_until": sanction.max_until}
    kinds = {"legal_kind": sanction.legal_kind, "notice_kind": sanction.notice_kind}
    return term(sanction.decision_date, severity=sanction.severity, **kinds)
