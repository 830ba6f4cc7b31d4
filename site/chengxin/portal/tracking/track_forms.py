"""The forms of a case's own page: shape only."""

from typing import Any

from flask import session
from flask_wtf.csrf import generate_csrf
from wtforms import BooleanField, ValidationError
from wtforms.validators import InputRequired

from chengxin.core import tickets
from chengxin.core.forms import ChengxinForm, ChoiceField, KeptField, LineField, Long
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.proofs import Proof
from chengxin.core.typed import EmailField, PhoneField, TidyField, is_phone
from chengxin.core.web import installation
from chengxin.voices.complaints import labels, rules
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Track
from chengxin.voices.contact.forms import NameField
from chengxin.voices.contact.rules import Contact, ContactKind

HIDDEN = frozenset({"CSRFTokenField", "HiddenField", "KeptField"})
SEALED = _l("It is sealed when it is stored; only the staff who handle the case can open it.")

EITHER = _l("One of the two is enough: a number or an e-mail address.")


def _receipt(place: str) -> LineField:
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
    receipt = _receipt("message")


class SupplyForm(ProvenForm):
    """What somebody was asked for."""

    text = _words(_l("Your answer"), "supplement")
    receipt = _receipt("supply")


class RatingForm(ProvenForm):
    """How satisfied somebody is with the handling."""

    satisfaction = ChoiceField(
        _l("How well was your case handled"),
        labels.SATISFACTION,
        message=_l("Choose one of the five answers"),
        description=_l("Once only. The agency never sees it."),
    )
    receipt = _receipt("rating")


class ReviewForm(ProvenForm):
    """What should be looked at again."""

    text = _words(
        _l("What should be looked at again"),
        "review",
        hint=_l("Write what the answer got wrong or left out."),
    )
    receipt = _receipt("review")


class CopyForm(ProvenForm):
    """The wish for a copy of what was filed."""

    receipt = _receipt("copy")


class OwnCopyForm(SureForm):
    """What opens everything that is kept about a person."""

    receipt = _receipt("data")


class WithdrawForm(SureForm):
    """The wish to take a case back."""

    receipt = _receipt("withdraw")
    sure = BooleanField(
        _l("I take this case back; this cannot be undone."),
        [InputRequired(_l("Tick the box if you want to take the case back"))],
        id="withdraw-sure",
    )


class EraseContactForm(SureForm):
    """The wish that the contact details be erased."""

    receipt = _receipt("contact-erase")
    sure = BooleanField(
        _l("Erase my contact details; nobody can reach me any more."),
        [InputRequired(_l("Tick the box if you want your contact details erased"))],
        id="contact-sure",
    )


class EraseForm(SureForm):
    """The wish that everything be erased."""

    receipt = _receipt("erase")
    sure = BooleanField(
        _l("Erase everything I wrote as soon as the law lets you."),
        [InputRequired(_l("Tick the box if you want everything erased"))],
        id="erase-sure",
    )


class ContactForm(SureForm):
    """New contact details, which replace the old ones: a number or an address, and a name where one is asked."""

    track = KeptField()
    name = NameField(id="contact-name")
    phone = PhoneField(_l("Mobile number"), id="contact-phone")
    email = EmailField(_l("E-mail address"), id="contact-email")
    receipt = _receipt("contact")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        """Say that one way to be reached is enough where there are two."""
        super().__init__(*arguments, **options)
        if "email" not in self.unasked:
            self.phone.description = EITHER

    def about(self, case: Complaint) -> None:
        """Ask for no name on the page of a report: whoever reports gave none either."""
        self.track.data = case.track

    @property
    def unasked(self) -> frozenset[str]:
        """Return what is not asked: a reporter's name, and an address where no mail is sent."""
        nameless = {"name"} if self.track.data == Track.REPORT else set()
        mailless = set() if installation().settings.smtp_url else {"email"}
        return frozenset(nameless | mailless)

    @property
    def may_stay_empty(self) -> frozenset[str]:
        """Return what need not be filled in; of number and address one has to be, as the number says."""
        return frozenset({"name"})

    def validate_phone(self, field: LineField) -> None:
        """Ask for a number, or for an address in its place where mail is sent."""
        if field.data and not is_phone(field.data):
            raise ValidationError(_l("Write the number with 6 to 20 digits"))
        if field.data or ("email" not in self.unasked and self.email.data):
            return
        if "email" in self.unasked:
            raise ValidationError(_l("Write the number with 6 to 20 digits"))
        raise ValidationError(_l("Write a number or an e-mail address: one of them is enough"))

    @property
    def left(self) -> Contact:
        """Return what was left: a name makes it a named case, and what is not asked is nothing."""
        name, phone, email = (
            "" if field.name in self.unasked else field.data or ""
            for field in (self.name, self.phone, self.email)
        )
        unnamed = ContactKind.PHONE if phone else ContactKind.ANONYMOUS
        kind = ContactKind.NAMED if name else unnamed
        return Contact(kind=kind, name=name, phone=phone, email=email)


def ticket_for(proof: Proof) -> str:
    """Return a ticket for this browser, which the forms of the page carry."""
    generate_csrf()
    browser = str(session.get("csrf_token", ""))
    return tickets.issue(proof, secret=installation().secret, browser=browser)
