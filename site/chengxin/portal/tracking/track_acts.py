"""The addresses of what can be done with a case: one an act, each proven, each giving the typed text back."""

from collections.abc import Callable

from flask import render_template
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from chengxin.core import clock
from chengxin.core.errors import NotFoundError
from chengxin.core.proofs import Proof
from chengxin.core.web import writing
from chengxin.ledger.rules import PUBLIC
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking import track_page, track_way
from chengxin.portal.tracking.track_forms import ProvenForm
from chengxin.portal.tracking.track_gate import by_receipt, by_ticket, no_match
from chengxin.portal.tracking.track_steps import ACTS, is_done
from chengxin.portal.voices import sending
from chengxin.voices.complaints.moving import Seen


def _view(name: str) -> Callable[[], ResponseReturnValue]:
    """Return the view of one act."""
    act = ACTS[name]

    def posted() -> ResponseReturnValue:
        sending.allow_long_text()
        try:
            form = act.form()
        except RequestEntityTooLarge:
            return _again(name, act.form(formdata=None), 413, sending.too_large())
        if not form.validate():
            return _again(name, form, form.refused_with, form.token_trouble)
        return _proven(name, form)

    posted.__doc__ = f"Do what the form “{name}” asks for."
    return posted


for _name in ACTS:
    bp.add_url_rule(f"/track/{_name}", f"track_{_name.replace('-', '_')}", _view(_name), methods=["POST"])


def _proven(name: str, form: ProvenForm) -> ResponseReturnValue:
    """Check who asks, act, and show the case; whatever fails gives the form back."""

    def again(status: int, trouble: str) -> ResponseReturnValue:
        return _again(name, form, status, trouble)

    def opens(proof: Proof) -> ResponseReturnValue | None:
        return _done(name, form, proof)

    if form.holds_ticket:
        proof = form.proof_of_ticket()
        form.ticket.data = form.ticket.data if proof else ""
        return by_ticket(proof, opens, again)
    return by_receipt(form.receipt.data or "", opens, again)


def _done(name: str, form: ProvenForm, proof: Proof) -> ResponseReturnValue | None:
    """Do an act in one transaction and show the case; what is pressed twice is done once."""
    with writing() as session:
        held = track_way.followed(session, proof)
        if held is None:
            raise NotFoundError(no_match())
        if not is_done(name, form, held, clock.today()):
            form.about(held.case)
            seen: Seen = {"actor": PUBLIC, "case_id": held.case.id, "version": held.case.version}
            ACTS[name].do(session, form, seen)
    opened = track_page.case_of(proof)
    return track_page.shown(*opened, proof, done=str(ACTS[name].done)) if opened else None


def _again(name: str, form: ProvenForm, status: int, trouble: str) -> ResponseReturnValue:
    page = render_template(
        "portal/track_again.html",
        form=form,
        name=name,
        act=ACTS[name],
        trouble=trouble,
    )
    return page, status
