"""The steps of filing a case, the same for every track: what is read, what is stored."""

from functools import partial

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from chengxin.agencies import queries as agencies
from chengxin.agencies import regions
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.web import installation, reading, writing
from chengxin.intake.resends import with_a_free_code
from chengxin.ledger.rules import PUBLIC
from chengxin.portal.voices import gate, respondents
from chengxin.portal.voices.case_pages import Door, Sent, answers_of, asked, checked, receipt_page
from chengxin.portal.voices.gate import Gate
from chengxin.voices.complaints import alike, receiving, sealed
from chengxin.voices.complaints.forms import CaseForm
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.sealed import Filing
from chengxin.voices.contact.forms import only_uid

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
    return gate.passed(
        Gate(
            scope="complaint",
            read=lambda: _placed(door.form()),
            empty=lambda: _placed(door.form(formdata=None)),
            asked=partial(asked, door),
            checked=partial(checked, door),
            stored=partial(_stored, door),
            done=partial(receipt_page, door),
        )
    )


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


def _stored(door: Door, form: CaseForm) -> Sent:
    """Seal a case and store it, counted and with a sketch of its text."""
    installed, answers = installation(), answers_of(door, form)
    settings, secret = installed.settings, installed.secret
    with reading() as session:
        agency = respondents.meant(session, uid=form.agency.data or "", name=answers.respondent)
    prepare = partial(
        sealed.prepare,
        secret=secret,
        intake_key=intake_recipients(settings),
        nonce=form.key.nonce,
        answers=answers,
        agency=agency,
    )
    sketch = alike.sketch_of(answers.facts, secret=secret)
    guard = gate.guard("case", subject=f"agency {agency.id}" if agency else answers.respondent)

    def store(filing: Filing) -> Complaint:
        with writing() as session:
            return receiving.receive(
                session, actor=PUBLIC, filing=filing, sketch=sketch, guard=guard, tell=settings.mail_to
            )

    return with_a_free_code(lambda attempt: prepare(attempt=attempt), store)
