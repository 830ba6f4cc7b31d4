"""The acts on many records as one table: of which kind, who may do them, what they ask, whether they are held back.

What sends a letter or shows something to the public is held back for a minute, so that it can be taken back before
anybody reads it; what only changes hands is done at once and can be put back.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Right
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.sealing import Recipients
from chengxin.opinions.ratings import actions as ratings
from chengxin.opinions.ratings.models import Rating
from chengxin.opinions.ratings.rules import MOVES as RATING_MOVES
from chengxin.opinions.ratings.rules import Reason
from chengxin.opinions.ratings.rules import State as RatingState
from chengxin.voices.complaints import actions, merging
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import Dismissal, Move, Refusal, moves_from


class Ask(StrEnum):
    """What an act on many records asks of the officer, by the name of its field."""

    OFFICER = "officer"
    REFUSAL = "refusal"
    DISMISSAL = "dismissal"
    TARGET = "target"
    MAIN = "main"
    HIDING = "hiding"
    LETTER = "letter"
    REASON = "reason"


@dataclass(frozen=True)
class Words:
    """What an officer said for all records of an act: one choice, one letter, one reason."""

    choice: str = ""
    letter: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Member:
    """One record of an act as the officer saw it."""

    record_id: int
    seen: int


Do = Callable[[Session, str, Member, Words, Recipients], Any]


@dataclass(frozen=True, kw_only=True)
class BulkDo:
    """One row of the table; `allows` tells whether a record can take the act now."""

    name: str
    kind: str
    label: str
    right: Right
    allows: Callable[[Any], bool]
    do: Do
    choice: Ask | None = None
    asks: frozenset[Ask] = frozenset()
    needs: frozenset[Ask] = frozenset()
    held: bool = True
    direct: bool = False
    grave: bool = False


def _seen(actor: str, member: Member, words: Words) -> Seen:
    return {"actor": actor, "case_id": member.record_id, "version": member.seen, "reason": words.reason}


def _assign(session: Session, actor: str, member: Member, words: Words, _key: Recipients) -> Complaint:
    chosen = int(words.choice) if words.choice else None
    return actions.assign(session, officer_id=chosen, **_seen(actor, member, words))


def _accept(session: Session, actor: str, member: Member, words: Words, key: Recipients) -> Complaint:
    return actions.accept(session, note=words.letter, intake_key=key, **_seen(actor, member, words))


def _refuse(session: Session, actor: str, member: Member, words: Words, key: Recipients) -> Complaint:
    ground = Refusal(words.choice)
    seen = _seen(actor, member, words)
    return actions.refuse(session, refusal=ground, note=words.letter, intake_key=key, **seen)


def _transfer(session: Session, actor: str, member: Member, words: Words, key: Recipients) -> Complaint:
    seen = _seen(actor, member, words)
    return actions.transfer(session, to=words.choice, note=words.letter, intake_key=key, **seen)


def _discard(session: Session, actor: str, member: Member, words: Words, _key: Recipients) -> Complaint:
    return actions.discard(session, dismissal=Dismissal(words.choice), **_seen(actor, member, words))


def _merge(session: Session, actor: str, member: Member, words: Words, key: Recipients) -> Complaint:
    seen = _seen(actor, member, words)
    return merging.merge(session, into=int(words.choice), note=words.letter, intake_key=key, **seen)


def _publish(session: Session, actor: str, member: Member, _words: Words, _key: Recipients) -> Rating:
    return ratings.publish(session, actor=actor, rating_id=member.record_id, version=member.seen)


def _hide(session: Session, actor: str, member: Member, words: Words, _key: Recipients) -> Rating:
    reason = Reason(words.choice)
    return ratings.hide(session, actor=actor, rating_id=member.record_id, version=member.seen, reason=reason)


def _case_takes(move: Move) -> Callable[[Any], bool]:
    return lambda case: move in moves_from(case.state)


def _rating_takes(state: RatingState) -> Callable[[Any], bool]:
    return lambda rating: state in RATING_MOVES[RatingState(rating.state)]


def _always(_record: Any) -> bool:
    return True


def _case(name: str, label: str, move: Move, do: Do, **more: Any) -> BulkDo:
    given = {"right": Right.DECIDE_CASES, "allows": _case_takes(move), **more}
    return BulkDo(name=name, kind="complaint", label=label, do=do, **given)


def _hand(name: str, label: str, right: Right, **more: Any) -> BulkDo:
    given = {"kind": "complaint", "allows": _always, "do": _assign, "held": False, **more}
    return BulkDo(name=name, label=label, right=right, **given)


_LETTER = frozenset({Ask.LETTER})
_REASON = frozenset({Ask.REASON})
ACTS: Mapping[str, BulkDo] = {
    act.name: act
    for act in (
        _hand("take", _l("Assign to me"), Right.DECIDE_CASES, direct=True),
        _hand("give_back", _l("Give back"), Right.DECIDE_CASES, direct=True),
        _hand(
            "assign",
            _l("Assign to an officer"),
            Right.HAND_OUT_CASES,
            choice=Ask.OFFICER,
            needs=frozenset({Ask.OFFICER}),
        ),
        _case("accept", _l("Accept"), Move.ACCEPT, _accept, asks=_LETTER),
        _case(
            "refuse",
            _l("Do not accept"),
            Move.REFUSE,
            _refuse,
            choice=Ask.REFUSAL,
            needs=_LETTER | _REASON | {Ask.REFUSAL},
            grave=True,
        ),
        _case(
            "transfer",
            _l("Transfer"),
            Move.TRANSFER,
            _transfer,
            choice=Ask.TARGET,
            needs=_LETTER | _REASON | {Ask.TARGET},
            grave=True,
        ),
        _case(
            "discard",
            _l("Set aside"),
            Move.DISCARD,
            _discard,
            choice=Ask.DISMISSAL,
            needs=_REASON | {Ask.DISMISSAL},
            grave=True,
        ),
        _case(
            "merge",
            _l("Merge into one"),
            Move.MERGE,
            _merge,
            choice=Ask.MAIN,
            needs=_LETTER | {Ask.MAIN},
            grave=True,
        ),
        BulkDo(
            name="publish",
            kind="rating",
            label=_l("Publish the ratings"),
            right=Right.MODERATE_RATINGS,
            allows=_rating_takes(RatingState.PUBLISHED),
            do=_publish,
        ),
        BulkDo(
            name="hide",
            kind="rating",
            label=_l("Hide the ratings"),
            right=Right.MODERATE_RATINGS,
            allows=_rating_takes(RatingState.HIDDEN),
            do=_hide,
            choice=Ask.HIDING,
            needs=frozenset({Ask.HIDING}),
            grave=True,
        ),
    )
}
MODELS: Mapping[str, Any] = {"complaint": Complaint, "rating": Rating}
