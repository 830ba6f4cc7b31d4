"""`chengxin work`: the one loop that does what waits."""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

import click
from sqlalchemy.orm import Session

from chengxin.agencies.permits import actions as permits
from chengxin.bulletins import actions as articles
from chengxin.bulletins import queries as news
from chengxin.cli import counting, database_of, posting
from chengxin.config import Settings
from chengxin.core import clock, workdays
from chengxin.core.clock import Pause
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_keyring
from chengxin.desk.queue import bulk_carrying
from chengxin.evidence.scanning import scan_waiting
from chengxin.evidence.sweeping import sweep_now_and_then
from chengxin.ledger import outbox
from chengxin.ledger.rules import WORKER
from chengxin.retention import actions as retention
from chengxin.search import following, indexer
from chengxin.standing.repairs import actions as repairs
from chengxin.standing.repairs import queries as repair_queries
from chengxin.standing.sanctions import ends, urgent
from chengxin.voices.complaints import merging, own_words, pauses, recomputing
from chengxin.voices.suggestions import recomputing as suggested

PAUSE = 0.5
log = logging.getLogger("chengxin.work")
_just_erased = Pause(timedelta(hours=1))

Task = Callable[[Settings, Database], int]


def end_due_notices(settings: Settings, database: Database) -> int:  # noqa: ARG001 (every task has one shape)
    """End the notices whose term is over."""
    with database.writing() as session:
        lapsed = urgent.lapse_due(session, today=clock.today())
        return lapsed + ends.end_due(session, today=clock.today())


def settle_repairs(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Close the requests for credit repair whose notice ended without them."""
    return _if_waiting(
        database,
        lambda session: bool(repair_queries.left_behind(session, today=clock.today())),
        lambda session: repairs.settle(session, actor=WORKER),
    )


def publish_scheduled_news(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Publish the articles whose hour has come."""
    return _if_waiting(
        database,
        lambda session: news.is_due(session, now=clock.now()),
        lambda session: articles.publish_due(session, now=clock.now()),
    )


def end_due_permits(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Write down the terms of permits that are over."""
    return _if_waiting(
        database,
        lambda session: permits.has_due(session, today=clock.today()),
        lambda session: permits.expire_due(session, today=clock.today()),
    )


def end_unanswered_cases(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """End the cases whose complainant did not send what was asked for."""
    return _if_waiting(database, pauses.has_lapsing, pauses.lapse_due)


def compute_deadlines_again(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Bring the deadlines of open cases to the newest table of working days."""
    return _if_waiting(
        database,
        lambda session: recomputing.is_due(session) and not workdays.trouble(),
        lambda session: recomputing.recompute(session, actor=WORKER),
    )


def compute_terms_of_suggestions_again(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Bring the terms of suggestions that wait to the newest table of working days."""
    return _if_waiting(
        database,
        lambda session: suggested.is_due(session) and not workdays.trouble(),
        lambda session: suggested.recompute(session, actor=WORKER),
    )


def release_left_behind(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Let merged cases go on whose main case has ended."""
    return _if_waiting(database, merging.has_left_behind, merging.release_left_behind)


def _if_waiting(database: Database, waits: Callable[[Session], bool], act: Callable[[Session], int]) -> int:
    """Do something when a look says that it waits: who only looks takes no turn from those who write."""
    with database.reading() as session:
        if not waits(session):
            return 0
    with database.writing() as session:
        return act(session)


def make_copies(settings: Settings, database: Database) -> int:
    """Seal a copy of what they wrote to those who asked for it; only a host with the desk's key can."""
    if not settings.private_key_file.exists():
        return 0

    def make(parcel: Mapping[str, Any]) -> None:
        keys = intake_keyring(settings)
        with database.writing() as session:
            own_words.make_copy(session, case_id=int(parcel["case"]), keys=keys)

    return outbox.deliver(database, kind=own_words.PARCEL, by=make)


def carry_out_bulk_acts(settings: Settings, database: Database) -> int:
    """Carry out the acts on many records whose minute to be taken back is over."""
    return bulk_carrying.carry_out_due(settings, database)


def erase_what_is_over(settings: Settings, database: Database) -> int:
    """Carry out the retention schedule, once an hour."""
    if not _just_erased.is_over():
        return 0
    erased = sum(retention.run(settings, database, actor=WORKER).values())
    _just_erased.begin()
    return erased


def follow_index(settings: Settings, database: Database) -> int:
    """Bring the lookup index to the end of the ledger."""
    return indexer.update(settings, database)


def follow_tables(settings: Settings, database: Database) -> int:  # noqa: ARG001 (as above)
    """Bring the look-alikes and the words of texts to the end of the ledger."""
    return following.follow(database)


TASKS: tuple[Task, ...] = (
    end_due_notices,
    settle_repairs,
    end_due_permits,
    publish_scheduled_news,
    compute_deadlines_again,
    compute_terms_of_suggestions_again,
    end_unanswered_cases,
    release_left_behind,
    make_copies,
    erase_what_is_over,
    carry_out_bulk_acts,
    follow_index,
    follow_tables,
    counting.count_cases,
    counting.publish_month_reports,
    posting.deliver_mail,
    posting.deliver_case_mail,
    scan_waiting,
    sweep_now_and_then,
)


@click.command()
@click.option("--once", is_flag=True, help="Do what waits now, then stop.")
@click.pass_obj
def group(settings: Settings, *, once: bool) -> None:
    """Follow the ledger: index, mail, automatic ends. Runs until it is told to stop."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    stop = threading.Event()
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, lambda *_: stop.set())
    database = database_of(settings)
    while not stop.is_set():
        failed = do_all(settings, database)
        if once:
            raise SystemExit(1 if failed else 0)
        stop.wait(PAUSE)


def do_all(settings: Settings, database: Database) -> int:
    """Do each task once and return how many failed; one failure keeps no other task from running."""
    failed = 0
    for task in TASKS:
        started = time.monotonic()
        try:
            done = task(settings, database)
        except Exception:
            log.exception("%s failed", task.__name__)
            failed += 1
            continue
        if done:
            log.info("%s: %d in %.2f s", task.__name__, done, time.monotonic() - started)
    return failed
