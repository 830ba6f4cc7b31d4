"""One step of a record with a reason: the form every published thing shares, and what can go wrong."""

from collections.abc import Callable, Collection, Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.core.forms import ChengxinForm, ChoiceField, Long, LongTextField, VersionField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.web import writing

MOST_REASON = 1_000
CHOOSE_STEP = _l("Choose what happens now.")


class Outcome(StrEnum):
    """What came of an attempt to change a record."""

    DONE = "done"
    LATE = "late"
    REFUSED = "refused"


class StepForm(ChengxinForm):
    """One of the steps a record allows now, with the reason for it."""

    step = ChoiceField(_l("What happens now"), {}, message=CHOOSE_STEP)
    reason = LongTextField(
        _l("Reason"), [Long(most=MOST_REASON, message=_l("Keep the reason to 1,000 characters."))]
    )
    version = VersionField()
    with_reason: Collection[str] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that a step that needs a reason has one."""
        fine = bool(super().validate(extra_validators))
        if self.step.data in self.with_reason and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Write the reason.")]
            return False
        return fine


def step_form(
    offered: Mapping[Any, str], *, with_reason: Collection[str], version: int, posted: bool
) -> StepForm | None:
    """Return the form for the steps offered now, or None when there are none."""
    if not offered:
        return None
    form = StepForm() if posted else StepForm(formdata=None, data={"version": version})
    form.with_reason = with_reason
    form.step.choices = [(str(step), words) for step, words in offered.items()]
    return form


def attempt(form: ChengxinForm, act: Callable[[Session], object]) -> Outcome:
    """Do something in one transaction; what a rule says against it becomes an error of the form."""
    try:
        with writing() as session:
            act(session)
    except StaleError:
        return Outcome.LATE
    except (NotAllowedError, NotFoundError):
        raise
    except DomainError as error:
        form.form_errors.append(told(error))
        return Outcome.REFUSED
    return Outcome.DONE
