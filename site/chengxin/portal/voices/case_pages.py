"""The pages of filing a case: the form, the page to check, the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app, make_response, render_template
from flask.typing import ResponseReturnValue

from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import locale
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading
from chengxin.portal.voices import respondents
from chengxin.portal.voices.respondents import Possible
from chengxin.voices.complaints import consent, happening, labels, rules
from chengxin.voices.complaints.forms import CaseForm
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import ContactKind, Track
from chengxin.voices.complaints.sealed import Answers, Details


@dataclass(frozen=True)
class Door:
    """One way in: its track, its form, its address, and its templates (ask, check, receipt)."""

    track: Track
    form: type[CaseForm]
    endpoint: str
    name: str
    contact: Mapping[ContactKind, str] = field(default_factory=dict)

    def template(self, page: str = "") -> str:
        """Return the template of one of its pages."""
        return f"portal/{self.name}{page}.html"


def asked(door: Door, form: CaseForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    """Show the form, with what kept it from being sent."""
    page = render_template(
        door.template(),
        door=door,
        form=form,
        trouble=trouble,
        contact_hints=door.contact,
        category_hints=labels.CATEGORY_HINT,
        consent=consent.text_of(consent.CURRENT, locale()),
        offers_mail=bool(installation().settings.smtp_url),
        accept_days=rules.ACCEPT_WORKDAYS,
        answer_days=rules.ANSWER_WORKDAYS,
    )
    return page, status


def checked(door: Door, form: CaseForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    """Show what was written once more, with the button that sends it."""
    answers = answers_of(door, form)
    agency, offered = _whom(form, answers)
    page = render_template(
        door.template("_check"),
        door=door,
        form=form,
        answers=answers,
        agency=agency,
        possible=offered,
        warnings=_warnings(answers.details),
        places=form.places,
        labels=labels,
        consent=consent.text_of(consent.CURRENT, locale()),
        trouble=trouble,
    )
    return page, status


def _whom(form: CaseForm, answers: Answers) -> tuple[Agency | None, list[Possible]]:
    """Return the registered agency a case is about, else those that could be meant.

    A database that does not answer costs the question, never the text.
    """
    try:
        with reading() as session:
            agency = respondents.meant(session, uid=form.agency.data or "", name=answers.respondent)
            return agency, [] if agency else list(respondents.possible(session, answers.respondent))
    except Exception as error:  # noqa: BLE001 (as the docstring says)
        current_app.logger.warning("the register was not asked: %s", type(error).__name__)
        return None, []


def _warnings(details: Details) -> list[str]:
    """Return what may keep a case from being accepted; it is said, and nobody is held back."""
    ended = details.happened_to or details.happened_from
    said = []
    if ended and happening.is_long_ago(happening.in_one_form(ended), clock.today()):
        said.append(
            _(
                "It ended more than two years ago. The law then usually bars an investigation (Regulation on Labour Inspection, article 20); if it still goes on, say so."
            )
        )
    if details.proceedings == "yes":
        said.append(
            _(
                "What is before arbitration or a court can usually not be accepted here. You may send it anyway."
            )
        )
    return said


def receipt_page(door: Door, case: Complaint, receipt: Receipt) -> ResponseReturnValue:
    """Show code and phrase, once, on a page that leaves no trace."""
    page = render_template(
        door.template("_receipt"),
        case=case,
        receipt=receipt,
        category=labels.CATEGORY_SHORT,
        takes_evidence="portal.evidence" in current_app.view_functions,
    )
    answer = make_response(page)
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def answers_of(door: Door, form: CaseForm) -> Answers:
    """Return what was written; contact details only of the kind that was chosen."""
    kind = form.contact.data or ""
    name = form.name.data if form.name and kind == ContactKind.NAMED else ""
    return Answers(
        respondent=form.respondent.data or "",
        category=form.category.data or "",
        facts=form.facts.data or "",
        contact_kind=kind,
        name=name or "",
        phone=(form.phone.data or "") if kind != ContactKind.ANONYMOUS else "",
        email=form.email.data or "",
        track=door.track,
        region_code=form.place.data or None,
        details=Details(
            happened_from=form.happened_from.data or "",
            happened_to=form.happened_to.data or "",
            amount=form.amount.data or "",
            wish=form.wish.data or "",
            proceedings=(form.proceedings.data or "") if form.proceedings else "",
        ),
    )
