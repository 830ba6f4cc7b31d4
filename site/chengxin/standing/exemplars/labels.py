"""The words readers see for the codes of exemplary titles and of the rounds that give them."""

from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.i18n import num
from chengxin.standing.exemplars.models import Honour, Selection
from chengxin.standing.exemplars.rules import Act, Block, HonourKind, Level, State, Via, may_name
from chengxin.standing.exemplars.selection_rules import SelectionAct, SelectionState

HONOUR_KIND = {
    HonourKind.AGENCY: _l("Exemplary agency"),
    HonourKind.WINDOW: _l("Exemplary service window"),
    HonourKind.PERSON: _l("Model worker"),
}
LEVEL = {
    Level.COUNTY: _l("County level"),
    Level.CITY: _l("City level"),
    Level.PROVINCE: _l("Province level"),
    Level.NATIONAL: _l("National level"),
}
VIA = {
    Via.OFFICER: _l("The bureau itself"),
    Via.ASSOCIATION: _l("A trade association"),
    Via.AGENCY: _l("The agency by its own application"),
}
STATE = {
    State.NOMINATED: _l("Nominated"),
    State.CHECKED: _l("Papers checked"),
    State.SHORTLISTED: _l("Shortlisted"),
    State.PUBLICITY: _l("Before the public"),
    State.AWARDED: _l("Awarded"),
    State.REFUSED: _l("Not awarded"),
    State.DROPPED: _l("Taken off the list"),
    State.WITHDRAWN: _l("Title withdrawn"),
}
ACT = {
    Act.CHECK: _l("Papers checked"),
    Act.SHORTLIST: _l("Put on the shortlist"),
    Act.REFUSE: _l("Do not award it"),
    Act.DROP: _l("Take it off the list"),
    Act.AWARD: _l("Award the title"),
    Act.PROPOSE_WITHDRAWAL: _l("Propose to take the title back"),
    Act.KEEP: _l("Let the title stand"),
    Act.WITHDRAW: _l("Confirm the withdrawal"),
}
BLOCK = {
    Block.STANDING: _l("A notice in force or no valid licence"),
    Block.OBJECTION: _l("Objection not decided"),
    Block.CONSENT: _l("Consent to be named missing"),
}
SELECTION_STATE = {
    SelectionState.OPEN: _l("Open for nominations"),
    SelectionState.REVIEW: _l("Under review"),
    SelectionState.PUBLICITY: _l("In publicity"),
    SelectionState.AWARDED: _l("Awarded"),
    SelectionState.CANCELLED: _l("Called off"),
}
SELECTION_ACT = {
    SelectionAct.CLOSE: _l("Close nominations and begin the review"),
    SelectionAct.ANNOUNCE: _l("Put the shortlist before the public"),
    SelectionAct.RECONSIDER: _l("Take the list back into review"),
    SelectionAct.AWARD: _l("Award the list"),
    SelectionAct.CANCEL: _l("Call the round off"),
}
EVENT = {
    "honour.nominated": _l("Nominated"),
    "honour.checked": _l("Papers checked"),
    "honour.shortlisted": _l("Shortlisted"),
    "honour.refused": _l("Not awarded"),
    "honour.declined": _l("Not awarded"),
    "honour.announced": _l("Put before the public"),
    "honour.reconsidered": _l("Taken back into review"),
    "honour.dropped": _l("Taken off the list"),
    "honour.awarded": _l("Awarded"),
    "honour.withdrawal_proposed": _l("Withdrawal proposed"),
    "honour.kept": _l("Withdrawal turned down"),
    "honour.withdrawn": _l("Title withdrawn"),
    "honour.consented": _l("Consent recorded"),
    "honour.name_erased": _l("Name erased"),
    "selection.opened": _l("Round opened"),
    "selection.closed": _l("Nominations closed"),
    "selection.announced": _l("Put before the public"),
    "selection.reconsidered": _l("Taken back into review"),
    "selection.awarded": _l("Awarded"),
    "selection.cancelled": _l("Called off"),
}


def named(honour: Honour) -> bool:
    """Tell whether the public may read the name of the window or the person."""
    return may_name(honour.kind, honour.consent_on, honour.consent_withdrawn_on)


def holder_words(honour: Honour) -> str:
    """Return the name of the window or the person as the public may read it."""
    return honour.holder if named(honour) else _("(not public)")


def merit_words(honour: Honour) -> str:
    """Return why a title was given; what was written of a person goes with the name."""
    return honour.merit if named(honour) else ""


def base_words(selection: Selection) -> str:
    """Return how the places for agencies were counted; nothing for a round of which that is not known."""
    if selection.share is not None:
        return _("%(share)s%% of %(n)s agencies", share=selection.share, n=num(selection.base))
    if not selection.base:
        return ""
    return _("a fixed number; agencies in the region: %(n)s", n=num(selection.base))
