"""The acts on many records as one table: of which kind, who may do them, what they ask, whether they are held back.

The steps of a case come from the table of the case page; here stand only which of them are offered for many cases at
once, and which are grave. What sends a letter or shows something to the public is held back for a minute, so that it
can be taken back before anybody reads it; what only changes hands is done at once and can be put back.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core import clock
from chengxin.core.changes import check_version
from chengxin.core.errors import N_, DomainError
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.sealing import Recipients
from chengxin.desk.handling import deciding
from chengxin.desk.handling.case_act import Ask
from chengxin.desk.handling.case_officers import serving
from chengxin.desk.handling.case_texts import places_of
from chengxin.opinions.ratings import actions as ratings
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import MOVES as RATING_MOVES
from chengxin.opinions.ratings.rules import Reason
from chengxin.opinions.ratings.rules import State as RatingState
from chengxin.voices.complaints import actions
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import LEADING, Move
from chengxin.voices.standard_texts.rules import filled

# What only acts on many records ask for, by the names of their fields.
OFFICER, HIDING = "officer", "hiding"
CHOICES: Collection[str] = (*deciding.ARGUMENT, OFFICER, HIDING)
NOT_NOW = N_("The case cannot take this step any more.")
NOT_THEIRS = N_("This officer serves another part of the jurisdiction, or decides no cases.")


@dataclass(frozen=True)
class Words:
    """What an officer said for all records of an act: one choice, one letter, one reason.

    `standard` is a ready text; its places are filled in for each case.
    """

    choice: str = ""
    letter: str = ""
    reason: str = ""
    standard: str = ""


@dataclass(frozen=True)
class Member:
    """One record of an act as the officer saw it."""

    record_id: int
    seen: int


@dataclass(frozen=True)
class Hands:
    """Who does an act, whom their letters are sealed to, and in whose name they write."""

    officer: Officer
    intake_key: Recipients
    authority: str = ""


Do = Callable[[Session, Hands, Member, Words], Any]
Needs = Callable[[str], frozenset[str]]


def _nothing(_track: str) -> frozenset[str]:
    return frozenset()


def _never(_record: Any) -> bool:
    return False


def _always(_record: Any, _officer: Officer) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class BulkDo:
    """One row of the table.

    `allows` tells whether a record can take the act now, `leads` whether others can be merged into it; `needs` is what
    cannot be left out for a case of a track.
    """

    name: str
    kind: str
    label: str
    right: Right
    do: Do
    allows: Callable[[Any, Officer], bool] = _always
    leads: Callable[[Any], bool] = _never
    asks: frozenset[str] = frozenset()
    needs: Needs = _nothing
    hint: str = ""
    held: bool = True
    direct: bool = False
    grave: bool = False

    @property
    def choice(self) -> str | None:
        """Return the field that holds what was chosen, if the act asks for a choice."""
        return next((ask for ask in CHOICES if ask in self.asks), None)


def _assign(session: Session, hands: Hands, member: Member, words: Words) -> Complaint:
    chosen = int(words.choice) if words.choice else None
    if chosen not in {None, hands.officer.id}:
        case = session.get_one(Complaint, member.record_id)
        if chosen not in {each.id for each in serving(session, [case.region_code])}:
            raise DomainError(NOT_THEIRS)
    return actions.assign(session, officer_id=chosen, **_seen(hands, member, words))


def _decide(move: Move, session: Session, hands: Hands, member: Member, words: Words) -> Complaint:
    """Do a step of the case page to one case, if it is still the one the officer saw and the step still open to it."""
    case = session.get_one(Complaint, member.record_id, populate_existing=True)
    check_version(case, member.seen)
    if move not in deciding.offered(case, hands.officer):
        raise DomainError(NOT_NOW)
    act = deciding.ACTS[move]
    said = {Ask.LETTER: letter_for(case, hands, words), Ask.REASON: words.reason}
    given = {ask: said.get(ask, words.choice) for ask in act.asks}
    deciding.perform(
        session, move, seen=_seen(hands, member, words), given=given, intake_key=hands.intake_key
    )
    return session.get_one(Complaint, member.record_id, populate_existing=True)


def letter_for(case: Complaint, hands: Hands, words: Words) -> str:
    """Return the letter of one case: the ready text with what is true of this case, then the officer's own words."""
    values = places_of(case, authority=hands.authority, today=clock.today())
    ready = filled(words.standard, values) if words.standard else ""
    return "\n\n".join(part for part in (ready, words.letter) if part)


def _seen(hands: Hands, member: Member, words: Words) -> Seen:
    return {
        "actor": hands.officer.actor,
        "case_id": member.record_id,
        "version": member.seen,
        "reason": words.reason,
    }


def _publish(session: Session, hands: Hands, member: Member, _words: Words) -> Rating:
    seen: Any = {"rating_id": member.record_id, "version": member.seen}
    return ratings.publish(session, actor=hands.officer.actor, **seen)


def _hide(session: Session, hands: Hands, member: Member, words: Words) -> Rating:
    seen: Any = {"rating_id": member.record_id, "version": member.seen}
    return ratings.hide(session, actor=hands.officer.actor, reason=Reason(words.choice), **seen)


def _rating_takes(state: RatingState) -> Callable[[Any, Officer], bool]:
    return lambda rating, _officer: state in RATING_MOVES[RatingState(rating.state)]


def _case(move: Move, *, grave: bool = True, leads: Callable[[Any], bool] = _never) -> BulkDo:
    act = deciding.ACTS[move]
    return BulkDo(
        name=str(move),
        kind="complaint",
        label=deciding.label_of(move),
        hint=act.hint,
        right=act.right,
        do=partial(_decide, move),
        allows=lambda case, officer: move in deciding.offered(case, officer),
        leads=leads,
        asks=frozenset(act.asks),
        needs=act.needed_for,
        grave=grave,
    )


def _hand(name: str, label: str, right: Right, **more: Any) -> BulkDo:
    return BulkDo(name=name, kind="complaint", label=label, right=right, do=_assign, held=False, **more)


def _rating(name: str, label: str, state: RatingState, do: Do, **more: Any) -> BulkDo:
    given = {"right": Right.MODERATE_RATINGS, "allows": _rating_takes(state), **more}
    return BulkDo(name=name, kind="rating", label=label, do=do, **given)


_ONE_OFFICER, _ONE_REASON = frozenset({OFFICER}), frozenset({HIDING})
ACTS: Mapping[str, BulkDo] = {
    act.name: act
    for act in (
        _hand("take", _l("Assign to me"), Right.DECIDE_CASES, direct=True),
        _hand("give_back", _l("Give back"), Right.DECIDE_CASES, direct=True),
        _hand(
            "assign",
            _l("Assign to an officer"),
            Right.HAND_OUT_CASES,
            asks=_ONE_OFFICER,
            needs=lambda _track: _ONE_OFFICER,
        ),
        _case(Move.ACCEPT, grave=False),
        _case(Move.REFUSE),
        _case(Move.TRANSFER),
        _case(Move.DISCARD),
        _case(Move.MERGE, leads=lambda case: case.state in LEADING),
        _rating("publish", _l("Publish the ratings"), RatingState.PUBLISHED, _publish),
        _rating(
            "hide",
            _l("Hide the ratings"),
            RatingState.HIDDEN,
            _hide,
            asks=_ONE_REASON,
            needs=lambda _track: _ONE_REASON,
            grave=True,
        ),
    )
}
MODELS: Mapping[str, Any] = {"complaint": Complaint, "rating": Rating}
