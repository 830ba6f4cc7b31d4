"""Which notices are published by quarter: one batch that is public, and one that waits for its approval."""

from sqlalchemy.orm import Session

from chengxin.sample.city import AUTHORITY, City
from chengxin.sample.hands import DRAFTER, PUBLISHERS
from chengxin.sample.reading import table
from chengxin.standing.batches import actions, queries
from chengxin.standing.batches.models import NoticeBatch
from chengxin.standing.batches.rules import label_of

# Days ago: the decisions of a batch, and when it is put together. The two lie in different quarters.
PUBLIC_SINCE, PUBLIC_AT = 99, 94
WAITING_SINCE, WAITING_AT = 4, 2


def plan(city: City) -> None:
    """Plan the two batches."""
    city.timeline.plan(PUBLIC_AT, 17.2, lambda session: _publish(session, city))
    city.timeline.plan(WAITING_AT, 17.4, lambda session: _hand_in(session, city, WAITING_SINCE))


def _publish(session: Session, city: City) -> None:
    batch = _hand_in(session, city, PUBLIC_SINCE)
    actions.publish(
        session,
        actor=city.actors[PUBLISHERS[0]],
        batch_id=batch.id,
        version=batch.version,
        reason=str(table("notices")["choices"]["published"]),
    )


def _hand_in(session: Session, city: City, first: int) -> NoticeBatch:
    """Put the served decisions since a day together and hand them in."""
    actor, since = city.actors[DRAFTER], city.day(first)
    batch = actions.open_batch(
        session, actor=actor, label=label_of(since), authority=AUTHORITY, region_code="990000"
    )
    held = [each.id for each in queries.free_notices(session) if each.decision_date >= since]
    actions.add(session, actor=actor, batch_id=batch.id, version=batch.version, sanction_ids=held)
    return actions.hand_in(session, actor=actor, batch_id=batch.id, version=batch.version)
