"""Abnormal marks, inspections, permit events and lineage."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

TABLES = (
    "inspection",
    "inspection_batch",
    "lineage_link",
    "abnormal_mark",
    "permit_act",
    "permit_event",
)


def upgrade() -> None:
    op.add_column("permit", sa.Column("runs_until", sa.Date(), nullable=True))
    op.create_index("ix_permit_runs_until", "permit", ["runs_until"])
    # Terms that run on are watched from now; those that were over before were never in a list of changes.
    op.execute(
        "UPDATE permit SET runs_until = valid_to"
        " WHERE valid_to >= CURRENT_DATE AND status IN ('valid', 'suspended')"
    )
    op.add_column("sanction", sa.Column("list_name", sa.String(), nullable=False, server_default=""))
    _permit_event()
    _permit_act()
    _abnormal_mark()
    _lineage_link()
    _inspection_batch()
    _inspection()


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table)
    op.drop_column("sanction", "list_name")
    op.drop_index("ix_permit_runs_until", "permit")
    op.drop_column("permit", "runs_until")


def _id(table: str) -> tuple[sa.Column[int], sa.PrimaryKeyConstraint]:
    return sa.Column("id", sa.Integer(), nullable=False), sa.PrimaryKeyConstraint(
        "id", name=op.f(f"pk_{table}")
    )


def _text(*names: str, kind: type[sa.String] = sa.String) -> list[sa.Column[str]]:
    return [sa.Column(name, kind(), nullable=False) for name in names]


def _tie(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}"))


def _proposed(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_id(table),
        *_text("state"),
        *_text("state_reason", kind=sa.Text),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_by", sa.Integer(), nullable=True),
        sa.Column("confirmed_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "confirmed_by <> proposed_by", name=op.f(f"ck_{table}_confirmed_by_a_second_person")
        ),
    ]


def _removable(table: str) -> list[sa.schema.SchemaItem]:
    return [
        *_proposed(table),
        *_text("end_reason", kind=sa.Text),
        sa.Column("end_proposed_by", sa.Integer(), nullable=True),
        sa.Column("ended_by", sa.Integer(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("ended_by <> end_proposed_by", name=op.f(f"ck_{table}_ended_by_a_second_person")),
    ]


def _permit_event() -> None:
    table = "permit_event"
    op.create_table(
        table,
        *_id(table),
        sa.Column("permit_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        *_text("permit_kind", "permit_number"),
        sa.Column("region_code", sa.String(), nullable=True),
        *_text("change"),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        *_text("fact"),
        *_text("old", "new", kind=sa.Text),
        *_text("decision_no"),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *_text("source", "source_ref"),
        _tie(table, "permit_id", "permit"),
        _tie(table, "agency_id", "agency"),
    )
    op.create_index("ix_permit_event_permit_id", table, ["permit_id"])
    op.create_index("ix_permit_event_agency_id", table, ["agency_id"])
    op.create_index("ix_permit_event_on_day_id", table, ["on_day", "id"])
    for column in ("change", "region_code", "permit_kind"):
        op.create_index(f"ix_permit_event_{column}_on_day_id", table, [column, "on_day", "id"])


def _permit_act() -> None:
    table = "permit_act"
    op.create_table(
        table,
        *_proposed(table),
        sa.Column("permit_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        *_text("change", "fact"),
        *_text("new", kind=sa.Text),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        *_text("decision_no"),
        *_text("reason", kind=sa.Text),
        sa.Column("publish_by", sa.Date(), nullable=False),
        _tie(table, "permit_id", "permit"),
        _tie(table, "agency_id", "agency"),
    )
    op.create_index("ix_permit_act_permit_id", table, ["permit_id"])
    op.create_index("ix_permit_act_state_publish_by", table, ["state", "publish_by"])


def _abnormal_mark() -> None:
    table = "abnormal_mark"
    op.create_table(
        table,
        *_removable(table),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        *_text("cause"),
        *_text("facts", kind=sa.Text),
        sa.Column("set_on", sa.Date(), nullable=False),
        *_text("decision_no", "authority"),
        _tie(table, "agency_id", "agency"),
    )
    op.create_index("ix_abnormal_mark_agency_id", table, ["agency_id"])
    op.create_index("ix_abnormal_mark_state_set_on", table, ["state", "set_on"])


def _lineage_link() -> None:
    table = "lineage_link"
    op.create_table(
        table,
        *_removable(table),
        sa.Column("earlier_id", sa.Integer(), nullable=False),
        sa.Column("later_id", sa.Integer(), nullable=False),
        *_text("kind"),
        sa.Column("on_day", sa.Date(), nullable=False),
        *_text("document", kind=sa.Text),
        *_text("issuer"),
        sa.CheckConstraint("earlier_id <> later_id", name=op.f(f"ck_{table}_ties_two")),
        _tie(table, "earlier_id", "agency"),
        _tie(table, "later_id", "agency"),
    )
    op.create_index("ix_lineage_link_earlier_id", table, ["earlier_id"])
    op.create_index("ix_lineage_link_later_id", table, ["later_id"])


def _inspection_batch() -> None:
    table = "inspection_batch"
    op.create_table(
        table,
        *_id(table),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        *_text("title"),
        *_text("scope", "basis", kind=sa.Text),
        sa.Column("region_code", sa.String(), nullable=True),
        sa.Column("wanted", sa.Integer(), nullable=False),
        *_text("seed"),
        sa.Column("pool_size", sa.Integer(), nullable=False),
        *_text("pool_hash"),
        *_text("inspectors", kind=sa.Text),
        sa.Column("drawn_on", sa.Date(), nullable=False),
        *_text("state"),
        *_text("state_reason", kind=sa.Text),
        sa.Column("drawn_by", sa.Integer(), nullable=True),
        sa.Column("handed_in_by", sa.Integer(), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("year", "number", name=op.f("uq_inspection_batch_year_number")),
        sa.CheckConstraint(
            "published_by <> handed_in_by", name=op.f("ck_inspection_batch_published_by_a_second_person")
        ),
        sa.CheckConstraint(
            "published_by <> drawn_by", name=op.f("ck_inspection_batch_published_by_another_than_drew")
        ),
        sa.ForeignKeyConstraint(["region_code"], ["region.code"], name=op.f(f"fk_{table}_region_code")),
    )


def _inspection() -> None:
    table = "inspection"
    op.create_table(
        table,
        *_id(table),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        *_text("inspectors", kind=sa.Text),
        *_text("result"),
        *_text("note", kind=sa.Text),
        sa.Column("inspected_on", sa.Date(), nullable=True),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        _tie(table, "batch_id", "inspection_batch"),
        _tie(table, "agency_id", "agency"),
        sa.UniqueConstraint("batch_id", "agency_id", name=op.f("uq_inspection_batch_id_agency_id")),
    )
    op.create_index("ix_inspection_agency_id", table, ["agency_id"])
