"""The intake: how alike cases are, how many came in on a day, and which parcels still wait."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NEW = ("intake_count", "complaint_likeness", "complaint_band", "complaint_sketch")


def upgrade() -> None:
    """Make room for sketches, likenesses and daily counts."""
    op.add_column("complaint", sa.Column("in_surge", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "complaint_sketch",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("sketch", sa.LargeBinary(), nullable=False),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        _of_complaint("complaint_sketch", "complaint_id"),
        sa.PrimaryKeyConstraint("complaint_id", name="pk_complaint_sketch"),
    )
    op.create_index("ix_complaint_sketch_drawn_on", "complaint_sketch", ["drawn_on"])
    op.create_table(
        "complaint_band",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        _of_complaint("complaint_band", "complaint_id"),
        sa.PrimaryKeyConstraint("band", "complaint_id", name="pk_complaint_band"),
    )
    op.create_index("ix_complaint_band_complaint_id", "complaint_band", ["complaint_id"])
    op.create_table(
        "complaint_likeness",
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        _of_complaint("complaint_likeness", "complaint_id"),
        _of_complaint("complaint_likeness", "other_id"),
        sa.PrimaryKeyConstraint("complaint_id", "other_id", name="pk_complaint_likeness"),
    )
    op.create_index("ix_complaint_likeness_other_id", "complaint_likeness", ["other_id"])
    op.create_table(
        "intake_count",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "subject", name="pk_intake_count"),
    )
    op.create_index("ix_outbox_kind_done_at", "outbox", ["kind", "done_at"])


def downgrade() -> None:
    """Forget them."""
    op.drop_index("ix_outbox_kind_done_at", "outbox")
    for table in NEW:
        op.drop_table(table)
    op.drop_column("complaint", "in_surge")


def _of_complaint(table: str, column: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], ["complaint.id"], name=f"fk_{table}_{column}_complaint")
