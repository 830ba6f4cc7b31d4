"""Look agencies up: in the index, or in the database when there is no index to trust."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from chengxin.search import fallback
from chengxin.search.engine import Facets, Narrowing, Order, Source
from chengxin.search.pipeline import answer
from chengxin.search.planner import plan
from chengxin.search.ranking import Hit, Matched
from chengxin.search.whoosh.shelf import DAMAGE

# The orders by the names that addresses give them.
SORTS = {
    "relevance": Order.RELEVANCE,
    "name": Order.NAME,
    "newest": Order.NEWEST,
    "standing": Order.WEIGHT,
}
MOST_PER_PAGE = 100
MOST_PAGES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupRequest:
    """What a reader asks: words, filters, and which page of how many rows."""

    q: str = ""
    narrowing: Narrowing = Narrowing()
    order: Order = Order.RELEVANCE
    page: int = 1
    limit: int = 20

    @property
    def start(self) -> int:
        """Return the number of the first row wanted; pages beyond the last allowed one are that one."""
        return (min(max(self.page, 1), MOST_PAGES) - 1) * self.size

    @property
    def size(self) -> int:
        """Return how many rows a page has."""
        return min(max(self.limit, 1), MOST_PER_PAGE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookupResult:
    """What was found: the exact total, one page of hits best first, and counts for every filter."""

    total: int
    hits: Sequence[Hit]
    facets: Facets = field(default_factory=Facets)
    from_index: bool = True

    @property
    def only_similar(self) -> bool:
        """Tell whether nothing answers the words and the hits merely resemble them."""
        return bool(self.hits) and self.hits[0].matched is Matched.SIMILAR


def lookup(
    session: Session, source: Source, request: LookupRequest, *, today: date, facets: bool = True
) -> LookupResult:
    """Return the answer to a request; a broken index is never the reader's trouble."""
    engine = source.engine(session)
    if engine is not None:
        try:
            found = answer(plan(request.q, engine.vocabulary), engine, today)
            stop = request.start + request.size
            total, hits = found.hits(request.narrowing, today, request.start, stop, request.order)
            counts = found.matches.facets(request.narrowing, today) if facets else Facets()
        except DAMAGE as error:
            source.distrust(error)
        else:
            return LookupResult(total=total, hits=hits, facets=counts)
    total, hits = fallback.find(
        session,
        request.q,
        request.narrowing,
        today=today,
        start=request.start,
        size=request.size,
        order=request.order,
    )
    return LookupResult(total=total, hits=hits, from_index=False)
