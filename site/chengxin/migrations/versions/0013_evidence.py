"""Evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of the files of cases."""
    op.create_table(
        "evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("subject_kind", sa.String(), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("media", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed_title", sa.LargeBinary(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("added_on", sa.Date(), nullable=False),
        sa.Column("from_staff", sa.Boolean(), nullable=False),
        sa.Column("scan", sa.String(), nullable=False),
        sa.Column("redacted_from", sa.Integer(), nullable=True),
        sa.Column("erased_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["redacted_from"], ["evidence.id"], name=op.f("fk_evidence_redacted_from")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence")),
        sa.UniqueConstraint("digest", name=op.f("uq_evidence_digest")),
        sa.UniqueConstraint("name", name=op.f("uq_evidence_name")),
    )
    op.create_index(op.f("ix_evidence_added_on"), "evidence", ["added_on"])
    op.create_index("ix_evidence_subject", "evidence", ["subject_kind", "subject_id"])
    op.create_index("ix_evidence_waiting", "evidence", ["scan", "erased_on", "added_on"])


def downgrade() -> None:
    """Take the table away; the sealed files stay in the data folder."""
    op.drop_table("evidence")
