"""Follow a suggestion with the code and phrase of its receipt, and take it or the consent back."""

from flask import render_template
from flask.typing import ResponseReturnValue

from chengxin.core.i18n import gettext as _
from chengxin.core.proofs import Proof
from chengxin.core.web import reading, writing
from chengxin.ledger.rules import PUBLIC
from chengxin.portal.blueprint import bp
from chengxin.portal.tracking.track_gate import by_receipt
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
        return _again(form, form.refused_with, form.token_trouble)
    return by_receipt(form.receipt.data or "", _taken_back, lambda status, words: _again(form, status, words))


def _taken_back(proof: Proof) -> ResponseReturnValue | None:
    with writing() as session:
        held = queries.by_receipt(session, proof)
        if held is None:
            return None
        act = actions.keep_back if is_public(held.state) else actions.withdraw
        taken = act(session, actor=PUBLIC, suggestion_id=held.id, version=held.version)
    return shown(taken, proof, done=_("Done. Nobody outside sees your words."))


def _again(form: TakeBackForm, status: int, trouble: str) -> ResponseReturnValue:
    return render_template("suggestions/take_back.html", form=form, trouble=trouble), status
