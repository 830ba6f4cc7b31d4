"""What an officer sees when a record moved on while they wrote: what happened, and their own words back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import Forbidden, HTTPException, NotFound
from wtforms import Field, HiddenField, PasswordField, StringField

from chengxin.core.error_pages import domain_error, http_error, status_of
from chengxin.core.errors import DomainError
from chengxin.core.forms import ChengxinForm
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import told
from chengxin.core.web import reading
from chengxin.desk import history
from chengxin.desk.blueprint import bp
from chengxin.ledger.rules import Subject

FORMS = "chengxin_forms"
NOT_FOUND = 404
OUT_OF_REACH = _l("It is not yours to change now. Somebody may have handed it on while you wrote.")

View = TypeVar("View", bound=Callable[..., Any])


@dataclass(frozen=True)
class Written:
    """The words somebody typed into one field."""

    label: str
    text: str


def gives_back(*forms: type[ChengxinForm]) -> Callable[[View], View]:
    """Name the forms a view reads; whatever keeps it from saving, the words typed into them come back."""

    def mark(view: View) -> View:
        setattr(view, FORMS, forms)
        return view

    return mark


def forms_of(view: Callable[..., Any]) -> Sequence[type[ChengxinForm]]:
    """Return the forms whose words a view gives back."""
    found: Sequence[type[ChengxinForm]] = getattr(view, FORMS, ())
    return found


def typed(*forms: type[ChengxinForm]) -> list[Written]:
    """Return what this request brought in words, for some forms or all; choices and days are quickly made again."""
    fields: dict[str, Field] = {}
    for kind in forms or forms_of(current_app.view_functions[request.endpoint or ""]):
        fields |= {field.name: field for field in kind() if holds_words(field)}
    return [Written(field.label.text, field.data) for field in fields.values() if field.data]


def holds_words(field: Field) -> bool:
    """Tell whether a field holds a person's own words, and no secret of theirs."""
    return isinstance(field, StringField) and not isinstance(field, HiddenField | PasswordField)


def too_late(subject: Subject, *, code: str, record_url: str) -> ResponseReturnValue:
    """Say who was faster and what they did, and give the officer's words back."""
    with reading() as session:
        happened = history.of_record(session, subject)
    last = happened[0] if happened else None
    shown = {"code": code, "last": last, "record_url": record_url, "written": typed()}
    return render_template("desk/too_late.html", **shown), 409


@bp.errorhandler(DomainError)
def refused(error: DomainError) -> ResponseReturnValue:
    """Say why nothing was saved, and give the words back."""
    return _unsaved(status_of(error), told(error)) or domain_error(error)


@bp.errorhandler(Forbidden)
@bp.errorhandler(NotFound)
def shut_out(error: HTTPException) -> ResponseReturnValue:
    """Give the words back to who lost a record or a right while they wrote."""
    return _unsaved(error.code or NOT_FOUND) or http_error(error)


def given_back(title: str, reason: str) -> str:
    """Return a page that gives back the words that stand in no form any more."""
    return render_template("desk/not_saved.html", title=title, reason=reason, written=typed())


def _unsaved(status: int, reason: str = "") -> ResponseReturnValue | None:
    """Return the page that gives words back; of a record that is out of reach it tells nothing."""
    if request.method != "POST" or not typed():
        return None
    if status == NOT_FOUND or not reason:
        reason = str(OUT_OF_REACH)
    return given_back(_("Nothing of yours was saved"), reason), status
