"""The forms of a case's own page: shape only."""

from typing import Any

from flask import session
from flask_wtf.csrf import generate_csrf
from wtforms import BooleanField
from wtforms.validators import InputRequired

from chengxin.core import tickets
from chengxin.core.forms import ChengxinForm, ChoiceField, KeptField, LineField, Long
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.proofs import Proof
from chengxin.core.typed import TidyField
from chengxin.core.web import installation
from chengxin.voices.complaints import labels, rules
from chengxin.voices.complaints.models import Complaint

HIDDEN = frozenset({"CSRFTokenField", "HiddenField", "KeptField"})
SEALED = _l("It is sealed when it is stored; only the staff who handle the case can open it.")


def receipt_field(place: str) -> LineField:
    """Return the field that asks for code and phrase once more; the place keeps its id apart."""
    return LineField(
        _l("Code and phrase of your receipt"),
        description=_l("Once more, so that nobody else can do this in your place."),
        id=f"{place}-receipt",
    )


def _words(label: str, place: str, *, hint: str = SEALED) -> TidyField:
    message = _l("Write at least a word, and at most 4,000 characters")
    return TidyField(
        label, [Long(least=1, most=rules.MOST_FACTS, message=message)], description=hint, id=place
    )


class ProvenForm(ChengxinForm):
    """An act on a case, proven by the ticket of the page it stands on, or by the receipt."""

    ticket = KeptField()
    receipt: LineField

    @classmethod
    def holding(cls, ticket: str, case: Complaint) -> "ProvenForm":
        """Return the empty form for a page that a receipt opened; what cannot be undone asks for it again."""
        made = cls(formdata=None)
        made.ticket.data = ticket if made.takes_ticket else ""
        made.about(case)
        return made

    def about(self, case: Complaint) -> None:
        """Fit the questions to a case; most are the same for all."""

    @property
    def unasked(self) -> frozenset[str]:
        """Return the fields that are not shown."""
        return frozenset()

    @property
    def may_stay_empty(self) -> frozenset[str]:
        """Return the fields that need not be filled in."""
        return frozenset()

    @property
    def takes_ticket(self) -> bool:
        """Tell whether the ticket is enough for this act."""
        return True

    @property
    def asks_receipt(self) -> bool:
        """Tell whether code and phrase have to be typed: the act cannot be undone, or the ticket is too old."""
        return not self.ticket.data

    @property
    def fields_shown(self) -> list[Any]:
        """Return the fields a person sees, in order; the receipt only where it has to be typed."""
        return [
            field
            for field in self
            if field.type not in HIDDEN
            and field.name not in self.unasked
            and (field.name != "receipt" or self.asks_receipt)
        ]

    @property
    def holds_ticket(self) -> bool:
        """Tell whether the ticket is what proves the right to this act, and not the typed receipt."""
        return bool(self.ticket.data) and self.takes_ticket

    def proof_of_ticket(self) -> Proof | None:
        """Return what the ticket proves, or None when it is foreign, damaged or too old."""
        browser = str(session.get("csrf_token", ""))
        return tickets.proof_of(self.ticket.data or "", secret=installation().secret, browser=browser)


class SureForm(ProvenForm):
    """An act that cannot be undone: it takes the receipt itself."""

    @property
    def takes_ticket(self) -> bool:
        """Refuse the ticket: whoever finds the page open may not do this."""
        return False


class MessageForm(ProvenForm):
    """What somebody wants to add to their case."""

    text = _words(_l("Your message"), "message")
    receipt = receipt_field("message")


class SupplyForm(ProvenForm):
    """What somebody was asked for."""

    text = _words(_l("Your answer"), "supplement")
    receipt = receipt_field("supply")


class RatingForm(ProvenForm):
    """How satisfied somebody is with the handling."""

    satisfaction = ChoiceField(
        _l("How well was your case handled"),
        labels.SATISFACTION,
        message=_l("Choose one of the five answers"),
        description=_l("Once only. The agency never sees it."),
    )
    receipt = receipt_field("rating")


class ReviewForm(ProvenForm):
    """What should be looked at again."""

    text = _words(
        _l("What should be looked at again"),
        "review",
        hint=_l("Write what the answer got wrong or left out."),
    )
    receipt = receipt_field("review")


class CopyForm(ProvenForm):
    """The wish for a copy of what was filed."""

    receipt = receipt_field("copy")


class OwnCopyForm(SureForm):
    """What opens everything that is kept about a person."""

    receipt = receipt_field("data")


class WithdrawForm(SureForm):
    """The wish to take a case back."""

    receipt = receipt_field("withdraw")
    sure = BooleanField(
        _l("I take this case back; this cannot be undone."),
        [InputRequired(_l("Tick the box if you want to take the case back"))],
        id="withdraw-sure",
    )


class EraseContactForm(SureForm):
    """The wish that the contact details be erased."""

    receipt = receipt_field("contact-erase")
    sure = BooleanField(
        _l("Erase my contact details; nobody can reach me any more."),
        [InputRequired(_l("Tick the box if you want your contact details erased"))],
        id="contact-sure",
    )


class EraseForm(SureForm):
    """The wish that everything be erased."""

    receipt = receipt_field("erase")
    sure = BooleanField(
        _l("Erase everything I wrote as soon as the law lets you."),
        [InputRequired(_l("Tick the box if you want everything erased"))],
        id="erase-sure",
    )


def ticket_for(proof: Proof) -> str:
    """Return a ticket for this browser, which the forms of the page carry."""
    generate_csrf()
    browser = str(session.get("csrf_token", ""))
    return tickets.issue(proof, secret=installation().secret, browser=browser)
