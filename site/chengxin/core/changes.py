"""Compare-and-set: a change is written only if nobody else changed the record since it was read."""

from typing import Any

from sqlalchemy import CursorResult, update
from sqlalchemy.orm import Session

from chengxin.core.errors import N_, StaleError
from chengxin.core.models import Base

CHANGED_MEANWHILE = N_("Somebody else changed this record a moment ago. Nothing was saved: look at it again.")


def change(session: Session, record: Base, *, version: int, **values: object) -> None:
    """Write new values to a record that still has the version a person saw, or raise StaleError."""
    model: Any = type(record)
    held: Any = record
    statement = update(model).where(model.id == held.id, model.version == version)
    written = statement.values(version=version + 1, **values)
    result = session.execute(written, execution_options={"synchronize_session": False})
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise StaleError(CHANGED_MEANWHILE)
    session.refresh(record)


def check_version(record: Base, version: int) -> None:
    """Raise StaleError when a record is not the version a person saw."""
    held: Any = record
    if held.version != version:
        raise StaleError(CHANGED_MEANWHILE)
