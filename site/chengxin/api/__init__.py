"""The JSON interface."""

from chengxin.api import agencies
from chengxin.api.blueprint import bp

__all__ = ["agencies", "bp"]
