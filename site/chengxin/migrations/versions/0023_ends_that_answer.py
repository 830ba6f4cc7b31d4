"""Ends that answer for themselves: why a case was set aside, and by which calendar a suggestion is answered."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make room for both, and clear what moves of before left behind."""
    op.add_column("complaint", sa.Column("dismissal", sa.String(), nullable=False, server_default=""))
    op.add_column("suggestion", sa.Column("calendar", sa.String(), nullable=False, server_default=""))
    case = sa.table(
        "complaint",
        sa.column("state", sa.String),
        sa.column("extended", sa.Boolean),
        sa.column("extension_asked_by", sa.Integer),
        sa.column("merged_into", sa.Integer),
        sa.column("dismissal", sa.String),
        sa.column("calendar", sa.String),
    )
    change = sa.update(case)
    for cleared in (
        change.where(case.c.state != "investigating").values(extension_asked_by=None),
        change.where(case.c.state == "accepted").values(extended=False),
        change.where(case.c.state.not_in(["merged", "closed", "review"])).values(merged_into=None),
        # Their page used to say the same in other words.
        change.where(case.c.state == "discarded").values(dismissal="empty"),
        # The worker computes the day by which an answer is awaited again, with all that runs.
        change.where(case.c.state == "supplement").values(calendar=""),
    ):
        op.execute(cleared)


def downgrade() -> None:
    """Forget both; what was cleared was in nobody's way."""
    op.drop_column("suggestion", "calendar")
    op.drop_column("complaint", "dismissal")
