"""What a complainant can do with a case: answer a question of the staff, or take the complaint back."""

from collections.abc import Callable
from typing import Any

from flask import render_template
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.intake_keys import intake_recipients
from chengxin.core.limits import minutes_to_wait
from chengxin.core.proofs import Proof, prove
from chengxin.core.web import installation, writing
from chengxin.portal import sending
from chengxin.portal.blueprint import bp
from chengxin.portal.track import LIMIT, case_of, no_match, shown
from chengxin.voices.complaints import actions, pauses, queries
from chengxin.voices.complaints.forms import SupplyForm, WithdrawForm
from chengxin.voices.complaints.models import Complaint

Act = Callable[[Session, Complaint], object]
SUPPLY, WITHDRAW = "portal/track_supply.html", "portal/track_withdraw.html"


@bp.post("/track/supply")
def track_supply() -> ResponseReturnValue:
    """Add to a case what its complainant was asked for."""
    sending.allow_long_text()
    try:
        form = SupplyForm()
    except RequestEntityTooLarge:
        return _again(SUPPLY, SupplyForm(formdata=None), status=413, trouble=sending.too_large())

    def supply(session: Session, case: Complaint) -> None:
        key = intake_recipients(installation().settings)
        text = form.supplement.data or ""
        pauses.supply(
            session, actor="public", case_id=case.id, version=case.version, text=text, intake_key=key
        )

    return _done(SUPPLY, form, supply, _("Your answer has arrived."))


@bp.post("/track/withdraw")
def track_withdraw() -> ResponseReturnValue:
    """Take a complaint back."""

    def withdraw(session: Session, case: Complaint) -> None:
        actions.withdraw(session, actor="public", case_id=case.id, version=case.version)

    return _done(WITHDRAW, WithdrawForm(), withdraw, _("You have taken the complaint back."))


def _done(template: str, form: Any, act: Act, said: str) -> ResponseReturnValue:
    """Check form and limit, act, and show the case; whatever fails gives the form back."""
    if not form.validate():
        return _again(
            template, form, status=form.refused_with, trouble=str(EXPIRED) if form.token_expired() else ""
        )
    minutes = minutes_to_wait("track", LIMIT)
    if minutes:
        return _again(template, form, status=429, trouble=sending.wait(minutes))
    proof = prove(secret=installation().secret, typed=form.receipt.data or "")
    try:
        with writing() as session:
            act(session, _proven(session, proof))
        opened = case_of(proof)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        status, trouble = _trouble(error)
        return _again(template, form, status=status, trouble=trouble)
    return shown(*opened, done=said) if opened else _again(template, form, status=422, trouble=no_match())


def _proven(session: Session, proof: Proof) -> Complaint:
    case = queries.by_receipt(session, proof)
    if case is None:
        raise NotFoundError(no_match())
    return case


def _trouble(error: Exception) -> tuple[int, str]:
    """Return the status and the words for what kept an act from being done."""
    if isinstance(error, NotFoundError):
        return 422, no_match()
    if isinstance(error, StaleError):
        return 409, _("The case has just changed. Press send again.")
    if isinstance(error, DomainError):
        return 409, _("This is not possible in the case's present state. What you sent before has arrived.")
    return sending.status_of(error), sending.not_sent()


def _again(template: str, form: Any, *, status: int, trouble: str) -> ResponseReturnValue:
    return render_template(template, form=form, trouble=trouble), status
