"""The gate of every form through which people send something: ask, show it once more, store it.

Nothing is stored before the last button, and no failure answers with a page that lost the text. A whole campus or
factory may stand behind one address: what is too much is marked, and only far beyond that people are asked to wait.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from flask import request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core.errors import DomainError
from chengxin.core.i18n import told
from chengxin.core.limits import minutes_to_wait
from chengxin.core.once import OnceForm
from chengxin.core.web import installation
from chengxin.intake.counting import FullError, Guard, Usual
from chengxin.portal.voices import sending

LIMIT, HASTY_LIMIT = "400/10 minutes", "10/10 minutes"
BUSY, BUSY_SUBJECT = "60/10 minutes", "60/hour"
Form = TypeVar("Form", bound=OnceForm)
Shows_contra = TypeVar("Shows_contra", bound=OnceForm, contravariant=True)
Row = TypeVar("Row")


class ChangedError(DomainError):
    """What the form is about is not as it was when it was shown; the message says what to do."""


class Shown(Protocol[Shows_contra]):
    """A page that shows a form with what is written in it."""

    def __call__(self, form: Shows_contra, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
        """Return the page, with what kept the form from being sent."""


@dataclass(frozen=True, kw_only=True)
class Gate(Generic[Form, Row]):
    """One form: how it is read, shown, shown once more, stored, and what is handed out for it.

    `scope` names its limits. Without a page to check a form is stored at once.
    """

    scope: str
    read: Callable[[], Form]
    empty: Callable[[], Form]
    asked: Shown[Form]
    checked: Shown[Form] | None = None
    stored: Callable[[Form], Row]
    done: Callable[[Row], ResponseReturnValue]
    limit: str = LIMIT


def passed(gate: Gate[Form, Row]) -> ResponseReturnValue:
    """Check what was written, then show it once more or store it."""
    sending.allow_long_text()
    try:
        form = gate.read()
    except RequestEntityTooLarge:
        return gate.asked(gate.empty(), status=413, trouble=sending.too_large())
    step = request.form.get("step", "check" if gate.checked else "send")
    if step == "edit":
        return gate.asked(form)
    last = gate.checked or gate.asked
    if not form.validate():
        shown = last if form.only_waited else gate.asked
        return shown(form, status=form.refused_with, trouble=form.trouble)
    return _sent(gate, form, last) if step == "send" else last(form)


def guard(scope: str, *, subject: str) -> Guard:
    """Return what is counted when a form is stored; whether very many come now is seen at the gate already."""
    installed = installation()
    here = minutes_to_wait(f"busy {scope}", BUSY)
    about = minutes_to_wait(f"busy {scope} subject", BUSY_SUBJECT, subject=subject) if subject else 0
    return Guard(usual=Usual.of(installed.settings), secret=installed.secret, in_surge=bool(here or about))


def _sent(gate: Gate[Form, Row], form: Form, last: Shown[Form]) -> ResponseReturnValue:
    """Store a form and hand out what is for it, or give the text back with what went wrong."""
    minutes = minutes_to_wait(gate.scope, HASTY_LIMIT if form.is_hasty() else gate.limit)
    if minutes:
        return last(form, status=429, trouble=sending.wait(minutes))
    try:
        row = gate.stored(form)
    except FullError:
        return last(form, status=429, trouble=sending.full())
    except ChangedError as error:
        return last(form, status=422, trouble=told(error))
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        return last(form, status=sending.status_of(error), trouble=sending.not_sent())
    return gate.done(row)
