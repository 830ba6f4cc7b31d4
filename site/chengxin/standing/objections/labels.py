"""The words readers see for the codes of objections."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.objections.rules import Applicant, Ground, Outcome, State, Target

TARGET = {
    Target.SANCTION: _l("Notice"),
    Target.HONOUR: _l("Exemplary title"),
    Target.AGENCY: _l("Integrity file"),
    Target.PERMIT: _l("Licence or filing"),
    Target.RATING: _l("Rating"),
    Target.ARTICLE: _l("Article"),
    Target.INSPECTION: _l("Inspection"),
    Target.NONE: _l("A record that is missing"),
}
GROUND = {
    Ground.WRONG: _l("Something in it is wrong"),
    Ground.MISSING: _l("Something is missing"),
    Ground.OVER_TIME: _l("It has been public for too long"),
    Ground.WRONGLY_LISTED: _l("The agency should not be named here"),
    Ground.PRIVACY: _l("It shows a secret or personal information"),
}
APPLICANT = {
    Applicant.AGENCY: _l("The agency"),
    Applicant.PUBLIC: _l("A reader"),
    Applicant.PAPER: _l("On paper"),
}
STATE = {
    State.RECEIVED: _l("To be marked"),
    State.MARKED: _l("To be decided"),
    State.DECIDED: _l("Objection decided"),
    State.REVIEW: _l("In review at the upper level"),
    State.REVIEWED: _l("Review decided"),
    State.REFUSED: _l("Not taken up"),
    State.WITHDRAWN: _l("Taken back"),
}
TOLD = {
    State.RECEIVED: _l("We have it. Next, the record is marked as disputed."),
    State.MARKED: _l("The record is marked as disputed. It stays public until we decide."),
    State.DECIDED: _l("We have decided. You can ask the upper level for a review within 7 working days."),
    State.REVIEW: _l("The upper level looks at it again."),
    State.REVIEWED: _l("The upper level has decided. This was the last step here."),
    State.REFUSED: _l("We have not taken it up. The reason stands below."),
    State.WITHDRAWN: _l("It was taken back."),
}
OUTCOME = {
    Outcome.UPHELD: _l("Objection upheld"),
    Outcome.PARTLY: _l("Objection upheld in part"),
    Outcome.NOT_UPHELD: _l("Objection not upheld"),
}
EVENT = {
    "objection.received": _l("Received"),
    "objection.marked": _l("Record marked as disputed"),
    "objection.refused": _l("Not taken up"),
    "objection.decided": _l("Objection decided"),
    "objection.review_asked": _l("Review asked for"),
    "objection.reviewed": _l("Review decided"),
    "objection.withdrawn": _l("Taken back"),
}
