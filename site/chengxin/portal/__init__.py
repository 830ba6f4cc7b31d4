"""The public pages."""

from chengxin.portal import (
    agencies,
    agency,
    complaints,
    exemplars,
    health,
    home,
    news,
    notices,
    pages,
    ratings,
    track,
    track_acts,
)
from chengxin.portal.blueprint import bp

__all__ = [
    "agencies",
    "agency",
    "bp",
    "complaints",
    "exemplars",
    "health",
    "home",
    "news",
    "notices",
    "pages",
    "ratings",
    "track",
    "track_acts",
]
