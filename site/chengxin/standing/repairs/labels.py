"""The words readers see for the codes of credit repair."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.repairs.rules import Applicant, State

STATE = {
    State.REQUESTED: _l("To be checked"),
    State.ACCEPTED: _l("To be decided"),
    State.GRANTING: _l("Waiting for a second person"),
    State.GRANTED: _l("Repair granted"),
    State.REFUSED: _l("Refused"),
    State.INCOMPLETE: _l("Returned: something is missing"),
    State.WITHDRAWN: _l("Taken back"),
    State.LAPSED: _l("Closed: the notice ended otherwise"),
}
APPLICANT = {
    Applicant.AGENCY: _l("The agency"),
    Applicant.PAPER: _l("On paper"),
}
EVENT = {
    "repair.requested": _l("Received"),
    "repair.accepted": _l("Accepted"),
    "repair.returned": _l("Returned: something is missing"),
    "repair.grant_proposed": _l("Early end proposed"),
    "repair.granted": _l("Repair granted"),
    "repair.grant_declined": _l("Early end declined"),
    "repair.refused": _l("Refused"),
    "repair.withdrawn": _l("Taken back"),
    "repair.lapsed": _l("Closed: the notice ended otherwise"),
}
