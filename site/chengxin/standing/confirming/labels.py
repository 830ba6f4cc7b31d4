"""The words officers see for a record of two persons."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.confirming.rules import Act, State

STATE = {
    State.PROPOSED: _l("Waits for a second person"),
    State.IN_FORCE: _l("In force"),
    State.DECLINED: _l("Not confirmed"),
    State.REMOVED: _l("Taken off the list"),
}
ACT = {
    Act.CONFIRM: _l("Confirm and publish"),
    Act.DECLINE: _l("Do not confirm"),
    Act.PROPOSE_REMOVAL: _l("Propose to remove it"),
    Act.KEEP: _l("Keep it"),
    Act.REMOVE: _l("Remove it"),
}
HINT = {
    Act.CONFIRM: _l("It is public at once."),
    Act.DECLINE: _l("It will never be public. The record of it stays."),
    Act.PROPOSE_REMOVAL: _l("It stays public until a second person removes it."),
    Act.REMOVE: _l("It is public no more from this moment."),
}
VERB = {
    "proposed": _l("Proposed"),
    "confirmed": _l("Confirmed and published"),
    "declined": _l("Not confirmed"),
    "removal_proposed": _l("Removal proposed"),
    "kept": _l("Removal declined"),
    "removed": _l("Taken off the list"),
    "done": _l("Done by one person"),
}
KINDS = ("abnormal_mark", "lineage_link", "permit_act")
EVENT = {f"{kind}.{verb}": words for kind in KINDS for verb, words in VERB.items()}
