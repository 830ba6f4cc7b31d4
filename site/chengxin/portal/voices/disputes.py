"""The page on which anybody disputes a record: one form, nothing stored before it is sent, and a receipt."""

from functools import partial

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from chengxin.core import clock
from chengxin.core.errors import N_
from chengxin.core.forms import clean_line
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading, writing
from chengxin.intake.resends import with_a_free_code
from chengxin.ledger.rules import PUBLIC
from chengxin.portal.blueprint import bp
from chengxin.portal.voices import gate
from chengxin.portal.voices.gate import ChangedError, Gate
from chengxin.standing import disputed
from chengxin.standing.disputed import NO_RECORD, Record
from chengxin.standing.objections import actions, labels, rules, sealed
from chengxin.standing.objections.forms import PublicObjectionForm
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Applicant, Ground, Terms
from chengxin.standing.objections.sealed import Dispute, Filing

LONGEST = 100
GONE = N_(
    "This record is not public now. Your text is still here; choose “Something is missing” or open another record."
)
Sent = tuple[Objection, Receipt, Record]


@bp.get("/corrections/new")
def dispute() -> ResponseReturnValue:
    """Show the empty form, or one for the record it was opened from."""
    asked = str(clean_line(request.args.get("record", "")))[:LONGEST]
    kept = asked if _record(asked) is not None else ""
    return _asked(PublicObjectionForm(formdata=None, data={"record": kept}))


@bp.post("/corrections/new")
def dispute_posted() -> ResponseReturnValue:
    """Store the objection and hand out its receipt, or give the text back with what to change."""
    return gate.passed(
        Gate(
            scope="dispute",
            read=PublicObjectionForm,
            empty=lambda: PublicObjectionForm(formdata=None),
            asked=_asked,
            stored=_stored,
            done=_receipt_page,
        )
    )


def promised() -> Terms:
    """Return the two days an objection filed today promises, by this installation's settings."""
    settings = installation().settings
    return rules.terms(
        clock.today(),
        mark_days=settings.objection_mark_days,
        answer_days=settings.objection_answer_days,
    )


def _stored(form: PublicObjectionForm) -> Sent:
    """Seal an objection and store it, counted; a record that is not public now is said to be so."""
    installed, due = installation(), promised()
    record = _record(form.record.data or "")
    if record is None and form.ground.data != Ground.MISSING:
        raise ChangedError(GONE)
    record = record or NO_RECORD
    prepare = partial(
        sealed.prepare,
        secret=installed.secret,
        intake_key=intake_recipients(installed.settings),
        nonce=form.key.nonce,
        dispute=_said(form, record),
    )
    guard = gate.guard("dispute", subject=f"{record.kind} {record.id}" if record.id else "")

    def store(filing: Filing) -> Objection:
        with writing() as session:
            return actions.receive(session, actor=PUBLIC, filing=filing, due=due, guard=guard)

    objection, receipt = with_a_free_code(lambda attempt: prepare(attempt=attempt), store)
    return objection, receipt, record


def _said(form: PublicObjectionForm, record: Record) -> Dispute:
    return Dispute(
        target_kind=record.kind,
        target_id=record.id,
        agency_id=record.agency_id,
        ground=form.ground.data,
        text=form.text.data or "",
        applicant=Applicant.PUBLIC,
        name=form.name.data or "",
        contact=form.contact.data or "",
    )


def _record(asked: str) -> Record | None:
    """Return the public record an address names; nothing when it names none."""
    if not asked:
        return None
    with reading() as session:
        return disputed.find(session, asked, today=clock.today())


def _named(form: PublicObjectionForm) -> Record | None:
    """Return the record a form names; a database that does not answer costs its title, never the text."""
    try:
        record = _record(form.record.data or "")
    except SQLAlchemyError as error:
        current_app.logger.warning("the record was not asked for: %s", type(error).__name__)
        return None
    return record if record and record.title else None


def _asked(form: PublicObjectionForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    due = installation().settings
    page = render_template(
        "portal/dispute.html",
        form=form,
        record=_named(form),
        trouble=trouble,
        mark_days=due.objection_mark_days,
        answer_days=due.objection_answer_days,
    )
    return page, status


def _receipt_page(sent: Sent) -> ResponseReturnValue:
    objection, receipt, record = sent
    return render_template(
        "portal/dispute_receipt.html",
        objection=objection,
        receipt=receipt,
        record=record,
        ground=labels.GROUND[Ground(objection.ground)],
    )
