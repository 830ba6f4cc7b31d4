"""Walks of two cases that can be merged: every move tried by anybody at any time, and what must always hold."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st
from sqlalchemy.orm import Session

from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.sealing import Keyring
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions, afterwards, extending, merging, pauses, rules
from chengxin.voices.complaints.clocks import Clock
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import answer_deadline, supplement_deadline
from chengxin.voices.complaints.rules import Dismissal, Finding, Move, Refusal, State
from tests import make

DESK = Keyring.generate()
TO: Any = {"intake_key": DESK.recipients}
WORDS = "请看这封信。"
START = datetime(2026, 1, 30, 4, tzinfo=UTC)
ACTS: dict[Move, Callable[..., Any]] = {
    Move.ASK: lambda s, **seen: pauses.ask(s, note=WORDS, **TO, **seen),
    Move.SUPPLY: lambda s, **seen: pauses.supply(s, text=WORDS, **TO, **seen),
    Move.LAPSE: lambda s, **seen: pauses.lapse_due(s),
    Move.ACCEPT: lambda s, **seen: actions.accept(s, note="", **TO, **seen),
    Move.REFUSE: lambda s, **seen: actions.refuse(s, refusal=Refusal.TOO_OLD, note=WORDS, **TO, **seen),
    Move.TRANSFER: lambda s, **seen: actions.transfer(s, note=WORDS, **TO, **seen),
    Move.DISCARD: lambda s, **seen: actions.discard(s, dismissal=Dismissal.ABUSE, **seen),
    Move.MERGE: lambda s, **seen: merging.merge(
        s, into=other_than(s, seen["case_id"]), note=WORDS, **TO, **seen
    ),
    Move.UNMERGE: merging.unmerge,
    Move.SET_CLOCK: lambda s, **seen: actions.set_clock(s, clock_set=other_clock(s, seen), **seen),
    Move.INVESTIGATE: actions.investigate,
    Move.ASK_EXTENSION: extending.ask_extension,
    Move.EXTEND: lambda s, **seen: extending.extend(s, note=WORDS, **TO, **seen),
    Move.DENY_EXTENSION: extending.deny_extension,
    Move.SUSPEND: lambda s, **seen: pauses.suspend(s, note=WORDS, **TO, **seen),
    Move.RESUME: lambda s, **seen: pauses.resume(s, note="", **TO, **seen),
    Move.FINISH: actions.finish,
    Move.DECIDE: lambda s, **seen: actions.decide(s, finding=Finding.UPHELD, reply=WORDS, **TO, **seen),
    Move.WITHDRAW: actions.withdraw,
    Move.GO_ON: actions.go_on,
    Move.ASK_REVIEW: lambda s, **seen: afterwards.ask_review(s, text=WORDS, **TO, **seen),
    Move.ANSWER_REVIEW: lambda s, **seen: afterwards.answer_review(s, reply=WORDS, **TO, **seen),
    Move.REOPEN: lambda s, **seen: afterwards.reopen(s, note=WORDS, **TO, **seen),
}
WITH_ANOTHER = {Move.CLOSE, Move.FOLLOW, Move.RELEASE}
# Any move for a case and a person after some days; mostly one of those the case allows, by its place among them.
STEPS = st.tuples(
    st.sampled_from(sorted(ACTS)),
    st.integers(0, 1),
    st.integers(0, 2),
    st.integers(0, 25),
    st.integers(-3, 11),
)


def other_than(session: Session, case_id: int) -> int:
    """Return another case of the walk."""
    return min(each.id for each in session.query(Complaint) if each.id != case_id)


def other_clock(session: Session, seen: Any) -> Clock:
    """Return the set of terms a case does not follow now."""
    case = session.get_one(Complaint, seen["case_id"])
    return Clock.INSPECTION if case.clock == Clock.PETITION else Clock.PETITION


class WalkOverError(Exception):
    """Undoes a walk, so that each starts in an empty database."""


class Walk:
    """Two cases, two officers, and days that pass."""

    def __init__(self, session: Session) -> None:
        """File both cases."""
        self.session = session
        self.officers = make.actors(session, count=2)
        self.cases = [make.complaint(session, make.filing(DESK.recipients, nonce=str(n))).id for n in (1, 2)]
        self.reached: set[str] = set()

    def case(self, number: int) -> Complaint:
        """Return a case as it is stored."""
        self.session.flush()
        return self.session.get_one(Complaint, self.cases[number], populate_existing=True)

    def way(self, number: int, place: int) -> Move | None:
        """Return the move that stands at a place among those a case allows, if there is one."""
        allowed = [move for move in rules.moves_from(self.case(number).state) if move in ACTS]
        return allowed[place % len(allowed)] if allowed and place >= 0 else None

    def live(self, number: int, *moves: tuple[Move, int]) -> Complaint:
        """Lead a case through some moves that are all done, each by a person, and return it."""
        for move, person in moves:
            version = self.case(number).version
            self.step(move, number, person)
            assert self.case(number).version > version, move
        return self.case(number)

    def step(self, move: Move, number: int, person: int) -> None:
        """Try a move; one that is refused changes nothing."""
        case = self.case(number)
        before = (case.state, case.version)
        actor = self.officers[person % 2] if person < 2 else "public"
        may_be = move in rules.moves_from(case.state)
        seen = {"actor": actor, "case_id": case.id, "version": case.version, "reason": "办案需要"}
        try:
            with self.session.begin_nested():
                ACTS[move](self.session, **seen)
        except DomainError:
            assert (self.case(number).state, self.case(number).version) == before
        else:
            assert may_be or move is Move.LAPSE
        for each in (0, 1):
            self.check(self.case(each))

    def verbs(self) -> set[str]:
        """Return what was done to either case so far."""
        self.session.flush()
        subjects = [Subject("complaint", number) for number in self.cases]
        return {event.verb for each in subjects for event in ledger.of_subject(self.session, each)}

    def check(self, case: Complaint) -> None:
        """Hold a case to everything that must always be true of it."""
        self.reached.add(case.state)
        ended = case.state not in rules.OPEN and case.state != State.MERGED
        assert (case.closed_on is not None) == ended
        assert (case.paused_on is not None) == (case.state in rules.PAUSED)
        assert case.extension_asked_by is None or case.state == State.INVESTIGATING
        assert not case.extended or case.state not in rules.UNDECIDED | {State.ACCEPTED}
        assert (case.dismissal != "") == (State.DISCARDED in {case.state, self._under_review(case)})
        assert case.answer_by == answer_deadline(case).due().date
        asked = supplement_deadline(case)
        assert asked is None or case.supplement_by == asked.due().date
        self._check_merged(case)
        events = ledger.of_subject(self.session, Subject("complaint", case.id))
        told = [json.loads(event.new) for event in events if event.new]
        for name in ("state", "answer_by"):
            values = [each[name] for each in told if name in each]
            assert not values or values[-1] == str(getattr(case, name))

    def _check_merged(self, case: Complaint) -> None:
        """Hold a case to it that it never waits for one which will not be answered."""
        if case.state == State.MERGED:
            main = self.session.get_one(Complaint, case.merged_into)
            assert main.state in rules.LEADING
        else:
            assert case.merged_into is None or case.state in {State.CLOSED, State.REVIEW}

    def _under_review(self, case: Complaint) -> str:
        return case.state_before if case.state == State.REVIEW else ""


@contextmanager
def walking(database: Database) -> Iterator[Walk]:
    """Give a walk that leaves nothing behind."""
    with suppress(WalkOverError), database.writing() as session:
        yield Walk(session)
        raise WalkOverError
