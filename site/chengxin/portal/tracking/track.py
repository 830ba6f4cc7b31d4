"""Follow a case with code and phrase; whatever does not open one is answered alike, and at the same pace."""

from flask import render_template
from flask.typing import ResponseReturnValue

from chengxin.core.proofs import Proof
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking import track_dispute, track_page, track_suggestion
from chengxin.portal.tracking.track_gate import by_receipt
from chengxin.voices.complaints.forms import TrackForm


@bp.get("/track")
def track() -> ResponseReturnValue:
    """Ask for code and phrase."""
    return _asked(TrackForm(formdata=None))


@bp.post("/track")
def track_posted() -> ResponseReturnValue:
    """Show the case that code and phrase open."""
    form = TrackForm()
    if not form.validate():
        return _asked(form, form.refused_with, form.token_trouble)
    return by_receipt(form.typed, _found, lambda status, trouble: _asked(form, status, trouble))


def _found(proof: Proof) -> ResponseReturnValue | None:
    """Return the page of whatever the receipt opens: a case, an objection, or a suggestion."""
    opened = track_page.case_of(proof)
    if opened is not None:
        return track_page.shown(*opened, proof)
    disputed = track_dispute.objection_of(proof)
    if disputed is not None:
        return track_dispute.shown(disputed)
    suggested = track_suggestion.suggestion_of(proof)
    return None if suggested is None else track_suggestion.shown(suggested, proof)


def _asked(form: TrackForm, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    return render_template("portal/track.html", form=form, trouble=trouble), status
