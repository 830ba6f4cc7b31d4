"""Importing lists: all or nothing, the same list twice changes nothing, and nothing is guessed."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make
from tests.lists import Imports, code, listed, row

from chengxin.agencies import queries
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import PermitStatus
from chengxin.core.errors import DomainError
from chengxin.core.tables import TableError
from chengxin.core.tables.report import Outcome
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Event
from chengxin.ledger.rules import Subject

TODAY = date(2026, 11, 20)


@pytest.fixture
def imports(session: Session, tmp_path: Path) -> Imports:
    """Give the import of lists into a register that knows 江州市."""
    make.region(session)
    return Imports(session, tmp_path)


def only(session: Session) -> Agency:
    return session.scalars(select(Agency)).one()


def test_a_row_becomes_an_agency_with_everything_it_tells(session: Session, imports: Imports) -> None:
    imports(listed(row(1, former="江州旧号职介所", alias="远帆、小帆")))
    agency = only(session)
    assert (agency.uscc, agency.uscc_valid, agency.region_code) == (code(1), True, "990000")
    assert (agency.address, agency.source, agency.source_ref) == ("江州市滨江路1号", "name list", "2")
    assert {(each.kind, each.name) for each in queries.names_of(session, [agency.id])[agency.id]} == {
        ("former", "江州旧号职介所"),
        ("alias", "远帆"),
        ("alias", "小帆"),
    }
    assert queries.services_of(session, [agency.id])[agency.id] == ["dispatch", "猎头"]
    (permit,) = queries.permits_of(session, [agency.id])[agency.id]
    assert (permit.status, permit.valid_to, permit.source_ref) == ("valid", date(2031, 1, 31), "2")


def test_each_new_agency_is_one_public_event(session: Session, imports: Imports) -> None:
    imports(listed(row(1), row(2)))
    events = session.scalars(select(Event).where(Event.subject_kind == "agency").order_by(Event.id)).all()
    assert [event.verb for event in events] == ["agency.enrolled", "agency.enrolled"]
    assert [event.public_version for event in events] == [1, 2]
    assert list(ledger.faults(session)) == []


def test_the_same_list_twice_changes_nothing(session: Session, imports: Imports) -> None:
    imports(listed(row(1), row(2)))
    before = ledger.last_id(session)
    imports(listed("", row(2), row(1)))
    assert imports.outcomes == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert ledger.last_id(session) == before


def test_a_changed_row_writes_what_changed_and_no_more(session: Session, imports: Imports) -> None:
    imports(listed(row(1), row(2)))
    imports(listed(row(1, address="江州市新街9号", services="猎头"), row(2)))
    assert imports.outcomes == [Outcome.CHANGED, Outcome.UNCHANGED]
    agency = queries.by_uscc(session, code(1))
    assert agency
    assert agency.address == "江州市新街9号"
    assert queries.services_of(session, [agency.id])[agency.id] == ["猎头"]
    last = ledger.of_subject(session, Subject("agency", agency.id))[-1]
    assert last.old == '{"address":"江州市滨江路1号","services":["dispatch"]}'


def test_a_new_name_keeps_the_former_one(session: Session, imports: Imports) -> None:
    imports(listed(row(1)))
    imports(listed(row(1, name="江州新帆人力资源有限公司")))
    agency = only(session)
    assert agency.name == "江州新帆人力资源有限公司"
    assert [each.name for each in queries.names_of(session, [agency.id])[agency.id]] == [
        "江州1号人力资源有限公司"
    ]
    assert ledger.of_subject(session, Subject("agency", agency.id))[-1].verb == "agency.renamed"


def test_an_empty_cell_erases_nothing(session: Session, imports: Imports) -> None:
    imports(listed(row(1)))
    imports(listed(row(1, address="", services="", status="", valid_to="")))
    agency = only(session)
    assert agency.address == "江州市滨江路1号"
    (permit,) = queries.permits_of(session, [agency.id])[agency.id]
    assert (permit.status, permit.valid_to) == ("valid", date(2031, 1, 31))


def test_a_row_without_a_code_is_matched_by_its_licence_number(session: Session, imports: Imports) -> None:
    imports(listed(row(1)))
    imports(listed(row(1, uscc="", licence="（江）人服证字[2026]第0000001号", name="江州改名有限公司")))
    assert only(session).name == "江州改名有限公司"


def test_a_row_without_codes_is_matched_by_name_and_place(session: Session, imports: Imports) -> None:
    imports(listed(row(1, uscc="", licence="")))
    imports(listed(row(1, licence="")))
    assert only(session).uscc == code(1)


def test_namesakes_in_two_places_stay_two(session: Session, imports: Imports) -> None:
    make.region(session, code="980000", name="云泽省")
    imports(listed(row(1, uscc="", licence=""), row(1, uscc="", licence="", region="云泽省")))
    assert imports.outcomes == [Outcome.TAKEN, Outcome.TAKEN]


def test_namesakes_with_two_codes_stay_two(imports: Imports) -> None:
    imports(listed(row(1, licence=""), row(2, licence="", name="江州1号人力资源有限公司")))
    assert imports.outcomes == [Outcome.TAKEN, Outcome.TAKEN]


def test_one_licence_number_at_two_codes_is_flagged(imports: Imports) -> None:
    imports(listed(row(1), row(2, licence="(江)人服证字〔2026〕第0000001号")))
    assert imports.outcomes == [Outcome.TAKEN, Outcome.TAKEN]
    assert imports.reports[1].flags == ("licence_shared",)


def test_one_code_under_two_names_in_one_list_is_refused(imports: Imports) -> None:
    imports(listed(row(1), row(2, uscc=code(1), licence="")))
    assert imports.outcomes == [Outcome.TAKEN, Outcome.REFUSED]
    assert "row 2" in imports.reports[1].why


def test_a_second_row_of_an_agency_adds_its_permit(session: Session, imports: Imports) -> None:
    text = listed(row(1), row(1, licence="江劳派许可〔2026〕第0009号", services="培训"))
    imports(text)
    assert imports.outcomes == [Outcome.TAKEN, Outcome.JOINED]
    agency = only(session)
    assert len(queries.permits_of(session, [agency.id])[agency.id]) == 2
    before = ledger.last_id(session)
    imports(text)
    assert imports.outcomes == [Outcome.UNCHANGED, Outcome.UNCHANGED]
    assert ledger.last_id(session) == before


def test_a_line_that_continues_a_row_adds_its_permit(session: Session, imports: Imports) -> None:
    imports(listed(row(1), '"","","","","江劳派许可〔2026〕第0009号","注销","","","",""'))
    (agency,) = session.scalars(select(Agency)).all()
    held = queries.permits_of(session, [agency.id])[agency.id]
    assert [(each.kind, each.status) for each in held] == [
        ("licence", "valid"),
        ("dispatch_licence", "deregistered"),
    ]


def test_a_stale_list_does_not_revive_a_revoked_licence(session: Session, imports: Imports) -> None:
    imports(listed(row(1, status="吊销")))
    imports(listed(row(1, address="江州市新街9号")))
    assert session.scalars(select(Permit.status)).one() == PermitStatus.REVOKED
    assert imports.reports[0].flags == ("status_contradicts",)


def test_a_shrinking_list_is_stopped(session: Session, imports: Imports) -> None:
    imports(listed(*map(row, range(1, 11))))
    with pytest.raises(DomainError, match="--allow-shrink"):
        imports(listed(*map(row, range(1, 9))))
    assert imports(listed(*map(row, range(1, 9))), allow_shrink=True).missing == 2
    assert queries.count(session) == 10


def test_another_source_may_be_shorter(imports: Imports) -> None:
    imports(listed(*map(row, range(1, 11))))
    imports(listed(row(11)), source="another list")
    assert imports.outcomes == [Outcome.TAKEN]


def test_a_list_without_names_is_refused_with_its_columns(imports: Imports) -> None:
    with pytest.raises(TableError, match="--map COLUMN=name"):
        imports(listed("x,y", header="who,统一社会信用代码"))


def test_a_column_may_be_named_by_the_user(session: Session, imports: Imports) -> None:
    imports(listed("江州甲人力有限公司,有效", header="who,许可状态"), said={"who": "name", "许可状态": ""})
    assert only(session).name == "江州甲人力有限公司"
    assert session.scalar(select(func.count()).select_from(Permit)) == 0


def test_a_wrong_column_or_field_is_named(imports: Imports) -> None:
    with pytest.raises(TableError, match="no column 'nowhere'"):
        imports(listed(row(1)), said={"nowhere": "name"})
    with pytest.raises(TableError, match="no field 'nothing'"):
        imports(listed(row(1)), said={"机构名称": "nothing"})


def test_a_person_s_name_stays_out_of_the_ledger(session: Session, imports: Imports) -> None:
    header = "机构名称,法定代表人"
    imports(listed("江州甲人力有限公司,林小舟", header=header))
    imports(listed("江州甲人力有限公司,沈大江", header=header))
    assert only(session).legal_representative == "沈大江"
    texts = "".join(f"{event.old}{event.new}" for event in session.scalars(select(Event)))
    assert "林小舟" not in texts
    assert "沈大江" not in texts
