"""Notices, honours and articles."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _sanction()
    _sanction_revision()
    _honour()
    _article()


def downgrade() -> None:
    for table in ("article", "honour", "sanction_revision", "sanction"):
        op.drop_table(table)


def _article() -> None:
    op.create_table(
        "article",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("column", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revised_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_article_drafted_by")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_article_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("year", "slug", name=op.f("uq_article_year_slug")),
    )
    op.create_index("ix_article_state_published_at", "article", ["state", "published_at"])


def _honour() -> None:
    op.create_table(
        "honour",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("batch", sa.String(), nullable=False),
        sa.Column("decision_no", sa.String(), nullable=False),
        sa.Column("merit", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("nominated_by", sa.Integer(), nullable=True),
        sa.Column("awarded_by", sa.Integer(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=False),
        sa.CheckConstraint("awarded_by <> nominated_by", name=op.f("ck_honour_awarded_by_a_second_person")),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_honour_agency_id")),
        sa.ForeignKeyConstraint(["awarded_by"], ["account.id"], name=op.f("fk_honour_awarded_by")),
        sa.ForeignKeyConstraint(["nominated_by"], ["account.id"], name=op.f("fk_honour_nominated_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_honour")),
    )
    op.create_index("ix_honour_agency_id", "honour", ["agency_id"])
    op.create_index("ix_honour_year_state", "honour", ["year", "state"])


def _sanction() -> None:
    op.create_table(
        "sanction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("party_name", sa.String(), nullable=False),
        sa.Column("party_uscc", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("notice_kind", sa.String(), nullable=False),
        sa.Column("legal_kind", sa.String(), nullable=False),
        sa.Column("severity", sa.String(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("decision_no", sa.String(), nullable=False),
        sa.Column("decision_date", sa.Date(), nullable=False),
        sa.Column("authority", sa.String(), nullable=False),
        sa.Column("facts", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("measures", sa.Text(), nullable=False),
        sa.Column("agency_statement", sa.Text(), nullable=False),
        sa.Column("remedies", sa.Text(), nullable=False),
        sa.Column("amount", sa.String(), nullable=False),
        sa.Column("rectify_by", sa.Date(), nullable=True),
        sa.Column("min_until", sa.Date(), nullable=True),
        sa.Column("max_until", sa.Date(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=True),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("proposed_end", sa.String(), nullable=False),
        sa.Column("proposed_end_reason", sa.Text(), nullable=False),
        sa.Column("proposed_end_by", sa.Integer(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_ref", sa.String(), nullable=False),
        sa.CheckConstraint("ended_by <> proposed_end_by", name=op.f("ck_sanction_ended_by_a_second_person")),
        sa.CheckConstraint(
            "published_by <> drafted_by", name=op.f("ck_sanction_published_by_a_second_person")
        ),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_sanction_agency_id")),
        sa.ForeignKeyConstraint(["complaint_id"], ["complaint.id"], name=op.f("fk_sanction_complaint_id")),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_sanction_drafted_by")),
        sa.ForeignKeyConstraint(["ended_by"], ["account.id"], name=op.f("fk_sanction_ended_by")),
        sa.ForeignKeyConstraint(
            ["proposed_end_by"], ["account.id"], name=op.f("fk_sanction_proposed_end_by")
        ),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_sanction_published_by")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_sanction_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction")),
        sa.UniqueConstraint("year", "number", name=op.f("uq_sanction_year_number")),
    )
    op.create_index("ix_sanction_agency_id", "sanction", ["agency_id"])
    op.create_index("ix_sanction_decision_no", "sanction", ["decision_no"])
    op.create_index("ix_sanction_region_code", "sanction", ["region_code"])
    op.create_index("ix_sanction_state_published_on", "sanction", ["state", "published_on"])


def _sanction_revision() -> None:
    op.create_table(
        "sanction_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("sanction_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["sanction_id"], ["sanction.id"], name=op.f("fk_sanction_revision_sanction_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sanction_revision")),
        sa.UniqueConstraint(
            "sanction_id", "revision", name=op.f("uq_sanction_revision_sanction_id_revision")
        ),
    )
