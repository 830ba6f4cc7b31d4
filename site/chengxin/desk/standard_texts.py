"""Texts the staff put into a message to a complainant, ready to be changed."""

from collections.abc import Mapping

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.complaints.rules import State

_ASKED = (
    (
        _l("Please add when, whom and how much you paid"),
        _l(
            "Please add here when you paid, how much, and to whom, and whether you have a receipt or a chat"
            " record. The clock goes on as soon as your answer is here."
        ),
    ),
)
_ACCEPTED = (
    (
        _l("Accepted, we look into it"),
        _l(
            "We have accepted your complaint and are looking into it. You need not do anything now;"
            " the result will stand on this page."
        ),
    ),
    (
        _l("Accepted, please keep the proof"),
        _l(
            "We have accepted your complaint. Please keep receipts, contracts, chat records and bank"
            " statements; we may ask for them here."
        ),
    ),
)
_REFUSED = (
    (
        _l("Not ours, go to arbitration"),
        _l(
            "This is a dispute between you and the employer that arbitration decides. You can apply to the"
            " labour dispute arbitration committee of the place where you work within one year; it is free."
        ),
    ),
    (
        _l("Too long ago"),
        _l(
            "More than two years have passed since the matter happened or ended, so labour inspection may"
            " no longer take it up. A court or arbitration may still be open to you; 12333 gives advice."
        ),
    ),
    (
        _l("Whom it is about is not clear"),
        _l(
            "From what you wrote we cannot tell which agency it is about. Please complain again with its"
            " full name, address or licence number."
        ),
    ),
)
_ANSWERED = (
    (
        _l("Upheld, order to correct"),
        _l(
            "We found that what you reported is true. We have ordered the agency to correct it and to"
            " return what it must not keep. If that does not happen in time, write to us again."
        ),
    ),
    (
        _l("Not upheld"),
        _l(
            "We checked the records of the agency and heard both sides. What you reported could not be"
            " confirmed. If you find new proof, please complain again."
        ),
    ),
    (
        _l("What else you can do"),
        _l(
            "If you do not agree, you can ask for an administrative review within 60 days, or go to court"
            " within six months."
        ),
    ),
)

_BY_STATE = {State.RECEIVED: _ASKED + _ACCEPTED + _REFUSED, State.SUPPLEMENT: _ACCEPTED + _REFUSED}


def texts_for(state: str) -> Mapping[str, str]:
    """Return the texts that fit a state, by their words, with the short name each goes by."""
    pairs = _BY_STATE.get(State(state), _ANSWERED)
    return {str(text): str(name) for name, text in pairs}
