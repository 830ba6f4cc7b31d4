"""Follow a complaint with code and phrase."""

from dataclasses import dataclass
from datetime import date

from flask import render_template
from flask.typing import ResponseReturnValue

from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.limits import minutes_to_wait
from chengxin.core.proofs import Proof, prove
from chengxin.core.web import installation, reading
from chengxin.portal import track_dispute, track_suggestion
from chengxin.portal.blueprint import bp
from chengxin.voices.complaints import labels, queries, rules, sealed
from chengxin.voices.complaints.forms import SupplyForm, TrackForm, WithdrawForm
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Move

LIMIT = "40/10 minutes"


@dataclass(frozen=True)
class Letter:
    """A message of the staff, opened with the phrase."""

    sent_on: date
    text: str


@bp.get("/track")
def track() -> ResponseReturnValue:
    """Ask for code and phrase."""
    return _asked(TrackForm(formdata=None))


@bp.post("/track")
def track_posted() -> ResponseReturnValue:
    """Show the case that code and phrase open."""
    form = TrackForm()
    if not form.validate():
        return _asked(form, status=form.refused_with, trouble=str(EXPIRED))
    minutes = minutes_to_wait("track", LIMIT)
    if minutes:
        return _asked(form, status=429, trouble=_wait(minutes))
    proof = prove(secret=installation().secret, typed=form.typed)
    opened = case_of(proof)
    if opened is not None:
        return shown(*opened)
    disputed = track_dispute.objection_of(proof)
    if disputed is not None:
        return track_dispute.shown(disputed)
    suggested = track_suggestion.suggestion_of(proof)
    if suggested is not None:
        return track_suggestion.shown(suggested, proof)
    return _asked(form, status=422, trouble=no_match())


def no_match() -> str:
    """Return the one answer to whatever does not open a case."""
    return _("Code or phrase does not match. Compare them with your receipt.")


def case_of(proof: Proof) -> tuple[Complaint, list[Letter]] | None:
    """Return the case a receipt opens, with what the staff wrote."""
    with reading() as session:
        case = queries.by_receipt(session, proof)
        if case is None:
            return None
        messages = queries.messages_of(session, case.id)
    letters = [
        Letter(message.sent_on, sealed.open_as_complainant(case, message, proof.key))
        for message in messages
        if message.for_complainant is not None
    ]
    return case, letters


def shown(case: Complaint, letters: list[Letter], *, done: str = "") -> ResponseReturnValue:
    """Show a case with the forms for what its complainant can do now."""
    moves = rules.moves_from(case.state)
    return render_template(
        "portal/track_case.html",
        case=case,
        letters=letters,
        done=done,
        supply=SupplyForm(formdata=None) if Move.SUPPLY in moves else None,
        withdraw=WithdrawForm(formdata=None) if Move.WITHDRAW in moves else None,
        due=rules.due_on(case.state, case.accept_by, case.answer_by),
        category=labels.CATEGORY_SHORT,
        state=labels.STATE,
        next_words=labels.NEXT,
        finding=labels.FINDING,
        refusal=labels.REFUSAL,
    )


def _asked(form: TrackForm, *, status: int = 200, trouble: str = "") -> ResponseReturnValue:
    return render_template("portal/track.html", form=form, trouble=trouble), status


def _wait(minutes: int) -> str:
    return _(
        "Too many attempts. Press “Look up” again in %(n)s minutes, or call %(phone)s.",
        n=minutes,
        phone=installation().settings.hotline,
    )
