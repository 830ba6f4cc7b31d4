"""Quarterly batches of notices, and the last day a list itself names for a decision."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("assembled_by", sa.Integer(), nullable=True),
        sa.Column("handed_in_by", sa.Integer(), nullable=True),
        sa.Column("handed_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_count", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=False),
        sa.CheckConstraint(
            "approved_by <> assembled_by", name=op.f("ck_notice_batch_approved_by_a_second_person")
        ),
        sa.CheckConstraint(
            "approved_by <> handed_in_by", name=op.f("ck_notice_batch_approved_by_who_did_not_hand_in")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_notice_batch_region_code")),
        sa.ForeignKeyConstraint(["assembled_by"], ["account.id"], name=op.f("fk_notice_batch_assembled_by")),
        sa.ForeignKeyConstraint(["handed_in_by"], ["account.id"], name=op.f("fk_notice_batch_handed_in_by")),
        sa.ForeignKeyConstraint(["approved_by"], ["account.id"], name=op.f("fk_notice_batch_approved_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_batch")),
        sa.UniqueConstraint("label", "authority", name=op.f("uq_notice_batch_label_authority")),
    )
    # Written by hand: the same words work on both databases, and SQLite need not copy the table.
    op.execute(
        "ALTER TABLE sanction ADD COLUMN batch_id INTEGER"
        " CONSTRAINT fk_sanction_batch_id REFERENCES notice_batch (id)"
    )
    op.add_column("sanction", sa.Column("period", sa.String(), nullable=False, server_default=""))
    op.add_column("sanction", sa.Column("listed_until", sa.Date(), nullable=True))
    op.create_index("ix_sanction_batch_id", "sanction", ["batch_id"])
    op.create_index("ix_sanction_period", "sanction", ["period"])


def downgrade() -> None:
    op.drop_index("ix_sanction_period", "sanction")
    op.drop_index("ix_sanction_batch_id", "sanction")
    for column in ("listed_until", "period", "batch_id"):
        op.drop_column("sanction", column)
    op.drop_table("notice_batch")
