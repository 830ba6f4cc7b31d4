"""The form of an objection: shape only."""

from wtforms import ValidationError

from chengxin.core.forms import (
    ChoiceField,
    KeptField,
    LineField,
    Long,
    LongTextField,
    TrapField,
)
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.once import OnceForm
from chengxin.standing.objections.labels import GROUND
from chengxin.standing.objections.rules import LEAST_TEXT, MOST_TEXT, Ground

LINE = Long(most=100, message=_l("Keep it to 100 characters."))


class ObjectionForm(OnceForm):
    """What is disputed, on what ground, in what words."""

    ground = ChoiceField(
        _l("What is wrong with it"), GROUND, message=_l("Choose what is wrong with the record")
    )
    text = LongTextField(
        _l("Tell us what is wrong, and how you know"),
        [
            Long(
                least=LEAST_TEXT,
                most=MOST_TEXT,
                message=_l("Write what is wrong and how you know, from 20 to 4,000 characters"),
            )
        ],
    )


class OwnObjectionForm(ObjectionForm):
    """An objection of an agency to one of its own records."""

    record = KeptField()


class PublicObjectionForm(ObjectionForm):
    """An objection of a reader, who may leave a name and a way to be reached."""

    record = KeptField()
    name = LineField(_l("Your name"), [LINE])
    contact = LineField(_l("Telephone or mail"), [LINE])
    website = TrapField(_l("Leave this field empty"))

    def validate_record(self, field: KeptField) -> None:
        """Ask for the record, unless one is said to be missing."""
        if self.ground.data and self.ground.data != Ground.MISSING and not field.data:
            raise ValidationError(_l("Open the record you dispute and use its link “Dispute this record”"))


class PaperObjectionForm(ObjectionForm):
    """An objection that came on paper, entered by an officer."""

    record = LineField(_l("Address of the record"), [LINE])
    name = LineField(_l("Name of the applicant"), [LINE])
    contact = LineField(_l("Telephone or mail"), [LINE])
