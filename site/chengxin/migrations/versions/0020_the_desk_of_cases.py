"""The desk of cases: standard texts, with the first ones to choose from."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

# Move, title, body. An authority's body says how to reach it.
FIRST = (
    (
        "ask",
        "补充付款情况",
        "请在{supplement_by}前补充：什么时候付的钱、付给谁、多少钱，有没有收据或聊天记录。收到后我们继续办理。",
    ),
    (
        "ask",
        "补充机构名称和地址",
        "请在{supplement_by}前补充机构的全称、地址或许可证编号。门头、名片、招聘信息的照片也可以。",
    ),
    (
        "accept",
        "已受理，正在核查",
        "你的投诉已受理，编号{case_no}。我们将在{answer_by}前答复。你现在不用做什么，结果会显示在本页。",
    ),
    (
        "accept",
        "已受理，请保留凭证",
        "你的投诉已受理。请保留收据、合同、聊天记录和转账记录，核查时可能请你在这里补充。",
    ),
    (
        "refuse",
        "不属受理范围，可申请仲裁",
        "这是你和用人单位之间的争议，由劳动人事争议仲裁处理。你可以在一年内向工作地的仲裁委员会申请，不收费。",
    ),
    (
        "refuse",
        "超过两年",
        "事情发生或者结束已超过两年，按照《劳动保障监察条例》不再查处。仲裁或诉讼也许仍可进行，可拨12333咨询。",
    ),
    (
        "refuse",
        "被投诉机构不明确",
        "从你写的内容还不能确定是哪家机构。请写明全称、地址或许可证编号后重新投诉。",
    ),
    (
        "transfer",
        "已转办",
        "你反映的事项由另一个部门负责，已转给该部门办理，由其与你联系。编号仍是{case_no}。",
    ),
    ("merge", "并案办理", "同一事项已有人投诉，我们一并办理。结果会同时显示在本页，你不用再做什么。"),
    ("extend", "延期", "案情较复杂，调查期限延长到{extended_to}。有结果会提前告诉你。"),
    (
        "suspend",
        "暂时找不到当事人",
        "目前找不到{respondent}的负责人，调查暂时中止。一有线索就继续，并在这里告诉你。",
    ),
    ("resume", "继续调查", "中止的原因已消除，调查继续进行，将在{answer_by}前后答复。"),
    (
        "decide",
        "查实，责令改正",
        "经查，你反映的情况属实。我们已责令该机构改正，并退还不该收取的款物。逾期未改的，请再写信告诉我们。",
    ),
    (
        "decide",
        "未查实",
        "我们核对了该机构的记录，听取了双方意见，你反映的情况未能查实。如有新的证据，请再次投诉。",
    ),
    (
        "decide",
        "救济途径",
        "如不服本处理，可以在60日内申请行政复议，或者在六个月内提起行政诉讼。",
    ),
    ("answer_review", "维持原处理", "我们重新核对了全部材料，原处理结果不变。"),
    ("answer_review", "改变原处理", "我们重新核对了全部材料，改变原处理结果，新的结果显示在本页。"),
    ("reopen", "重新办理", "经复查，原处理不再有效，我们重新办理，将在{answer_by}前后答复。"),
    ("authority", "市场监督管理局", "12315"),
    ("authority", "公安机关", "110"),
    ("authority", "劳动人事争议仲裁委员会", "12333"),
    ("authority", "税务局", "12366"),
    ("authority", "上级人力资源和社会保障部门", "12333"),
)


def upgrade() -> None:
    """Make the table and put the first texts into it."""
    table = op.create_table(
        "standard_text",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("move", sa.String(), nullable=False),
        sa.Column("track", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_standard_text"),
    )
    common = {"track": "", "active": True, "version": 1, "updated_at": datetime(2026, 11, 1, tzinfo=UTC)}
    rows = [
        {"move": move, "title": title, "body": body, "position": place * 10, **common}
        for place, (move, title, body) in enumerate(FIRST, start=1)
    ]
    op.bulk_insert(table, rows)


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("standard_text")
