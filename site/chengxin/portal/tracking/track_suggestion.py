"""Follow a suggestion with the code and phrase of its receipt, and take it or the consent back."""

from flask import render_template
from flask.typing import ResponseReturnValue

from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.core.forms import EXPIRED
from chengxin.core.i18n import gettext as _
from chengxin.core.proofs import Proof, prove
from chengxin.core.web import installation, reading, writing
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking.track_gate import no_match, pause_before, settle
from chengxin.portal.voices import sending
from chengxin.portal.voices.suggestion_records import Told
from chengxin.voices.suggestions import actions, labels, queries, sealed
from chengxin.voices.suggestions.forms import TakeBackForm
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import Act, Publication, State, Topic, acts_from, due_on, is_public


def suggestion_of(proof: Proof) -> Suggestion | None:
    """Return the suggestion a receipt opens."""
    with reading() as session:
        return queries.by_receipt(session, proof)


def shown(suggestion: Suggestion, proof: Proof, *, done: str = "") -> ResponseReturnValue:
    """Show a suggestion to the one who sent it."""
    state, acts = State(suggestion.state), acts_from(suggestion.state)
    takes_back = Act.WITHDRAW in acts or (Act.KEEP_BACK in acts and suggestion.public_text)
    return render_template(
        "suggestions/track.html",
        suggestion=suggestion,
        told=Told(suggestion) if is_public(state) else None,
        topic=labels.TOPIC[Topic(suggestion.topic)],
        state=labels.STATE[state],
        next_words=labels.NEXT[state],
        publication=labels.PUBLICATION_SHORT[Publication(suggestion.publication)],
        due=due_on(state, suggestion.reply_by),
        note=sealed.note_for_author(suggestion, proof),
        form=TakeBackForm(formdata=None) if takes_back else None,
        done=done,
    )


@bp.post("/track/suggestion/withdraw")
def track_withdraw_suggestion() -> ResponseReturnValue:
    """Take a suggestion back, or once it is answered the consent to the publication of its words."""
    form = TakeBackForm()
    if not form.validate():
        return _again(form, status=form.refused_with, trouble=str(EXPIRED) if form.token_expired() else "")
    pause = pause_before(form.receipt.data or "")
    if pause is not None:
        return _again(form, status=429, trouble=pause.told)
    proof = prove(secret=installation().secret, typed=form.receipt.data or "")
    try:
        taken = _taken_back(proof)
    except Exception as error:  # noqa: BLE001 (whatever broke, the typed text goes back)
        status, trouble = _trouble(error)
        return _again(form, status=status, trouble=trouble)
    return shown(taken, proof, done=_("Done. Nobody outside sees your words."))


def _taken_back(proof: Proof) -> Suggestion:
    with writing() as session:
        held = queries.by_receipt(session, proof)
        settle(proof, opened=held is not None)
        if held is None:
            raise NotFoundError(no_match())
        act = actions.keep_back if is_public(held.state) else actions.withdraw
        return act(session, actor="public", suggestion_id=held.id, version=held.version)


def _trouble(error: Exception) -> tuple[int, str]:
    """Return the status and the words for what kept it from being done."""
    if isinstance(error, NotFoundError):
        return 422, no_match()
    if isinstance(error, StaleError):
        return 409, _("The suggestion has just changed. Press the button again.")
    if isinstance(error, DomainError):
        return 409, _("This is not possible any more: look at the suggestion again.")
    return sending.status_of(error), sending.not_sent()


def _again(form: TakeBackForm, *, status: int, trouble: str) -> ResponseReturnValue:
    return render_template("suggestions/take_back.html", form=form, trouble=trouble), status
