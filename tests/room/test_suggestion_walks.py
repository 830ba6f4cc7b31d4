"""Whatever authors and staff do to suggestions, readers see answered ones alone, and only words that may be seen."""

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make
from tests.suggestions import KEY, REPLY, TEXT, filing, redaction_of

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.core.redacting import exposed
from chengxin.ledger.models import Event
from chengxin.voices.suggestions import actions, queries, sealed
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.queries import Filters
from chengxin.voices.suggestions.rules import ANSWERED, ANSWERS, MOVES, Act, Publication, State

START = datetime(2026, 12, 20, 4, 0, tzinfo=UTC)
MASKS = redaction_of(TEXT)


class WalkOverError(Exception):
    """Undoes a walk, so that each starts in an empty database."""


class Walk:
    """Three suggestions on their way, one whose author keeps the words back, and what must hold after each step."""

    def __init__(self, session: Session) -> None:
        """Receive them."""
        self.session, self.instant = session, START
        with clock.frozen(START):
            (self.officer,) = make.actors(session, count=1)
            self.all = [
                actions.receive(
                    session, actor="public", filing=filing(publication=each, nonce=f"walk {place}")
                )
                for place, each in enumerate(("agreed", "refused", "agreed"))
            ]

    def go(self, act: Act, which: int, days: int) -> None:
        """Take one act some days later and check what it left behind."""
        self.instant += timedelta(days=days)
        held = self.all[which]
        with clock.frozen(self.instant):
            state, publication, version, events = State(held.state), held.publication, *self._told()
            done = False
            with contextlib.suppress(DomainError), self.session.begin_nested():
                self._take(act, held)
                done = True
            self.session.refresh(held)
            self._check_step(act, state, publication, done=done)
            stepped, told = self._told()
            assert told - events == done
            assert stepped - version == (done and held.state in ANSWERED)
            self._check_all()

    def _told(self) -> tuple[int, int]:
        rows = select(func.max(Event.public_version), func.count(Event.id))
        version, events = self.session.execute(rows).one()
        return version or 0, events

    def _take(self, act: Act, held: Suggestion) -> None:
        seen: dict[str, Any] = {"suggestion_id": held.id, "version": held.version}
        key = KEY.recipients
        if act in ANSWERS:
            actions.answer(self.session, actor=self.officer, act=act, reply=REPLY, intake_key=key, **seen)
        elif act is Act.SET_ASIDE:
            actions.set_aside(self.session, actor=self.officer, note="广告。", intake_key=key, **seen)
        elif act is Act.REDACT:
            words: dict[str, Any] = {"redaction": MASKS, "public_text": MASKS.public, "intake_key": key}
            actions.redact(self.session, actor=self.officer, **words, **seen)
        elif act is Act.WITHDRAW:
            actions.withdraw(self.session, actor="public", **seen)
        else:
            actions.keep_back(self.session, actor="public", **seen)

    def _check_step(self, act: Act, old: State, publication: str, *, done: bool) -> None:
        allowed = old in MOVES[act].sources
        agreed = act is not Act.REDACT or publication == Publication.AGREED
        assert done == (allowed and agreed)

    def _check_all(self) -> None:
        shown = queries.listed(self.session, Filters(), limit=9)
        assert {each.id for each in shown} == {each.id for each in self.all if each.state in ANSWERED}
        for each in self.all:
            assert (each.number is not None) == (each.state in ANSWERED) == bool(each.reply)
            assert each.publication == Publication.AGREED or not each.public_text
            assert not exposed(each.public_text, MASKS)
            assert sealed.text_of(each, KEY) == TEXT
            assert (each.closed_on is not None) == (each.state in {State.SET_ASIDE, State.WITHDRAWN})
        for year in {each.year for each in shown}:
            numbers = sorted(each.number or 0 for each in shown if each.year == year)
            assert numbers == list(range(1, len(numbers) + 1))


STEPS = st.lists(st.tuples(st.sampled_from(list(Act)), st.integers(0, 2), st.integers(0, 9)), max_size=15)


@examples(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_readers_see_what_was_answered_and_what_may_be_seen(
    database: Database, steps: list[tuple[Act, int, int]]
) -> None:
    with contextlib.suppress(WalkOverError), database.writing() as session:
        walk = Walk(session)
        for step in steps:
            walk.go(*step)
        raise WalkOverError


def test_every_state_and_every_act_is_met_on_a_walk(database: Database) -> None:
    with contextlib.suppress(WalkOverError), database.writing() as session:
        walk = Walk(session)
        for act in (Act.REDACT, Act.ADOPT, Act.ADOPT_PARTLY, Act.DECLINE, Act.KEEP_BACK, Act.REDACT):
            walk.go(act, 0, 4)
        walk.go(Act.SET_ASIDE, 1, 0)
        walk.go(Act.WITHDRAW, 2, 0)
        assert [each.state for each in walk.all] == [State.NOT_ADOPTED, State.SET_ASIDE, State.WITHDRAWN]
        raise WalkOverError
