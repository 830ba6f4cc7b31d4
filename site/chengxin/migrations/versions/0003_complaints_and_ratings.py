"""Complaints and ratings."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _complaint()
    _complaint_message()
    _rating()


def downgrade() -> None:
    for table in ("rating", "complaint_message", "complaint"):
        op.drop_table(table)


def _complaint() -> None:
    op.create_table(
        "complaint",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_no", sa.String(), nullable=False),
        sa.Column("code_hash", sa.String(), nullable=False),
        sa.Column("reply_key", sa.LargeBinary(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=True),
        sa.Column("respondent", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("contact_kind", sa.String(), nullable=False),
        sa.Column("sealed_facts", sa.LargeBinary(), nullable=False),
        sa.Column("sealed_contact", sa.LargeBinary(), nullable=True),
        sa.Column("consent_version", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("refusal", sa.String(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("accept_by", sa.Date(), nullable=False),
        sa.Column("answer_by", sa.Date(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("paused_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("assigned_to", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_complaint_agency_id")),
        sa.ForeignKeyConstraint(["assigned_to"], ["account.id"], name=op.f("fk_complaint_assigned_to")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_complaint_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
        sa.UniqueConstraint("case_no", name=op.f("uq_complaint_case_no")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_complaint_code_hash")),
    )
    op.create_index("ix_complaint_agency_id", "complaint", ["agency_id"])
    op.create_index("ix_complaint_assigned_to", "complaint", ["assigned_to"])
    op.create_index("ix_complaint_closed_on", "complaint", ["closed_on"])
    op.create_index("ix_complaint_respondent", "complaint", ["respondent"])
    op.create_index("ix_complaint_waiting", "complaint", ["state", "accept_by", "answer_by", "assigned_to"])


def _rating() -> None:
    op.create_table(
        "rating",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_hash", sa.String(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("rater_kind", sa.String(), nullable=False),
        sa.Column("service", sa.String(), nullable=False),
        sa.Column("service_month", sa.String(), nullable=False),
        sa.Column("openness", sa.Integer(), nullable=False),
        sa.Column("honesty", sa.Integer(), nullable=False),
        sa.Column("fees", sa.Integer(), nullable=False),
        sa.Column("result", sa.Integer(), nullable=False),
        sa.Column("attitude", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("verified", sa.Boolean(), nullable=False),
        sa.Column("agency_reply", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("decide_by", sa.Date(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_rating_agency_id")),
        sa.ForeignKeyConstraint(["decided_by"], ["account.id"], name=op.f("fk_rating_decided_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rating")),
        sa.UniqueConstraint("form_hash", name=op.f("uq_rating_form_hash")),
    )
    op.create_index("ix_rating_agency_id_state", "rating", ["agency_id", "state"])
    op.create_index("ix_rating_state_decide_by", "rating", ["state", "decide_by"])


def _complaint_message() -> None:
    op.create_table(
        "complaint_message",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("from_staff", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("for_complainant", sa.LargeBinary(), nullable=True),
        sa.Column("for_desk", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name=op.f("fk_complaint_message_complaint_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint_message")),
    )
    op.create_index("ix_complaint_message_complaint_id", "complaint_message", ["complaint_id"])
