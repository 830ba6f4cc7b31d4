"""Who read what: a row for each record an entry of the ledger names as read, so that one record can be asked for."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

FROM_THE_LEDGER = """
    INSERT INTO record_read (event_id, kind, record_id, actor, way, at)
    SELECT id, subject_kind, subject_id, actor, 'opened', at FROM event
    WHERE verb = 'read' AND subject_kind IN ('complaint', 'suggestion', 'evidence', 'objection')
"""


def upgrade() -> None:
    """Make the table and fill it from the ledger."""
    op.create_table(
        "record_read",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("way", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event_id", "kind", "record_id", name=op.f("pk_record_read")),
    )
    op.execute(FROM_THE_LEDGER)
    op.create_index("ix_record_read_record", "record_read", ["kind", "record_id", "actor", "at", "way"])
    op.create_index("ix_record_read_actor", "record_read", ["actor", "kind", "record_id", "at", "way"])


def downgrade() -> None:
    """Take the table away; the ledger keeps every entry."""
    op.drop_table("record_read")
