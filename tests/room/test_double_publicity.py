"""The two tables of 双公示: penalties become notices, permits enter the register, persons stay out."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make
from tests.conftest import NOON
from tests.lists import code

from chengxin.agencies.importing import PERMIT_TABLE, import_list
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import PermitStatus, licence_status
from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.core.tables import TableError, open_table
from chengxin.core.tables.columns import all_names
from chengxin.core.tables.report import RowReport
from chengxin.standing.sanctions import columns
from chengxin.standing.sanctions.decision import Defaults
from chengxin.standing.sanctions.importing import import_decisions
from chengxin.standing.sanctions.models import Sanction, SanctionRevision

IDENTITY = "11010519491231002X"
PENALTY = {
    "行政相对人名称": "江州1号人力资源有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1(统一社会信用代码)": code(1),
    "行政相对人代码_2(工商注册号)": "— —",
    "法定代表人": "王建华",
    "法定代表人证件类型": "身份证",
    "法定代表人证件号码": IDENTITY,
    "自然人证件类型": "— —",
    "自然人证件号码": "无",
    "行政处罚决定书文号": "江人社罚决字〔２０２６〕7号",
    "违法行为类型": "发布虚假招聘信息",
    "违法事实": "发布与实际不符的招聘信息17条。",
    "处罚依据": "《人力资源市场暂行条例》第四十三条",
    "处罚类别": "罚款;没收违法所得、没收非法财物",
    "处罚内容": "罚款２万元，没收违法所得0.32万元。",
    "罚款金额（万元）": "2.000000",
    "没收违法所得、没收非法财物的金额（万元）": "0.32",
    "暂扣或吊销证照名称及编号": "NULL",
    "处罚决定日期": "２０２６/１０/２８",
    "处罚有效期": "2099-12-31",
    "公示截止期": "2027/4/28",
    "处罚机关": "江州市人力资源和社会保障局",
    "处罚机关统一社会信用代码": "/",
    "备注": "",
}
PERMIT = {
    "行政相对人名称": "江州2号人力资源有限公司",
    "行政相对人类别": "法人及非法人组织",
    "行政相对人代码_1（统一社会信用代码）": code(2),
    "法定代表人": "王建华",
    "法定代表人身份证号": IDENTITY,
    "证件类型": "身份证",
    "证件号码": IDENTITY,
    "行政许可决定文书名称": "准予行政许可决定书",
    "行政许可决定文书号": "江人社许〔2026〕3号",
    "许可类别": "普通",
    "许可证书名称": "人力资源服务许可证",
    "许可编号": "(江)人服证字〔2026〕第0000003号",
    "许可内容": "职业中介活动",
    "许可决定日期": "20260105",
    "有效期自": "2026年1月5日",
    "有效期至": "2099-12-31",
    "许可机关": "江州市人力资源和社会保障局",
    "当前状态": "有效",
    "备注": "— —",
}


def table(folder: Path, *rows: dict[str, str]) -> Path:
    """Write rows as a table of their columns."""
    path = folder / "table.csv"
    lines: list[Sequence[str]] = [list(rows[0]), *(list(each.values()) for each in rows)]
    text = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines)
    path.write_text(text + "\n", encoding="utf-8")
    return path


class Tables:
    """Imports tables into one session and keeps the reports of the last one."""

    def __init__(self, session: Session, folder: Path) -> None:
        """Keep where to write the tables."""
        self.session = session
        self.folder = folder
        self.reports: list[RowReport] = []

    def penalties(self, *rows: dict[str, str], allow_shrink: bool = False, **defaults: Any) -> None:
        """Import rows of the penalty table."""
        known, self.reports = all_names(columns.NAMES, {}), []
        with clock.frozen(NOON), open_table(table(self.folder, *rows), known=known) as opened:
            import_decisions(
                self.session,
                actor="command",
                table=opened,
                source="penalty table",
                said={},
                defaults=Defaults(**defaults),
                allow_shrink=allow_shrink,
                tell=self.reports.append,
            )

    def permits(self, *rows: dict[str, str], said: dict[str, str] | None = None, **given: Any) -> None:
        """Import rows of the permit table."""
        known, self.reports = all_names(PERMIT_TABLE.names, said or {}), []
        with clock.frozen(NOON), open_table(table(self.folder, *rows), known=known) as opened:
            import_list(
                self.session,
                actor="command",
                table=opened,
                source="permit table",
                said=said or {},
                layout=PERMIT_TABLE,
                tell=self.reports.append,
                **given,
            )

    @property
    def whys(self) -> list[str]:
        """Return why each refused row was refused."""
        return [each.why.split(":")[0] for each in self.reports if each.why]


@pytest.fixture
def tables(session: Session, tmp_path: Path) -> Tables:
    make.region(session)
    return Tables(session, tmp_path)


def stored(session: Session) -> str:
    """Return everything the tables of decisions and of the register hold, as one text."""
    session.flush()
    rows = [
        *session.execute(select(*Sanction.__table__.columns)),
        *session.execute(select(*SanctionRevision.__table__.columns)),
        *session.execute(select(*Agency.__table__.columns)),
        *session.execute(select(*Permit.__table__.columns)),
    ]
    return " ".join(map(str, rows))


def test_a_penalty_becomes_a_notice_by_the_table_s_own_columns(session: Session, tables: Tables) -> None:
    owner = make.agency(session, name="江州1号人力资源有限公司", uscc=code(1), uscc_valid=True)
    tables.penalties(PENALTY)
    notice = session.scalars(select(Sanction)).one()
    assert (notice.agency_id, notice.state, notice.flags) == (owner.id, "published", "")
    assert (notice.notice_kind, notice.legal_kind, notice.category) == (
        "exposure",
        "confiscation",
        "false_posting",
    )
    assert notice.amount == "罚款2万元，没收0.32万元"
    assert notice.decision_date == date(2026, 10, 28)


def test_the_table_s_own_end_shortens_the_term(session: Session, tables: Tables) -> None:
    tables.penalties(PENALTY)
    notice = session.scalars(select(Sanction)).one()
    assert (notice.listed_until, notice.max_until) == (date(2027, 4, 28), date(2027, 4, 28))


@pytest.mark.parametrize("told", ["2099-12-31", "2036-10-28"])
def test_a_longer_end_is_cut_to_the_law_s_and_said_so(session: Session, tables: Tables, told: str) -> None:
    tables.penalties({**PENALTY, "公示截止期": told})
    notice = session.scalars(select(Sanction)).one()
    assert (notice.listed_until, notice.max_until) == (None, date(2027, 10, 28))
    assert "term_capped" in notice.flags


def test_a_penalty_whose_own_end_is_over_is_never_public(session: Session, tables: Tables) -> None:
    tables.penalties({**PENALTY, "公示截止期": "2026-11-19"})
    notice = session.scalars(select(Sanction)).one()
    assert (notice.state, notice.number) == ("expired", None)


def test_persons_are_refused_and_counted_and_nothing_of_them_is_kept(
    session: Session, tables: Tables
) -> None:
    person = {**PENALTY, "行政相对人名称": "赵一鸣", "行政相对人类别": "自然人", "自然人证件号码": IDENTITY}
    unsaid = {**person, "行政相对人类别": "— —", "行政相对人代码_1(统一社会信用代码)": "NULL"}
    tables.penalties(PENALTY, person, unsaid)
    assert tables.whys == ["natural person", "natural person"]
    assert "赵一鸣" not in str(tables.reports)
    assert "赵一鸣" not in stored(session)


def test_no_identity_number_of_a_column_is_ever_stored(session: Session, tables: Tables) -> None:
    tables.penalties(PENALTY)
    tables.permits(PERMIT)
    assert IDENTITY not in stored(session)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"处罚类别": "行政拘留"}, "legal kind unknown"),
        ({"处罚类别": "暂扣或者吊销许可证", "处罚内容": ""}, "legal kind unknown"),
        ({"违法行为类型": "/", "违法事实": "— —"}, "no facts"),
        ({"处罚决定日期": "2099-12-31"}, "no decision date"),
        ({"公示截止期": "2026-10-01"}, "last day"),
        ({"公示截止期": "明年"}, "last day"),
    ],
)
def test_a_penalty_that_cannot_be_read_is_refused(tables: Tables, cells: dict[str, str], why: str) -> None:
    tables.penalties({**PENALTY, **cells})
    assert tables.whys == [why]


def test_the_type_of_violation_stands_in_for_missing_facts(session: Session, tables: Tables) -> None:
    tables.penalties({**PENALTY, "违法事实": "无"})
    assert session.scalars(select(Sanction.facts)).one() == "发布虚假招聘信息"


def test_a_list_with_terms_ends_with_its_own_terms(session: Session, tables: Tables) -> None:
    row = {"entity": "Riverside Staffing LLC", "city": "Jiangzhou", "violation": "Underpaid wages"}
    year = {**row, "duration": "6 months", "start date": "2026-08-01", "end date": ""}
    past = {**row, "entity": "Hilltop Staffing", "duration": "", "start date": "2011-03-05"}
    past["end date"] = "2013-03-05"
    tables.penalties(year, past, kind="exposure", legal_kind="barring", authority="A labour office")
    first, second = session.scalars(select(Sanction).order_by(Sanction.id)).all()
    assert (first.max_until, first.state) == (date(2027, 2, 1), "published")
    assert (second.state, second.number, second.ended_on) == ("expired", None, date(2013, 3, 6))


def test_a_list_that_lost_more_than_a_tenth_is_refused(session: Session, tables: Tables) -> None:
    rows = [{**PENALTY, "行政处罚决定书文号": f"江人社罚决字〔2026〕{n}号"} for n in range(1, 11)]
    tables.penalties(*rows)
    tables.penalties(*rows[:9])
    with pytest.raises(DomainError, match="names 8 of the 10 decisions"):
        tables.penalties(*rows[:8])
    tables.penalties(*rows[:8], allow_shrink=True)
    assert len(session.scalars(select(Sanction)).all()) == 10


def test_a_permit_enters_its_agency_and_has_no_end(session: Session, tables: Tables) -> None:
    tables.permits(PERMIT)
    owner, permit = session.scalars(select(Agency)).one(), session.scalars(select(Permit)).one()
    assert (owner.name, owner.uscc, owner.legal_representative) == (
        "江州2号人力资源有限公司",
        code(2),
        "王建华",
    )
    assert (permit.kind, permit.valid_from, permit.valid_to) == ("licence", date(2026, 1, 5), None)
    assert (permit.decision_no, permit.source) == ("江人社许〔2026〕3号", "permit table")
    assert licence_status([permit], NOON.date()) == "valid"


def test_the_authority_tells_the_region_of_a_permit(session: Session, tables: Tables) -> None:
    tables.permits(PERMIT)
    assert session.scalars(select(Agency.region_code)).one() == "990000"
    assert tables.reports[0].flags == ()


def test_a_code_for_the_status_is_never_taken_for_valid(session: Session, tables: Tables) -> None:
    tables.permits({**PERMIT, "当前状态": "1"}, status=PermitStatus.VALID)
    assert session.scalars(select(Permit.status)).one() == "unknown"


def test_the_certificate_says_what_a_permit_is(session: Session, tables: Tables) -> None:
    tables.permits({**PERMIT, "许可证书名称": "劳务派遣经营许可证", "许可编号": "9901012026"})
    assert session.scalars(select(Permit.kind)).one() == "dispatch_licence"


def test_permits_of_other_trades_and_of_persons_are_refused(session: Session, tables: Tables) -> None:
    other = {**PERMIT, "许可证书名称": "民办学校办学许可证", "许可内容": "培训", "许可编号": "教民1号"}
    person = {**PERMIT, "行政相对人名称": "赵一鸣", "行政相对人类别": "自然人"}
    tables.permits(PERMIT, other, person)
    assert tables.whys == ["another permit", "natural person"]
    assert len(session.scalars(select(Agency)).all()) == 1


def test_a_sole_trader_s_name_of_owner_is_not_kept(session: Session, tables: Tables) -> None:
    tables.permits({**PERMIT, "行政相对人类别": "个体工商户"})
    assert session.scalars(select(Agency.legal_representative)).one() == ""


def test_a_person_s_column_cannot_be_mapped(tables: Tables) -> None:
    with pytest.raises(TableError, match="never read"):
        tables.permits(
            PERMIT, said={"法定代表人身份证号": "uscc", "行政相对人代码_1（统一社会信用代码）": ""}
        )


def test_the_same_permit_table_twice_changes_nothing(session: Session, tables: Tables) -> None:
    tables.permits(PERMIT)
    tables.permits(PERMIT)
    assert [each.outcome for each in tables.reports] == ["unchanged"]
    assert len(session.scalars(select(Permit)).all()) == 1
