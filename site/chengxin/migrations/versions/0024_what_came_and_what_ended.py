"""What came anew from whoever filed a case, and what ended: both are found without reading a closed row."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

BEFORE = (
    "state",
    "accept_by",
    "answer_by",
    "assigned_to",
    "extension_asked_by",
    "category",
    "track",
    "region_code",
)
NOW = (*BEFORE, "heard_at", "answered_by")
ENDED = ("closed_on", "id", "assigned_to", "category", "track", "region_code")
HEARD = sa.text("heard_at IS NOT NULL")
BATCH = 5_000


def upgrade() -> None:
    """Make room, fold the numbers of the cases that are there, and change the indexes."""
    op.add_column("complaint", sa.Column("heard_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("complaint", sa.Column("number_key", sa.String(), nullable=False, server_default=""))
    _fold_numbers()
    op.drop_index("ix_complaint_waiting", "complaint")
    op.create_index("ix_complaint_waiting", "complaint", list(NOW))
    op.drop_index("ix_complaint_closed_on", "complaint")
    op.create_index("ix_complaint_ended", "complaint", list(ENDED))
    op.create_index("ix_complaint_number_key", "complaint", ["number_key"])
    op.create_index(
        "ix_complaint_heard", "complaint", ["heard_at"], sqlite_where=HEARD, postgresql_where=HEARD
    )
    op.create_index("ix_rating_decided_at", "rating", ["decided_at"])
    op.create_index("ix_suggestion_answered_on", "suggestion", ["answered_on"])
    op.create_index("ix_suggestion_closed_on", "suggestion", ["closed_on"])


def downgrade() -> None:
    """Take both away again."""
    op.drop_index("ix_suggestion_closed_on", "suggestion")
    op.drop_index("ix_suggestion_answered_on", "suggestion")
    op.drop_index("ix_rating_decided_at", "rating")
    for index in ("heard", "number_key", "ended", "waiting"):
        op.drop_index(f"ix_complaint_{index}", "complaint")
    op.create_index("ix_complaint_closed_on", "complaint", ["closed_on"])
    op.create_index("ix_complaint_waiting", "complaint", list(BEFORE))
    op.drop_column("complaint", "number_key")
    op.drop_column("complaint", "heard_at")


def _fold_numbers() -> None:
    """Write each number backwards without its hyphens, so that an index finds it by its end."""
    case = sa.table(
        "complaint",
        sa.column("id", sa.Integer),
        sa.column("case_no", sa.String),
        sa.column("number_key", sa.String),
    )
    session, after = op.get_bind(), 0
    held = sa.select(case.c.id, case.c.case_no).order_by(case.c.id).limit(BATCH)
    folded = (
        sa.update(case).where(case.c.id == sa.bindparam("held")).values(number_key=sa.bindparam("folded"))
    )
    while rows := session.execute(held.where(case.c.id > after)).all():
        session.execute(
            folded,
            [{"held": row.id, "folded": re.sub("[^a-z0-9]", "", row.case_no.lower())[::-1]} for row in rows],
        )
        after = rows[-1].id
