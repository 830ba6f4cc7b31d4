"""The public pages."""

from chengxin.portal import complaints, pages, ratings, track
from chengxin.portal.blueprint import bp

__all__ = ["bp", "complaints", "pages", "ratings", "track"]
