"""Reasons stay in the ledger for ever, long after the words of a case are erased, so none may tell of a person."""

from functools import lru_cache

from chengxin.core.errors import N_, DomainError
from chengxin.core.personal import find_personal

BETWEEN = "、"


def check_reason(reason: str) -> None:
    """Refuse a reason in which data of a person stand; numbers of documents, firms, days and amounts may."""
    found = personal_in(reason)
    if found:
        raise DomainError(
            N_(
                "A reason stays in the ledger for ever, so no data of a person may stand in it: %(found)s. Leave it "
                "out, or write “the complainant’s number”; what the case needs belongs into a note or a letter."
            ),
            found=BETWEEN.join(found),
        )


@lru_cache(maxsize=256)
def personal_in(reason: str) -> tuple[str, ...]:
    """Return what in a reason looks like data of a person; an act on a thousand records is looked at once."""
    return tuple(reason[each.start : each.end] for each in find_personal(reason)) if reason else ()
