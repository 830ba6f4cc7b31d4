"""The words of a case's own page: what happened, what a letter is for, what comes next for a report."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.complaints.moving import MessageKind
from chengxin.voices.complaints.rules import Move, Step

# Events a person is told of; assignments, notes and what staff ask each other are not theirs.
HAPPENED = {
    "file": _l("Received by us"),
    Move.ASK: _l("We asked you for more"),
    Move.SUPPLY: _l("Your answer arrived"),
    Move.LAPSE: _l("Ended: what we asked for did not come in time"),
    Move.ACCEPT: _l("Accepted"),
    Move.REFUSE: _l("Not accepted"),
    Move.TRANSFER: _l("Handed to another authority"),
    Move.DISCARD: _l("Set aside as invalid"),
    Move.MERGE: _l("Joined with another case of the same matter"),
    Move.UNMERGE: _l("Handled by itself again"),
    Move.RELEASE: _l("Handled by itself again"),
    Move.RELEASE: _l("The other case ended without an answer; yours goes on by itself"),
    Move.SET_CLOCK: _l("Handled by another set of terms"),
    Move.INVESTIGATE: _l("Investigation started"),
    Move.EXTEND: _l("Term extended"),
    Move.SUSPEND: _l("Investigation suspended; the clock stands still"),
    Move.RESUME: _l("Investigation goes on"),
    Move.FINISH: _l("Investigation ended"),
    Move.DECIDE: _l("Decided and answered"),
    Move.FOLLOW: _l("Answered together with the case it was joined with"),
    Move.WITHDRAW: _l("You took the case back"),
    Move.GO_ON: _l("We go on with the matter as a report"),
    Move.ASK_REVIEW: _l("You asked for a review"),
    Move.ANSWER_REVIEW: _l("Review answered"),
    Move.REOPEN: _l("Taken up again after the review"),
    "recompute": _l("Deadlines computed again"),
    "satisfaction": _l("You rated the handling"),
    "erase_contact": _l("Contact details erased at your wish"),
    "correct_contact": _l("You changed your contact details"),
    "ask_erasure": _l("You asked us to erase everything"),
    "ask_copy": _l("You asked for a copy of what you wrote"),
}
PURPOSE = {
    MessageKind.WRITTEN: _l("Message"),
    MessageKind.ASKED: _l("Request for more"),
    MessageKind.SUPPLIED: _l("Answer to our request"),
    MessageKind.ACCEPTED: _l("Acceptance"),
    MessageKind.REFUSED: _l("Not accepted"),
    MessageKind.TRANSFERRED: _l("Handed to another authority"),
    MessageKind.MERGED: _l("Joined with another case"),
    MessageKind.EXTENDED: _l("Extension"),
    MessageKind.SUSPENDED: _l("Suspension"),
    MessageKind.RESUMED: _l("The investigation goes on"),
    MessageKind.DECIDED: _l("Our answer"),
    MessageKind.REVIEW_ASKED: _l("Request for review"),
    MessageKind.REVIEWED: _l("Answer to your request for review"),
}
NEXT_OF_REPORT = {
    Step.RECEIVED: _l("We read what you wrote and decide how to check it."),
    Step.CHECKING: _l("We check it. To protect you, this page tells nothing of what we find."),
    Step.HANDLED: _l("What you reported has been handled. To protect you, the outcome does not stand here."),
}
