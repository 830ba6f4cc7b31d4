"""The acts of the register: each changes one row and is one public event."""

from datetime import date

import pytest
from sqlalchemy.orm import Session
from tests import make
from tests.lists import code

from chengxin.agencies import actions, queries, regions
from chengxin.agencies.gazetteer import Place
from chengxin.agencies.models import Agency
from chengxin.agencies.rules import NameKind, PermitKind, PermitStatus
from chengxin.core.errors import DomainError
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject


def enrolled(session: Session, **values: str) -> Agency:
    given = {"name": "江州远帆人力资源有限公司", "code": code(1), **values}
    return actions.enrol(session, actor="command", **given)  # type: ignore[arg-type]


def verbs(session: Session, agency: Agency) -> list[str]:
    return [event.verb for event in ledger.of_subject(session, Subject("agency", agency.id))]


def test_an_enrolled_agency_is_found_by_each_of_its_keys(session: Session) -> None:
    agency = enrolled(session)
    assert queries.by_uid(session, agency.uid) is agency
    assert queries.by_uscc(session, f" {code(1)[:9]} {code(1)[9:].lower()}") is agency
    assert queries.by_id(session, agency.id) is agency
    assert queries.ids_by_uscc(session, [code(1), code(2)]) == {code(1): agency.id}
    assert len(agency.uid) == 8


def test_a_code_belongs_to_one_agency(session: Session) -> None:
    enrolled(session)
    with pytest.raises(DomainError, match="another agency"):
        enrolled(session, name="江州小帆人力资源有限公司")


def test_an_agency_needs_a_name(session: Session) -> None:
    with pytest.raises(DomainError, match="name"):
        enrolled(session, name="  ")


def test_every_act_is_one_public_event(session: Session) -> None:
    agency = enrolled(session)
    permit = actions.grant(session, actor="command", agency=agency, kind=PermitKind.LICENCE, number="A1")
    actions.change(session, actor="command", agency=agency, address="江州市滨江路1号")
    actions.rename(session, actor="command", agency=agency, name="江州新帆人力资源有限公司")
    actions.end_permit(session, actor="command", permit=permit, to=PermitStatus.WITHDRAWN)
    assert verbs(session, agency) == [
        "agency.enrolled",
        "agency.permit_granted",
        "agency.changed",
        "agency.renamed",
        "agency.permit_changed",
    ]
    assert ledger.publication_version(session) == 5


def test_what_changes_nothing_is_no_event(session: Session) -> None:
    agency = enrolled(session)
    actions.change(session, actor="command", agency=agency, address="")
    actions.rename(session, actor="command", agency=agency, name=agency.name)
    assert verbs(session, agency) == ["agency.enrolled"]


def test_a_code_cannot_be_changed_in_passing(session: Session) -> None:
    with pytest.raises(DomainError, match="uscc"):
        actions.change(session, actor="command", agency=enrolled(session), uscc=code(2))


def test_a_renamed_agency_is_found_by_its_former_name(session: Session) -> None:
    agency = enrolled(session)
    actions.rename(
        session, actor="command", agency=agency, name="江州新帆人力资源有限公司", reason="变更登记"
    )
    assert queries.named_like(session, "远帆") == [agency]
    assert queries.named_like(session, "新帆") == [agency]
    (former,) = queries.names_of(session, [agency.id])[agency.id]
    assert (former.kind, former.name) == (NameKind.FORMER, "江州远帆人力资源有限公司")


def test_a_permit_ends_in_its_own_word_on_its_own_day(session: Session) -> None:
    agency = enrolled(session)
    permit = actions.grant(session, actor="command", agency=agency, kind=PermitKind.LICENCE, number="A1")
    actions.end_permit(
        session,
        actor="command",
        permit=permit,
        to=PermitStatus.RESCINDED,
        on=date(2026, 11, 2),
        decision_no="江人社〔2026〕3号",
    )
    assert (permit.status, permit.status_on, permit.decision_no) == (
        "rescinded",
        date(2026, 11, 2),
        "江人社〔2026〕3号",
    )


def test_a_number_is_found_whatever_its_brackets(session: Session) -> None:
    agency = enrolled(session)
    actions.grant(
        session,
        actor="command",
        agency=agency,
        kind=PermitKind.LICENCE,
        number="（江）人服证字〔2026〕第01号",
    )
    assert queries.by_licence_no(session, "(江)人服证字[2026]第01号") == [agency]
    assert queries.named_like(session, "人服证字2026第01") == [agency]


def test_a_wildcard_is_a_character_like_others(session: Session) -> None:
    enrolled(session)
    assert queries.named_like(session, "%") == []
    assert queries.named_like(session, "_") == []


def test_agencies_are_read_by_their_ids_at_once(session: Session) -> None:
    first, second = make.agency(session, name="甲"), make.agency(session, name="乙")
    assert set(queries.by_ids(session, [first.id, second.id])) == {first.id, second.id}


def test_the_provinces_are_put_once(session: Session) -> None:
    assert regions.put_provinces(session, actor="command") == 34
    assert regions.put_provinces(session, actor="command") == 0
    assert len(regions.below(session)) == 34


def test_a_region_can_be_added_and_renamed(session: Session) -> None:
    place = Place("990000", "江州", "province", None)
    assert regions.put(session, actor="command", places=[place]) == (1, 0)
    assert regions.put(session, actor="command", places=[Place("990000", "江州市", "province", None)]) == (
        0,
        1,
    )
    session.expire_all()
    found = regions.by_code(session, "990000")
    assert found
    assert found.name == "江州市"


@pytest.mark.parametrize(
    ("place", "word"),
    [
        (Place("99", "江州市", "city", None), "six digits"),
        (Place("９９００００", "江州市", "city", None), "six digits"),
        (Place("990000", "", "city", None), "no name"),
        (Place("990000", "江州市", "planet", None), "level"),
        (Place("990100", "临江区", "county", "990000"), "not known"),
    ],
)
def test_a_region_that_fits_nowhere_is_refused(session: Session, place: Place, word: str) -> None:
    with pytest.raises(DomainError, match=word):
        regions.put(session, actor="command", places=[place])
