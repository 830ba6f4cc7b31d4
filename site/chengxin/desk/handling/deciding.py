"""The acts of a case page as one table: what each asks of the officer, who may do it, and what it does.

The form, its template, its checks and the call all read this table; a new act is a new row.
"""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from chengxin.accounts.rules import Officer, Right
from chengxin.core.i18n import gettext as _
from chengxin.core.i18n import lazy_gettext as _l
from chengxin.core.sealing import Recipients
from chengxin.desk.handling.case_act import (
    Act,
    Ask,
    Deed,
    answered_by_another,
    asked_by_another,
    not_yet_extended,
)
from chengxin.voices.complaints import actions, afterwards, extending, letters, merging, pauses
from chengxin.voices.complaints.labels import MOVE
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import (
    BY_STAFF,
    HANDLING,
    OPEN,
    Dismissal,
    Finding,
    Move,
    Refusal,
    State,
    Track,
)
from chengxin.voices.complaints.rules import moves_from as moves_of_state

Given = Mapping[Ask, Any]
# How an action names what a field gave, and what it takes it as; a letter has a name of its own in each act.
ARGUMENT: Mapping[Ask, tuple[str, Callable[[Any], Any]]] = {
    Ask.REFUSAL: ("refusal", Refusal),
    Ask.DISMISSAL: ("dismissal", Dismissal),
    Ask.FINDING: ("finding", Finding),
    Ask.VIOLATION: ("violation", str),
    Ask.TARGET: ("to", str),
    Ask.MAIN: ("into", int),
    Ask.CLOCK: ("clock_set", str),
}


def _asks(*asked: Ask) -> frozenset[Ask]:
    return frozenset(asked)


_NOTED = _asks(Ask.LETTER, Ask.REASON)
ENDING = frozenset(map(str, (Move.REFUSE, Move.TRANSFER, Move.DISCARD)))
ACTS: Mapping[str, Act] = {
    Move.ASK: Act(
        do=pauses.ask,
        letter="note",
        needs=_asks(Ask.LETTER),
        takes=_asks(Ask.REASON),
        hint=_l("Needs a message that says what is missing. The clock stands still until they answer."),
    ),
    Move.ACCEPT: Act(
        do=actions.accept,
        letter="note",
        takes=_NOTED,
        hint=_l("The case is taken on. A message is welcome, not required."),
    ),
    Move.REFUSE: Act(
        do=actions.refuse,
        letter="note",
        needs=_asks(Ask.LETTER, Ask.REFUSAL),
        takes=_asks(Ask.REASON),
        spared_for_reports=_asks(Ask.LETTER),
        hint=_l("Needs a ground and a message that says what else can be done."),
    ),
    Move.TRANSFER: Act(
        do=actions.transfer,
        letter="note",
        needs=_asks(Ask.LETTER, Ask.TARGET),
        takes=_asks(Ask.REASON),
        hint=_l("Needs the authority which has the case now, and a message that names it."),
    ),
    Move.DISCARD: Act(
        do=actions.discard,
        needs=_asks(Ask.DISMISSAL, Ask.REASON),
        hint=_l(
            "Only for what cannot be handled at all. A complainant reads the ground and may ask for a review; "
            "a reporter reads neither."
        ),
    ),
    Move.MERGE: Act(
        do=merging.merge,
        letter="note",
        needs=_asks(Ask.LETTER, Ask.MAIN),
        spared_for_reports=_asks(Ask.LETTER),
        takes=_asks(Ask.REASON),
        hint=_l("The same matter is open already: both get one answer. Needs the other case and a message."),
    ),
    Move.UNMERGE: Act(
        do=merging.unmerge,
        needs=_asks(Ask.REASON),
        takes=_asks(Ask.LETTER),
        hint=_l("The case goes back to where it was. Its terms ran on."),
    ),
    Move.SET_CLOCK: Act(
        do=actions.set_clock,
        needs=_asks(Ask.CLOCK),
        takes=_NOTED,
        hint=_l("Both deadlines are counted by the other set, with the days the clock stood still."),
        ends=False,
    ),
    Move.INVESTIGATE: Act(
        do=actions.investigate, takes=_NOTED, hint=_l("The term of the law starts: 60 days from acceptance.")
    ),
    Move.ASK_EXTENSION: Act(
        do=extending.ask_extension,
        needs=_asks(Ask.REASON),
        fits=not_yet_extended,
        hint=_l("Say what is still to be found out. A second person decides."),
    ),
    Move.EXTEND: Act(
        do=extending.extend,
        letter="note",
        needs=_asks(Ask.LETTER),
        spared_for_reports=_asks(Ask.LETTER),
        takes=_asks(Ask.REASON),
        right=Right.APPROVE_CASES,
        fits=asked_by_another,
        hint=_l("30 days more. Needs a message that says why and until when."),
    ),
    Move.DENY_EXTENSION: Act(
        do=extending.deny_extension,
        needs=_asks(Ask.REASON),
        right=Right.APPROVE_CASES,
        fits=asked_by_another,
        hint=_l("The term stays as it is."),
    ),
    Move.SUSPEND: Act(
        do=pauses.suspend,
        letter="note",
        needs=_NOTED,
        spared_for_reports=_asks(Ask.LETTER),
        hint=_l("It cannot go on for now: the clock stands still. Needs a note and a message that say why."),
    ),
    Move.RESUME: Act(
        do=pauses.resume,
        letter="note",
        takes=_NOTED,
        hint=_l("The clock runs again, later by the days it stood."),
    ),
    Move.FINISH: Act(
        do=actions.finish, takes=_NOTED, hint=_l("The facts are clear. The decision has a term of its own.")
    ),
    Move.DECIDE: Act(
        do=actions.decide,
        letter="reply",
        needs=_asks(Ask.LETTER, Ask.FINDING),
        spared_for_reports=_asks(Ask.LETTER),
        takes=_asks(Ask.VIOLATION, Ask.REASON),
        hint=_l("Needs a finding and an answer. The case is closed with it."),
    ),
    Move.GO_ON: Act(
        do=actions.go_on,
        needs=_asks(Ask.REASON),
        takes=_asks(Ask.LETTER),
        hint=_l("It was taken back, but the matter may concern others."),
    ),
    Move.ANSWER_REVIEW: Act(
        do=afterwards.answer_review,
        letter="reply",
        needs=_asks(Ask.LETTER),
        takes=_asks(Ask.FINDING, Ask.REASON),
        fits=answered_by_another,
        hint=_l("Needs an answer. Without a new finding the old one stands."),
    ),
    Move.REOPEN: Act(
        do=afterwards.reopen,
        letter="note",
        needs=_NOTED,
        fits=answered_by_another,
        hint=_l("What was found no longer stands; the case is handled anew. Needs a note and a message."),
    ),
    Deed.WRITE: Act(
        do=letters.write,
        letter="text",
        needs=_asks(Ask.LETTER),
        label=_l("Write a letter, and leave the case where it is"),
        fits=lambda case, _officer: case.state in OPEN | {State.MERGED},
        ends=False,
    ),
    Deed.CLASSIFY: Act(
        do=actions.set_violation,
        needs=_asks(Ask.VIOLATION),
        takes=_asks(Ask.REASON),
        label=_l("Set the violation"),
        hint=_l("In the terms of the law; a notice drafted later starts from it."),
        fits=lambda case, _officer: case.state in HANDLING | {State.REVIEW},
        ends=False,
    ),
}


