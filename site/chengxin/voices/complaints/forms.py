"""The forms of complaints and reports: shape only."""

from collections.abc import Mapping
from typing import Any

from wtforms import ValidationError

from chengxin.core import clock
from chengxin.core.forms import ChengxinForm, ChoiceField, LineField, ListField, Long, TrapField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.typed import EmailField, PhoneField, TidyField
from chengxin.voices.complaints import happening, labels, rules
from chengxin.voices.complaints.consent import TOLD
from chengxin.voices.consent.forms import ConsentField
from chengxin.voices.contact.forms import NameField, VoiceForm
from chengxin.voices.contact.labels import CONTACT

MOST_FACTS = rules.MOST_FACTS + rules.COUNTED_ELSEWHERE
MOST_AMOUNT, MOST_WISH = 40, 500
NOT_SAID = {"": _l("Not said")}


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


class CaseForm(VoiceForm):
    """The one page of a case; the check page posts the same fields back."""

    MENDED_BY_SENDING = ("csrf_token", "consent", "key")
    consent = ConsentField(TOLD)
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
        CONTACT,
        message=_l("Choose whether to leave contact details"),
        description=_l("None of it is ever told to the agency."),
    )
    name: NameField | None = NameField()
    phone = PhoneField(_l("Mobile number"))
    email = EmailField(_l("E-mail"))
    website = TrapField(_l("Leave this field empty"))
    places: Mapping[str, str] = {}

    def offer_places(self, names: Mapping[str, str]) -> None:
        """Offer the districts of the installation."""
        self.places = dict(names)
        self.place.offer(NOT_SAID | self.places)

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
