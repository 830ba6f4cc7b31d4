"""Second factors and scopes of accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Give accounts a region."""
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("region_code", sa.String(), nullable=True))
        account.create_foreign_key(op.f("fk_account_region_code"), "region", ["region_code"], ["code"])


def downgrade() -> None:
    """Take it away."""
    with op.batch_alter_table("account") as account:
        account.drop_constraint(op.f("fk_account_region_code"), type_="foreignkey")
        account.drop_column("region_code")
