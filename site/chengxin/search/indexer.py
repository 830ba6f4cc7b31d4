"""The indexer: build the index from the register, let it follow the ledger, check it; on either engine."""

from chengxin.config import POSTGRESQL, Settings
from chengxin.core.database import Database
from chengxin.search.errors import IndexBusyError, NoPlaceForIndexError
from chengxin.search.postgresql import indexer as postgresql_indexer
from chengxin.search.progress import Progress, quiet
from chengxin.search.whoosh import indexer as whoosh_indexer

__all__ = ["IndexBusyError", "NoPlaceForIndexError", "rebuild", "update", "verify"]


def rebuild(settings: Settings, database: Database, progress: Progress = quiet) -> int:
    """Build the index anew and switch to it; return how many agencies it holds."""
    if settings.search_engine == POSTGRESQL:
        return postgresql_indexer.rebuild(database, progress)
    return whoosh_indexer.rebuild(settings, database, progress)


def update(settings: Settings, database: Database) -> int:
    """Bring the index to the end of the ledger; return how many agencies were looked at again."""
    if settings.search_engine == POSTGRESQL:
        return postgresql_indexer.update(database)
    return whoosh_indexer.update(settings, database)


def verify(settings: Settings, database: Database) -> list[str]:
    """Return a sentence for each thing that is wrong with the index; nothing when it is whole."""
    if settings.search_engine == POSTGRESQL:
        return postgresql_indexer.verify(database)
    return whoosh_indexer.verify(settings, database)
