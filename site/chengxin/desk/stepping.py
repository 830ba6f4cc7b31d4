"""One step of a record with a reason: the form every published thing shares, and what can go wrong."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

from flask import flash, redirect
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.core.forms import ChengxinForm, ChoiceField, KeptField, Long, LongTextField, VersionField
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.web import writing
from chengxin.desk.following import onward, place
from chengxin.desk.queue.queue import asked_view, linked
from chengxin.desk.racing import too_late
from chengxin.ledger.rules import Subject

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
    view = KeptField()
    with_reason: Collection[str] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """Check each field, and that a step that needs a reason has one."""
        fine = bool(super().validate(extra_validators))
        if self.step.data in self.with_reason and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Write the reason.")]
            return False
        return fine


Form = TypeVar("Form", bound=StepForm)


def step_form(
    offered: Mapping[Any, str], *, with_reason: Collection[str], version: int, posted: bool
) -> StepForm | None:
    """Return the form for the steps offered now, or None when there are none."""
    if not offered:
        return None
    form = begun(StepForm, version=version, posted=posted)
    form.with_reason = with_reason
    form.step.choices = [(str(step), words) for step, words in offered.items()]
    return form


def begun(kind: type[Form], *, version: int, posted: bool) -> Form:
    """Return a form of steps as it was sent, or a fresh one for this version and this view of the queue."""
    return kind() if posted else kind(formdata=None, data={"version": version, "view": str(asked_view())})


@dataclass(frozen=True, kw_only=True)
class Handled:
    """A record somebody handles: what it is called, where its page is, and its kind in the queue if it waits there."""

    subject: Subject
    version: int
    code: str
    url: str
    kind: str = ""

    def late(self) -> ResponseReturnValue:
        """Say who was faster."""
        return too_late(self.subject, code=self.code, record_url=self.url)


def take_step(
    held: Handled,
    form: Form | None,
    act: Callable[[Session, Form], object],
    page: Callable[[Form], str],
    *,
    said: Mapping[Any, str] | None = None,
) -> ResponseReturnValue:
    """Take the step somebody chose and go on to what waits next, or show the form again, or say who was faster."""
    if form is None or not form.version.fits(held.version):
        return held.late()
    if not form.validate():
        return page(form), form.refused_with
    here = place(held.kind, held.subject.id) if held.kind else None
    outcome = attempt(form, lambda session: act(session, form))
    if outcome is Outcome.DONE:
        done = (said or {}).get(form.step.data, "")
        words = _("%(code)s: %(said)s", code="%(code)s", said=done) if done else _("%(code)s: saved.")
        flash(linked(words, code=held.code, url=held.url), "done")
        return redirect(onward(here, held.url), 303)
    return held.late() if outcome is Outcome.LATE else (page(form), 422)


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
