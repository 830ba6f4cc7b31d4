"""How a decision becomes a notice: drafted by one person, published by a second, ended in its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies.rules import PermitStatus
from chengxin.core import clock
from chengxin.sample import register
from chengxin.sample.city import AUTHORITY, City
from chengxin.sample.dice import dice
from chengxin.sample.profiles import Profile
from chengxin.sample.reading import dated, table
from chengxin.standing.sanctions import actions, ends
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, State
from chengxin.standing.sanctions.wording import Wording

DRAFTER, REVIEWERS = "limin", ("wangqiang", "zhaoyu")
PERMIT_ENDS = {
    LegalKind.LICENCE_REVOCATION: PermitStatus.REVOKED,
    LegalKind.RESCISSION: PermitStatus.RESCINDED,
}
PUBLISHED_FATES = frozenset({"live", "proposed", State.REPAIRED, State.WITHDRAWN})
REPAIR_AFTER, WITHDRAW_AFTER, PROPOSE_AFTER = 130, 25, 145


@dataclass
class Decision:
    """One decision to be: what it says, against whom, when, and what becomes of its notice."""

    number: int
    days: int
    words: Mapping[str, Any]
    party: str
    profile: Profile | None
    fate: str
    order: int = 0
    city: City = field(repr=False, kw_only=True)
    notice: Sanction | None = field(default=None, init=False)

    def plan(self) -> None:
        """Plan every step of this decision's notice."""
        plan = self.city.timeline.plan
        plan(self.days, 9.5, self._draft)
        if self.fate != State.DRAFT:
            plan(self.days, 10.6, self._submit)
        if self.fate in {"returned", State.REJECTED}:
            plan(self.days, 15.1, self._turn_down)
        if self.fate in PUBLISHED_FATES:
            plan(self.days, 16.2, self._publish)
            self._plan_end()

    def _plan_end(self) -> None:
        """Plan how the notice ends: as two persons decide, or by itself after its last day."""
        plan, last_day = self.city.timeline.plan, self._wording().term.max_until
        plan(last_day + timedelta(days=1), 0.2, self._expire)
        after = {State.REPAIRED: REPAIR_AFTER, State.WITHDRAWN: WITHDRAW_AFTER, "proposed": PROPOSE_AFTER}
        if self.fate in after:
            day = self.city.day(self.days - after[self.fate])
            plan(day, 10, self._propose_end)
            if self.fate != "proposed":
                plan(day, 15.5, self._confirm_end)

    def _draft(self, session: Session) -> None:
        self.notice = actions.draft(session, actor=self._drafter, wording=self._wording())

    def _submit(self, session: Session) -> None:
        actions.submit(session, actor=self._drafter, **self._seen)

    def _turn_down(self, session: Session) -> None:
        texts = table("notices")["choices"]
        if self.fate == State.REJECTED:
            actions.reject(session, actor=self._reviewer, reason=texts["rejected"], **self._seen)
        else:
            actions.return_for_changes(session, actor=self._reviewer, reason=texts["returned"], **self._seen)

    def _publish(self, session: Session) -> None:
        actions.publish(session, actor=self._reviewer, **self._seen)
        to = PERMIT_ENDS.get(LegalKind(self.words["legal_kind"]))
        if to and self.profile and self.notice:
            register.end_permits(
                session,
                city=self.city,
                name=self.party,
                to=to,
                decision_no=self.notice.decision_no,
                reason=self.notice.summary,
            )

    def _propose_end(self, session: Session) -> None:
        end = State.WITHDRAWN if self.fate == State.WITHDRAWN else State.REPAIRED
        reason = table("notices")["choices"][end]
        ends.propose_end(session, actor=self._drafter, end=end, reason=reason, **self._seen)

    def _confirm_end(self, session: Session) -> None:
        ends.confirm_end(session, actor=self._reviewer, **self._seen)

    def _expire(self, session: Session) -> None:
        ends.end_due(session, today=clock.today())

    @property
    def _drafter(self) -> str:
        return self.city.actors[DRAFTER]

    @property
    def _reviewer(self) -> str:
        return self.city.actors[REVIEWERS[self.number % len(REVIEWERS)]]

    @property
    def _seen(self) -> dict[str, Any]:
        assert self.notice is not None
        return {"sanction_id": self.notice.id, "version": self.notice.version}

    def _wording(self) -> Wording:
        day, lots = self.city.day(self.days), dice("wording", self.number)
        say = self._filled(lots)
        rectify = self.words.get("rectify", 90 - self.days if self._is_yellow else None)
        return Wording(
            party_name=self.party,
            notice_kind=self.words["notice_kind"],
            legal_kind=self.words["legal_kind"],
            severity=self.words["severity"],
            category=self.words["category"],
            title=say(self.words["title"]),
            summary=say(self.words["summary"]),
            decision_no=f"江人社诚告〔{day.year}〕{self.order}号",
            decision_date=day,
            authority=AUTHORITY,
            facts=say(self.words["facts"]),
            basis=say(self.words["basis"]),
            measures=say(self.words["measures"]),
            agency_statement=say(
                self.words.get("statement") or lots.choice(table("notices")["choices"]["statements"])
            ),
            remedies=table("notices")["remedies"],
            amount=self.words.get("amount", ""),
            agency_id=self.city.ids.get(self.party),
            party_uscc=self.profile.uscc if self.profile else "",
            region_code=self.profile.region if self.profile else None,
            rectify_by=self.city.today + timedelta(days=rectify) if rectify is not None else None,
        )

    @property
    def _is_yellow(self) -> bool:
        return bool(self.words["notice_kind"] == NoticeKind.YELLOW_CARD)

    def _filled(self, lots: Random) -> "_Say":
        choices = table("notices")["choices"]
        first = self.city.day(self.days + lots.randint(60, 150))
        return _Say(
            self.city,
            {
                "party": self.party,
                "n": lots.randint(2, 19),
                "sum": f"{lots.randint(12, 198) * 100:,}",
                "place": lots.choice(choices["places"]),
                "a": f"{first.year}年{first.month}月",
            },
        )


@dataclass(frozen=True)
class _Say:
    """Fills the blanks of a text: what is known of this decision, then the dates."""

    city: City
    known: Mapping[str, object]

    def __call__(self, text: str) -> str:
        for name, value in self.known.items():
            text = text.replace(f"{{{name}}}", str(value))
        return dated(text, self.city.today)
