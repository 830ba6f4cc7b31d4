"""The words readers see for the codes of batches."""

from chengxin.core.i18n import lazy_gettext as _l
from chengxin.standing.batches.rules import Check, State

STATE = {
    State.ASSEMBLING: _l("Being put together"),
    State.HANDED_IN: _l("Waiting for approval"),
    State.PUBLISHED: _l("Published"),
    State.DISSOLVED: _l("Given up"),
}
CHECK = {
    Check.EMPTY: _l("The batch holds no notice"),
    Check.NOT_SERVED: _l("Not yet decided and served"),
    Check.MISSING_FIELDS: _l("Something is missing"),
    Check.DUPLICATE: _l("The decision number is there twice"),
    Check.TERM_OVER: _l("The longest term is over"),
    Check.INTERNAL: _l("A minor decision without a legal basis for publishing it"),
    Check.PARTY_UNRESOLVED: _l("The party is not in the register"),
    Check.OTHER_AUTHORITY: _l("Decided by another authority"),
    Check.DOUBTFUL: _l("Taken in with a doubt"),
    Check.COUNT_CHANGED: _l("Many more or fewer than in the last batch"),
}
EVENT = {
    "batch.opened": _l("Opened"),
    "batch.added": _l("Notices added"),
    "batch.refused": _l("A notice refused"),
    "batch.handed_in": _l("Handed in for approval"),
    "batch.returned": _l("Returned"),
    "batch.published": _l("Published"),
    "batch.dissolved": _l("Given up"),
}
