"""The complaint page: ask, show what was written, send, and hand out the receipt.

Nothing is stored before the last button, and no failure answers with a page that lost the text.
"""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.agencies import queries as agencies
from chengxin.core.forms import EXPIRED
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.limits import minutes_to_wait
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading, writing
from chengxin.portal import sending
from chengxin.portal.blueprint import bp
from chengxin.voices.complaints import actions, labels, queries, rules, sealed
from chengxin.voices.complaints.forms import ComplaintForm, only_uid
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import ContactKind
from chengxin.voices.complaints.sealed import Answers

LIMIT = "40/10 minutes"
HASTY_LIMIT = "10/10 minutes"


@bp.get("/complaints/new")
def complaint() -> ResponseReturnValue:
    """Show the empty form, or one for the agency it was opened from."""
    given = {"category": request.args.get("category")}
    with reading() as session:
        agency = agencies.by_uid(session, only_uid(request.args.get("agency")))
    if agency is not None:
        given |= {"agency": agency.uid, "respondent": agency.name}
    return _asked(ComplaintForm(formdata=None, data=given))


@bp.post("/complaints/new")
def complaint_posted() -> ResponseReturnValue:
    """Check what was written, then show it once more or send it."""
    sending.allow_long_text()
    try:
        form = ComplaintForm()
    except RequestEntityTooLarge:
        return _asked(ComplaintForm(formdata=None), status=413, trouble=sending.too_large())
    step = request.form.get("step", "check")
    if step == "edit":
        return _asked(form)
    if not form.validate():
        return _refused(form)
    return _sent(form) if step == "send" else _checked(form)


def _sent(form: ComplaintForm) -> ResponseReturnValue:
    """Store the complaint and show its receipt, or give the text back with what went wrong."""
    minutes = minutes_to_wait("complaint", HASTY_LIMIT if form.is_hasty() else LIMIT)
    if minutes:
        return _checked(form, status=429, trouble=sending.wait(minutes))
    try:
        case, receipt = _stored(form)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return _checked(form, status=sending.status_of(error), trouble=sending.not_sent())
    return _receipt(case, receipt)


def _stored(form: ComplaintForm) -> tuple[Complaint, Receipt]:
    installed = installation()
    answers = _answers(form)
    with reading() as session:
        agency = queries.respondent_of(session, uid=form.agency.data or "", name=answers.respondent)
    filing = sealed.prepare(
        secret=installed.secret,
        intake_key=intake_recipients(installed.settings),
        nonce=form.key.nonce,
        answers=answers,
        agency=agency,
    )
    with writing() as session:
        case = actions.file(session, actor="public", filing=filing, tell=installed.settings.mail_to)
    return case, filing.receipt


def _answers(form: ComplaintForm) -> Answers:
    """Return what was written; contact details only of the kind that was chosen."""
    kind = form.contact.data
    return Answers(
        respondent=form.respondent.data or "",
        category=form.category.data or "",
        facts=form.facts.data or "",
        contact_kind=kind or "",
        name=(form.name.data or "") if kind == ContactKind.NAMED else "",
        phone=(form.phone.data or "") if kind != ContactKind.ANONYMOUS else "",
    )


def _asked(form: ComplaintForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    page = render_template(
        "portal/complaint.html",
        form=form,
        trouble=trouble,
        contact_hints=labels.CONTACT_HINT,
        accept_days=rules.ACCEPT_WORKDAYS,
        answer_days=rules.ANSWER_WORKDAYS,
    )
    return page, status


def _checked(form: ComplaintForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    page = render_template(
        "portal/complaint_check.html",
        form=form,
        answers=_answers(form),
        category=labels.CATEGORY,
        contact=labels.CONTACT,
        trouble=trouble,
    )
    return page, status


def _refused(form: ComplaintForm) -> ResponseReturnValue:
    """Show what to change; a text that only waited too long goes to the last page at once."""
    if set(form.errors) <= {"csrf_token", "key"}:
        return _checked(form, status=form.refused_with, trouble=str(EXPIRED))
    return _asked(form, status=form.refused_with)


def _receipt(case: Complaint, receipt: Receipt) -> ResponseReturnValue:
    page = render_template(
        "portal/complaint_receipt.html", case=case, receipt=receipt, category=labels.CATEGORY_SHORT
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
