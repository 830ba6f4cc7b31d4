"""What the worker counts: the cases as the ledger tells of them, and the report of each month that is over."""

from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.figures import actions, following
from chengxin.ledger.rules import WORKER


def count_cases(settings: Settings, database: Database) -> int:  # noqa: ARG001 (every task has one shape)
    """Bring the counts to the end of the ledger."""
    return following.follow(database)


def publish_month_reports(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Publish the reports of the months that are over, once everything of them is counted."""
    with database.reading() as session:
        months = actions.unpublished(session, today=clock.today())
        if not months or following.is_behind(session):
            return 0
    for month in months:
        with database.writing() as session:
            actions.publish(session, month, actor=WORKER)
    return len(months)
