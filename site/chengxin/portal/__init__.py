"""The public pages."""

from chengxin.portal.blueprint import bp

__all__ = ["bp"]
