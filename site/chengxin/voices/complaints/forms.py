"""The forms of complaints and reports: shape only."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import HiddenField, ValidationError

from chengxin.core import clock
from chengxin.core.forms import ChengxinForm, ChoiceField, LineField, ListField, Long, TrapField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.once import OnceField
from chengxin.core.typed import PhoneField, TidyField, is_phone
from chengxin.voices.complaints import consent, happening, labels, rules
from chengxin.voices.complaints.rules import ContactKind

HASTY_SECONDS = 3
MOST_FACTS = rules.MOST_FACTS + rules.COUNTED_ELSEWHERE
MOST_EMAIL, MOST_AMOUNT, MOST_WISH, MOST_NAME = 120, 40, 500, 60
NOT_SAID = {"": _l("Not said")}
NEWER_CONSENT = _l(
    "What happens with your text was written anew meanwhile. Read it below and press send again; nothing is lost."
)
_EMAIL = re.compile(r"[^@\s<>,;:\"()]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+")


def only_uid(value: Any) -> str:
    """Return an agency's public id, or nothing for a text that is none."""
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9]{1,32}", value) else ""


class ConsentField(HiddenField):
    """The version of the text people are told before they send; an older one comes back with the new."""

    def __init__(self, **options: Any) -> None:
        """Be a hidden field to templates too."""
        super().__init__(**options)
        self.type = "HiddenField"

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse a form that was sent after another text."""
        if self.data != consent.CURRENT:
            raise ValidationError(NEWER_CONSENT)

    def _value(self) -> str:
        return consent.CURRENT


class MaybeField(ChoiceField):
    """One answer out of several, or none at all."""

    def pre_validate(self, form: Any) -> None:
        """Refuse only what is neither empty nor one of the answers."""
        if self.data:
            super().pre_validate(form)


class PlaceField(ListField):
    """A district from a list, or none at all."""

    def pre_validate(self, form: Any) -> None:
        """Refuse only what is neither empty nor in the list."""
        if self.data:
            super().pre_validate(form)


class WhenField(LineField):
    """A day or a month in the past, kept in one form."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; what is no day stays as it is, to be shown again."""
        super().process_formdata(valuelist)
        typed = str(self.data or "")
        self.data = happening.in_one_form(typed) or typed

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse what is no day and what is still to come."""
        if not self.data:
            return
        kept = happening.in_one_form(self.data)
        if not kept or happening.first_day(kept) > clock.today():
            raise ValidationError(_l("Write a month or a day in the past, like 2026-07 or 2026-07-12"))


class EmailField(LineField):
    """An address for mail; it is sealed like every way of contact."""

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002 (WTForms calls it so)
        """Refuse what cannot be an address."""
        if self.data and not (len(self.data) <= MOST_EMAIL and _EMAIL.fullmatch(self.data)):
            raise ValidationError(_l("Write the address like name@example.com, or leave it empty"))


class CaseForm(ChengxinForm):
    """The one page of a case; the check page posts the same fields back."""

    key = OnceField()
    agency = HiddenField(filters=[only_uid])
    consent = ConsentField()
    respondent = LineField(
        _l("1. Which agency"),
        [
            Long(
                least=2,
                most=rules.MOST_RESPONDENT,
                message=_l("Write which agency it is; the name on its sign will do"),
            )
        ],
        description=_l("The name on its sign, its account, or of whoever took the money will do."),
    )
    category = ChoiceField(
        _l("2. What is the problem"),
        labels.CATEGORY,
        message=_l("Choose what the problem is"),
        description=_l("Choose the nearest one."),
    )
    facts = TidyField(
        _l("3. What happened"),
        [
            Long(
                least=rules.LEAST_FACTS,
                most=MOST_FACTS,
                message=_l("Write what happened, from 20 to 4,000 characters"),
            )
        ],
        description=_l("When, where, how, how much. You need not write your own name."),
    )
    happened_from = WhenField(_l("When it happened or began"), description=_l("A month or a day: 2026-07."))
    happened_to = WhenField(
        _l("When it ended, if it went on"), description=_l("Leave it empty if it still goes on.")
    )
    place = PlaceField(_l("District"), NOT_SAID, message=_l("Choose a district from the list"))
    amount = LineField(
        _l("How much money it is about"),
        [Long(most=MOST_AMOUNT, message=_l("Write the amount with at most 40 characters"))],
    )
    wish = TidyField(
        _l("What should be done"),
        [Long(most=MOST_WISH, message=_l("Write it with at most 500 characters"))],
    )
    proceedings: MaybeField | None = MaybeField(
        _l("Is there a labour arbitration or a lawsuit about it"),
        labels.PROCEEDINGS,
        message=_l("Choose one of the answers"),
        description=_l(
            "What is before arbitration or a court can usually not be accepted here. You may send it anyway."
        ),
    )
    contact = ChoiceField(
        _l("4. Do you want to leave contact details"),
        labels.CONTACT,
        message=_l("Choose whether to leave contact details"),
        description=_l("None of it is ever told to the agency."),
    )
    name: LineField | None = LineField(
        _l("Your name"), [Long(most=MOST_NAME, message=_l("Write your name with at most 60 characters"))]
    )
    phone = PhoneField(_l("Mobile number"))
    email = EmailField(_l("E-mail"))
    website = TrapField(_l("Leave this field empty"))
    places: Mapping[str, str] = {}

    def offer_places(self, names: Mapping[str, str]) -> None:
        """Offer the districts of the installation."""
        self.places = dict(names)
        self.place.offer(NOT_SAID | self.places)

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

    def validate_happened_to(self, field: LineField) -> None:
        """Refuse an end before the beginning."""
        began = happening.in_one_form(self.happened_from.data or "")
        ended = happening.in_one_form(field.data or "")
        if began and ended and happening.last_day(ended) < happening.first_day(began):
            raise ValidationError(_l("It cannot have ended before it began"))

    def has_more(self) -> bool:
        """Return whether any of the questions that may stay empty was answered or went wrong."""
        more = (self.happened_from, self.happened_to, self.place, self.amount, self.wish, self.proceedings)
        return any(each.data or each.errors for each in more if each)

    @property
    def only_waited(self) -> bool:
        """Return whether it was refused only for what waiting changed: token, key, or the text on consent."""
        return set(self.errors) <= {"csrf_token", "key", "consent"}

    def is_hasty(self) -> bool:
        """Return whether it came back faster than a person types."""
        return bool(self.key.seconds_shown < HASTY_SECONDS)


class ComplaintForm(CaseForm):
    """What somebody writes who was harmed and wants a decision (投诉)."""


class ReportForm(CaseForm):
    """What anybody writes who knows something (举报): no name is asked, and nothing about suits of their own."""

    name = None
    proceedings = None
    contact = ChoiceField(
        _l("4. Do you want to leave contact details"),
        labels.REPORT_CONTACT,
        message=_l("Choose whether to leave contact details"),
        description=_l("Who reports stays secret: the staff may not tell anybody."),
    )


class TrackForm(ChengxinForm):
    """Code and phrase; the first field takes both at once, as the copy button copies them."""

    code = LineField(_l("Case code"))
    phrase = LineField(
        _l("Secret phrase"),
        description=_l("Four Chinese words; their pinyin will do. Hyphens may be left out."),
    )

    @property
    def typed(self) -> str:
        """Return code and phrase as one text."""
        return f"{self.code.data or ''} {self.phrase.data or ''}"
