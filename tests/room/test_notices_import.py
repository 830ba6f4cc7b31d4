"""Importing decisions an authority has published."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make
from tests.conftest import NOON
from tests.lists import code, listed

from chengxin.core import clock
from chengxin.core.errors import DomainError
from chengxin.core.tables import TableError, open_table
from chengxin.core.tables.columns import all_names
from chengxin.core.tables.report import Outcome, RowReport, Tally
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.standing.sanctions import columns, queries
from chengxin.standing.sanctions.decision import Defaults
from chengxin.standing.sanctions.importing import import_decisions
from chengxin.standing.sanctions.models import Sanction

HEADER = "decision_no,uscc,name,notice_kind,legal_kind,severity,decision_date,facts,basis,authority"
LISTING = "序号,地区,名称,统一社会信用代码或证件号码,列入名单事由,涉及金额（元）,认定部门"


def decided(number: int = 1, **cells: str) -> str:
    given = {
        "no": f"江人社罚〔2026〕{number}号",
        "uscc": code(number),
        "name": f"江州{number}号人力资源有限公司",
        "kind": "exposure",
        "legal": "fine",
        "severity": "general",
        "date": "2026-10-28",
        "facts": "未按规定公示收费标准。",
        "basis": "《人力资源市场暂行条例》第四十四条",
        "authority": "江州市人力资源和社会保障局",
        **cells,
    }
    return ",".join(given.values())


def placed(number: int = 1, **cells: str) -> str:
    given = {
        "serial": f"{number}.0",
        "region": "江州",
        "name": f"江州{number}号建筑劳务有限公司",
        "uscc": code(number),
        "facts": f"拖欠{number}名劳动者工资51万元",
        "amount": "510240.0",
        "authority": "江州市人力资源和社会保障局",
        **cells,
    }
    return ",".join(given.values())


class Decisions:
    """Imports lists of decisions and keeps the reports of the last one."""

    def __init__(self, session: Session, folder: Path) -> None:
        """Keep where to write the lists."""
        self.session = session
        self.folder = folder
        self.reports: list[RowReport] = []

    def __call__(self, text: str, **defaults: Any) -> Tally:
        """Import a list at noon of the tests' day."""
        path = self.folder / "decisions.csv"
        path.write_text(text, encoding="utf-8")
        self.reports = []
        with clock.frozen(NOON), open_table(path, known=all_names(columns.NAMES, {})) as table:
            return import_decisions(
                self.session,
                actor="command",
                table=table,
                source="a list",
                said={},
                defaults=Defaults(**defaults),
                tell=self.reports.append,
            )

    @property
    def outcomes(self) -> list[Outcome]:
        """Return what became of each row."""
        return [report.outcome for report in self.reports]


@pytest.fixture
def decisions(session: Session, tmp_path: Path) -> Decisions:
    """Give the import of decisions where 江州市 is known."""
    make.region(session)
    return Decisions(session, tmp_path)


def only(session: Session) -> Sanction:
    return session.scalars(select(Sanction)).one()


def test_a_decision_becomes_a_notice_in_force(session: Session, decisions: Decisions) -> None:
    agency = make.agency(session, name="江州1号人力资源有限公司", uscc=code(1), uscc_valid=True)
    decisions(listed(decided(), header=HEADER))
    notice = only(session)
    assert (notice.state, notice.year, notice.number) == ("published", 2026, 1)
    assert (notice.agency_id, notice.region_code, notice.flags) == (agency.id, "990000", "")
    assert (notice.min_until, notice.max_until) == (date(2027, 1, 28), date(2027, 10, 28))
    assert notice.title == "失信曝光：江州1号人力资源有限公司"
    assert notice.published_by is None
    assert len(queries.revisions(session, notice.id)) == 1


def test_the_term_follows_from_the_severity(session: Session, decisions: Decisions) -> None:
    yellow = decided(1, kind="黄牌警告", legal="警告", severity="轻微", date="2026-11-01")
    revoked = decided(2, kind="licence_action", legal="吊销许可证", severity="严重", date="2026-11-01")
    decisions(listed(yellow, revoked, header=HEADER))
    ends = session.scalars(select(Sanction.max_until).order_by(Sanction.id)).all()
    assert ends == [date(2027, 2, 1), date(2029, 11, 1)]


def test_each_notice_is_numbered_and_one_public_event(session: Session, decisions: Decisions) -> None:
    decisions(listed(decided(1), decided(2), header=HEADER))
    assert session.scalars(select(Sanction.number).order_by(Sanction.id)).all() == [1, 2]
    events = session.scalars(select(Event).where(Event.subject_kind == "sanction")).all()
    assert [event.verb for event in events] == ["sanction.imported"] * 2
    assert ledger.publication_version(session) == 2


def test_a_decision_past_its_term_is_kept_and_never_public(session: Session, decisions: Decisions) -> None:
    decisions(listed(decided(date="2024-10-28"), header=HEADER))
    notice = only(session)
    assert (notice.state, notice.year, notice.number) == ("expired", None, None)
    assert notice.ended_on == date(2025, 10, 29)
    assert queries.count_published(session, today=date(2026, 11, 20)) == 0
    assert ledger.publication_version(session) == 0
    assert decisions.reports[0].flags == ("party_not_in_register", "term_over")


