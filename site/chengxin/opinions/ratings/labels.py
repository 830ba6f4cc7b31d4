"""The words readers see for the codes of ratings."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.opinions.ratings.rules import Dimension, RaterKind, Reason, State

RATER = {
    RaterKind.JOB_SEEKER: _l("Job seeker"),
    RaterKind.EMPLOYER: _l("Employer"),
    RaterKind.STAFF: _l("Member of its staff or dispatched worker"),
}
DIMENSION = {
    Dimension.OPENNESS: _l("Openness: licence, fees and procedure are shown"),
    Dimension.HONESTY: _l("Honesty: what was said was true"),
    Dimension.FEES: _l("Fees: as published, with a receipt"),
    Dimension.RESULT: _l("Result: the service did what it should"),
    Dimension.ATTITUDE: _l("Attitude: polite and patient"),
}
DIMENSION_SHORT = {
    Dimension.OPENNESS: _l("Openness"),
    Dimension.HONESTY: _l("Honesty"),
    Dimension.FEES: _l("Fees charged"),
    Dimension.RESULT: _l("Result"),
    Dimension.ATTITUDE: _l("Attitude"),
}
MARK = {
    "1": _l("Very poor"),
    "2": _l("Poor"),
    "3": _l("Fair"),
    "4": _l("Good"),
    "5": _l("Very good"),
}
STATE = {
    State.PENDING: _l("Waiting for moderation"),
    State.PUBLISHED: _l("Shown"),
    State.HIDDEN: _l("Hidden"),
    State.REMOVED: _l("Removed"),
}
REASON = {
    Reason.PERSONAL_DATA: _l("It holds personal data of somebody."),
    Reason.INSULT: _l("It insults somebody."),
    Reason.ADVERTISING: _l("It is advertising."),
    Reason.OFF_TOPIC: _l("It is not about this agency's service."),
    Reason.NOT_A_CLIENT: _l("The writer did not use the service."),
    Reason.REPEATED: _l("It repeats another rating."),
    Reason.UNLAWFUL: _l("Its text is unlawful."),
}
