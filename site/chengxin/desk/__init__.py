"""The workbench (办理台) of the staff."""

from chengxin.desk.blueprint import bp

__all__ = ["bp"]
