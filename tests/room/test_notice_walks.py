"""Whatever four people and the calendar do, nothing is public alone and nothing is public too long."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make
from tests.notice_walks import take

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, queries
from chengxin.standing.sanctions.hands import hands_of
from chengxin.standing.sanctions.rules import BY_CALENDAR, MOVES, Act, Part, Severity, State
from chengxin.standing.sanctions.wording import Wording, wording_of

START = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
STEPS = 50
PEOPLE = 4
FORWARD = (
    Act.SUBMIT,
    Act.APPROVE,
    Act.TELL,
    Act.REPLY,
    Act.DECIDE,
    Act.SERVE,
    Act.PUBLISH,
    Act.PUBLISH_URGENTLY,
)


class WalkOverError(Exception):
    """Undoes a walk, so that each starts in an empty database."""


class Walk:
    """One notice on its way, and what must hold after every step."""

    def __init__(self, session: Session, words: Wording) -> None:
        """Draft the notice that walks."""
        self.session, self.words, self.instant = session, words, START
        with clock.frozen(self.instant):
            self.staff = make.actors(session, count=PEOPLE)
            self.notice = actions.draft(session, actor=self.staff[0], wording=words)

    def go(self, act: Act, who: int, days: int) -> None:
        """Take one act some days later and check what it left behind."""
        self.instant += timedelta(days=days)
        with clock.frozen(self.instant):
            before = self._seen()
            state = State(self.notice.state)
            with contextlib.suppress(DomainError), self.session.begin_nested():
                take(self.session, self.notice, act, self.staff[who], self.words)
            self.session.refresh(self.notice)
            self._check(act, state, before)

    def _seen(self) -> tuple[int, bool, int]:
        told = select(func.max(Event.public_version), func.count(Event.id))
        version, events = self.session.execute(told).one()
        return version or 0, self._public(), events

    def _public(self) -> bool:
        shown = queries.in_force(self.session, today=clock.today())
        return any(each.id == self.notice.id for each in shown)

    def _check(self, act: Act, old: State, before: tuple[int, bool, int]) -> None:
        version, was_public, count = before
        after, public, told = self._seen()
        stepped, events = after - version, told - count
        if public:
            self._check_public()
        # One act is one event at most, and steps the version exactly when a public page changes.
        assert events <= 1
        assert stepped <= events
        if self.notice.state != old:
            assert events == 1
        if public != was_public:
            assert stepped == 1
        if stepped:
            assert State.PUBLISHED in {old, State(self.notice.state)}
            assert act in {Act.EXPIRE, Act.LAPSE} or any(
                MOVES[each].public for each in (act, Act.WITHDRAW, Act.REPAIR) if each not in BY_CALENDAR
            )

    def _check_public(self) -> None:
        parts = hands_of(self.session, self.notice)
        seconds = {each for each, part in parts.items() if part is Part.SECOND}
        assert self.notice.published_by in seconds
        assert set(parts) - seconds
        assert self.notice.reviewed_by in seconds or self.notice.urgent_reason
        if self.notice.urgent_reason and self.notice.reviewed_by is not None:
            assert self.notice.reviewed_by != self.notice.published_by
        assert clock.today() <= self.notice.max_until <= wording_of(self.notice).term.max_until


def walk(database: Database, steps: list[tuple[Act, int, int]], words: Wording) -> list[str]:
    """Walk through some steps, undo everything, and return the states that were seen."""
    seen: list[str] = []
    with contextlib.suppress(WalkOverError), database.writing() as session:
        walked = Walk(session, words)
        for act, who, days in steps:
            walked.go(act, who, days)
            seen.append(walked.notice.state)
        publications = [
            event
            for event in ledger.of_subject(session, Subject("sanction", walked.notice.id))
            if event.verb in {"sanction.published", "sanction.published_urgently"}
        ]
        assert len(publications) <= 1
        assert list(ledger.faults(session)) == []
        raise WalkOverError
    return seen


def acts(*, likely: tuple[Act, ...]) -> st.SearchStrategy[Act]:
    """Draw any act; those that lead forward more often, so that walks get somewhere."""
    return st.one_of(st.sampled_from(likely), st.sampled_from(Act))


DRAWN = st.lists(
    st.tuples(acts(likely=FORWARD), st.integers(0, PEOPLE - 1), st.sampled_from([0, 0, 0, 1, 3, 8, 40, 200])),
    min_size=STEPS,
    max_size=STEPS,
)
WORDS = st.builds(
    lambda severity, decided: make.wording(severity=severity) if decided else undecided(severity),
    st.sampled_from(Severity),
    st.booleans(),
)


def undecided(severity: str) -> Wording:
    """Return the words of a draft nothing is decided for yet."""
    return make.wording(
        severity=severity, decided=False, decision_no="", told_on=None, served_on=None, repair_notice=False
    )


CALM = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def sqlite(settings: Settings) -> Iterator[Database]:
    """Give a database of the quick kind, for many walks."""
    opened = Database(settings)
    yield opened
    opened.dispose()


@examples(max_examples=200, suppress_health_check=CALM)
@given(DRAWN, WORDS)
def test_every_walk_keeps_the_promises(
    sqlite: Database, steps: list[tuple[Act, int, int]], words: Wording
) -> None:
    walk(sqlite, steps, words)


@examples(max_examples=12, suppress_health_check=CALM)
@given(DRAWN, WORDS)
def test_walks_keep_the_promises_on_every_database(
    database: Database, steps: list[tuple[Act, int, int]], words: Wording
) -> None:
    walk(database, steps, words)


def test_a_walk_can_lead_through_the_whole_life(database: Database) -> None:
    """Walks would prove nothing if none of them ever came to the public and back."""
    steps = [
        (Act.SUBMIT, 0, 0),
        (Act.APPROVE, 1, 1),
        (Act.TELL, 0, 0),
        (Act.REQUEST_HEARING, 0, 2),
        (Act.HOLD_HEARING, 0, 9),
        (Act.DECIDE, 0, 1),
        (Act.SERVE, 0, 1),
        (Act.PUBLISH, 2, 1),
        (Act.PROPOSE_END, 2, 3),
        (Act.WITHDRAW, 3, 1),
        (Act.ARCHIVE, 2, 1),
    ]
    assert walk(database, steps, undecided("general")) == [
        "legal_review",
        "prior_notice",
        "prior_notice",
        "hearing",
        "hearing",
        "decided",
        "served",
        "published",
        "published",
        "withdrawn",
        "archived",
    ]


def test_a_walk_can_lead_over_the_urgent_path(database: Database) -> None:
    steps = [
        (Act.SUBMIT, 0, 0),
        (Act.PUBLISH_URGENTLY, 1, 0),
        (Act.CONFIRM_URGENT, 2, 1),
        (Act.EXPIRE, 0, 400),
    ]
    seen = walk(database, steps, make.wording())
    assert seen == ["legal_review", "published", "published", "expired"]
