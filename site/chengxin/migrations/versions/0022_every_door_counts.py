"""Suggestions and objections that came in a surge are marked like cases."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

TABLES = ("suggestion", "objection")


def upgrade() -> None:
    """Make room for the mark."""
    for table in TABLES:
        op.add_column(table, sa.Column("in_surge", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Forget it."""
    for table in TABLES:
        op.drop_column(table, "in_surge")
