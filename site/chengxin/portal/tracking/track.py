"""Follow a case with code and phrase; whatever does not open one is answered alike, and at the same pace."""

from flask import render_template
from flask.typing import ResponseReturnValue

from chengxin.core.forms import EXPIRED
from chengxin.core.pacing import paced
from chengxin.core.proofs import Proof, prove
from chengxin.core.web import installation
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking import track_dispute, track_page, track_suggestion
from chengxin.portal.tracking.track_gate import no_match, pause_before, settle
from chengxin.voices.complaints.forms import TrackForm


@bp.get("/track")
def track() -> ResponseReturnValue:
    """Ask for code and phrase."""
    return _asked(TrackForm(formdata=None))


@bp.post("/track")
@paced
def track_posted() -> ResponseReturnValue:
    """Show the case that code and phrase open."""
    form = TrackForm()
    if not form.validate():
        return _asked(form, status=form.refused_with, trouble=str(EXPIRED))
    pause = pause_before(form.typed)
    if pause is not None:
        return _asked(form, status=429, trouble=pause.told)
    proof = prove(secret=installation().secret, typed=form.typed)
    found = _found(proof)
    settle(proof, opened=found is not None)
    return _asked(form, status=422, trouble=no_match()) if found is None else found


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


def _asked(form: TrackForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    return track_page.private(render_template("portal/track.html", form=form, trouble=trouble), status)
