"""The fields for whoever writes: a name and a number, each only where they chose to leave it."""

import re
from typing import Any

from wtforms import HiddenField, ValidationError

from chengxin.core.forms import ChoiceField, LineField, Long
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.once import OnceForm
from chengxin.core.typed import PhoneField, is_phone
from chengxin.voices.contact.rules import MOST_NAME, ContactKind


def only_uid(value: Any) -> str:
    """Return an agency's public id, or nothing for a text that is none."""
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9]{1,32}", value) else ""


class NameField(LineField):
    """The real name of whoever writes."""

    def __init__(self, **options: Any) -> None:
        """Ask for it in the same words everywhere."""
        long = Long(most=MOST_NAME, message=_l("Write your name with at most 60 characters"))
        super().__init__(_l("Your name"), [long], **options)


class VoiceForm(OnceForm):
    """What somebody writes about an agency or to the authority, and how they can be reached."""

    agency = HiddenField(filters=[only_uid])
    contact: ChoiceField
    name: NameField | None
    phone: PhoneField

    def validate_name(self, field: LineField) -> None:
        """Ask for a name where somebody chose to give it."""
        if self.contact.data == ContactKind.NAMED and not field.data:
            raise ValidationError(_l("Write your name, or choose another way of contact"))

    def validate_phone(self, field: LineField) -> None:
        """Ask for a number where somebody chose to leave one."""
        wanted = self.contact.data in {ContactKind.PHONE, ContactKind.NAMED}
        if wanted and not is_phone(field.data or ""):
            raise ValidationError(
                _l("Write the number with 6 to 20 digits, or choose another way of contact")
            )

    @property
    def left_name(self) -> str:
        """Return the name, if its owner chose to give it."""
        return str((self.name and self.name.data) or "") if self.contact.data == ContactKind.NAMED else ""

    @property
    def left_phone(self) -> str:
        """Return the number, if its owner chose to leave one."""
        return str(self.phone.data or "") if self.contact.data != ContactKind.ANONYMOUS else ""
