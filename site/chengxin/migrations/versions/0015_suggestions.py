"""Suggestions."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

WORDS = ("topic", "about", "respondent", "publication", "consent_version", "contact_kind", "state")
SEALED = ("sealed_text", "sealed_contact", "sealed_redaction", "note_for_author", "note_for_desk")
TEXTS = ("public_text", "reply")


def upgrade() -> None:
    op.create_table(
        "suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("reply_key", sa.LargeBinary(), nullable=False),
        *(sa.Column(name, sa.String(), nullable=False) for name in WORDS),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("region_code", sa.String(), nullable=True),
        *(sa.Column(name, sa.LargeBinary(), nullable=True) for name in SEALED),
        *(sa.Column(name, sa.Text(), nullable=False) for name in TEXTS),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("reply_by", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("amended_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_suggestion_agency_id"),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name="fk_suggestion_region_code"),
        sa.ForeignKeyConstraint(["answered_by"], ["account.id"], name="fk_suggestion_answered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_suggestion"),
        sa.UniqueConstraint("code_hash", name="uq_suggestion_code_hash"),
        sa.UniqueConstraint("year", "number", name="uq_suggestion_year_number"),
    )
    op.create_index("ix_suggestion_agency_id", "suggestion", ["agency_id"])
    op.create_index("ix_suggestion_state", "suggestion", ["state", "reply_by"])


def downgrade() -> None:
    op.drop_table("suggestion")
