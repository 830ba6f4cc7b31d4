"""The addresses of what can be done with a case: one a act, each proven, each giving the typed text back."""

from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core import clock
from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import told
from chengxin.core.pacing import paced
from chengxin.core.proofs import Proof
from chengxin.core.web import writing
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking import track_page, track_way
from chengxin.portal.tracking.track_forms import ProvenForm
from chengxin.portal.tracking.track_gate import no_match, pause_before, settle
from chengxin.portal.tracking.track_steps import ACTS, Act
from chengxin.portal.voices import sending


def _view(name: str) -> Callable[[], ResponseReturnValue]:
    """Return the view of one act."""
    act = ACTS[name]

    @paced
    def posted() -> ResponseReturnValue:
        sending.allow_long_text()
        try:
            form = act.form()
        except RequestEntityTooLarge:
            return _again(name, act.form(formdata=None), status=413, trouble=sending.too_large())
        if not form.validate():
            trouble = str(EXPIRED) if form.token_expired() else ""
            return _again(name, form, status=form.refused_with, trouble=trouble)
        return _proven(name, form)

    posted.__doc__ = f"Do what the form “{name}” asks for."
    return posted


for _name in ACTS:
    bp.add_url_rule(f"/track/{_name}", f"track_{_name.replace('-', '_')}", _view(_name), methods=["POST"])


def _proven(name: str, form: ProvenForm) -> ResponseReturnValue:
    """Check who asks, act, and show the case; whatever fails gives the form back."""
    pause = pause_before(form.receipt.data or "")
    if pause is not None:
        return _again(name, form, status=429, trouble=pause.told)
    proof = form.proof()
    if proof is None:
        form.ticket.data = ""
        return _again(name, form, status=422, trouble=_lapsed())
    try:
        done = _done(ACTS[name], form, proof)
        opened = track_page.case_of(proof)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        if isinstance(error, NotFoundError):
            settle(proof, opened=False)
        status, trouble = _trouble(error)
        return _again(name, form, status=status, trouble=trouble)
    settle(proof, opened=True)
    return track_page.shown(*opened, proof, done=done) if opened else _gone(name, form)


def _done(act: Act, form: ProvenForm, proof: Proof) -> str:
    """Do an act in one transaction, and return what to say; the same message sent twice is kept once."""
    with writing() as session:
        held = track_way.followed(session, proof)
        if held is None:
            raise NotFoundError(no_match())
        text = getattr(form, "text", None)
        if text is None or not track_way.is_newest(held.letters, text.data or "", clock.today()):
            case = held.case
            act.do(session, form, {"actor": "public", "case_id": case.id, "version": case.version})
    return str(act.done)


def _trouble(error: Exception) -> tuple[int, str]:
    """Return the status and the words for what kept an act from being done."""
    if isinstance(error, NotFoundError):
        return 422, no_match()
    if isinstance(error, StaleError):
        return 409, _("The case has just changed. Press send again.")
    if isinstance(error, DomainError):
        return 409, " ".join((told(error), _("What you sent before has arrived.")))
    return sending.status_of(error), sending.not_sent()


def _lapsed() -> str:
    return _(
        "This page was open for more than half an hour. What you typed is still here: "
        "type code and phrase once more and send it."
    )


def _gone(name: str, form: ProvenForm) -> ResponseReturnValue:
    return _again(name, form, status=422, trouble=no_match())


def _again(name: str, form: ProvenForm, *, status: int, trouble: str) -> ResponseReturnValue:
    page = render_template(
        "portal/track_again.html",
        form=form,
        name=name,
        act=ACTS[name],
        trouble=trouble,
    )
    return track_page.private(page, status)