def test_the_same_list_twice_changes_nothing(session: Session, decisions: Decisions) -> None:
    decisions(listed(decided(1), decided(2), header=HEADER))
    before = ledger.last_id(session)
    decisions(listed(decided(1), decided(2), header=HEADER))
    assert decisions.outcomes == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert ledger.last_id(session) == before


def test_an_ended_notice_does_not_come_back(session: Session, decisions: Decisions) -> None:
    decisions(listed(decided(), header=HEADER))
    only(session).state = "expired"
    session.flush()
    decisions(listed(decided(), header=HEADER))
    assert decisions.outcomes == [Outcome.UNCHANGED]
    assert only(session).state == "expired"


def test_published_words_are_not_changed_by_a_list(session: Session, decisions: Decisions) -> None:
    decisions(listed(decided(), header=HEADER))
    decisions(listed(decided(facts="另一段事实。"), header=HEADER))
    assert decisions.outcomes == [Outcome.REFUSED]
    assert "facts differ" in decisions.reports[0].why
    assert only(session).facts == "未按规定公示收费标准。"


def test_a_list_without_dates_asks_for_the_date(decisions: Decisions) -> None:
    with pytest.raises(DomainError, match="--decision-date YYYY-MM-DD"):
        decisions(listed(placed(), header=LISTING), kind="serious_listing")


def test_a_list_without_kinds_asks_for_the_kind(decisions: Decisions) -> None:
    with pytest.raises(DomainError, match="--kind"):
        decisions(listed(placed(), header=LISTING), decision_date=date(2026, 11, 2))


def test_a_serious_listing_is_taken_with_its_amount(session: Session, decisions: Decisions) -> None:
    text = listed(
        placed(1), placed(2, amount="1087100", facts="拖欠工资，群体上访。另有欠薪"), header=LISTING
    )
    decisions(text, kind="serious_listing", decision_date=date(2026, 11, 2))
    first, second = session.scalars(select(Sanction).order_by(Sanction.id)).all()
    assert (first.amount, second.amount) == ("510,240元", "1,087,100元")
    assert (first.legal_kind, first.category, first.severity) == ("listing", "wage_arrears", "serious")
    assert (first.max_until, first.region_code) == (date(2029, 11, 2), "990000")
    assert second.summary == "拖欠工资，群体上访"


def test_a_party_outside_the_register_keeps_its_name_and_a_wrong_code(
    session: Session, decisions: Decisions
) -> None:
    text = listed(placed(uscc="91990101MA0000001Z"), header=LISTING)
    decisions(text, kind="serious_listing", decision_date=date(2026, 11, 2))
    notice = only(session)
    assert (notice.agency_id, notice.party_name) == (None, "江州1号建筑劳务有限公司")
    assert notice.party_uscc == "91990101MA0000001Z"
    assert notice.flags == "no_basis no_decision_no party_not_in_register uscc_check"


def test_a_person_s_identity_number_is_never_kept(session: Session, decisions: Decisions) -> None:
    text = listed(placed(uscc="11010519491231002X"), header=LISTING)
    decisions(text, kind="serious_listing", decision_date=date(2026, 11, 2))
    assert only(session).party_uscc == ""
    assert "personal_number" in decisions.reports[0].flags


def test_a_namesake_with_another_code_is_not_the_party(session: Session, decisions: Decisions) -> None:
    make.agency(session, name="江州1号人力资源有限公司", uscc=code(9), uscc_valid=True)
    decisions(listed(decided(), header=HEADER))
    assert only(session).agency_id is None


def test_the_only_agency_of_the_name_is_the_party(session: Session, decisions: Decisions) -> None:
    agency = make.agency(session, name="江州1号人力资源有限公司")
    decisions(listed(decided(uscc=""), header=HEADER))
    assert only(session).agency_id == agency.id


def test_one_of_two_namesakes_is_not_guessed(session: Session, decisions: Decisions) -> None:
    make.agency(session, name="江州1号人力资源有限公司")
    make.agency(session, name="江州1号人力资源有限公司")
    decisions(listed(decided(uscc=""), header=HEADER))
    assert only(session).agency_id is None


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"name": ""}, "no name"),
        ({"facts": ""}, "no facts"),
        ({"authority": ""}, "no authority"),
        ({"legal": "打手心"}, "legal kind unknown"),
        ({"severity": "很严重"}, "severity unknown"),
        ({"date": "soon"}, "decision date"),
        ({"date": "2026-12-01"}, "decision date"),
        ({"date": ""}, "no decision date"),
    ],
)
def test_a_row_that_lacks_what_the_law_asks_is_refused(
    decisions: Decisions, cells: dict[str, str], why: str
) -> None:
    decisions(listed(decided(1, **cells), decided(2), header=HEADER))
    assert decisions.outcomes == [Outcome.REFUSED, Outcome.TAKEN]
    assert decisions.reports[0].why.startswith(why)


def test_a_list_without_facts_is_refused_with_its_columns(decisions: Decisions) -> None:
    with pytest.raises(TableError, match="--map COLUMN=name"):
        decisions(listed("江州1号,2026-10-28", header="name,decision_date"))
