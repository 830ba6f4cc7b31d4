"""The choice of the engine: where lookups of an installation find their index."""

from chengxin.config import Settings
from chengxin.search.engine import Source
from chengxin.search.searcher import searcher_of


def source_of(settings: Settings) -> Source:
    """Return this process's source of engines for an installation."""
    return searcher_of(settings.search_index)
