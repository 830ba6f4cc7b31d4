"""How a decision becomes a notice: drafted by one person, published by a second, ended in its time."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from chengxin.agencies.rules import PermitStatus
from chengxin.core import clock
from chengxin.sample import register
from chengxin.sample.city import AUTHORITY, City
from chengxin.sample.courses import COURSES, go_on
from chengxin.sample.dice import dice
from chengxin.sample.profiles import Profile
from chengxin.sample.reading import dated, table
from chengxin.standing.sanctions import actions, ends, urgent
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import LegalKind, NoticeKind, State
from chengxin.standing.sanctions.wording import Wording

DRAFTER, REVIEWER, PUBLISHERS = "limin", "heqing", ("wangqiang", "zhaoyu")
PERMIT_ENDS = {
    LegalKind.LICENCE_REVOCATION: PermitStatus.REVOKED,
    LegalKind.RESCISSION: PermitStatus.RESCINDED,
}
# What becomes of these is told in `disputes`.
REPAIR_FATES = frozenset({"repair_asked", "repair_granted"})
PUBLISHED_FATES = REPAIR_FATES | {"live", "proposed", State.REPAIRED, State.WITHDRAWN, State.ARCHIVED}
URGENT_FATES = frozenset({"urgent", "lapsed"})
# These wait, decided and served, for the approval of their batch.
BATCHED_FATES = frozenset({"batched", "in_batch"})
NOT_HANDED_IN = frozenset({State.DRAFT})
REPAIR_AFTER, WITHDRAW_AFTER, PROPOSE_AFTER, ARCHIVE_AFTER = 130, 25, 145, 12
FILED_BEFORE, TOLD_BEFORE, LAPSED_AFTER = 30, 12, 14


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
        if self.fate not in NOT_HANDED_IN:
            plan(self.days, 10.6, self._submit)
        if self.fate in {"returned", State.REJECTED}:
            plan(self.days, 15.1, self._turn_down)
        if self.fate in PUBLISHED_FATES | BATCHED_FATES:
            plan(self.days, 14.4, self._approve)
        if self.fate in PUBLISHED_FATES:
            plan(self.days, 16.2, self._publish)
            self._plan_end()
        if self.fate in URGENT_FATES:
            plan(self.days, 11.2, self._publish_urgently)
            self._plan_review()
        if self.fate in COURSES:
            plan(self.days, 14.4, self._approve)
            for after, act in COURSES[self.fate]:
                plan(self.days - after, 10.2, partial(self._go_on, act))

    def _plan_review(self) -> None:
        plan = self.city.timeline.plan
        if self.fate == "lapsed":
            day = self.city.day(self.days - LAPSED_AFTER)
            plan(day, 0.1, lambda session: urgent.lapse_due(session, today=clock.today()))
        else:
            plan(self.days, 15.8, self._confirm_urgent)
            self._plan_end()

    def _plan_end(self) -> None:
        """Plan how the notice ends: as two persons decide, or by itself after its last day."""
        plan, last_day = self.city.timeline.plan, self._wording().term.max_until
        plan(last_day + timedelta(days=1), 0.2, self._expire)
        after = {
            State.REPAIRED: REPAIR_AFTER,
            State.ARCHIVED: REPAIR_AFTER,
            State.WITHDRAWN: WITHDRAW_AFTER,
            "proposed": PROPOSE_AFTER,
        }
        if self.fate not in after:
            return
        days = self.days - after[self.fate]
        plan(days, 10, self._propose_end)
        if self.fate != "proposed":
            plan(days, 15.5, self._confirm_end)
        if self.fate == State.ARCHIVED:
            plan(days - ARCHIVE_AFTER, 9.8, self._archive)

    def _draft(self, session: Session) -> None:
        self.notice = actions.draft(session, actor=self.drafter, wording=self._wording())

    def _submit(self, session: Session) -> None:
        actions.submit(session, actor=self.drafter, reason=self._say("submitted"), **self.seen)

    def _approve(self, session: Session) -> None:
        actions.approve(session, actor=self._legal, reason=self._say("approved"), **self.seen)

    def _publish_urgently(self, session: Session) -> None:
        urgent.publish_urgently(session, actor=self._publisher, reason=self._say("urgent"), **self.seen)

    def _confirm_urgent(self, session: Session) -> None:
        urgent.confirm_urgent(session, actor=self._legal, reason=self._say("approved"), **self.seen)

    def _go_on(self, act: str, session: Session) -> None:
        assert self.notice is not None
        texts = table("notices")["choices"]
        held = {"actor": self.drafter, "day": clock.today(), "reason": texts[act], **self.seen}
        go_on(session, act, notice=self.notice, decision_no=self.decision_no, held=held)

    def _archive(self, session: Session) -> None:
        actions.archive(session, actor=self._publisher, reason=self._say("archived"), **self.seen)

    def _turn_down(self, session: Session) -> None:
        if self.fate == State.REJECTED:
            actions.reject(session, actor=self._legal, reason=self._say("rejected"), **self.seen)
        else:
            actions.return_for_changes(session, actor=self._legal, reason=self._say("returned"), **self.seen)

    def _publish(self, session: Session) -> None:
        actions.publish(session, actor=self._publisher, reason=self._say("published"), **self.seen)
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
        ends.propose_end(session, actor=self.drafter, end=end, reason=self._say(end), **self.seen)

    def _confirm_end(self, session: Session) -> None:
        ends.confirm_end(session, actor=self._publisher, **self.seen)

    def _expire(self, session: Session) -> None:
        ends.end_due(session, today=clock.today())

    @property
    def drafter(self) -> str:
        """Return who writes it."""
        return self.city.actors[DRAFTER]

    @property
    def _legal(self) -> str:
        return self.city.actors[REVIEWER]

    @property
    def _publisher(self) -> str:
        return self.city.actors[PUBLISHERS[self.number % len(PUBLISHERS)]]

    def _say(self, what: str) -> str:
        return str(table("notices")["choices"][what])

    @property
    def seen(self) -> dict[str, Any]:
        """Return which notice it is and the version its next step is taken on."""
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
            decided=self.decided,
            decision_no=self.decision_no if self.decided else "",
            decision_date=day,
            filed_on=day - timedelta(days=FILED_BEFORE),
            told_on=day - timedelta(days=TOLD_BEFORE) if self.decided else None,
            served_on=day if self.decided else None,
            repair_notice=self.decided,
            publication_basis=table("notices")["publication_basis"],
            evidence=table("notices")["evidence"],
            authority=AUTHORITY,
            facts=say(self.words["facts"]),
            basis=say(self.words["basis"]),
            measures=say(self.words["measures"]),
            agency_statement=say(
                self.words.get("statement") or lots.choice(table("notices")["choices"]["statements"])
            )
            if self.decided
            else "",
            remedies=table("notices")["remedies"],
            amount=self.words.get("amount", ""),
            list_name=table("notices")["list_name"] if self._is_listing else "",
            agency_id=self.city.ids.get(self.party),
            party_uscc=self.profile.uscc if self.profile else "",
            region_code=self.profile.region if self.profile else None,
            rectify_by=self.city.today + timedelta(days=rectify) if rectify is not None else None,
        )

    @property
    def decided(self) -> bool:
        """Return whether the decision is taken before the notice is drafted."""
        return self.fate not in COURSES and self.fate != State.DRAFT

    @property
    def decision_no(self) -> str:
        """Return the number the decision has, or will have."""
        return f"江人社诚告〔{self.city.day(self.days).year}〕{self.order}号"

    @property
    def _is_listing(self) -> bool:
        return bool(self.words["notice_kind"] == NoticeKind.SERIOUS_LISTING)

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
