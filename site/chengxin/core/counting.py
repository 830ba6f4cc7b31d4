"""Counts by group, read as a mapping."""

from typing import Any, TypeVar

from sqlalchemy import Select
from sqlalchemy.orm import Session

Group = TypeVar("Group")


def counted(session: Session, statement: Select[Group, int]) -> dict[Group, int]:
    """Return the rows of a statement that selects a group and its count, in their order."""
    found: list[Any] = list(session.execute(statement))
    return {row[0]: row[1] for row in found}
