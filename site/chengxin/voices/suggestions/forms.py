"""The forms of suggestions: shape only."""

import re
from typing import Any

from wtforms import BooleanField, HiddenField, ValidationError
from wtforms.validators import InputRequired

from chengxin.core.forms import ChengxinForm, ChoiceField, LineField, Long, TrapField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.once import OnceField
from chengxin.core.typed import PhoneField, TidyField, is_phone
from chengxin.voices.suggestions import labels, rules
from chengxin.voices.suggestions.rules import About, ContactKind

HASTY_SECONDS = 3


def only_uid(value: Any) -> str:
    """Return an agency's public id, or nothing for a text that is none."""
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9]{1,32}", value) else ""


class SuggestionForm(ChengxinForm):
    """The one page of a suggestion; the check page posts the same fields back."""

    key = OnceField()
    agency = HiddenField(filters=[only_uid])
    consent = HiddenField(default=rules.CONSENT_VERSION)
    topic = ChoiceField(
        _l("1. What is it about"), labels.TOPIC, message=_l("Choose what your suggestion is about")
    )
    about = ChoiceField(
        _l("2. Who should do something"), labels.ABOUT, message=_l("Choose who should do something")
    )
    respondent = LineField(
        _l("Which agency"),
        [
            Long(
                most=rules.MOST_RESPONDENT,
                message=_l("Write the name of the agency with at most 200 characters"),
            )
        ],
        description=_l("Only if it is about an agency. Its name is not published."),
    )
    text = TidyField(
        _l("3. Your suggestion"),
        [
            Long(
                least=rules.LEAST_TEXT,
                most=rules.MOST_TEXT,
                message=_l("Write your suggestion, from 20 to 4,000 characters"),
            )
        ],
        description=_l(
            "What should change, and what would be better then. You need not write your own name."
        ),
    )
    publication = ChoiceField(
        _l("4. May we publish your words"),
        labels.PUBLICATION,
        message=_l("Choose whether we may publish your words"),
        description=_l(
            "The reply is public either way. You can take your yes back later, with your receipt."
        ),
    )
    contact = ChoiceField(
        _l("5. Do you want to leave contact details"),
        labels.CONTACT,
        message=_l("Choose whether to leave contact details"),
        description=_l("They are never published."),
    )
    name = LineField(
        _l("Your name"), [Long(most=60, message=_l("Write your name with at most 60 characters"))]
    )
    phone = PhoneField(_l("Mobile number"))
    website = TrapField(_l("Leave this field empty"))

    def validate_consent(self, field: HiddenField) -> None:
        """Show the text of the consent again to who read an older one."""
        if field.data != rules.CONSENT_VERSION:
            field.data = rules.CONSENT_VERSION
            raise ValidationError(_l("What you agree to was written anew meanwhile. Read it and send again."))

    def validate_respondent(self, field: LineField) -> None:
        """Ask for the agency where the suggestion is said to be about one."""
        if self.about.data == About.AGENCY and not field.data:
            raise ValidationError(_l("Write which agency it is; the name on its sign will do"))

    def validate_name(self, field: LineField) -> None:
        """Ask for a name where the author chose to give it."""
        if self.contact.data == ContactKind.NAMED and not field.data:
            raise ValidationError(_l("Write your name, or choose another way of contact"))

    def validate_phone(self, field: LineField) -> None:
        """Ask for a number where the author chose to leave one."""
        if self.contact.data in {ContactKind.PHONE, ContactKind.NAMED} and not is_phone(field.data or ""):
            raise ValidationError(
                _l("Write the number with 6 to 20 digits, or choose another way of contact")
            )

    def is_hasty(self) -> bool:
        """Return whether it came back faster than a person types."""
        return bool(self.key.seconds_shown < HASTY_SECONDS)


class TakeBackForm(ChengxinForm):
    """The wish to take a suggestion back, or the consent to its publication: with the receipt and with a tick."""

    receipt = LineField(
        _l("Code and phrase of your receipt"),
        description=_l("Once more, so that nobody else can take it back in your place."),
        id="withdraw-receipt",
    )
    sure = BooleanField(
        _l("I am sure; this cannot be undone."),
        [InputRequired(_l("Tick the box if you are sure"))],
    )
