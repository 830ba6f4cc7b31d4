"""Put the texts for replies to suggestions among the standard texts, where editors can change them."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

USE = "suggestion"
FIRST = (
    ("采纳，写明时间", "你的建议已采纳。我们将在本月底前落实，并在本平台公布。"),
    ("采纳，列入下次修订", "你的建议已采纳，将写入下次修订的制度，并在本平台公布。"),
    ("现有规定已经这样要求", "你建议的内容现行规定已有要求。我们将提醒各机构执行，并在检查中核实。"),
    ("不属于本部门职权", "未能采纳：你建议的事项由其他部门决定，我们已转送。"),
)


def upgrade() -> None:
    """Add the texts that stood in the program until now."""
    table = sa.table(
        "standard_text",
        sa.column("move", sa.String()),
        sa.column("track", sa.String()),
        sa.column("title", sa.String()),
        sa.column("body", sa.Text()),
        sa.column("position", sa.Integer()),
        sa.column("active", sa.Boolean()),
        sa.column("version", sa.Integer()),
        sa.column("updated_at", sa.DateTime(timezone=True)),
    )
    common = {"move": USE, "track": "", "active": True, "version": 1}
    common["updated_at"] = datetime(2026, 11, 23, tzinfo=UTC)
    rows = [
        {"title": title, "body": body, "position": place * 10, **common}
        for place, (title, body) in enumerate(FIRST, start=1)
    ]
    op.bulk_insert(table, rows)


def downgrade() -> None:
    """Take out every text for replies to suggestions: the program before has no use for one."""
    op.execute(f"DELETE FROM standard_text WHERE move = '{USE}'")  # noqa: S608 (a constant)
