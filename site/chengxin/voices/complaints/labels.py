"""The words readers see for the codes of complaints."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.complaints.rules import Category, ContactKind, Finding, Move, Refusal, State

CATEGORY = {
    Category.FEES: _l("They charged me fees or a deposit"),
    Category.FALSE_POSTING: _l("The job posting was false"),
    Category.WITHHELD: _l("They keep my documents or belongings"),
    Category.WAGES: _l("They owe or cut wages"),
    Category.UNLICENSED: _l("They work without a licence"),
    Category.OTHER: _l("Something else"),
}
CATEGORY_SHORT = {
    Category.FEES: _l("Fees or deposit"),
    Category.FALSE_POSTING: _l("False posting"),
    Category.WITHHELD: _l("Documents withheld"),
    Category.WAGES: _l("Wages owed"),
    Category.UNLICENSED: _l("No licence"),
    Category.OTHER: _l("Other matter"),
}
CONTACT = {
    ContactKind.ANONYMOUS: _l("Anonymous"),
    ContactKind.PHONE: _l("Leave a mobile number"),
    ContactKind.NAMED: _l("Give my real name"),
}
CONTACT_HINT = {
    ContactKind.ANONYMOUS: _l("You look up the result with code and phrase only; we cannot reach you."),
    ContactKind.PHONE: _l("Only the staff who handle the case use it, to check facts."),
    ContactKind.NAMED: _l("You can be a witness and get the answer in writing."),
}
CONTACT_SHORT = {
    ContactKind.ANONYMOUS: _l("Anonymous"),
    ContactKind.PHONE: _l("Mobile number"),
    ContactKind.NAMED: _l("Real name"),
}
STATE = {
    State.RECEIVED: _l("Received, not yet accepted"),
    State.SUPPLEMENT: _l("Waiting for more from you"),
    State.ACCEPTED: _l("Accepted"),
    State.INVESTIGATING: _l("Being investigated"),
    State.DECIDED: _l("Decided"),
    State.CLOSED: _l("Case closed"),
    State.NOT_ACCEPTED: _l("Not accepted"),
    State.TRANSFERRED: _l("Handed to another authority"),
    State.WITHDRAWN: _l("Taken back by the complainant"),
    State.DISCARDED: _l("Set aside as invalid"),
}
NEXT = {
    State.RECEIVED: _l("We read what you wrote and tell you whether we take the case."),
    State.SUPPLEMENT: _l("We asked you for more below. The clock stands still until you answer."),
    State.ACCEPTED: _l("We look into it and answer you."),
    State.INVESTIGATING: _l("We look into it and answer you."),
    State.DECIDED: _l("The answer is on its way to this page."),
    State.CLOSED: _l("The case is done. The answer stands below."),
    State.NOT_ACCEPTED: _l("We do not take the case. The reason and what else you can do stand below."),
    State.TRANSFERRED: _l("Another authority goes on with it. Which one stands below."),
    State.WITHDRAWN: _l("You took the complaint back."),
    State.DISCARDED: _l("The text held nothing that could be handled."),
}
FINDING = {
    Finding.UPHELD: _l("Upheld"),
    Finding.PARTLY: _l("Partly upheld"),
    Finding.NOT_UPHELD: _l("Not upheld"),
    Finding.UNDETERMINED: _l("Could not be established"),
}
REFUSAL = {
    Refusal.TOO_OLD: _l("More than two years have passed since it happened or ended."),
    Refusal.OUT_OF_SCOPE: _l("The matter is outside labour inspection."),
    Refusal.NO_RESPONDENT: _l("It is not clear whom the complaint is about."),
    Refusal.ALREADY_HANDLED: _l("The matter has already been handled."),
    Refusal.IN_COURT: _l("The matter belongs to arbitration or a court, or is already there."),
    Refusal.OTHER_JURISDICTION: _l("Another authority is responsible."),
}
MOVE = {
    Move.ASK: _l("Ask for more"),
    Move.SUPPLY: _l("Answer received"),
    Move.ACCEPT: _l("Accept"),
    Move.REFUSE: _l("Do not accept"),
    Move.TRANSFER: _l("Hand to another authority"),
    Move.DISCARD: _l("Set it aside as invalid"),
    Move.INVESTIGATE: _l("Start the investigation"),
    Move.DECIDE: _l("Decide and answer"),
    Move.CLOSE: _l("Close"),
    Move.WITHDRAW: _l("Withdraw"),
}
