"""The facts of the proceedings an officer enters: told, replied, hearing, decided, served."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue

from chengxin.accounts.rules import Officer, Right
from chengxin.core import clock
from chengxin.core.errors import DomainError, NotAllowedError
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.drafts import practice
from chengxin.desk.following import in_view
from chengxin.desk.guard import current_account, needs
from chengxin.desk.notices.drafting import existing, handled
from chengxin.desk.notices.notice_fact_forms import (
    DecisionForm,
    FactForm,
    HearingForm,
    ReplyForm,
    ServiceForm,
)
from chengxin.desk.notices.notice_steps import Offer, may_take
from chengxin.desk.queue.queue import asked_view
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt
from chengxin.standing.sanctions import ends, hands, proceedings
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Act, Part
from chengxin.standing.sanctions.stages import (
    Course,
    check_decision,
    check_hearing,
    check_hearing_request,
    check_not_ending,
    check_reply,
    check_told,
    needs_repair_notice,
)
from chengxin.standing.sanctions.steps import course_of


class Fact(StrEnum):
    """A fact of the proceedings, as its page's address names it."""

    TOLD = "told"
    REPLIED = "replied"
    HEARING_REQUESTED = "hearing-requested"
    HEARD = "heard"
    DECIDED = "decided"
    SERVED = "served"
    QUASHED = "quashed"


@dataclass(frozen=True)
class Entry:
    """How a fact is entered: its words, its form, its act, and when it can be."""

    label: str
    hint: str
    reason: str
    form: type[FactForm]
    offer: Offer
    act: Callable[..., Sanction]
    check: Callable[[Course, date, date], None] | None = None


_OFFICERS = (Right.DRAFT_NOTICES,)
# The usual reasons are words of the record, in its language; the officer changes them as needed.
ENTRIES: Mapping[Fact, Entry] = {
    Fact.TOLD: Entry(
        _l("The agency was told"),
        _l("Print the prior notice, serve it, and enter here when and how that was done."),
        "事先告知书已经直接送达。",
        FactForm,
        Offer(Act.TELL, _OFFICERS),
        proceedings.tell,
        check_told,
    ),
    Fact.REPLIED: Entry(
        _l("The agency replied"),
        _l(
            "Write what the agency says in its own words, without data of persons. It is published with the notice."
        ),
        "书面陈述申辩已经收卷。",
        ReplyForm,
        Offer(Act.REPLY, _OFFICERS, Part.AUTHOR),
        proceedings.note_reply,
        check_reply,
    ),
    Fact.HEARING_REQUESTED: Entry(
        _l("The agency asks for a hearing"),
        _l(
            "Within five working days after it was told (行政处罚法 art. 64). Nothing is decided before the hearing."
        ),
        "当事人在期限内要求听证。",
        FactForm,
        Offer(Act.REQUEST_HEARING, _OFFICERS),
        proceedings.request_hearing,
        check_hearing_request,
    ),
    Fact.HEARD: Entry(
        _l("The hearing was held"),
        _l("What came of it stays in the file; it is not published."),
        "听证笔录已经收卷。",
        HearingForm,
        Offer(Act.HOLD_HEARING, _OFFICERS),
        proceedings.hold_hearing,
        check_hearing,
    ),
    Fact.DECIDED: Entry(
        _l("It is decided"),
        _l("As the decision document has it. Every term counts from its day."),
        "负责人审查后作出决定。",
        DecisionForm,
        Offer(Act.DECIDE, _OFFICERS, Part.AUTHOR),
        proceedings.decide,
        check_decision,
    ),
    Fact.SERVED: Entry(
        _l("The decision was served"),
        _l("Within seven working days (行政处罚法 art. 61), together with the notice on credit repair."),
        "决定书和信用修复告知书同时直接送达。",
        ServiceForm,
        Offer(Act.SERVE, _OFFICERS),
        proceedings.serve,
    ),
    Fact.QUASHED: Entry(
        _l("The decision was quashed or changed"),
        _l(
            "The notice has to be withdrawn within three working days of this day (行政处罚法 art. 48). A second person confirms; the public reads your reason."
        ),
        "处罚决定已被依法撤销。",
        FactForm,
        Offer(Act.PROPOSE_END, (Right.PUBLISH_NOTICES,)),
        ends.quashed,
        check_not_ending,
    ),
}


def facts_for(
    sanction: Sanction, *, officer: Officer, parts: Mapping[int, Part], today: date
) -> list[dict[str, Any]]:
    """Return the facts this officer can enter now, with their pages."""
    return [
        {"label": entry.label, "url": in_view("desk.notice_fact", notice_id=sanction.id, fact=fact)}
        for fact, entry in ENTRIES.items()
        if may_take(entry.offer, sanction, officer=officer, hands=parts) and _is_due(entry, sanction, today)
    ]


@bp.get("/notices/<int:notice_id>/facts/<fact>")
@needs(Right.DRAFT_NOTICES)
def notice_fact(notice_id: int, fact: str) -> ResponseReturnValue:
    """Ask for a fact of the proceedings."""
    entry = _entry(fact)
    with reading() as session:
        sanction = existing(session, notice_id)
        parts = hands.hands_of(session, sanction)
    if not may_take(entry.offer, sanction, officer=current_account(), hands=parts):
        return handled(sanction).late()
    begun = {"day": clock.today(), "reason": entry.reason, "version": sanction.version}
    form = entry.form(formdata=None, data={**begun, "view": str(asked_view())})
    form.begin(sanction)
    return _page(sanction, fact, form)


@bp.post("/notices/<int:notice_id>/facts/<fact>")
@needs(Right.DRAFT_NOTICES)
@gives_back(FactForm, ReplyForm, HearingForm, DecisionForm, ServiceForm)
def enter_notice_fact(notice_id: int, fact: str) -> ResponseReturnValue:
    """Keep a fact of the proceedings."""
    entry, form = _entry(fact), _entry(fact).form()
    with reading() as session:
        sanction = existing(session, notice_id)
    if not form.validate():
        return _page(sanction, fact, form), form.refused_with
    outcome = attempt(form, lambda session: _enter(session, entry, form, notice_id))
    if outcome is Outcome.LATE:
        return handled(sanction).late()
    if outcome is Outcome.REFUSED:
        return _page(sanction, fact, form), 422
    flash(str(_l("Kept.")), "done")
    return redirect(in_view("desk.notice", notice_id=notice_id), 303)


def _enter(session: Any, entry: Entry, form: FactForm, notice_id: int) -> Sanction:
    held = {"actor": current_account().actor, "sanction_id": notice_id, "version": form.version.data or 0}
    return entry.act(session, **held, practice=practice(), **form.facts())


def _entry(fact: str) -> Entry:
    return ENTRIES[Fact(fact)] if fact in set(Fact) else abort(404)


def _is_due(entry: Entry, sanction: Sanction, today: date) -> bool:
    try:
        if entry.check is not None:
            entry.check(course_of(sanction), today, today)
    except (DomainError, NotAllowedError):
        return False
    return True


def _page(sanction: Sanction, fact: str, form: FactForm) -> str:
    entry = _entry(fact)
    return render_template(
        "desk/notice_fact.html",
        sanction=sanction,
        fact=fact,
        title=entry.label,
        hint=entry.hint,
        form=form,
        repair_notice_needed=needs_repair_notice(sanction.legal_kind, clock.today()),
    )
