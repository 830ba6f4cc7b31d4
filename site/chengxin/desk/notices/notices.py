"""One notice on the desk: what it says, how far it has come, and what can be done to it."""

from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts import queries as accounts
from chengxin.accounts.rules import Right
from chengxin.core import clock
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.desk.drafts import practice
from chengxin.desk.following import links_from
from chengxin.desk.frame import public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notices import notice_course, notice_disputes, notice_facts, notice_steps
from chengxin.desk.notices.drafting import existing, handled
from chengxin.desk.notices.notice_steps import DONE, HINTS, WITH_REASON
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import StepForm, step_form, take_step
from chengxin.ledger.rules import Subject
from chengxin.standing.rules import standing_of_notice
from chengxin.standing.sanctions.basis import rows_of
from chengxin.standing.sanctions.hands import hands_of
from chengxin.standing.sanctions.labels import (
    CATEGORY,
    LEGAL_KIND,
    NAMING,
    NOTICE_KIND,
    PROCEDURE,
    SEVERITY,
    STATE,
)
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.naming import Naming
from chengxin.standing.sanctions.rules import (
    Category,
    LegalKind,
    NoticeKind,
    Part,
    Procedure,
    Severity,
    State,
    is_public,
)
from chengxin.standing.sanctions.stages import is_internal
from chengxin.standing.sanctions.wording import wording_of

STAFF = (Right.DRAFT_NOTICES, Right.REVIEW_NOTICES, Right.PUBLISH_NOTICES)


@bp.get("/notices/<int:notice_id>/")
@needs(*STAFF)
def notice(notice_id: int) -> ResponseReturnValue:
    """Show a notice with what can be done to it."""
    return _page(notice_id)


@bp.post("/notices/<int:notice_id>/step")
@needs(*STAFF)
@gives_back(StepForm)
def step_notice(notice_id: int) -> ResponseReturnValue:
    """Take the step the officer chose."""
    with reading() as session:
        sanction = existing(session, notice_id)
        form = _step_form(session, sanction, posted=True)
    given: Any = {"actor": current_account().actor, "practice": practice()}
    return take_step(
        handled(sanction),
        form,
        lambda session, form: notice_steps.take(session, form, notice_id=notice_id, **given),
        lambda form: _page(notice_id, form),
        said=DONE,
    )


def _page(notice_id: int, form: StepForm | None = None) -> str:
    officer, today = current_account(), clock.today()
    with reading() as session:
        sanction = existing(session, notice_id)
        parts = hands_of(session, sanction)
        form = form or _step_form(session, sanction, posted=False)
        names = accounts.names(session, {*parts, sanction.drafted_by, sanction.proposed_end_by})
        happened = history.of_record(session, Subject("sanction", notice_id))
        shown = is_public(sanction.state, sanction.max_until, today)
        disputes = notice_disputes.links_of(session, sanction, officer=officer, public=shown)
    return render_template(
        "desk/notice.html",
        sanction=sanction,
        standing=standing_of_notice(sanction.notice_kind, sanction.legal_kind),
        term=_term(sanction),
        words=_words(sanction),
        articles=rows_of(sanction.basis_articles),
        stages=notice_course.stages_of(sanction),
        deadlines=notice_course.running(sanction, today, practice()),
        facts=notice_facts.facts_for(sanction, officer=officer, parts=parts, today=today),
        letters=_letters(sanction),
        internal=is_internal(sanction.legal_kind, sanction.severity),
        form=form,
        hints=HINTS,
        waits=notice_steps.waits_for_another(sanction, officer=officer, hands=parts),
        names=names,
        authors=[names[each] for each, part in parts.items() if part is Part.AUTHOR],
        seconds=[names[each] for each, part in parts.items() if part is Part.SECOND],
        history=happened,
        disputes=disputes,
        may_edit=sanction.state == State.DRAFT and officer.may(Right.DRAFT_NOTICES),
        may_read_cases=officer.may(Right.READ_CASES),
        public_url=public_url(f"notices/{sanction.year}/{sanction.number}/") if shown else "",
        **links_from("notice", notice_id),
    )


def _step_form(session: Session, sanction: Sanction, *, posted: bool) -> StepForm | None:
    steps = notice_steps.offered(
        sanction, officer=current_account(), hands=hands_of(session, sanction), today=clock.today()
    )
    return step_form(steps, with_reason=WITH_REASON, version=sanction.version, posted=posted)


def _letters(sanction: Sanction) -> list[str]:
    """Return the letters that can be printed now: each only from the stage that sends it."""
    if sanction.state in {State.PRIOR_NOTICE, State.HEARING}:
        return ["prior-notice"]
    return ["repair"] if sanction.state in {State.DECIDED, State.SERVED, State.PUBLISHED} else []


def _words(sanction: Sanction) -> dict[str, str]:
    return {
        "state": STATE[State(sanction.state)],
        "kind": NOTICE_KIND[NoticeKind(sanction.notice_kind)],
        "legal": LEGAL_KIND[LegalKind(sanction.legal_kind)],
        "severity": SEVERITY[Severity(sanction.severity)],
        "procedure": PROCEDURE[Procedure(sanction.procedure)],
        "naming": NAMING[Naming(sanction.naming)],
        "category": CATEGORY[Category(sanction.category)],
        "end": STATE[State(sanction.proposed_end)] if sanction.proposed_end else "",
    }


def _term(sanction: Sanction) -> Any:
    """Return the term as published, as it would be, or none while nothing is decided."""
    if sanction.published_on:
        return {"min_until": sanction.min_until, "max_until": sanction.max_until}
    return wording_of(sanction).term if sanction.decided else {"min_until": None, "max_until": None}
