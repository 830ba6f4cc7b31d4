"""The choice of the engine: where lookups of an installation find their index."""

from chengxin.config import POSTGRESQL, Settings
from chengxin.search.engine import Source
from chengxin.search.postgresql.source import tables_of
from chengxin.search.whoosh.searcher import searcher_of


def source_of(settings: Settings) -> Source:
    """Return this process's source of engines for an installation."""
    if settings.search_engine == POSTGRESQL:
        return tables_of(settings.database)
    return searcher_of(settings.search_index)
