"""What the auditor asks the ledger for; counts of the cases by month; the published report of each month."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

EVENT_INDEXES = {
    "ix_event_subject": ["subject_kind", "subject_id", "at", "id"],
    "ix_event_at": ["at", "id"],
    "ix_event_actor_at": ["actor", "at", "id"],
    "ix_event_verb_at": ["verb", "at", "id"],
    "ix_event_subject_kind_at": ["subject_kind", "at", "id"],
}


def upgrade() -> None:
    for name, columns in EVENT_INDEXES.items():
        op.create_index(name, "event", columns)
    op.drop_index("ix_event_subject_kind_subject_id", "event")
    _case_count()
    op.create_table(
        "counted_to",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_counted_to")),
    )
    _month_report()


def downgrade() -> None:
    for table in ("month_report", "counted_to", "case_count"):
        op.drop_table(table)
    op.create_index("ix_event_subject_kind_subject_id", "event", ["subject_kind", "subject_id"])
    for name in EVENT_INDEXES:
        op.drop_index(name, "event")


def _case_count() -> None:
    op.create_table(
        "case_count",
        sa.Column("facet", sa.String(), nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("workdays", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint(
            "facet",
            "step",
            "month",
            "track",
            "value",
            "detail",
            "workdays",
            "late",
            name=op.f("pk_case_count"),
        ),
    )


def _month_report() -> None:
    op.create_table(
        "month_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("month", sa.Date(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_month_report")),
        sa.UniqueConstraint("month", "revision", name=op.f("uq_month_report_month_revision")),
    )
