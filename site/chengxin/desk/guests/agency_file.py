"""The pages of an agency's own account: what is recorded about it, and its say before a decision.

Every view asks for records by the agency of the account; what is another's does not exist here.
"""

from datetime import date
from typing import Any

from flask import abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.agencies import queries as agencies
from chengxin.core import clock
from chengxin.core.errors import N_, NotFoundError
from chengxin.core.i18n import gettext as _
from chengxin.core.web import reading
from chengxin.desk.blueprint import bp
from chengxin.desk.drafts import practice
from chengxin.desk.frame import public_file_url, public_url
from chengxin.desk.guard import current_account, needs
from chengxin.desk.guests.agency_forms import HearingForm, ReplyForm
from chengxin.desk.racing import gives_back
from chengxin.desk.stepping import Outcome, attempt
from chengxin.standing.objections import labels as objection_labels
from chengxin.standing.objections import queries as objections
from chengxin.standing.objections.rules import State as ObjectionState
from chengxin.standing.objections.rules import Target
from chengxin.standing.repairs import labels as repair_labels
from chengxin.standing.repairs import queries as repairs
from chengxin.standing.repairs.rules import State as RepairState
from chengxin.standing.repairs.rules import first_day
from chengxin.standing.sanctions import party, proceedings
from chengxin.standing.sanctions.labels import STATE
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State, is_public
from chengxin.standing.sanctions.stages import HEARING_DAYS, may_be_heard, reply_until

# A reason is content of the record, in the language of the decisions.
FILED = "当事人通过机构账户提交。"


def own_agency() -> int:
    """Return the agency this account belongs to; nobody else comes here."""
    agency_id = current_account().agency_id
    return agency_id if agency_id is not None else abort(403)


@bp.get("/agency/")
@needs(Right.OWN_FILE)
def agency_home() -> str:
    """Show what is recorded about the agency and what it can do."""
    agency_id, today = own_agency(), clock.today()
    with reading() as session:
        owner = agencies.by_id(session, agency_id) or abort(404)
        notices = [_row(each, today) for each in party.of_party(session, agency_id)]
        filed = objections.of_agency(session, agency_id)
        asked = repairs.of_agency(session, agency_id)
    return render_template(
        "desk/agency_home.html",
        agency=owner,
        file_url=public_file_url(owner.uid),
        notices=notices,
        objections=[(each, objection_labels.STATE[ObjectionState(each.state)]) for each in filed],
        grounds=objection_labels.GROUND,
        repairs=[(each, repair_labels.STATE[RepairState(each.state)]) for each in asked],
    )


@bp.get("/agency/notices/<int:notice_id>/")
@needs(Right.OWN_FILE)
def agency_notice(notice_id: int) -> ResponseReturnValue:
    """Show a notice to its party, with what it can do now."""
    return _page(notice_id)


@bp.post("/agency/notices/<int:notice_id>/reply")
@needs(Right.OWN_FILE)
@gives_back(ReplyForm)
def agency_reply(notice_id: int) -> ResponseReturnValue:
    """Keep the agency's statement for the officer and for the notice."""
    form = ReplyForm()
    return _said(notice_id, form, lambda session, held: _reply(session, form, held), reply=form)


@bp.post("/agency/notices/<int:notice_id>/hearing")
@needs(Right.OWN_FILE)
@gives_back(HearingForm)
def agency_hearing(notice_id: int) -> ResponseReturnValue:
    """Keep the agency's wish to be heard."""
    form = HearingForm()
    return _said(notice_id, form, lambda session, held: _hearing(session, form, held), hearing=form)


def own_notice(session: Session, notice_id: int) -> Sanction:
    """Return a notice of this agency, or answer that there is none."""
    sanction = party.own(session, notice_id, agency_id=own_agency())
    if sanction is None:
        raise NotFoundError(N_("There is no such notice."))
    return sanction


def repair_day(sanction: Sanction, today: date) -> date | None:
    """Return the first day a repair may be asked for, or None when the notice is not public."""
    shown = is_public(sanction.state, sanction.max_until, today)
    return first_day(sanction.min_until, sanction.decision_date) if shown else None


