"""Complaints of the last eight quarters: sealed like real ones, handled in their working days."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy.orm import Session

from chengxin.agencies import queries as agencies
from chengxin.core.receipts import Receipt
from chengxin.core.workdays import add_workdays
from chengxin.ledger.rules import PUBLIC
from chengxin.sample import codes
from chengxin.sample.city import City
from chengxin.sample.dice import chance, dice, pick
from chengxin.sample.names import person
from chengxin.sample.reading import table
from chengxin.sample.targets import Targets
from chengxin.sample.timeline import Act
from chengxin.voices.complaints import (
    actions,
    afterwards,
    extending,
    letters,
    merging,
    pauses,
    queries,
    sealed,
)
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Dismissal, Finding, Refusal, Track
from chengxin.voices.complaints.sealed import Answers, Filing
from chengxin.voices.contact.rules import ContactKind

OFFICERS = {"limin": 6, "zhaoyu": 4}
THIS_YEAR, EARLIER = 326, 730
STORY_PACE = (2, 9)
CONTACTS = {ContactKind.ANONYMOUS: 55, ContactKind.PHONE: 35, ContactKind.NAMED: 10}
ENDS: dict[str, float] = {
    Finding.UPHELD: 29,
    Finding.PARTLY: 3,
    Finding.NOT_UPHELD: 53,
    Finding.UNDETERMINED: 6,
}
OTHER_ENDS: dict[str, float] = {"refused": 7, "discarded": 2}


@dataclass
class Case:
    """One complaint to be: what it says, and in how many working days what was done."""

    number: int
    city: City
    party: str
    received: date
    answers: Answers
    end: str
    reply: str
    officer: str
    known: bool = False
    accept_in: int = 2
    decide_in: int = 9
    investigated: bool = False
    complaint: Complaint | None = field(default=None, init=False)

    def plan(self, *, hour: float = 12.0, until: str = "closed") -> None:
        """Plan what happens to this complaint, as far as it goes."""
        plan, taken = self.city.timeline.plan, self._workday(self.accept_in)
        plan(self.received, hour, self._file)
        if until == "received":
            return
        aside = self._aside(until) or self._aside(self.end)
        for step, act in enumerate(aside):
            plan(self._workday(self.accept_in + step), 14.5, act)
        if aside:
            return
        plan(taken, 9.4, self._accept)
        if self.investigated:
            plan(self._workday(self.accept_in + 1), 9.6, self._investigate)
        decided = self._workday(max(self.decide_in, self.accept_in + 2))
        if until == "closed":
            plan(decided, 15.2, self._decide)
        if until != "closed" or decided >= self.city.today:
            plan(taken, 9.5, self._assign)

    def filing(self, agency: Any = None, *, opens: bool) -> Filing:
        """Return the sealed complaint, with a phrase that opens it or with one that opens nothing."""
        return sealed.prepare(
            secret=self.city.secret,
            intake_key=self.city.intake_key,
            nonce=f"sample {self.number}",
            answers=self.answers,
            agency=agency,
            reply_key=None if opens else _nobodys_key(),
        )

    def _aside(self, way: str) -> list[Act]:
        """Return the acts of a way that leads to no decision, none for a case that goes on."""
        ways: dict[str, list[Act]] = {
            "asked": [self._ask],
            "supplied": [self._ask, self._supply],
            "transferred": [self._transfer],
            "withdrawn": [self._withdraw],
            "refused": [self._refuse],
            "discarded": [self._discard],
            "merged": [self._merge],
            "suspended": [self._accept, self._assign, self._investigate, self._note, self._suspend],
            "extension": [self._accept, self._assign, self._investigate, self._ask_extension],
            "deciding": [self._accept, self._assign, self._investigate, self._finish],
            "review": [self._accept, self._assign, self._decide, self._ask_review],
        }
        return ways.get(way, [])

    def _workday(self, count: int) -> date:
        return add_workdays(self.received, count).date

    def _file(self, session: Session) -> None:
        agency = agencies.by_id(session, self.city.ids.get(self.party, 0))
        filing = self.filing(agency, opens=self.known)
        self.complaint = actions.file(session, actor=PUBLIC, filing=filing)

    def _ask(self, session: Session) -> None:
        pauses.ask(session, note=self._words("ask"), **self._sealing)

    def _supply(self, session: Session) -> None:
        pauses.supply(session, text=self._words("supply"), **(self._sealing | {"actor": PUBLIC}))

    def _transfer(self, session: Session) -> None:
        actions.transfer(session, note=self._words("transfer"), **self._sealing)

    def _withdraw(self, session: Session) -> None:
        actions.withdraw(session, **(self._seen | {"actor": PUBLIC}))

    def _merge(self, session: Session) -> None:
        others = queries.open_against(session, self.answers.respondent)
        into = next(each.id for each in others if self.complaint and each.id != self.complaint.id)
        merging.merge(session, into=into, note=self._words("merge"), **self._sealing)

    def _note(self, session: Session) -> None:
        letters.note(session, text=self._words("note"), **self._sealing)

    def _suspend(self, session: Session) -> None:
        reason = self._words("suspend_reason")
        pauses.suspend(session, note=self._words("suspend"), **self._sealing, reason=reason)

    def _ask_extension(self, session: Session) -> None:
        extending.ask_extension(session, **self._seen, reason=self._words("extension_reason"))

    def _finish(self, session: Session) -> None:
        actions.finish(session, **self._seen)

    def _ask_review(self, session: Session) -> None:
        seen = self._sealing | {"actor": PUBLIC}
        afterwards.ask_review(session, text=self._words("review"), **seen)

    def _accept(self, session: Session) -> None:
        actions.accept(session, note=self._words("accept") if self.known else "", **self._sealing)

    def _refuse(self, session: Session) -> None:
        texts = table("complaints")["words"]["refuse"]
        drawn = dice("refusal", self.number).choice(list(texts))
        refusal = Refusal.TOO_OLD if self.known else Refusal(drawn)
        actions.refuse(session, refusal=refusal, note=texts[refusal], **self._sealing)

    def _discard(self, session: Session) -> None:
        ground = Dismissal.ADVERTISING if self.known else Dismissal.EMPTY
        actions.discard(session, dismissal=ground, reason=self._words("discard"), **self._seen)

    def _investigate(self, session: Session) -> None:
        actions.investigate(session, **self._seen)

    def _assign(self, session: Session) -> None:
        actions.assign(session, officer_id=self.city.officer_id(self.officer), **self._seen)

    def _decide(self, session: Session) -> None:
        actions.decide(session, finding=Finding(self.end), reply=self.reply, **self._sealing)

    @staticmethod
    def _words(of: str) -> str:
        words: str = table("complaints")["words"][of]
        return words

    @property
    def _sealing(self) -> dict[str, Any]:
        return self._seen | {"intake_key": self.city.intake_key}

    @property
    def _seen(self) -> dict[str, Any]:
        assert self.complaint is not None
        return {
            "actor": self.city.actors[self.officer],
            "case_id": self.complaint.id,
            "version": self.complaint.version,
        }


def plan(city: City) -> None:
    """Plan the complaints with known receipts, those of the picture, and the drawn ones."""
    for case, until in opened(city):
        case.plan(until=until)
    for case in (*_of_the_picture(city), *_drawn(city)):
        case.plan(hour=8 + case.number % 90 / 10)


def opened(city: City) -> Iterator[tuple[Case, str]]:
    """Yield the complaints whose receipts are printed, and how far each has come."""
    for number, each in enumerate(table("complaints")["open"]):
        answers = replace(
            _answers(each["party"], each["category"], each["text"], ContactKind.ANONYMOUS, number),
            track=each.get("track", Track.COMPLAINT),
        )
        yield (
            Case(
                number,
                city,
                each["party"],
                city.day(each["days"]),
                answers,
                end=Finding.UPHELD,
                reply=each.get("answer", ""),
                officer="limin",
                known=True,
                investigated=each["until"] == "investigating",
            ),
            each["until"],
        )


def receipts(city: City) -> list[tuple[str, Receipt]]:
    """Return the receipts a visitor may try, each with the agency it is about."""
    return [(case.party, case.filing(opens=False).receipt) for case, _ in opened(city)]


def _of_the_picture(city: City) -> Iterator[Case]:
    story = table("complaints")["story"]
    number = 100
    for days, end in story["cases"]:
        number += 1
        matter = table("complaints")["matter"][0]
        case = _case(city, number, matter=matter, party=story["party"], days=days, end=end)
        case.accept_in, case.decide_in = STORY_PACE
        yield case


def _drawn(city: City) -> Iterator[Case]:
    matters = table("complaints")["matter"]
    targets = Targets(city)
    for first, last, count in ((1, THIS_YEAR, 440), (THIS_YEAR + 1, EARLIER, 240)):
        for at in range(city.scaled(count)):
            number = 1_000 + last * 1_000 + at
            lots = dice("complaint", number)
            matter = lots.choices(matters, [each["weight"] for each in matters])[0]
            days = lots.randint(first, last)
            yield _case(city, number, matter=matter, party=targets.draw(lots, days), days=days)


def _case(city: City, number: int, *, matter: dict[str, Any], party: str, days: int, end: str = "") -> Case:
    lots = dice("case", number)
    received = city.day(days)
    end = end or pick(lots, ENDS | OTHER_ENDS)
    upheld = end in {Finding.UPHELD, Finding.PARTLY}
    blanks = {"when": f"{received.month}月初，", "n": lots.randint(2, 12), "sum": lots.randint(2, 40) * 50}
    text = lots.choice(matter["texts"]).format(**blanks)
    late = chance(lots, 0.04)
    return Case(
        number,
        city,
        party,
        received,
        _answers(party, matter["category"], text, pick(lots, CONTACTS), number),
        end=end,
        reply=lots.choice(matter["upheld" if upheld else "not_upheld"]),
        officer=pick(lots, OFFICERS),
        accept_in=lots.randint(6, 8) if late else lots.randint(1, 5),
        decide_in=lots.randint(16, 30) if late else round(lots.triangular(3, 14, 8.8)),
        investigated=chance(lots, 0.25),
    )


def _answers(party: str, category: str, facts: str, contact_kind: str, number: int) -> Answers:
    named, anonymous = contact_kind == ContactKind.NAMED, contact_kind == ContactKind.ANONYMOUS
    return Answers(
        respondent=party,
        category=category,
        facts=facts,
        contact_kind=contact_kind,
        name=person("complainant", number) if named else "",
        phone="" if anonymous else codes.mobile(number),
    )


@cache
def _nobodys_key() -> bytes:
    """Return a public key whose private half nobody has: the phrase of most sample cases is never shown."""
    return X25519PrivateKey.generate().public_key().public_bytes_raw()
