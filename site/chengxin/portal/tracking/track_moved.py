"""Why a promised day became another one, in words: both days, and the term of the law or the pause behind it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from chengxin.core.i18n import day
from chengxin.core.i18n import gettext as _
from chengxin.voices.complaints.clocks import TERMS, Clock, Phase
from chengxin.voices.complaints.rules import Move, State

# A term that begins with its move: the day before belonged to something that is over.
BEGINNING = frozenset({Move.ASK_REVIEW, Move.REOPEN})


def moved(verb: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    """Return what an event of a case says of its days; nothing when it changed none that still counts."""
    told = []
    if "answer_by" in new:
        told.append(_of_answer(verb, old, new))
    if "accept_by" in new and new.get("state", State.RECEIVED) == State.RECEIVED:
        told.append(
            _("We tell you whether we take it by %(new)s instead of %(old)s.", **_days("accept_by", old, new))
        )
    if "supplement_by" in new:
        told.append(
            _("Your answer is due by %(new)s instead of %(old)s.", **_days("supplement_by", old, new))
        )
    return " ".join(told)


def _of_answer(verb: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> str:
    why, days = _why(verb, Clock(new.get("clock", Clock.INSPECTION))), _days("answer_by", old, new)
    if verb in BEGINNING:
        return _("The answer is due by %(new)s: %(why)s.", new=days["new"], why=why)
    return _("The answer is due by %(new)s instead of %(old)s: %(why)s.", why=why, **days)


def _days(name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, str]:
    return {"old": day(date.fromisoformat(old[name])), "new": day(date.fromisoformat(new[name]))}


def _why(verb: str, clock: Clock) -> str:
    """Return the reason, with the term as the set of terms that the case follows has it."""
    by_verb = WHY[clock].get(verb) or ALWAYS.get(verb) or _stood_still
    return by_verb()


def _days_of(clock: Clock, phase: Phase) -> int:
    return TERMS[clock][phase].days


def _investigated() -> str:
    n = _days_of(Clock.INSPECTION, Phase.INVESTIGATE)
    return _(
        "the law gives a formal investigation %(n)s working days from acceptance (Regulation on Labour Inspection, art. 17)",
        n=n,
    )


def _investigated_by_petition() -> str:
    n = _days_of(Clock.PETITION, Phase.INVESTIGATE)
    return _("the law gives a petition %(n)s days from acceptance (Regulations on Petitions, art. 34)", n=n)


def _extended() -> str:
    n = _days_of(Clock.INSPECTION, Phase.EXTENSION)
    return _("%(n)s working days more were approved (Regulation on Labour Inspection, art. 17)", n=n)


def _extended_by_petition() -> str:
    n = _days_of(Clock.PETITION, Phase.EXTENSION)
    return _("%(n)s days more were approved (Regulations on Petitions, art. 34)", n=n)


def _finished() -> str:
    n = _days_of(Clock.INSPECTION, Phase.DECIDE)
    return _("the investigation is over, and we decide within %(n)s working days", n=n)


def _finished_by_petition() -> str:
    return _(
        "the investigation is over, and we decide within %(n)s days", n=_days_of(Clock.PETITION, Phase.DECIDE)
    )


def _by_inspection() -> str:
    n = _days_of(Clock.INSPECTION, Phase.ANSWER)
    return _("it follows the terms of labour inspection now; we answer within %(n)s working days", n=n)


def _by_petition() -> str:
    n = _days_of(Clock.PETITION, Phase.ANSWER)
    return _("it follows the terms of petitions now: %(n)s days (Regulations on Petitions, art. 34)", n=n)


def _stood_still() -> str:
    return _("the days on which the clock stood still are added")


def _reviewed() -> str:
    return _("a review is answered within %(n)s days", n=_days_of(Clock.PETITION, Phase.REVIEW))


def _anew() -> str:
    return _("it is handled anew from that day on")


def _calendar() -> str:
    return _("the official calendar of public holidays came out")


WHY: Mapping[Clock, Mapping[str, Callable[[], str]]] = {
    Clock.INSPECTION: {
        Move.INVESTIGATE: _investigated,
        Move.EXTEND: _extended,
        Move.FINISH: _finished,
        Move.SET_CLOCK: _by_inspection,
    },
    Clock.PETITION: {
        Move.INVESTIGATE: _investigated_by_petition,
        Move.EXTEND: _extended_by_petition,
        Move.FINISH: _finished_by_petition,
        Move.SET_CLOCK: _by_petition,
    },
}
ALWAYS: Mapping[str, Callable[[], str]] = {
    Move.ASK_REVIEW: _reviewed,
    Move.REOPEN: _anew,
    "recompute": _calendar,
}
