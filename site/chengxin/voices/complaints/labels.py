"""The words readers see for the codes of complaints."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.voices.complaints import keeping
from chengxin.voices.complaints.clocks import Clock
from chengxin.voices.complaints.rules import (
    Category,
    Dismissal,
    Finding,
    Move,
    Refusal,
    Satisfaction,
    State,
    Step,
    Track,
)
from chengxin.voices.contact.labels import CONTACT
from chengxin.voices.contact.rules import ContactKind

CATEGORY = {
    Category.FEES: _l("They charged money they should not"),
    Category.FALSE_POSTING: _l("The job posting was false"),
    Category.UNLICENSED: _l("They work without a licence"),
    Category.WITHHELD: _l("They keep documents or belongings"),
    Category.WAGES: _l("They owe or cut wages"),
    Category.PRIVACY: _l("They passed on personal data"),
    Category.DISCRIMINATION: _l("They discriminate between job seekers"),
    Category.SHAM: _l("The employment is not what it is called"),
    Category.OTHER: _l("Something else"),
}
CATEGORY_HINT = {
    Category.FEES: _l("Fees, deposits, training loans, money for a guaranteed job."),
    Category.SHAM: _l("For example called outsourcing, but run like dispatch."),
}
CATEGORY_SHORT = {
    Category.FEES: _l("Fees or deposit"),
    Category.FALSE_POSTING: _l("False posting"),
    Category.WITHHELD: _l("Documents withheld"),
    Category.WAGES: _l("Wages owed"),
    Category.UNLICENSED: _l("No licence"),
    Category.PRIVACY: _l("Personal data"),
    Category.DISCRIMINATION: _l("Discrimination"),
    Category.SHAM: _l("Sham employment"),
    Category.OTHER: _l("Other matter"),
}
CONTACT_HINT = {
    ContactKind.ANONYMOUS: _l("You look up the result with code and phrase only; we cannot reach you."),
    ContactKind.PHONE: _l(
        "Only the staff who handle the case use it, to check facts. It is deleted %(n)s months after the end.",
        n=keeping.CONTACT_MONTHS,
    ),
    ContactKind.NAMED: _l("You can be a witness and get the answer in writing."),
}
REPORT_CONTACT = {
    ContactKind.ANONYMOUS: CONTACT[ContactKind.ANONYMOUS],
    ContactKind.PHONE: CONTACT[ContactKind.PHONE],
}
REPORT_CONTACT_HINT = {
    ContactKind.ANONYMOUS: _l("You see with code and phrase whether it was checked; we cannot reach you."),
    ContactKind.PHONE: CONTACT_HINT[ContactKind.PHONE],
}
STATE = {
    State.RECEIVED: _l("Received, not yet accepted"),
    State.SUPPLEMENT: _l("Waiting for more from you"),
    State.ACCEPTED: _l("Accepted"),
    State.INVESTIGATING: _l("Being investigated"),
    State.SUSPENDED: _l("Investigation suspended"),
    State.DECIDING: _l("Waiting for the decision"),
    State.DECIDED: _l("Decided"),
    State.CLOSED: _l("Case closed"),
    State.REVIEW: _l("Answer under review"),
    State.NOT_ACCEPTED: _l("Not accepted"),
    State.TRANSFERRED: _l("Handed to another authority"),
    State.MERGED: _l("Handled together with another case"),
    State.WITHDRAWN: _l("Taken back by the complainant"),
    State.DISCARDED: _l("Set aside as invalid"),
}
NEXT = {
    State.RECEIVED: _l("We read what you wrote and tell you whether we take the case."),
    State.SUPPLEMENT: _l("We asked you for more below. The clock stands still until you answer."),
    State.ACCEPTED: _l("We look into it and answer you."),
    State.INVESTIGATING: _l("We look into it and answer you."),
    State.SUSPENDED: _l("The investigation cannot go on for now. Why stands below; the clock stands still."),
    State.DECIDING: _l("The investigation is over. We decide and answer you."),
    State.DECIDED: _l("The answer is on its way to this page."),
    State.CLOSED: _l("The case is done. The answer stands below."),
    State.REVIEW: _l("Somebody looks at the answer once more and writes to you here."),
    State.MERGED: _l(
        "Somebody else told us of the same matter. You get the same answer here; "
        "should the other case end without one, yours goes on by itself."
    ),
    State.NOT_ACCEPTED: _l("We do not take the case. The reason and what else you can do stand below."),
    State.TRANSFERRED: _l("Another authority goes on with it. Which one stands below."),
    State.WITHDRAWN: _l("You took the complaint back."),
    State.DISCARDED: _l("We set it aside and do not handle it. Why, and what else you can do, stand below."),
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
    Refusal.NOT_SUPPLEMENTED: _l("What was asked for did not come in time."),
    Refusal.ALREADY_HANDLED: _l("The matter has already been handled."),
    Refusal.IN_COURT: _l("The matter belongs to arbitration or a court, or is already there."),
    Refusal.OTHER_JURISDICTION: _l("Another authority is responsible."),
}
DISMISSAL = {
    Dismissal.ADVERTISING: _l("It is advertising, or a program sent it."),
    Dismissal.ABUSE: _l("It insults somebody and tells nothing that happened."),
    Dismissal.REPEATED: _l("It is the same text once more; the one that came first is handled."),
    Dismissal.EMPTY: _l("It tells nothing that can be looked into."),
}
MOVE = {
    Move.ASK: _l("Ask for more"),
    Move.SUPPLY: _l("Answer received"),
    Move.ACCEPT: _l("Accept"),
    Move.REFUSE: _l("Do not accept"),
    Move.TRANSFER: _l("Hand to another authority"),
    Move.LAPSE: _l("No answer in time"),
    Move.DISCARD: _l("Set it aside as invalid"),
    Move.MERGE: _l("Handle together with another case"),
    Move.UNMERGE: _l("Handle by itself again"),
    Move.RELEASE: _l("Goes on by itself: the case it was merged into ended without an answer"),
    Move.SET_CLOCK: _l("Change the set of terms"),
    Move.INVESTIGATE: _l("Start the investigation"),
    Move.ASK_EXTENSION: _l("Ask for an extension"),
    Move.EXTEND: _l("Approve the extension"),
    Move.DENY_EXTENSION: _l("Decline the extension"),
    Move.SUSPEND: _l("Suspend the investigation"),
    Move.RESUME: _l("Go on with the investigation"),
    Move.FINISH: _l("End the investigation"),
    Move.DECIDE: _l("Decide and answer"),
    Move.CLOSE: _l("Close"),
    Move.FOLLOW: _l("Answered with the case it was merged into"),
    Move.WITHDRAW: _l("Withdraw"),
    Move.GO_ON: _l("Go on as a report"),
    Move.ASK_REVIEW: _l("Asked for a review"),
    Move.ANSWER_REVIEW: _l("Answer the review"),
    Move.REOPEN: _l("Take the case up again"),
}
TRACK = {Track.COMPLAINT: _l("Complaint"), Track.REPORT: _l("Report")}
STEP = {
    Step.RECEIVED: _l("Received by us"),
    Step.CHECKING: _l("Being checked"),
    Step.HANDLED: _l("Handled"),
}
CLOCK = {
    Clock.INSPECTION: _l("Labour inspection (working days)"),
    Clock.PETITION: _l("Petition (calendar days)"),
}
SATISFACTION = {
    Satisfaction.VERY_POOR: _l("Very poor"),
    Satisfaction.POOR: _l("Poor"),
    Satisfaction.FAIR: _l("Fair"),
    Satisfaction.GOOD: _l("Good"),
    Satisfaction.VERY_GOOD: _l("Very good"),
}
EVENT = {
    "write": _l("Letter to the complainant"),
    "say": _l("Letter from the complainant"),
    "add_files": _l("Files added later"),
    "see": _l("News from the complainant seen"),
    "note": _l("Note of the staff"),
    "classify": _l("Violation set"),
    "match": _l("Matched to the register, or category corrected"),
    "satisfaction": _l("Handling rated"),
    "recompute": _l("Deadlines computed again"),
    "erase_contact": _l("Contact details erased at their wish"),
    "ask_erasure": _l("Erasure of everything asked for"),
    "correct_contact": _l("Contact details replaced"),
    "ask_copy": _l("Copy of their words asked for"),
    "make_copy": _l("Copy sealed to their phrase"),
}
PROCEEDINGS = {
    "no": _l("No"),
    "yes": _l("Yes"),
    "unknown": _l("I do not know"),
}
