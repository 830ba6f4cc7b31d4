"""Whatever three people and the calendar do, nothing is public alone and nothing is public too long."""

import contextlib
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session
from tests import make

from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.errors import DomainError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.sanctions import actions, ends, queries
from chengxin.standing.sanctions.models import Sanction
from chengxin.standing.sanctions.rules import Act, Severity, State
from chengxin.standing.sanctions.wording import Wording

START = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
STEPS = st.tuples(st.sampled_from(Act), st.integers(0, 2), st.integers(0, 200))


class WalkOverError(Exception):
    """Undoes a walk, so that each starts in an empty database."""


def take(session: Session, sanction: Sanction, act: Act, actor: str, words: Wording) -> None:
    """Do one act of a person, or let the worker look at the calendar."""
    held: Any = {"actor": actor, "sanction_id": sanction.id, "version": sanction.version}
    match act:
        case Act.REVISE:
            actions.revise(session, **held, wording=words)
        case Act.SUBMIT:
            actions.submit(session, **held)
        case Act.RETURN:
            actions.return_for_changes(session, **held, reason="改")
        case Act.REJECT:
            actions.reject(session, **held, reason="弃")
        case Act.PUBLISH:
            actions.publish(session, **held)
        case Act.PROPOSE_END | Act.REPAIR:
            end = State.REPAIRED if act is Act.REPAIR else State.WITHDRAWN
            ends.propose_end(session, **held, end=end, reason="止")
        case Act.WITHDRAW:
            ends.confirm_end(session, **held)
        case Act.DECLINE_END:
            ends.decline_end(session, **held, reason="留")
        case Act.EXPIRE:
            ends.end_due(session, today=clock.today())


def public(session: Session, sanction: Sanction) -> bool:
    """Tell whether a reader finds the notice."""
    session.flush()
    return any(each.id == sanction.id for each in queries.in_force(session, today=clock.today()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=10, max_size=40), st.sampled_from(Severity))
def test_every_walk_keeps_the_promises(
    database: Database, steps: list[tuple[Act, int, int]], severity: str
) -> None:
    instant = START
    words = make.wording(severity=severity)
    with contextlib.suppress(WalkOverError), database.writing() as session, clock.frozen(instant):
        staff = make.actors(session, count=3)
        sanction = actions.draft(session, actor=staff[0], wording=words)
        authors = {staff[0]}
        for act, who, days in steps:
            instant += timedelta(days=days if act is Act.EXPIRE else 0)
            with clock.frozen(instant), contextlib.suppress(DomainError):
                before = ledger.publication_version(session), public(session, sanction)
                take(session, sanction, act, staff[who], words)
                if act is Act.REVISE:
                    authors.add(staff[who])
            with clock.frozen(instant):
                shown = public(session, sanction)
                if shown:
                    assert f"account:{sanction.published_by}" not in authors
                    assert clock.today() <= sanction.max_until
                if sanction.ended_by is not None:
                    assert sanction.ended_by != sanction.proposed_end_by
                stepped = ledger.publication_version(session) - before[0]
                assert stepped <= 1
                if shown != before[1] and act is not Act.EXPIRE:
                    assert stepped == 1
        events = ledger.of_subject(session, Subject("sanction", sanction.id))
        assert sum(event.verb == "sanction.published" for event in events) <= 1
        assert list(ledger.faults(session)) == []
        raise WalkOverError
