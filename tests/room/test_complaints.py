"""Complaints in both databases: filed once, changed by one, read only by those they are for."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.database import Database
from chengxin.core.errors import DomainError, NotFoundError, StaleError
from chengxin.core.proofs import prove
from chengxin.core.sealing import Keyring, SealError
from chengxin.ledger import queries as ledger
from chengxin.ledger.models import Parcel
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions, queries, sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import Dismissal, Finding, Refusal, State
from chengxin.voices.complaints.sealed import Filing

SECRET = "a secret of the tests"
DESK = Keyring.generate()
TODAY = date(2026, 11, 20)
FACTS = "面试前收六百元内推费，没有开票，交钱后联系不上。"


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def filing(nonce: str = "one form", **changes: str) -> Filing:
    return make.filing(DESK.recipients, nonce=nonce, **changes)


def filed(session: Session) -> Complaint:
    return actions.file(session, actor="public", filing=filing())


def accepted(session: Session, case: Complaint, note: str = "", version: int = 1) -> Complaint:
    return actions.accept(
        session, actor="account:1", case_id=case.id, version=version, note=note, intake_key=DESK.recipients
    )


def decided(session: Session, case: Complaint, finding: Finding, reply: str) -> Complaint:
    return actions.decide(
        session,
        actor="account:1",
        case_id=case.id,
        version=case.version,
        finding=finding,
        reply=reply,
        intake_key=DESK.recipients,
    )


def refused(session: Session, case: Complaint, note: str, version: int = 1) -> Complaint:
    return actions.refuse(
        session,
        actor="account:1",
        case_id=case.id,
        version=version,
        refusal=Refusal.IN_COURT,
        note=note,
        intake_key=DESK.recipients,
    )


def test_a_form_sent_twice_is_one_case(session: Session) -> None:
    first = actions.file(session, actor="public", filing=filing())
    assert actions.file(session, actor="public", filing=filing()).id == first.id
    assert len(ledger.of_subject(session, Subject("complaint", first.id))) == 1


def test_a_changed_text_under_the_same_form_is_another_case(session: Session) -> None:
    first = actions.file(session, actor="public", filing=filing())
    second = actions.file(session, actor="public", filing=filing(facts=FACTS + "后来又收了一次。"))
    assert first.id != second.id
    assert first.code_hash != second.code_hash


def test_the_staff_are_told_once_and_nothing_of_the_case(session: Session) -> None:
    for _ in range(2):
        actions.file(session, actor="public", filing=filing(), tell="desk@example.org")
    parcel = session.scalars(select(Parcel)).one()
    assert json.loads(parcel.payload)["to"] == "desk@example.org"
    assert "捷聘" not in parcel.payload


def test_the_receipt_dates_are_working_days(session: Session) -> None:
    case = filed(session)
    assert (case.received_on, case.accept_by, case.answer_by) == (
        TODAY,
        date(2026, 11, 27),
        date(2026, 12, 11),
    )
    assert not case.provisional


def test_a_term_that_crosses_new_year_says_so(session: Session) -> None:
    with frozen(datetime(2026, 12, 20, 4, tzinfo=UTC)):
        assert filed(session).provisional


def test_code_and_phrase_open_the_case(session: Session) -> None:
    made = filing()
    case = actions.file(session, actor="public", filing=made)
    found = queries.by_receipt(session, prove(secret=SECRET, typed=made.receipt.both))
    assert found is not None
    assert found.id == case.id


@pytest.mark.parametrize("wrong", ["{code}", "{code} {other}", "C-2222-2222 {phrase}", "", "x" * 500])
def test_anything_else_opens_nothing(session: Session, wrong: str) -> None:
    made, other = filing(), filing("another form")
    actions.file(session, actor="public", filing=made)
    typed = wrong.format(code=made.receipt.code, phrase=made.receipt.phrase, other=other.receipt.phrase)
    assert queries.by_receipt(session, prove(secret=SECRET, typed=typed)) is None


def test_only_the_desk_reads_what_was_filed(session: Session) -> None:
    case = filed(session)
    assert sealed.open_filed(case, DESK) == sealed.Opened(FACTS, "", "13900000000")
    assert sealed.facts_of(case, DESK) == FACTS
    with pytest.raises(SealError):
        sealed.open_filed(case, Keyring.generate())


def test_an_anonymous_complaint_holds_no_contact(session: Session) -> None:
    case = actions.file(session, actor="public", filing=filing(contact_kind="anonymous", phone=""))
    assert case.sealed_contact is None
    assert sealed.open_filed(case, DESK).phone == ""


def test_the_answer_is_read_by_the_complainant_and_by_the_desk(session: Session) -> None:
    made = filing()
    case = actions.file(session, actor="public", filing=made)
    done = decided(session, accepted(session, case), Finding.UPHELD, "已责令退还六百元。")
    message = queries.messages_of(session, case.id)[0]
    proof = prove(secret=SECRET, typed=made.receipt.both)
    assert sealed.open_as_complainant(done, message, proof.key) == "已责令退还六百元。"
    assert sealed.open_as_desk(done, message, DESK) == "已责令退还六百元。"


def test_a_decision_closes_the_case_and_leaves_its_steps_in_the_ledger(session: Session) -> None:
    case = filed(session)
    closed = decided(session, accepted(session, case, "已受理。"), Finding.PARTLY, "部分查实。")
    assert (closed.state, closed.finding, closed.closed_on) == (State.CLOSED, Finding.PARTLY, TODAY)
    verbs = [event.verb for event in ledger.of_subject(session, Subject("complaint", case.id))]
    assert verbs == ["file", "accept", "decide", "close"]


def test_a_refusal_needs_a_letter(session: Session) -> None:
    case = filed(session)
    with pytest.raises(DomainError, match="why"):
        refused(session, case, " ")
    assert refused(session, case, "已在仲裁，请等裁决。").state == State.NOT_ACCEPTED


def test_a_lost_race_is_stale_and_changes_nothing(session: Session) -> None:
    case = accepted(session, filed(session))
    with pytest.raises(StaleError):
        refused(session, case, "超过两年。", version=1)
    assert (case.state, case.refusal) == (State.ACCEPTED, "")


def test_of_eight_officers_who_decide_at_once_one_wins(database: Database) -> None:
    with database.writing() as session:
        case = filed(session)

    def decide(_: int) -> bool:
        try:
            with database.writing() as session:
                accepted(session, case)
        except StaleError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(decide, range(8))) == 1


def test_one_form_sent_many_times_at_once_is_one_case(database: Database) -> None:
    made = filing()

    def send(_: int) -> int:
        with database.writing() as session:
            return actions.file(session, actor="public", filing=made).id

    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(send, range(20)))) == 1


def test_a_closed_case_stays_closed(session: Session) -> None:
    case = filed(session)
    ground = Dismissal.ADVERTISING
    done = actions.discard(
        session, dismissal=ground, actor="account:1", case_id=case.id, version=1, reason="广告"
    )
    with pytest.raises(DomainError, match="present state"):
        accepted(session, done, version=done.version)


def test_an_unknown_case_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.investigate(session, actor="account:1", case_id=999, version=1)


def test_the_ledger_holds_no_word_of_the_case(session: Session) -> None:
    case = filed(session)
    accepted(session, case, "已受理，正在联系。")
    for event in ledger.of_subject(session, Subject("complaint", case.id)):
        written = f"{event.old}{event.new}{event.reason}"
        assert not [word for word in (FACTS[:6], "13900000000", "捷聘", "正在联系") if word in written]


def test_a_complaint_is_tied_to_the_agency_it_names(session: Session) -> None:
    agency = make.agency(session, name="江州远帆猎头有限公司", folded_name="江州远帆猎头有限公司")
    named = queries.respondent_of(session, uid="", name=" 江州远帆猎头有限公司 ")
    assert named is not None
    assert named.id == agency.id


def test_a_changed_name_unties_the_agency_it_was_opened_from(session: Session) -> None:
    agency = make.agency(session, name="江州远帆猎头有限公司", folded_name="江州远帆猎头有限公司")
    assert queries.respondent_of(session, uid=agency.uid, name="路口没有招牌的中介") is None


def test_of_two_namesakes_neither_is_guessed(session: Session) -> None:
    first = make.agency(session, name="江州远帆", folded_name="江州远帆")
    make.agency(session, name="江州远帆", folded_name="江州远帆")
    assert queries.respondent_of(session, uid="", name="江州远帆") is None
    chosen = queries.respondent_of(session, uid=first.uid, name="江州远帆")
    assert chosen is not None
    assert chosen.id == first.id
