"""Retention: the copy of their own words that somebody asked for."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for the copy that somebody asked for."""
    for column in _new():
        op.add_column("complaint", column)


def downgrade() -> None:
    """Forget the copies: who wants one asks again."""
    for column in reversed(_new()):
        op.drop_column("complaint", column.name)


def _new() -> list[sa.Column[Any]]:
    return [
        sa.Column("copy_asked_on", sa.Date()),
        sa.Column("copy_made_on", sa.Date()),
        sa.Column("sealed_copy", sa.LargeBinary()),
    ]
