"""The pages of filing a case: the form, the page to check, the receipt."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app, render_template
from flask.typing import ResponseReturnValue

from chengxin.agencies.models import Agency
from chengxin.core import clock
from chengxin.core.errors import N_
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import locale
from chengxin.core.receipts import Receipt
from chengxin.core.web import installation, reading
from chengxin.portal.voices import respondents
from chengxin.portal.voices.respondents import Possible
from chengxin.voices.complaints import happening, labels, rules
from chengxin.voices.complaints.consent import TOLD
from chengxin.voices.complaints.forms import CaseForm
from chengxin.voices.complaints.happening import Age
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Track
from chengxin.voices.complaints.sealed import Answers, Details
from chengxin.voices.contact.labels import CONTACT
from chengxin.voices.contact.rules import ContactKind

AGES = {
    Age.ENDED: N_(
        "It ended more than two years ago. The law then usually bars an investigation (Regulation on Labour Inspection, article 20). You may send it anyway."
    ),
    Age.BEGAN: N_(
        "It began more than two years ago, and you gave no end. If it still goes on, leave it so. If it has ended, press “Change” and write when: the law counts two years from the end."
    ),
}
Sent = tuple[Complaint, Receipt]


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
        consent=TOLD.text_of(TOLD.current, locale()),
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
        contact_words=CONTACT,
        consent=TOLD.text_of(TOLD.current, locale()),
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
    age = happening.age_of(details.happened_from, details.happened_to, clock.today())
    said = [_(AGES[age])] if age in AGES else []
    if details.proceedings == "yes":
        said.append(
            _(
                "What is before arbitration or a court can usually not be accepted here. You may send it anyway."
            )
        )
    return said


def receipt_page(door: Door, sent: Sent) -> ResponseReturnValue:
    """Show code and phrase, once, on a page that leaves no trace."""
    case, receipt = sent
    return render_template(
        door.template("_receipt"),
        case=case,
        receipt=receipt,
        category=labels.CATEGORY_SHORT,
        takes_evidence="portal.evidence" in current_app.view_functions,
    )


def answers_of(door: Door, form: CaseForm) -> Answers:
    """Return what was written; contact details only of the kind that was chosen."""
    return Answers(
        respondent=form.respondent.data or "",
        category=form.category.data or "",
        facts=form.facts.data or "",
        contact_kind=form.contact.data or "",
        name=form.left_name,
        phone=form.left_phone,
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