def offered(case: Complaint, officer: Officer) -> Mapping[str, Act]:
    """Return the acts this officer can do with a case as it stands, in their usual order."""
    names = [move for move in moves_of_state(case.state) if move in BY_STAFF]
    rows = {str(name): ACTS[name] for name in (*names, *Deed)}
    theirs = officer.handles(case.region_code, given_to=case.assigned_to)
    rights = {right for right in officer.rights if theirs or right is Right.APPROVE_CASES}
    return {name: act for name, act in rows.items() if act.right in rights and act.fits(case, officer)}


def hints_of(acts: Mapping[str, Act], *, track: str, merged: int) -> Mapping[str, str]:
    """Return what each act says of itself, and what it means for the cases merged into this one."""
    hints = {name: str(act.hint) for name, act in acts.items() if act.hint}
    for name in hints.keys() if track == Track.REPORT and not merged else ():
        if Ask.LETTER in acts[name].spared_for_reports:
            hints[name] = " ".join(
                (hints[name], _("For a report without a message: its page would not show it."))
            )
    if merged and Move.DECIDE in hints:
        hints[Move.DECIDE] = " ".join((hints[Move.DECIDE], _read_by_others(merged)))
    for name in ENDING & hints.keys() if merged else ():
        hints[name] = " ".join((hints[name], _("The cases merged into this one then go on by themselves.")))
    return hints


def _read_by_others(merged: int) -> str:
    return _(
        "Cases merged into this one: %(n)s. They are closed with it, and whoever filed them reads this very "
        "answer: name nobody in it, and nothing that only one of them told.",
        n=merged,
    )


def label_of(name: str) -> str:
    """Return the words of an act."""
    return ACTS[name].label or MOVE[Move(name)]


def perform(session: Session, name: str, *, seen: Seen, given: Given, intake_key: Recipients) -> None:
    """Do one act with what was given for it, if the case is still the version the officer saw."""
    act = ACTS[name]
    words = given.get(Ask.LETTER, "")
    arguments: dict[str, Any] = {
        ARGUMENT[ask][0]: ARGUMENT[ask][1](given[ask]) for ask in act.asks & ARGUMENT.keys() if given.get(ask)
    }
    if act.letter:
        arguments |= {act.letter: words, "intake_key": intake_key}
    act.do(session, **arguments, **seen)
    if words and not act.letter:
        again: Seen = {"actor": seen["actor"], "case_id": seen["case_id"], "version": seen["version"] + 1}
        letters.write(session, text=words, intake_key=intake_key, **again)
