"""The form for new contact details of a case: shape only."""

from typing import Any

from wtforms import ValidationError

from chengxin.core.forms import KeptField, LineField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.typed import EmailField, PhoneField, is_phone
from chengxin.core.web import installation
from chengxin.portal.tracking.track_forms import SureForm, receipt_field
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Track
from chengxin.voices.contact.forms import NameField
from chengxin.voices.contact.rules import Contact, ContactKind

EITHER = _l("One of the two is enough: a number or an e-mail address.")


class ContactForm(SureForm):
    """New contact details, which replace the old ones: a number or an address, and a name where one is asked."""

    track = KeptField()
    name = NameField(id="contact-name")
    phone = PhoneField(_l("Mobile number"), id="contact-phone")
    email = EmailField(_l("E-mail address"), id="contact-email")
    receipt = receipt_field("contact")

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
