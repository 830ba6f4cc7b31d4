"""The forms of complaints: shape only."""

import re
import unicodedata
from typing import Any

from wtforms import BooleanField, HiddenField, ValidationError
from wtforms.validators import InputRequired

from chengxin.core.forms import ChengxinForm, ChoiceField, LineField, Long, LongTextField, TrapField
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.once import OnceField
from chengxin.voices.complaints import labels, rules
from chengxin.voices.complaints.rules import ContactKind

HASTY_SECONDS = 3


def only_uid(value: Any) -> str:
    """Return an agency's public id, or nothing for a text that is none."""
    return value if isinstance(value, str) and re.fullmatch(r"[A-Za-z0-9]{1,32}", value) else ""


def tidy_facts(value: Any) -> Any:
    """Return what happened without the padding of copied text."""
    return rules.normalised(value) if isinstance(value, str) else value


def half_width(value: Any) -> Any:
    """Return typed digits in half width."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


class FactsField(LongTextField):
    """What happened, tidied as soon as it is read."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read and tidy what was typed."""
        super().process_formdata([tidy_facts(value) for value in valuelist])


class PhoneField(LineField):
    """A telephone number; full-width digits become plain ones."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read and tidy what was typed."""
        super().process_formdata([half_width(value) for value in valuelist])


class ComplaintForm(ChengxinForm):
    """The one page of a complaint; the check page posts the same fields back."""

    key = OnceField()
    agency = HiddenField(filters=[only_uid])
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
    facts = FactsField(
        _l("3. What happened"),
        [
            Long(
                least=rules.LEAST_FACTS,
                most=rules.MOST_FACTS,
                message=_l("Write what happened, from 20 to 4,000 characters"),
            )
        ],
        description=_l("When, where, how, how much. You need not write your own name."),
    )
    contact = ChoiceField(
        _l("4. Do you want to leave contact details"),
        labels.CONTACT,
        message=_l("Choose whether to leave contact details"),
        description=_l("None of it is ever told to the agency."),
    )
    name = LineField(
        _l("Your name"), [Long(most=60, message=_l("Write your name with at most 60 characters"))]
    )
    phone = PhoneField(_l("Mobile number"))
    website = TrapField(_l("Leave this field empty"))

    def validate_name(self, field: LineField) -> None:
        """Ask for a name where the complainant chose to give it."""
        if self.contact.data == ContactKind.NAMED and not field.data:
            raise ValidationError(_l("Write your name, or choose another way of contact"))

    def validate_phone(self, field: LineField) -> None:
        """Ask for a number where the complainant chose to leave one."""
        if self.contact.data not in {ContactKind.PHONE, ContactKind.NAMED}:
            return
        if not re.fullmatch(r"\+?[0-9][0-9 -]{5,19}", field.data or ""):
            raise ValidationError(
                _l("Write the number with 6 to 20 digits, or choose another way of contact")
            )

    def is_hasty(self) -> bool:
        """Return whether it came back faster than a person types."""
        return bool(self.key.seconds_shown < HASTY_SECONDS)


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


class SupplyForm(ChengxinForm):
    """What the complainant was asked for, with the receipt that proves who writes."""

    supplement = FactsField(
        _l("Your answer"),
        [
            Long(
                least=1,
                most=rules.MOST_FACTS,
                message=_l("Write your answer, with at most 4,000 characters"),
            )
        ],
        description=_l("It is sealed when it is stored; only the staff who handle the case can open it."),
    )
    receipt = LineField(
        _l("Code and phrase of your receipt"),
        description=_l("Once more, so that nobody else can answer in your place."),
        id="supply-receipt",
    )


class WithdrawForm(ChengxinForm):
    """The wish to take a complaint back, said twice: with the receipt and with a tick."""

    receipt = LineField(
        _l("Code and phrase of your receipt"),
        description=_l("Once more, so that nobody else can take it back in your place."),
        id="withdraw-receipt",
    )
    sure = BooleanField(
        _l("I take this complaint back; this cannot be undone."),
        [InputRequired(_l("Tick the box if you want to take the complaint back"))],
    )
