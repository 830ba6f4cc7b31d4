"""The queue: views of one's own, acts on many records, and indexes that hold all the queue asks for."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

BEFORE = ("state", "accept_by", "answer_by", "assigned_to")
NOW = (*BEFORE, "extension_asked_by", "category", "track", "region_code")
PROPOSED = sa.text("proposed_end > ''")


def upgrade() -> None:
    _saved_view()
    _bulk_act()
    _bulk_member()
    op.drop_index("ix_complaint_waiting", "complaint")
    op.create_index("ix_complaint_waiting", "complaint", list(NOW))
    op.create_index(
        "ix_sanction_end_proposed",
        "sanction",
        ["proposed_end"],
        sqlite_where=PROPOSED,
        postgresql_where=PROPOSED,
    )


def downgrade() -> None:
    op.drop_index("ix_sanction_end_proposed", "sanction")
    op.drop_index("ix_complaint_waiting", "complaint")
    op.create_index("ix_complaint_waiting", "complaint", list(BEFORE))
    for table in ("bulk_member", "bulk_act", "saved_view"):
        op.drop_table(table)


def _saved_view() -> None:
    op.create_table(
        "saved_view",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_saved_view_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint("account_id", "name", name=op.f("uq_saved_view_account_id_name")),
    )


def _bulk_act() -> None:
    op.create_table(
        "bulk_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sealed_words", sa.LargeBinary(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_bulk_act_account_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_bulk_act")),
    )
    op.create_index("ix_bulk_act_account_id", "bulk_act", ["account_id"])
    op.create_index("ix_bulk_act_state_due_at", "bulk_act", ["state", "due_at"])


def _bulk_member() -> None:
    op.create_table(
        "bulk_member",
        sa.Column("bulk_act_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("seen", sa.Integer(), nullable=False),
        sa.Column("left", sa.Integer(), nullable=True),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("told", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["bulk_act_id"], ["bulk_act.id"], name=op.f("fk_bulk_member_bulk_act_id")),
        sa.PrimaryKeyConstraint("bulk_act_id", "kind", "record_id", name=op.f("pk_bulk_member")),
    )
    op.create_index("ix_bulk_member_record", "bulk_member", ["kind", "record_id", "outcome"])
