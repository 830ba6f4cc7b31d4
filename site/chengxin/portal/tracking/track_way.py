"""The way of a case as its own page tells it: dated steps, then the letters of both sides."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from chengxin.core.clock import day_of
from chengxin.core.i18n import day as written_day
from chengxin.core.i18n import gettext as _
from chengxin.core.proofs import Proof
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject
from chengxin.portal.tracking.track_moved import moved
from chengxin.portal.tracking.track_words import HAPPENED, PURPOSE
from chengxin.voices.complaints import labels, queries, sealed
from chengxin.voices.complaints.models import Complaint, ComplaintMessage
from chengxin.voices.complaints.moving import MessageKind, reads
from chengxin.voices.complaints.rules import Move, Step, Track, step_of_report

ENDS = frozenset(
    {Move.REFUSE, Move.TRANSFER, Move.DISCARD, Move.LAPSE, Move.DECIDE, Move.FOLLOW, Move.WITHDRAW}
)


@dataclass(frozen=True)
class Letter:
    """A letter of either side, opened with the key of the phrase."""

    sent_on: date
    from_staff: bool
    kind: MessageKind
    text: str

    @property
    def purpose(self) -> str:
        """Return what it is for, in words."""
        return str(PURPOSE[self.kind])

    @property
    def written(self) -> dict[str, object]:
        """Return it as it stands in a copy for whoever it belongs to."""
        return {
            "sent_on": self.sent_on,
            "from_staff": self.from_staff,
            "purpose": self.purpose,
            "text": self.text,
        }


@dataclass(frozen=True)
class Happened:
    """Something that happened to a case, the day, and in words which promised days it moved."""

    verb: str
    on: date
    moved: str

    @property
    def is_told(self) -> bool:
        """Tell whether it stands on the page; that nothing moved when terms were counted again does not."""
        return self.verb in HAPPENED and (self.verb != "recompute" or bool(self.moved))


@dataclass(frozen=True)
class Followed:
    """A case with what its own page tells: the letters and the days on which something happened."""

    case: Complaint
    letters: Sequence[Letter]
    events: Sequence[Happened]

    @property
    def is_report(self) -> bool:
        """Tell whether it is a report, of which nothing but three steps is told."""
        return self.case.track == Track.REPORT

    @property
    def went_on(self) -> bool:
        """Tell whether it was taken back and goes on as a report."""
        return any(each.verb == Move.GO_ON for each in self.events)

    @property
    def question(self) -> Letter | None:
        """Return the newest letter in which the staff asked for more."""
        asked = [letter for letter in self.letters if letter.kind == MessageKind.ASKED]
        return asked[-1] if asked else None

    @property
    def has_answered(self) -> bool:
        """Tell whether the person wrote anything after the newest question."""
        came = False
        for letter in self.letters:
            came = not letter.from_staff or (came and letter.kind != MessageKind.ASKED)
        return came

    def own_last(self, kind: MessageKind) -> Letter | None:
        """Return the last letter of this kind that the person wrote."""
        own = [letter for letter in self.letters if letter.kind == kind and not letter.from_staff]
        return own[-1] if own else None

    @property
    def steps(self) -> list[dict[str, str]]:
        """Return the way so far, one step for each thing that happened."""
        if self.is_report:
            return self._steps_of_report()
        return [_step(HAPPENED[each.verb], each.on, each.moved) for each in self.events if each.is_told]

    def _steps_of_report(self) -> list[dict[str, str]]:
        """Return the three steps a report is told, each with its day as far as it has come.

        The day on which the checks began goes when they are over: a report that was set aside never had one.
        """
        days = {Step.RECEIVED: self.case.received_on}
        for each in self.events:
            if each.verb in {Move.ACCEPT, Move.GO_ON, Move.REOPEN}:
                days[Step.CHECKING] = each.on
            if each.verb == Move.MERGE:
                days.setdefault(Step.CHECKING, each.on)
            if each.verb in ENDS:
                days[Step.HANDLED] = each.on
        reached = list(Step).index(step_of_report(self.case.state))
        if reached == len(Step) - 1:
            days.pop(Step.CHECKING, None)
        return [_step(labels.STEP[step], days.get(step)) for step in list(Step)[: reached + 1]]


def followed(session: Session, proof: Proof) -> Followed | None:
    """Return the case that a receipt opens, with its letters and its way."""
    case = queries.by_receipt(session, proof)
    if case is None:
        return None
    messages = queries.messages_of(session, case.id)
    events = ledger.of_subject(session, Subject("complaint", case.id))
    letters = [_letter(case, message, proof) for message in messages if _is_told(case, message)]
    return Followed(case, letters, [_happened(event) for event in events])


def _is_told(case: Complaint, message: ComplaintMessage) -> bool:
    return message.for_complainant is not None and reads(case, MessageKind(message.kind))


def _letter(case: Complaint, message: ComplaintMessage, proof: Proof) -> Letter:
    text = sealed.open_as_complainant(case, message, proof.key)
    return Letter(message.sent_on, message.from_staff, MessageKind(message.kind), text)


def _step(title: str, day: date | None, words: str = "") -> dict[str, str]:
    if day is None:
        return {"title": str(title), "text": "", "day": ""}
    written = _("%(day)s. %(words)s", day=written_day(day), words=words) if words else written_day(day)
    return {"title": str(title), "text": written, "day": day.isoformat()}


def _happened(event: Event) -> Happened:
    old, new = (json.loads(text or "{}") for text in (event.old, event.new))
    return Happened(event.verb, day_of(event.at), moved(event.verb, old, new))
