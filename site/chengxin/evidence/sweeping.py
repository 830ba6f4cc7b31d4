"""Sweep the shelf: files that belong to no evidence, because a process died between the disk and the database."""

from datetime import timedelta

from chengxin.config import Settings
from chengxin.core.clock import Pause
from chengxin.core.database import Database
from chengxin.evidence import queries
from chengxin.evidence.shelf import shelf_of

SECONDS_TO_COMMIT = 3600
_just_swept = Pause(timedelta(minutes=1))


def sweep_now_and_then(settings: Settings, database: Database) -> int:
    """Sweep once a minute, for the worker's loop."""
    if not _just_swept.is_over():
        return 0
    _just_swept.begin()
    return sweep(settings, database)


def sweep(settings: Settings, database: Database, *, older_than: float = SECONDS_TO_COMMIT) -> int:
    """Throw away the files that no evidence claims for an hour, and return how many."""
    shelf = shelf_of(settings)
    found = list(shelf.names(older_than=older_than))
    if not found:
        return 0
    with database.reading() as session:
        kept = queries.kept_names(session)
    lost = [name for name in found if name not in kept]
    shelf.clear(lost)
    return len(lost)
