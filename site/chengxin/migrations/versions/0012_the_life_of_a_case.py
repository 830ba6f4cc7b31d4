"""The life of a case: two clocks that can be computed again, pauses, merging, review, notes, sealed details."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from chengxin.core.workdays import official, workdays_between

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

DAYS = sa.table(
    "complaint",
    sa.column("received_on", sa.Date()),
    sa.column("accept_by", sa.Date()),
    sa.column("answer_by", sa.Date()),
    sa.column("accept_days", sa.Integer()),
    sa.column("answer_days", sa.Integer()),
    sa.column("answer_from", sa.Date()),
    sa.column("calendar", sa.String()),
)


def upgrade() -> None:
    """Let every case follow one of two clocks, be merged, reviewed and noted on."""
    # Plain numbers instead of references: SQLite cannot drop a column that points elsewhere.
    for column in _new():
        op.add_column("complaint", column)
    _fill_in_the_days()
    op.create_index("ix_complaint_merged_into", "complaint", ["merged_into"])
    op.create_table(
        "complaint_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("complaint_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer()),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sealed_text", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["complaint_id"], ["complaint.id"], name="fk_complaint_note_complaint_id_complaint"
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name="fk_complaint_note_account_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_complaint_note"),
    )
    op.create_index("ix_complaint_note_complaint_id", "complaint_note", ["complaint_id"])


def downgrade() -> None:
    """Forget what only the longer life of a case could hold."""
    op.drop_table("complaint_note")
    op.drop_index("ix_complaint_merged_into", "complaint")
    for column in reversed(_new()):
        op.drop_column("complaint", column.name)


def _new() -> list[sa.Column[Any]]:
    return [
        sa.Column("sealed_details", sa.LargeBinary()),
        sa.Column("has_mail", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("violation", sa.String(), nullable=False, server_default=""),
        sa.Column("state_before", sa.String(), nullable=False, server_default=""),
        sa.Column("transferred_to", sa.String(), nullable=False, server_default=""),
        sa.Column("merged_into", sa.Integer()),
        sa.Column("clock", sa.String(), nullable=False, server_default="inspection"),
        sa.Column("calendar", sa.String(), nullable=False, server_default=""),
        sa.Column("accept_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("answer_from", sa.Date(), nullable=False, server_default="1970-01-01"),
        sa.Column("answer_days", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("answer_unit", sa.String(), nullable=False, server_default="workday"),
        sa.Column("supplement_by", sa.Date()),
        sa.Column("extension_asked_by", sa.Integer()),
        sa.Column("extended", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("answered_by", sa.Integer()),
        sa.Column("review_asked_on", sa.Date()),
        sa.Column("satisfaction", sa.String(), nullable=False, server_default=""),
        sa.Column("erasure_asked_on", sa.Date()),
        sa.Column("contact_erased_on", sa.Date()),
        sa.Column("erased_on", sa.Date()),
    ]


def _fill_in_the_days() -> None:
    """Write beside the deadlines of the first release what they were computed from."""
    bind = op.get_bind()
    kept = (DAYS.c.received_on, DAYS.c.accept_by, DAYS.c.answer_by)
    for received_on, accept_by, answer_by in bind.execute(sa.select(*kept).distinct()).all():
        bind.execute(
            DAYS.update()
            .where(
                DAYS.c.received_on == received_on,
                DAYS.c.accept_by == accept_by,
                DAYS.c.answer_by == answer_by,
            )
            .values(
                accept_days=workdays_between(received_on, accept_by),
                answer_days=workdays_between(received_on, answer_by),
                answer_from=received_on,
                calendar=official().version,
            )
        )
