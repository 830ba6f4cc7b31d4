"""The life of a notice: legal review, prior notice, reply, decision, service, urgent path, and four eyes."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEPT = "who had a hand in a notice stays on record"
TWO = "a notice becomes public by the hands of two persons"
ENDS = "a notice ends early by two persons"


def _hand(person: str, part: str) -> str:
    who = f" AND hand.account_id = {person}" if person else ""
    rows = f"FROM sanction_hand AS hand WHERE hand.sanction_id = NEW.id AND hand.part = '{part}'{who}"
    return f"EXISTS (SELECT 1 {rows})"


# An imported decision is the authority's own word (its source is named); a notice of the desk needs both parts,
# and whoever confirms an urgent publication is not the one who published it.
ALONE = (
    "NEW.state = 'published' AND NEW.source = '' AND NOT ("
    f"{_hand('', 'author')} AND {_hand('NEW.published_by', 'second')}"
    f" AND (NEW.urgent_reason <> '' OR {_hand('NEW.reviewed_by', 'second')})"
    f" AND (NEW.reviewed_by IS NULL OR {_hand('NEW.reviewed_by', 'second')})"
    " AND (NEW.urgent_reason = '' OR NEW.reviewed_by IS NULL OR NEW.reviewed_by <> NEW.published_by))"
)
# Notices that were public before this change stay as they are until one of these values changes.
CHANGED = " OR ".join(
    f"OLD.{name} IS DISTINCT FROM NEW.{name}" for name in ("state", "published_by", "reviewed_by", "source")
)
ENDED_ALONE = (
    "OLD.state = 'published' AND NEW.state IN ('withdrawn', 'repaired')"
    " AND (NEW.urgent_reason = '' OR NEW.reviewed_by IS NOT NULL)"
    " AND (NEW.ended_by IS NULL OR NEW.proposed_end_by IS NULL OR NEW.ended_by = NEW.proposed_end_by)"
)
TRIGGERS = (
    ("sanction_hand_is_not_changed", "UPDATE", "sanction_hand", "", KEPT),
    ("sanction_hand_is_not_deleted", "DELETE", "sanction_hand", "", KEPT),
    ("sanction_is_published_by_two", "UPDATE", "sanction", f"({CHANGED}) AND {ALONE}", TWO),
    ("sanction_is_never_born_public", "INSERT", "sanction", ALONE, TWO),
    ("sanction_is_ended_by_two", "UPDATE", "sanction", ENDED_ALONE, ENDS),
)


def upgrade() -> None:
    for column in _columns():
        op.add_column("sanction", column)
    op.create_index("ix_sanction_due_on", "sanction", ["due_on"])
    op.create_table(
        "sanction_hand",
        sa.Column("sanction_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.CheckConstraint("part IN ('author', 'second')", name=op.f("ck_sanction_hand_part_is_known")),
        sa.ForeignKeyConstraint(["sanction_id"], ["sanction.id"], name=op.f("fk_sanction_hand_sanction_id")),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_sanction_hand_account_id")),
        sa.PrimaryKeyConstraint("sanction_id", "account_id", name=op.f("pk_sanction_hand")),
    )
    op.create_index("ix_sanction_hand_account_id", "sanction_hand", ["account_id"])
    op.execute("UPDATE sanction SET state = 'legal_review' WHERE state = 'submitted'")
    op.execute(
        "UPDATE sanction SET ended_as = state WHERE state IN ('expired', 'repaired', 'withdrawn')"
        " AND number IS NOT NULL"
    )
    _remember_hands()
    for name, moment, table, condition, message in TRIGGERS:
        _make_trigger(name, moment, table, condition, message)


def downgrade() -> None:
    for name, _, table, _, _ in TRIGGERS:
        _drop_trigger(name, table)
    op.execute("UPDATE sanction SET state = ended_as WHERE state = 'archived' AND ended_as <> ''")
    op.execute("UPDATE sanction SET state = 'rejected' WHERE state = 'archived'")
    op.execute(
        "UPDATE sanction SET state = 'submitted'"
        " WHERE state IN ('legal_review', 'prior_notice', 'hearing', 'decided', 'served')"
    )
    op.drop_table("sanction_hand")
    op.drop_index("ix_sanction_due_on", "sanction")
    for column in reversed(_columns()):
        op.drop_column("sanction", column.name)


def _columns() -> tuple[sa.Column[Any], ...]:
    return (
        sa.Column("procedure", sa.String(), nullable=False, server_default="ordinary"),
        sa.Column("naming", sa.String(), nullable=False, server_default="full"),
        sa.Column("withheld_name", sa.String(), nullable=False, server_default=""),
        sa.Column("withheld_uscc", sa.String(), nullable=False, server_default=""),
        sa.Column("withheld_agency_id", sa.Integer(), nullable=True),
        sa.Column("basis_articles", sa.Text(), nullable=False, server_default="[]"),
        sa.Column("evidence", sa.Text(), nullable=False, server_default=""),
        sa.Column("publication_basis", sa.Text(), nullable=False, server_default=""),
        sa.Column("decided", sa.Boolean(), nullable=False, server_default=sa.true()),
        sa.Column("filed_on", sa.Date(), nullable=True),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("hearing_requested_on", sa.Date(), nullable=True),
        sa.Column("heard_on", sa.Date(), nullable=True),
        sa.Column("hearing_outcome", sa.Text(), nullable=False, server_default=""),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("repair_notice", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.Column("urgent_reason", sa.Text(), nullable=False, server_default=""),
        sa.Column("reviewed_by", sa.Integer(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("proposed_end_on", sa.Date(), nullable=True),
        sa.Column("ended_as", sa.String(), nullable=False, server_default=""),
    )


def _remember_hands() -> None:
    """Take over who drafted, revised and published before hands were kept."""
    op.execute(
        "INSERT INTO sanction_hand (sanction_id, account_id, part)"
        " SELECT id, drafted_by, 'author' FROM sanction WHERE drafted_by IS NOT NULL"
    )
    op.execute(
        "INSERT INTO sanction_hand (sanction_id, account_id, part)"
        " SELECT DISTINCT event.subject_id, account.id, 'author' FROM event"
        " JOIN account ON event.actor = 'account:' || account.id"
        " JOIN sanction ON sanction.id = event.subject_id"
        " WHERE event.subject_kind = 'sanction' AND event.verb = 'sanction.revised'"
        " AND sanction.drafted_by IS DISTINCT FROM account.id"
    )
    op.execute(
        "INSERT INTO sanction_hand (sanction_id, account_id, part)"
        " SELECT id, published_by, 'second' FROM sanction WHERE published_by IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM sanction_hand AS hand"
        " WHERE hand.sanction_id = sanction.id AND hand.account_id = sanction.published_by)"
    )


def _make_trigger(name: str, moment: str, table: str, condition: str, message: str) -> None:
    when = f" WHEN ({condition})" if condition else ""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW{when}"
            f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )
        return
    # PostgreSQL knows no query in WHEN, so the function looks by itself.
    test = condition or "TRUE"
    op.execute(
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f" IF {test} THEN RAISE EXCEPTION '{message}' USING ERRCODE = 'check_violation'; END IF;"
        f" RETURN {'OLD' if moment == 'DELETE' else 'NEW'}; END $$"
    )
    op.execute(f"CREATE TRIGGER {name} BEFORE {moment} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()")


def _drop_trigger(name: str, table: str) -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(f"DROP TRIGGER IF EXISTS {name}")
        return
    op.execute(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    op.execute(f"DROP FUNCTION IF EXISTS {name}()")
