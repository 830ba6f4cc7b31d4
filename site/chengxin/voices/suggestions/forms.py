"""The forms of suggestions: shape only."""

from wtforms import BooleanField, ValidationError
from wtforms.validators import InputRequired

from chengxin.core.forms import ChengxinForm, ChoiceField, LineField, Long, TrapField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.typed import PhoneField, TidyField
from chengxin.voices.consent.forms import ConsentField
from chengxin.voices.contact.forms import NameField, VoiceForm
from chengxin.voices.contact.labels import CONTACT
from chengxin.voices.suggestions import labels, rules
from chengxin.voices.suggestions.consent import TOLD
from chengxin.voices.suggestions.rules import About


class SuggestionForm(VoiceForm):
    """The one page of a suggestion; the check page posts the same fields back."""

    MENDED_BY_SENDING = ("csrf_token", "consent", "key")
    consent = ConsentField(TOLD)
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
        CONTACT,
        message=_l("Choose whether to leave contact details"),
        description=_l("They are never published."),
    )
    name = NameField()
    phone = PhoneField(_l("Mobile number"))
    website = TrapField(_l("Leave this field empty"))

    def validate_respondent(self, field: LineField) -> None:
        """Ask for the agency where the suggestion is said to be about one."""
        if self.about.data == About.AGENCY and not field.data:
            raise ValidationError(_l("Write which agency it is; the name on its sign will do"))


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
