"""Nominations, publicity windows and award batches of exemplary titles.

Titles that were named before belong to a round that is made from their year, level, batch and decision; those
still nominated are handed to a round under review, and those turned down stay beside them.
"""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMED = ("awarded", "withdrawn")
TEXTS = ("proposer", "consent_text", "withdrawal_reason")
DAYS = ("consent_on", "consent_withdrawn_on", "ended_on")
PERSONS = ("shortlisted_by", "withdrawal_by", "ended_by")


def upgrade() -> None:
    _selection()
    with op.batch_alter_table("honour") as honour:
        honour.add_column(sa.Column("selection_id", sa.Integer(), nullable=True))
        honour.add_column(sa.Column("via", sa.String(), nullable=False, server_default="officer"))
        honour.add_column(sa.Column("renews_id", sa.Integer(), nullable=True))
        for name in TEXTS:
            honour.add_column(sa.Column(name, sa.Text(), nullable=False, server_default=""))
        for name in DAYS:
            honour.add_column(sa.Column(name, sa.Date(), nullable=True))
        for name in PERSONS:
            honour.add_column(sa.Column(name, sa.Integer(), nullable=True))
    _gather_into_rounds(op.get_bind())
    with op.batch_alter_table("honour") as honour:
        honour.alter_column("selection_id", nullable=False)
        honour.alter_column("via", server_default=None)
        honour.alter_column("proposer", type_=sa.String(), server_default=None)
        honour.alter_column("consent_text", type_=sa.String(), server_default=None)
        honour.alter_column("withdrawal_reason", server_default=None)
        honour.drop_column("batch")
        honour.create_foreign_key("fk_honour_selection_id", "selection", ["selection_id"], ["id"])
        honour.create_foreign_key("fk_honour_renews_id", "honour", ["renews_id"], ["id"])
        for name in PERSONS:
            honour.create_foreign_key(f"fk_honour_{name}", "account", [name], ["id"])
        honour.create_check_constraint(
            op.f("ck_honour_awarded_by_who_did_not_shortlist"), "awarded_by <> shortlisted_by"
        )
        honour.create_check_constraint(
            op.f("ck_honour_withdrawn_by_a_second_person"), "ended_by <> withdrawal_by"
        )
        honour.create_index("ix_honour_selection_id", ["selection_id"])


def downgrade() -> None:
    with op.batch_alter_table("honour") as honour:
        honour.add_column(sa.Column("batch", sa.String(), nullable=False, server_default=""))
    op.execute(
        "UPDATE honour SET batch = (SELECT title FROM selection WHERE selection.id = honour.selection_id)"
    )
    op.execute("UPDATE honour SET state = 'declined' WHERE state IN ('refused', 'dropped')")
    op.execute("UPDATE honour SET state = 'nominated' WHERE state IN ('checked', 'shortlisted', 'publicity')")
    with op.batch_alter_table("honour") as honour:
        honour.alter_column("batch", server_default=None)
        honour.drop_index("ix_honour_selection_id")
        honour.drop_constraint(op.f("ck_honour_withdrawn_by_a_second_person"), type_="check")
        honour.drop_constraint(op.f("ck_honour_awarded_by_who_did_not_shortlist"), type_="check")
        for name in ("selection_id", "renews_id", *PERSONS):
            honour.drop_constraint(f"fk_honour_{name}", type_="foreignkey")
        for name in ("selection_id", "via", "renews_id", *TEXTS, *DAYS, *PERSONS):
            honour.drop_column(name)
    op.drop_table("selection")


def _selection() -> None:
    op.create_table(
        "selection",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("level", sa.String(), nullable=False),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("base", sa.Integer(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=True),
        sa.Column("agency_places", sa.Integer(), nullable=False),
        sa.Column("window_places", sa.Integer(), nullable=False),
        sa.Column("person_places", sa.Integer(), nullable=False),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("opened_by", sa.Integer(), nullable=True),
        sa.Column("announced_by", sa.Integer(), nullable=True),
        sa.Column("publicity_from", sa.Date(), nullable=True),
        sa.Column("publicity_days", sa.Integer(), nullable=False),
        sa.Column("awarded_by", sa.Integer(), nullable=True),
        sa.Column("awarded_on", sa.Date(), nullable=True),
        sa.Column("decision_no", sa.String(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "awarded_by <> announced_by", name=op.f("ck_selection_awarded_by_a_second_person")
        ),
        sa.ForeignKeyConstraint(["announced_by"], ["account.id"], name=op.f("fk_selection_announced_by")),
        sa.ForeignKeyConstraint(["awarded_by"], ["account.id"], name=op.f("fk_selection_awarded_by")),
        sa.ForeignKeyConstraint(["opened_by"], ["account.id"], name=op.f("fk_selection_opened_by")),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f("fk_selection_region_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_selection")),
    )
    op.create_index("ix_selection_region_code", "selection", ["region_code"])
    op.create_index("ix_selection_state_year", "selection", ["state", "year"])


def _gather_into_rounds(connection: sa.Connection) -> None:
    """Make a round of every batch that was awarded, and one a year and level of what is still in hand."""
    names = ("id", "kind", "level", "year", "batch", "decision_no", "state", "state_reason")
    others = ("awarded_by", "awarded_on", "valid_until", "created_at", "selection_id", "ended_on")
    honour = sa.table("honour", *(sa.column(name) for name in (*names, *others)))
    groups: dict[tuple[Any, ...], list[Any]] = {}
    for row in connection.execute(sa.select(honour).order_by(honour.c.id)):
        named = row.state in NAMED
        key = (named, row.year, row.level, row.batch if named else "", row.decision_no if named else "")
        groups.setdefault(key, []).append(row)
    for (named, year, level, batch, decision_no), rows in groups.items():
        made = _round_of(rows, named=named, year=year, level=level, title=batch, decision_no=decision_no)
        number = _insert(connection, made)
        ids = [row.id for row in rows]
        connection.execute(sa.update(honour).where(honour.c.id.in_(ids)).values(selection_id=number))
    refused = sa.update(honour).where(honour.c.state == "declined")
    connection.execute(refused.values(state="refused"))


def _round_of(rows: list[Any], *, named: bool, **columns: Any) -> dict[str, Any]:
    places = {
        f"{kind}_places": sum(row.kind == kind for row in rows) for kind in ("agency", "window", "person")
    }
    days = [row.awarded_on for row in rows if row.awarded_on]
    return {
        **columns,
        **places,
        "title": columns["title"] or f"{columns['year']}年度诚信服务示范名单",
        "base": 0,
        "state": "awarded" if named else "review",
        "state_reason": "",
        "publicity_days": 0,
        "awarded_by": next((row.awarded_by for row in rows if row.awarded_by), None) if named else None,
        "awarded_on": max(days, default=None) if named else None,
        "valid_until": rows[0].valid_until if named else None,
        "version": 1,
        "created_at": min(row.created_at for row in rows),
    }


def _insert(connection: sa.Connection, values: dict[str, Any]) -> int:
    selection = sa.table("selection", sa.column("id"), *(sa.column(name) for name in values))
    return int(connection.execute(sa.insert(selection).values(values).returning(selection.c.id)).scalar_one())
