"""Revisions, pictures, schedules and campaigns of the bulletins."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

TEXTS = ("case_kind", "document_no", "keywords", "origin")


def upgrade() -> None:
    _article()
    _article_revision()
    _article_picture()
    _campaign()
    _campaign_entry()
    _first_revisions()
    _numbers()


def downgrade() -> None:
    for table in ("campaign_entry", "campaign", "article_picture", "article_revision"):
        op.drop_table(table)
    op.execute("UPDATE article SET state = 'draft' WHERE state = 'scheduled'")
    with op.batch_alter_table("article") as article:
        article.drop_constraint(op.f("uq_article_year_issue"), type_="unique")
        article.drop_constraint(op.f("fk_article_scheduled_by"), type_="foreignkey")
        for column in (*TEXTS, "issue", "expires_on", "publish_at", "scheduled_by"):
            article.drop_column(column)


def _article() -> None:
    with op.batch_alter_table("article") as article:
        for text in TEXTS:
            article.add_column(sa.Column(text, sa.String(), nullable=False, server_default=""))
        article.add_column(sa.Column("issue", sa.Integer(), nullable=True))
        article.add_column(sa.Column("expires_on", sa.Date(), nullable=True))
        article.add_column(sa.Column("publish_at", sa.DateTime(timezone=True), nullable=True))
        article.add_column(sa.Column("scheduled_by", sa.Integer(), nullable=True))
        article.create_foreign_key(op.f("fk_article_scheduled_by"), "account", ["scheduled_by"], ["id"])
        article.create_unique_constraint(op.f("uq_article_year_issue"), ["year", "issue"])
    with op.batch_alter_table("article") as article:
        for text in TEXTS:
            article.alter_column(text, server_default=None)


def _article_revision() -> None:
    op.create_table(
        "article_revision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_revision_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revision")),
        sa.UniqueConstraint("article_id", "revision", name=op.f("uq_article_revision_article_id_revision")),
    )


def _article_picture() -> None:
    op.create_table(
        "article_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("alternative", sa.String(), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name=op.f("fk_article_picture_article_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_picture")),
        sa.UniqueConstraint("name", name=op.f("uq_article_picture_name")),
    )
    op.create_index("ix_article_picture_article_id", "article_picture", ["article_id"])


def _campaign() -> None:
    op.create_table(
        "campaign",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("results", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("state_reason", sa.Text(), nullable=False),
        sa.Column("drafted_by", sa.Integer(), nullable=True),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("ends_on >= starts_on", name=op.f("ck_campaign_ends_after_it_starts")),
        sa.ForeignKeyConstraint(["drafted_by"], ["account.id"], name=op.f("fk_campaign_drafted_by")),
        sa.ForeignKeyConstraint(["published_by"], ["account.id"], name=op.f("fk_campaign_published_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign")),
        sa.UniqueConstraint("year", "slug", name=op.f("uq_campaign_year_slug")),
    )


def _campaign_entry() -> None:
    op.create_table(
        "campaign_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("campaign_id", sa.Integer(), nullable=False),
        sa.Column("agency_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name=op.f("fk_campaign_entry_agency_id")),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaign.id"], name=op.f("fk_campaign_entry_campaign_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_campaign_entry")),
        sa.UniqueConstraint("campaign_id", "agency_id", name=op.f("uq_campaign_entry_campaign_id_agency_id")),
    )
    op.create_index("ix_campaign_entry_agency_id", "campaign_entry", ["agency_id"])


def _first_revisions() -> None:
    """Keep the wording that stands published today as the first revision of its article."""
    op.execute(
        "INSERT INTO article_revision (article_id, revision, published_at, note, title, summary, body)"
        " SELECT id, 1, published_at, '', title, summary, body FROM article"
        " WHERE published_at IS NOT NULL"
    )


def _numbers() -> None:
    """Give the bulletins of each year their numbers, in the order of their publication."""
    op.execute(
        "UPDATE article SET issue = (SELECT count(*) FROM article AS earlier"
        " WHERE earlier.\"column\" = 'briefs' AND earlier.year = article.year"
        " AND (earlier.published_at < article.published_at"
        " OR (earlier.published_at = article.published_at AND earlier.id <= article.id)))"
        " WHERE \"column\" = 'briefs' AND published_at IS NOT NULL"
    )