def _reply(session: Session, form: ReplyForm, held: dict[str, Any]) -> None:
    proceedings.note_reply(session, statement=form.statement.data or "", reason=FILED, **held)


def _hearing(session: Session, form: HearingForm, held: dict[str, Any]) -> None:
    proceedings.request_hearing(session, reason=form.reason.data or "", **held)


def _said(notice_id: int, form: Any, act: Any, **forms: Any) -> ResponseReturnValue:
    """Do what the agency asks in one transaction, or show the page again with its words."""
    with reading() as session:
        own_notice(session, notice_id)
    if not form.validate():
        return _page(notice_id, **forms), form.refused_with
    held = {
        "actor": current_account().actor,
        "sanction_id": notice_id,
        "version": form.version.data or 0,
        "day": clock.today(),
        "practice": practice(),
    }
    outcome = attempt(form, lambda session: act(session, held))
    if outcome is Outcome.LATE:
        form.form_errors.append(_("The office changed this notice a moment ago. Read it again, then send."))
        return _page(notice_id, **forms), 409
    if outcome is Outcome.REFUSED:
        return _page(notice_id, **forms), 422
    flash(_("The office has it."), "done")
    return redirect(url_for("desk.agency_notice", notice_id=notice_id), 303)


def _page(notice_id: int, *, reply: ReplyForm | None = None, hearing: HearingForm | None = None) -> str:
    today = clock.today()
    with reading() as session:
        sanction = own_notice(session, notice_id)
        marks = objections.open_marks(session, Target.SANCTION, [notice_id])[notice_id]
        asked = repairs.open_of_sanction(session, notice_id)
    begun = {"version": sanction.version}
    may_speak = sanction.state == State.PRIOR_NOTICE and sanction.told_on is not None
    return render_template(
        "desk/agency_notice.html",
        sanction=sanction,
        state=STATE[State(sanction.state)],
        readable=party.is_readable(sanction),
        reply=(_fresh(reply, ReplyForm, begun) if may_speak else None),
        hearing=(_fresh(hearing, HearingForm, begun) if may_speak and _may_ask(sanction, today) else None),
        reply_by=reply_until(sanction.told_on) if sanction.told_on else None,
        hearing_by=_hearing_by(sanction),
        marks=marks,
        repair=asked[0] if asked else None,
        repair_from=repair_day(sanction, today),
        today=today,
        record=f"notices/{sanction.year}/{sanction.number}" if sanction.number else "",
        public_url=_public_url(sanction, today),
    )


def _fresh(form: Any, kind: Any, begun: dict[str, Any]) -> Any:
    """Return the form as it was posted, or a fresh one that holds the version now shown."""
    made = form or kind(formdata=None, data=begun)
    made.version.data, made.version.raw_data = begun["version"], None
    return made


def _hearing_by(sanction: Sanction) -> date | None:
    return reply_until(sanction.told_on, HEARING_DAYS) if sanction.told_on else None


def _may_ask(sanction: Sanction, today: date) -> bool:
    last = _hearing_by(sanction)
    in_time = last is not None and today <= last
    return in_time and may_be_heard(sanction.legal_kind, sanction.severity)


def _public_url(sanction: Sanction, today: date) -> str:
    shown = is_public(sanction.state, sanction.max_until, today)
    return public_url(f"notices/{sanction.year}/{sanction.number}/") if shown else ""


def _row(sanction: Sanction, today: date) -> dict[str, Any]:
    """Return a notice as one line; of one that has ended only its number is left."""
    over = sanction.state not in party.BEFORE_SERVICE | party.SERVED or (
        sanction.state == State.PUBLISHED and today > sanction.max_until
    )
    number = _("Notice No. %(number)s of %(year)s", number=sanction.number, year=sanction.year)
    return {
        "title": number if over else sanction.title,
        "lang": "" if over else "zh-Hans",
        "url": "" if over else url_for("desk.agency_notice", notice_id=sanction.id),
        "state": STATE[State(sanction.state)],
        "date": sanction.told_on or sanction.decision_date,
        "until": sanction.max_until if sanction.state == State.PUBLISHED else None,
    }
