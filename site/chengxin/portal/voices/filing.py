"""The steps of filing a case, the same for every track: ask, show what was written, send, hand out the receipt.

Nothing is stored before the last button, and no failure answers with a page that lost the text.
"""

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.agencies.models import Agency
from chengxin.core.forms import EXPIRED
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.limits import minutes_to_wait
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading, writing
from chengxin.portal.voices import respondents, sending
from chengxin.portal.voices.case_pages import Door, answers_of, asked, checked, receipt_page
from chengxin.voices.complaints import alike, receiving, sealed
from chengxin.voices.complaints.forms import CaseForm, only_uid
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.receiving import FullError, Usual
from chengxin.voices.complaints.sealed import Answers

# A whole campus or factory may stand behind one address: only far beyond that it is asked to wait.
LIMIT = "400/10 minutes"
HASTY_LIMIT = "10/10 minutes"
BUSY, BUSY_RESPONDENT = "60/10 minutes", "60/hour"
MOST_PLACES = 60


def opened(door: Door) -> ResponseReturnValue:
    """Show the empty form, or one for the agency it was opened from."""
    given = {"category": request.args.get("category")}
    with reading() as session:
        agency = agencies.by_uid(session, only_uid(request.args.get("agency")))
    if agency is not None:
        given |= {"agency": agency.uid, "respondent": agency.name}
    return asked(door, _placed(door.form(formdata=None, data=given)))


def posted(door: Door) -> ResponseReturnValue:
    """Check what was written, then show it once more or send it."""
    sending.allow_long_text()
    try:
        form = _placed(door.form())
    except RequestEntityTooLarge:
        empty = _placed(door.form(formdata=None))
        return asked(door, empty, status=413, trouble=sending.too_large())
    step = request.form.get("step", "check")
    if step == "edit":
        return asked(door, form)
    if not form.validate():
        return _refused(door, form)
    return _sent(door, form) if step == "send" else checked(door, form)


def _placed(form: CaseForm) -> CaseForm:
    """Offer the districts and leave out what this installation cannot do."""
    try:
        with reading() as session:
            form.offer_places(regions.with_agencies(session, most=MOST_PLACES))
    except SQLAlchemyError:  # without a database the text still comes back, with the district it names
        form.offer_places({form.place.data: form.place.data} if form.place.data else {})
    if not installation().settings.smtp_url:
        form.email.data = ""
    return form


def _sent(door: Door, form: CaseForm) -> ResponseReturnValue:
    """Store the case and show its receipt, or give the text back with what went wrong."""
    minutes = minutes_to_wait("complaint", HASTY_LIMIT if form.is_hasty() else LIMIT)
    if minutes:
        return checked(door, form, status=429, trouble=sending.wait(minutes))
    try:
        case, receipt = _stored(door, form)
    except FullError:
        return checked(door, form, status=429, trouble=sending.full())
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return checked(door, form, status=sending.status_of(error), trouble=sending.not_sent())
    return receipt_page(door, case, receipt)


def _stored(door: Door, form: CaseForm) -> tuple[Complaint, Receipt]:
    installed, answers = installation(), answers_of(door, form)
    settings, secret = installed.settings, installed.secret
    with reading() as session:
        agency = respondents.meant(session, uid=form.agency.data or "", name=answers.respondent)
    filing = sealed.prepare(
        secret=secret,
        intake_key=intake_recipients(settings),
        nonce=form.key.nonce,
        answers=answers,
        agency=agency,
    )
    sketch, in_surge = alike.sketch_of(answers.facts, secret=secret), _in_surge(answers, agency)
    with writing() as session:
        case = receiving.receive(
            session,
            actor="public",
            filing=filing,
            sketch=sketch,
            usual=Usual(daily=settings.usual_daily, daily_respondent=settings.usual_daily_respondent),
            secret=secret,
            in_surge=in_surge,
            tell=settings.mail_to,
        )
    return case, filing.receipt


def _in_surge(answers: Answers, agency: Agency | None) -> bool:
    """Return whether very many come now, from one network or about one respondent; they are marked, not refused."""
    whom = f"agency {agency.id}" if agency else answers.respondent
    from_one_network = minutes_to_wait("busy", BUSY)
    return bool(minutes_to_wait("busy respondent", BUSY_RESPONDENT, subject=whom) or from_one_network)


def _refused(door: Door, form: CaseForm) -> ResponseReturnValue:
    """Show what to change; a text that only waited too long goes to the last page at once."""
    if not form.only_waited:
        return asked(door, form, status=form.refused_with)
    newer = form.consent.errors and not form.token_expired()
    trouble = str(form.consent.errors[0] if newer else EXPIRED)
    return checked(door, form, status=form.refused_with, trouble=trouble)
