"""What the lookup keeps: when an agency left the register, which names are alike, which words texts hold."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PLAIN = sa.String().with_variant(sa.String(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("agency", sa.Column("left_on", sa.Date(), nullable=True))
    op.create_index("ix_agency_merged_into_id", "agency", ["merged_into_id"])
    _likeness()
    _text_token()
    _lookup_position()


def downgrade() -> None:
    for table in ("lookup_position", "text_token", "likeness"):
        op.drop_table(table)
    op.drop_index("ix_agency_merged_into_id", "agency")
    op.execute("DELETE FROM agency_name WHERE kind = 'merged'")
    op.execute("UPDATE agency SET status = 'active' WHERE status = 'unlisted'")
    op.drop_column("agency", "left_on")


def _likeness() -> None:
    op.create_table(
        "likeness",
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("core", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_likeness_agency_id")),
        sa.PrimaryKeyConstraint("agency_id", "key", name=op.f("pk_likeness")),
    )
    op.create_index("ix_likeness_key_city", "likeness", ["key", "city"])


def _text_token() -> None:
    op.create_table(
        "text_token",
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("token", PLAIN, nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "token", "record_id", name=op.f("pk_text_token")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_text_token_record_id", "text_token", ["record_id"])


def _lookup_position() -> None:
    op.create_table(
        "lookup_position",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_lookup_position")),
    )
