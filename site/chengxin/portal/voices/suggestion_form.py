"""The page of a suggestion: ask, show what was written, send, and hand out the receipt."""

from functools import partial

from flask import render_template, request
from flask.typing import ResponseReturnValue

from chengxin.agencies import queries as agencies
from chengxin.core.i18n import locale
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading, writing
from chengxin.intake.resends import with_a_free_code
from chengxin.ledger.rules import PUBLIC
from chengxin.portal.blueprint import bp
from chengxin.portal.voices import gate, respondents
from chengxin.portal.voices.gate import Gate
from chengxin.voices.contact.forms import only_uid
from chengxin.voices.contact.labels import CONTACT
from chengxin.voices.suggestions import actions, labels, rules, sealed
from chengxin.voices.suggestions.consent import TOLD
from chengxin.voices.suggestions.forms import SuggestionForm
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import About
from chengxin.voices.suggestions.sealed import Filing, Said

Sent = tuple[Suggestion, Receipt]


@bp.get("/suggestions/new")
def suggest_something() -> ResponseReturnValue:
    """Show the empty form, or one for the agency it was opened from."""
    given = {"topic": request.args.get("topic")}
    with reading() as session:
        agency = agencies.by_uid(session, only_uid(request.args.get("agency")))
    if agency is not None:
        given |= {"agency": agency.uid, "about": About.AGENCY, "respondent": agency.name}
    return _asked(SuggestionForm(formdata=None, data=given))


@bp.post("/suggestions/new")
def suggestion_posted() -> ResponseReturnValue:
    """Check what was written, then show it once more or send it."""
    return gate.passed(
        Gate(
            scope="suggestion",
            read=SuggestionForm,
            empty=lambda: SuggestionForm(formdata=None),
            asked=_asked,
            checked=_checked,
            stored=_stored,
            done=_receipt,
        )
    )


def _stored(form: SuggestionForm) -> Sent:
    """Seal a suggestion and store it, counted."""
    installed, said = installation(), _said(form)
    settings = installed.settings
    with reading() as session:
        uid = form.agency.data or ""
        agency = respondents.meant(session, uid=uid, name=said.respondent) if said.respondent else None
    prepare = partial(
        sealed.prepare,
        secret=installed.secret,
        intake_key=intake_recipients(settings),
        nonce=form.key.nonce,
        said=said,
        agency=agency,
    )
    guard = gate.guard("suggestion", subject=f"agency {agency.id}" if agency else said.respondent)

    def store(filing: Filing) -> Suggestion:
        with writing() as session:
            return actions.receive(session, actor=PUBLIC, filing=filing, guard=guard, tell=settings.mail_to)

    return with_a_free_code(lambda attempt: prepare(attempt=attempt), store)


def _said(form: SuggestionForm) -> Said:
    """Return what was written; the agency and contact details only where they were chosen."""
    return Said(
        topic=form.topic.data or "",
        about=form.about.data or "",
        respondent=(form.respondent.data or "") if form.about.data == About.AGENCY else "",
        text=form.text.data or "",
        publication=form.publication.data or "",
        contact_kind=form.contact.data or "",
        name=form.left_name,
        phone=form.left_phone,
    )


def _asked(form: SuggestionForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    page = render_template(
        "suggestions/form.html",
        form=form,
        trouble=trouble,
        publication_hints=labels.PUBLICATION_HINT,
        contact_hints=labels.CONTACT_HINT,
        consent=TOLD.text_of(TOLD.current, locale()),
        reply_days=rules.REPLY_WORKDAYS,
    )
    return page, status


def _checked(form: SuggestionForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    page = render_template(
        "suggestions/check.html",
        form=form,
        said=_said(form),
        labels=labels,
        contact_words=CONTACT,
        consent=TOLD.text_of(TOLD.current, locale()),
        trouble=trouble,
    )
    return page, status


def _receipt(sent: Sent) -> ResponseReturnValue:
    suggestion, receipt = sent
    return render_template("suggestions/receipt.html", suggestion=suggestion, receipt=receipt, labels=labels)
