"""The page on which anybody disputes a record: one form, nothing stored before it is sent, and a receipt."""

from flask import make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core import clock
from chengxin.core.forms import EXPIRED, clean_line
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.limits import minutes_to_wait
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading, writing
from chengxin.portal.blueprint import bp
from chengxin.portal.voices import sending
from chengxin.standing import disputed
from chengxin.standing.disputed import NO_RECORD, Record
from chengxin.standing.objections import actions, labels, rules, sealed
from chengxin.standing.objections.forms import PublicObjectionForm
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Applicant, Ground, Terms
from chengxin.standing.objections.sealed import Dispute

LIMIT = "20/10 minutes"
HASTY_LIMIT = "5/10 minutes"
LONGEST = 100


@bp.get("/corrections/new")
def dispute() -> ResponseReturnValue:
    """Show the empty form, or one for the record it was opened from."""
    asked = str(clean_line(request.args.get("record", "")))[:LONGEST]
    record = _record(asked)
    kept = asked if record is not None else ""
    return _asked(PublicObjectionForm(formdata=None, data={"record": kept}), record)


@bp.post("/corrections/new")
def dispute_posted() -> ResponseReturnValue:
    """Store the objection and hand out its receipt, or give the text back with what to change."""
    sending.allow_long_text()
    try:
        form = PublicObjectionForm()
    except RequestEntityTooLarge:
        empty = PublicObjectionForm(formdata=None)
        return _asked(empty, None, status=413, trouble=sending.too_large())
    record = _record(form.record.data or "")
    if not form.validate():
        trouble = str(EXPIRED) if set(form.errors) <= {"csrf_token", "key"} else ""
        return _asked(form, record, status=form.refused_with, trouble=trouble)
    if record is None and form.ground.data != Ground.MISSING:
        return _asked(form, None, status=422, trouble=_gone())
    return _sent(form, record or NO_RECORD)


def promised() -> Terms:
    """Return the two days an objection filed today promises, by this installation's settings."""
    settings = installation().settings
    return rules.terms(
        clock.today(),
        mark_days=settings.objection_mark_days,
        answer_days=settings.objection_answer_days,
    )


def _sent(form: PublicObjectionForm, record: Record) -> ResponseReturnValue:
    minutes = minutes_to_wait("dispute", HASTY_LIMIT if form.is_hasty() else LIMIT)
    if minutes:
        return _asked(form, record, status=429, trouble=sending.wait(minutes))
    try:
        objection, receipt = _stored(form, record)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return _asked(form, record, status=sending.status_of(error), trouble=sending.not_sent())
    return _receipt_page(objection, receipt, record)


def _stored(form: PublicObjectionForm, record: Record) -> tuple[Objection, Receipt]:
    installed = installation()
    filing = sealed.prepare(
        secret=installed.secret,
        intake_key=intake_recipients(installed.settings),
        nonce=form.key.nonce,
        dispute=Dispute(
            target_kind=record.kind,
            target_id=record.id,
            agency_id=record.agency_id,
            ground=form.ground.data,
            text=form.text.data or "",
            applicant=Applicant.PUBLIC,
            name=form.name.data or "",
            contact=form.contact.data or "",
        ),
    )
    due = promised()
    with writing() as session:
        return actions.receive(session, actor="public", filing=filing, due=due), filing.receipt


def _record(asked: str) -> Record | None:
    """Return the public record an address names; nothing when it names none."""
    if not asked:
        return None
    with reading() as session:
        return disputed.find(session, asked, today=clock.today())


def _gone() -> str:
    return _(
        "This record is not public now. Your text is still here; choose “Something is missing” or open another record."
    )


def _asked(
    form: PublicObjectionForm, record: Record | None, *, status: int = 200, trouble: str = ""
) -> ResponseReturnValue:
    due = installation().settings
    page = render_template(
        "portal/dispute.html",
        form=form,
        record=record if record and record.title else None,
        trouble=trouble,
        mark_days=due.objection_mark_days,
        answer_days=due.objection_answer_days,
    )
    return page, status


def _receipt_page(objection: Objection, receipt: Receipt, record: Record) -> ResponseReturnValue:
    page = render_template(
        "portal/dispute_receipt.html",
        objection=objection,
        receipt=receipt,
        record=record,
        ground=labels.GROUND[Ground(objection.ground)],
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
