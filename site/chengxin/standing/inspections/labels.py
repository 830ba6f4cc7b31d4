"""The words readers see for random inspections."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.inspections.rules import Act, Result, State

RESULT = {
    Result.NO_PROBLEM: _l("No problem found"),
    Result.CORRECTED: _l("Problems found and corrected on the spot"),
    Result.ORDERED: _l("Ordered to correct problems"),
    Result.CASE_OPENED: _l("Case opened"),
    Result.UNREACHABLE: _l("Not reached at its registered address"),
    Result.REFUSED: _l("Refused the inspection"),
}
STATE = {
    State.DRAWN: _l("Drawn, results being entered"),
    State.HANDED_IN: _l("Waits for publication"),
    State.PUBLISHED: _l("Published"),
    State.DISCARDED: _l("Discarded"),
}
ACT = {
    Act.HAND_IN: _l("Hand in for publication"),
    Act.RETURN: _l("Return for changes"),
    Act.PUBLISH: _l("Publish the results"),
    Act.DISCARD: _l("Discard the batch"),
}
EVENT = {
    "inspection_batch.drawn": _l("Drawn by lot"),
    "inspection_batch.result": _l("Result entered"),
    "inspection_batch.handed_in": _l("Handed in"),
    "inspection_batch.returned": _l("Returned"),
    "inspection_batch.published": _l("Published"),
    "inspection_batch.discarded": _l("Discarded"),
}
