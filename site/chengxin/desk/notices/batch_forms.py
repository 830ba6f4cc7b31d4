"""The forms of batches: open one, put notices in, take its steps."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from wtforms import SelectMultipleField
from wtforms.validators import DataRequired
from wtforms.widgets import CheckboxInput, ListWidget

from chengxin.core.forms import LINE_LONG, ChengxinForm, LineField, ListField, VersionField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.numbers import number_in
from chengxin.desk.stepping import StepForm
from chengxin.standing.sanctions.models import Sanction


class Step(StrEnum):
    """What an officer can do to a batch."""

    HAND_IN = "hand_in"
    PUBLISH = "publish"
    REFUSE = "refuse"
    RETURN = "return"
    DISSOLVE = "dissolve"


WORDS: Mapping[Step, str] = {
    Step.HAND_IN: _l("Hand in for approval"),
    Step.PUBLISH: _l("Approve and publish all of it"),
    Step.REFUSE: _l("Refuse one notice"),
    Step.RETURN: _l("Return the whole batch"),
    Step.DISSOLVE: _l("Give the batch up"),
}
HINTS: Mapping[Step, str] = {
    Step.HAND_IN: _l("A second person approves it."),
    Step.PUBLISH: _l("Every notice gets its own number and is public at once."),
    Step.REFUSE: _l("It goes back to its author with your reason. The others stay."),
    Step.RETURN: _l("To be put together anew."),
    Step.DISSOLVE: _l("Its notices are free again."),
}
DONE: Mapping[Step, str] = {
    Step.HAND_IN: _l("Handed in. A second person approves it."),
    Step.PUBLISH: _l("Published."),
    Step.REFUSE: _l("Refused. The notice went back to its author."),
    Step.RETURN: _l("Returned."),
    Step.DISSOLVE: _l("Given up. Its notices are free again."),
}
WITH_REASON = frozenset({Step.PUBLISH, Step.REFUSE, Step.RETURN, Step.DISSOLVE})


class BatchForm(ChengxinForm):
    """The label of a batch and who publishes it."""

    label = LineField(_l("Quarter or half-year"), [DataRequired(_l("Write the label, for example 2026Q4."))])
    authority = LineField(_l("Authority"), [DataRequired(_l("Name the authority.")), LINE_LONG])


def _number(text: Any) -> int:
    """Return the number of a notice, or say that it is none."""
    number = number_in(str(text))
    if number is None:
        raise ValueError(text)
    return number


class AddForm(ChengxinForm):
    """Served decisions to put into a batch."""

    notices = SelectMultipleField(
        _l("Served decisions in no batch"),
        coerce=_number,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        validate_choice=False,
    )
    version = VersionField()

    def offer(self, free: Sequence[Sanction]) -> None:
        """Offer the decisions that are free now."""
        self.notices.choices = [(each.id, f"{each.party_name} {each.decision_no}") for each in free]


class BatchStepForm(StepForm):
    """One of the steps a batch allows now; to refuse takes one of its notices."""

    notice = ListField(_l("Notice to refuse"), {}, message=_l("Choose a notice of this batch."))

    def offer(self, steps: Mapping[Any, str], held: Sequence[Sanction]) -> None:
        """Offer these steps, and the notices in the batch."""
        self.step.choices = [(str(step), words) for step, words in steps.items()]
        self.notice.offer({"": _("None"), **{str(each.id): each.party_name for each in held}})
        self.with_reason = WITH_REASON

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that a refusal names its notice."""
        fine = bool(super().validate(extra_validators))
        if self.step.data == Step.REFUSE and not self.notice.data:
            self.notice.errors = [*self.notice.errors, _("Choose the notice you refuse.")]
            return False
        return fine
