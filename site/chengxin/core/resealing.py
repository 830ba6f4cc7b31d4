"""Wrap what is sealed anew for other recipients, row by row, so that a retired key can be thrown away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from chengxin.core.sealing import Keyring, Recipients, reseal, sealed_to

BATCH = 200


@dataclass(frozen=True)
class SealedColumn:
    """A column that holds sealed texts: `rows` gives id, sealed bytes and the context each is bound to."""

    column: InstrumentedAttribute[Any]
    rows: Select[Any]
    context: Callable[[str], str]

    @property
    def name(self) -> str:
        """Return table and column, for progress and reports."""
        return str(self.column)


@dataclass(frozen=True)
class Batch:
    """How far a column was looked through, and how many of its texts were wrapped anew."""

    last_id: int
    looked_at: int
    changed: int


def reseal_batch(
    session: Session, sealed: SealedColumn, *, keys: Keyring, to: Recipients, after: int
) -> Batch | None:
    """Wrap the next rows of a column for these recipients alone, or return None after its last row."""
    record_id = sealed.column.class_.id
    wanted = sealed.rows.where(record_id > after).order_by(record_id).limit(BATCH)
    rows = session.execute(wanted.with_for_update(of=sealed.column.class_)).all()
    if not rows:
        return None
    changed = 0
    for row_id, content, bound_to in rows:
        if content and set(sealed_to(content)) != set(to.ids):
            fresh = reseal(content, keys, to, context=sealed.context(bound_to))
            session.execute(
                update(sealed.column.class_)
                .where(record_id == row_id)
                .values({sealed.column.key: fresh})
                .execution_options(synchronize_session=False)
            )
            changed += 1
    return Batch(rows[-1][0], len(rows), changed)


def with_context(column: InstrumentedAttribute[Any], bound_to: InstrumentedAttribute[Any]) -> Select[Any]:
    """Return the rows of a sealed column with what each is bound to."""
    return select(column.class_.id, column, bound_to)
