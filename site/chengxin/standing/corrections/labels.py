"""The words readers see for the codes of corrections."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.corrections.rules import State

STATE = {
    State.PROPOSED: _l("Waiting for a second person"),
    State.CONFIRMED: _l("Put in force"),
    State.DECLINED: _l("Declined"),
}
EVENT = {
    "correction.proposed": _l("Correction proposed"),
    "correction.confirmed": _l("Correction put in force"),
    "correction.declined": _l("Correction declined"),
    "sanction.corrected": _l("Corrected"),
    "agency.notice_moved": _l("No longer named by a notice"),
}
