"""The page of a suggestion: ask, show what was written, send, and hand out the receipt.

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
from chengxin.portal.blueprint import bp
from chengxin.portal.voices import respondents, sending
from chengxin.voices.suggestions import actions, labels, rules, sealed
from chengxin.voices.suggestions.forms import SuggestionForm, only_uid
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import About, ContactKind
from chengxin.voices.suggestions.sealed import Said

# A whole campus or factory may stand behind one address: only far beyond that it is asked to wait.
LIMIT = "400/10 minutes"
HASTY_LIMIT = "10/10 minutes"


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
    sending.allow_long_text()
    try:
        form = SuggestionForm()
    except RequestEntityTooLarge:
        return _asked(SuggestionForm(formdata=None), status=413, trouble=sending.too_large())
    step = request.form.get("step", "check")
    if step == "edit":
        return _asked(form)
    if not form.validate():
        return _refused(form)
    return _sent(form) if step == "send" else _checked(form)


def _sent(form: SuggestionForm) -> ResponseReturnValue:
    """Store the suggestion and show its receipt, or give the text back with what went wrong."""
    minutes = minutes_to_wait("suggestion", HASTY_LIMIT if form.is_hasty() else LIMIT)
    if minutes:
        return _checked(form, status=429, trouble=sending.wait(minutes))
    try:
        suggestion, receipt = _stored(form)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return _checked(form, status=sending.status_of(error), trouble=sending.not_sent())
    return _receipt(suggestion, receipt)


def _stored(form: SuggestionForm) -> tuple[Suggestion, Receipt]:
    installed, said = installation(), _said(form)
    with reading() as session:
        uid = form.agency.data or ""
        agency = respondents.meant(session, uid=uid, name=said.respondent) if said.respondent else None
    filing = sealed.prepare(
        secret=installed.secret,
        intake_key=intake_recipients(installed.settings),
        nonce=form.key.nonce,
        said=said,
        agency=agency,
    )
    with writing() as session:
        told = installed.settings.mail_to
        return actions.receive(session, actor="public", filing=filing, tell=told), filing.receipt


def _said(form: SuggestionForm) -> Said:
    """Return what was written; the agency and contact details only where they were chosen."""
    kind = form.contact.data
    return Said(
        topic=form.topic.data or "",
        about=form.about.data or "",
        respondent=(form.respondent.data or "") if form.about.data == About.AGENCY else "",
        text=form.text.data or "",
        publication=form.publication.data or "",
        contact_kind=kind or "",
        name=(form.name.data or "") if kind == ContactKind.NAMED else "",
        phone=(form.phone.data or "") if kind != ContactKind.ANONYMOUS else "",
    )


def _asked(form: SuggestionForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    page = render_template(
        "suggestions/form.html",
        form=form,
        trouble=trouble,
        publication_hints=labels.PUBLICATION_HINT,
        contact_hints=labels.CONTACT_HINT,
        consent_version=rules.CONSENT_VERSION,
        reply_days=rules.REPLY_WORKDAYS,
    )
    return page, status


def _checked(form: SuggestionForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    page = render_template(
        "suggestions/check.html", form=form, said=_said(form), labels=labels, trouble=trouble
    )
    return page, status


def _refused(form: SuggestionForm) -> ResponseReturnValue:
    """Show what to change; a text that only waited too long goes to the last page at once."""
    if set(form.errors) <= {"csrf_token", "key"}:
        return _checked(form, status=form.refused_with, trouble=str(EXPIRED))
    return _asked(form, status=form.refused_with)


def _receipt(suggestion: Suggestion, receipt: Receipt) -> ResponseReturnValue:
    page = render_template("suggestions/receipt.html", suggestion=suggestion, receipt=receipt, labels=labels)
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer
