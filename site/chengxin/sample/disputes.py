"""Objections, credit repairs and a correction of the invented city, and the one agency with an account."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from chengxin.accounts import actions as accounts
from chengxin.ledger.rules import COMMAND
from chengxin.sample import staff
from chengxin.sample.city import City
from chengxin.sample.hands import Decision
from chengxin.sample.reading import dated, table
from chengxin.standing.corrections import actions as corrections
from chengxin.standing.objections import actions as objections
from chengxin.standing.objections import sealed
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import Applicant, Ground, Outcome, Target
from chengxin.standing.objections.sealed import Dispute
from chengxin.standing.repairs import actions as repairs
from chengxin.standing.repairs.models import Repair
from chengxin.standing.repairs.rules import Request
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import State
from chengxin.standing.sanctions.wording import wording_of

MARKS, DECIDES, PROPOSES, CONFIRMS = "zhaoyu", "heqing", "limin", "wangqiang"
ASKED_DAYS, GRANTED_DAYS = 145, 160  # the days ago of the decisions whose repair is asked for
PRIOR_NOTICE = 990


def plan(city: City) -> None:
    """Plan the account, then every objection, request and correction."""
    told = table("disputes")
    city.timeline.plan(told["account"]["days"], 9.2, lambda session: _open_account(session, city))
    _plan_prior_notice(city, told["account"])
    own = told["account"]["party"]
    for name, each in told["objection"].items():
        _Objecting(city, name, {"party": own, **each}).plan()
    for name, each in told["repair"].items():
        _Repairing(city, name, each).plan()


def _open_account(session: Session, city: City) -> None:
    """Give one agency an account of its own."""
    each = table("disputes")["account"]
    account = accounts.add(
        session,
        actor=COMMAND,
        username=each["username"],
        name=each["name"],
        roles=["agency"],
        password=staff.password(),
        agency_id=city.ids[each["party"]],
    )
    city.actors[account.username] = f"account:{account.id}"


def _plan_prior_notice(city: City, told: Mapping[str, Any]) -> None:
    """Plan a decision to come, of which the agency with an account has been told."""
    general = [each for each in table("notices")["pattern"] if each["severity"] == "general"]
    party = city.by_name[told["party"]]
    state = State.PRIOR_NOTICE
    Decision(PRIOR_NOTICE, told["told_days"], general[0], party.name, party, state, city=city).plan()


class _Objecting:
    """One objection: filed, marked, decided, and the correction that follows if it is upheld."""

    def __init__(self, city: City, name: str, words: Mapping[str, Any]) -> None:
        """Keep what is written of it."""
        self.city, self.name, self.words = city, name, words
        self.objection: Objection | None = None
        self.notice: Sanction | None = None

    def plan(self) -> None:
        """Plan its steps."""
        plan, days = self.city.timeline.plan, self.words["days"]
        plan(days, 10.4, self._file)
        if "mark" in self.words:
            plan(days - 1, 9.6, self._mark)
        if "decided_after" in self.words:
            plan(days - self.words["decided_after"], 14.2, self._decide)
        if self.name == Outcome.UPHELD:
            plan(days - self.words["decided_after"] - 2, 10.1, self._correct)

    def _file(self, session: Session) -> None:
        agency_id = self.city.ids[self.words["party"]]
        self.notice = _notice_of(session, agency_id)
        on_file = self.words["ground"] == Ground.OVER_TIME
        dispute = Dispute(
            target_kind=Target.AGENCY if on_file else Target.SANCTION,
            target_id=agency_id if on_file else self.notice.id,
            agency_id=agency_id,
            ground=self.words["ground"],
            text=self._say("text"),
            applicant=Applicant.PAPER if self.name in {"decided", "upheld"} else Applicant.AGENCY,
        )
        nonce = f"sample objection {self.name}"
        filing = sealed.prepare(
            secret=self.city.secret, intake_key=self.city.intake_key, nonce=nonce, dispute=dispute
        )
        actor = self.city.actors[
            PROPOSES if dispute.applicant == Applicant.PAPER else table("disputes")["account"]["username"]
        ]
        self.objection = objections.receive(session, actor=actor, filing=filing)

    def _mark(self, session: Session) -> None:
        objections.mark(session, actor=self.city.actors[MARKS], words=self._say("mark"), **self._seen)

    def _decide(self, session: Session) -> None:
        outcome = Outcome.UPHELD if self.name == Outcome.UPHELD else Outcome.NOT_UPHELD
        actor = self.city.actors[DECIDES]
        objections.decide(session, actor=actor, outcome=outcome, reason=self._say("reason"), **self._seen)

    def _correct(self, session: Session) -> None:
        """Add to the notice what the objection missed in it."""
        assert self.notice is not None
        assert self.objection is not None
        story = table("notices")["story"][0]["revision"]
        measures = dated(story["measures"], self.city.today)
        made = corrections.propose(
            session,
            actor=self.city.actors[PROPOSES],
            sanction_id=self.notice.id,
            version=self.notice.version,
            wording=replace(wording_of(self.notice), measures=measures),
            note=story["note"],
            objection_id=self.objection.id,
        )
        actor = self.city.actors[CONFIRMS]
        corrections.confirm(session, actor=actor, correction_id=made.id, version=made.version)

    def _say(self, what: str) -> str:
        return dated(self.words[what], self.city.today)

    @property
    def _seen(self) -> dict[str, Any]:
        assert self.objection is not None
        return {"objection_id": self.objection.id, "version": self.objection.version}


class _Repairing:
    """One request for credit repair, entered from paper and taken as far as is written of it."""

    def __init__(self, city: City, name: str, words: Mapping[str, Any]) -> None:
        """Keep what is written of it."""
        self.city, self.name, self.words = city, name, words
        self.repair: Repair | None = None

    def plan(self) -> None:
        """Plan its steps."""
        days = self.words["days"]
        self.city.timeline.plan(days, 9.9, self._ask)
        steps = {
            "accepted_after": self._accept,
            "proposed_after": self._propose,
            "granted_after": self._grant,
        }
        for name, step in steps.items():
            if name in self.words:
                self.city.timeline.plan(days - self.words[name], 15.3, step)
        if self.name == "returned":
            self.city.timeline.plan(days - 2, 11.1, self._return)

    def _ask(self, session: Session) -> None:
        days = ASKED_DAYS if self.name == "asked" else GRANTED_DAYS
        notice = session.scalars(
            select(Sanction)
            .where(Sanction.decision_date == self.city.day(days), Sanction.state == State.PUBLISHED)
            .where(Sanction.severity == "general", Sanction.agency_id.is_not(None))
            .order_by(Sanction.id)
        ).first()
        assert notice is not None, "the sample plans a decision for each repair"
        asked = Request(
            text=dated(self.words["text"], self.city.today),
            evidence=self.words.get("evidence", ""),
            fulfilled=True,
            undertaking=True,
        )
        actor = self.city.actors[PROPOSES]
        self.repair = repairs.request(
            session, actor=actor, sanction_id=notice.id, asked=asked, applicant=Applicant.PAPER
        )

    def _accept(self, session: Session) -> None:
        repairs.accept(session, actor=self.city.actors[PROPOSES], **self._seen)

    def _return(self, session: Session) -> None:
        actor, reason = self.city.actors[PROPOSES], self.words["reason"]
        repairs.return_incomplete(session, actor=actor, reason=reason, **self._seen)

    def _propose(self, session: Session) -> None:
        actor, reason = self.city.actors[MARKS], self.words["reason"]
        repairs.propose_grant(session, actor=actor, reason=reason, **self._seen)

    def _grant(self, session: Session) -> None:
        repairs.confirm_grant(session, actor=self.city.actors[CONFIRMS], **self._seen)

    @property
    def _seen(self) -> dict[str, Any]:
        assert self.repair is not None
        return {"repair_id": self.repair.id, "version": self.repair.version}


def _notice_of(session: Session, agency_id: int) -> Sanction:
    """Return the newest notice in force against an agency."""
    rows = select(Sanction).where(Sanction.agency_id == agency_id, Sanction.state == State.PUBLISHED)
    return session.scalars(rows.order_by(Sanction.id.desc()).limit(1)).one()
