"""What a list gets wrong is kept and flagged, or refused; nothing is guessed."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session
from tests import make
from tests.lists import ENGLISH, Imports, listed, row

from chengxin.agencies import queries, regions
from chengxin.agencies.gazetteer import Place
from chengxin.agencies.models import Agency, Permit
from chengxin.agencies.rules import LicenceStatus, PermitStatus, licence_status
from chengxin.core.tables.report import Outcome

TODAY = date(2026, 11, 20)


@pytest.fixture
def imports(session: Session, tmp_path: Path) -> Imports:
    """Give the import of lists into a register that knows 江州市."""
    make.region(session)
    return Imports(session, tmp_path)


def only(session: Session) -> Agency:
    return session.scalars(select(Agency)).one()


def test_a_code_that_fails_its_check_is_kept_and_flagged(session: Session, imports: Imports) -> None:
    imports(listed(row(1, uscc="91990101MA0000001Z")))
    assert (only(session).uscc, only(session).uscc_valid) == ("91990101MA0000001Z", False)
    assert (only(session).flags, imports.reports[0].flags) == ("uscc_check", ("uscc_check",))


def test_the_same_wrong_code_at_two_names_is_kept_once(session: Session, imports: Imports) -> None:
    imports(listed(row(1, uscc="91990101MA0000001Z"), row(2, uscc="91990101MA0000001Z")))
    assert imports.outcomes == [Outcome.TAKEN, Outcome.TAKEN]
    assert "uscc_taken" in imports.reports[1].flags
    assert session.scalar(select(func.count(Agency.uscc))) == 1


def test_an_identity_number_is_never_kept(session: Session, imports: Imports) -> None:
    imports(listed(row(1, uscc="11010519491231002X")))
    assert only(session).uscc is None
    assert only(session).flags == "personal_number"


def test_a_row_without_a_name_is_refused_and_the_rest_is_taken(imports: Imports) -> None:
    result = imports(listed(row(1, name=""), row(2)))
    assert imports.outcomes == [Outcome.REFUSED, Outcome.TAKEN]
    assert imports.reports[0].why.startswith("no name")
    assert result.tally.reasons == {"no name": 1}


def test_a_full_row_without_name_and_code_is_not_its_neighbours(imports: Imports) -> None:
    imports(listed(row(1), row(2, name="", uscc="")))
    assert imports.outcomes == [Outcome.TAKEN, Outcome.REFUSED]


@pytest.mark.parametrize("status", ["Cancelled", "待核实", ""])
def test_an_unknown_status_is_never_valid(session: Session, imports: Imports, status: str) -> None:
    imports(listed(row(1, status=status)))
    permits = queries.permits_of(session, [only(session).id])[only(session).id]
    assert licence_status(permits, TODAY) == LicenceStatus.UNKNOWN
    assert permits[0].status_text == status
    assert imports.reports[0].flags == ("status_unknown",)


def test_a_list_that_contradicts_itself_is_not_believed(session: Session, imports: Imports) -> None:
    imports(listed("RIVER INC,Agency,Valid License,2025-01-01,2031-01-01,false,JIANG,ZHOU", header=ENGLISH))
    assert session.scalars(select(Permit.status)).one() == PermitStatus.UNKNOWN
    assert "status_contradicts" in imports.reports[0].flags


def test_a_list_of_licensed_agencies_may_say_so(session: Session, imports: Imports) -> None:
    imports(
        listed("江州甲人力有限公司,990100120105", header="机构名称,许可证编号"), status=PermitStatus.VALID
    )
    assert session.scalars(select(Permit.status)).one() == PermitStatus.VALID


def test_names_that_differ_by_a_full_stop_stay_two_agencies(session: Session, imports: Imports) -> None:
    imports(
        listed(
            "RIVER MINDS INC,Agency,Expired,2019-09-11,2019-09-11,false,JIANG,ZHOU",
            "RIVER MINDS INC.,Agency,Valid License - Provisional,2025-09-24,2028-08-07,true,JIANG,ZHOU",
            header=ENGLISH,
        )
    )
    found = {each.name: each for each in queries.named_like(session, "river minds")}
    assert set(found) == {"RIVER MINDS INC", "RIVER MINDS INC."}
    permits = queries.permits_of(session, [each.id for each in found.values()])
    assert licence_status(permits[found["RIVER MINDS INC"].id], TODAY) == LicenceStatus.EXPIRED
    assert licence_status(permits[found["RIVER MINDS INC."].id], TODAY) == LicenceStatus.VALID


def test_a_formerly_in_brackets_becomes_a_former_name(session: Session, imports: Imports) -> None:
    imports(
        listed("RIVER INC (FORMERLY STREAM INC),Agency,Delisted,2019-09-11,,false,JIANG,ZHOU", header=ENGLISH)
    )
    agency = only(session)
    assert agency.name == "RIVER INC"
    assert [each.name for each in queries.names_of(session, [agency.id])[agency.id]] == ["STREAM INC"]


def test_an_unknown_place_keeps_its_text(session: Session, imports: Imports) -> None:
    imports(listed("RIVER INC,Agency,Expired,2019-09-11,,false,JIANG,ZHOU", header=ENGLISH))
    assert (only(session).region_code, only(session).place) == (None, "JIANG, ZHOU")
    assert imports.reports[0].flags == ("region_unknown",)


def test_a_place_inside_a_known_region_is_not_flagged(session: Session, imports: Imports) -> None:
    imports(listed(row(1, region="江州市无名区")))
    assert (only(session).region_code, only(session).place) == ("990000", "江州市无名区")
    assert imports.reports[0].flags == ()


def test_a_list_taken_again_after_its_regions_are_known_finds_them(
    session: Session, imports: Imports
) -> None:
    text = listed(row(1, region="江州市临江区"))
    imports(text)
    regions.put(session, actor="command", places=[Place("990101", "临江区", "county", "990000")])
    imports(text)
    assert imports.outcomes == [Outcome.CHANGED]
    assert (only(session).region_code, only(session).place) == ("990101", "")
