"""The part of the jurisdiction an officer serves, as a condition of a query.

A record without a region belongs to those who serve the whole jurisdiction: nobody's region is guessed. What
was given to an officer by name is always theirs, wherever it lies.
"""

from typing import Any

from sqlalchemy import ColumnElement, or_, true
from sqlalchemy.orm import InstrumentedAttribute

from chengxin.accounts.rules import Officer
from chengxin.core.regions import region_start

# What a list is narrowed to for whoever looks at it; nothing narrows it for those who serve the whole.
Part = ColumnElement[bool]
WHOLE: Part = true()
RegionCode = InstrumentedAttribute[str | None] | InstrumentedAttribute[str]


def within(column: RegionCode, officer: Officer) -> ColumnElement[bool]:
    """Return the condition that a record's region lies in the officer's part, as `Officer.covers` says."""
    if officer.region is None:
        return true()
    return inside_of(column, officer.region)


def inside_of(column: RegionCode, region_code: str) -> ColumnElement[bool]:
    """Return the condition that a record lies inside a region."""
    return column.startswith(region_start(region_code), autoescape=True)


def handled(column: RegionCode, given_to: Any, officer: Officer) -> ColumnElement[bool]:
    """Return the condition that a case is the officer's business, as `Officer.handles` says."""
    mine: ColumnElement[bool] = given_to == officer.id
    return mine if officer.only_given else or_(within(column, officer), mine)
