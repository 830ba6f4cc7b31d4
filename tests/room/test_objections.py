"""An objection marks a record, is decided by somebody else, and can go to the upper level."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from tests import make
from tests.desk import Brake
from tests.disputes import KEY, SECRET, TEXT, filing, objection

from chengxin.core import receipts
from chengxin.core.errors import DomainError, NotAllowedError, NotFoundError, StaleError
from chengxin.core.proofs import prove
from chengxin.ledger import queries as ledger
from chengxin.ledger.rules import Subject
from chengxin.standing.objections import actions, queries, sealed
from chengxin.standing.objections.models import Objection
from chengxin.standing.objections.rules import State

NOON = datetime(2026, 11, 20, 4, 0, tzinfo=UTC)
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _noon(clock: Brake) -> Iterator[None]:
    with clock(NOON):
        yield


def seen(made: Objection) -> dict[str, Any]:
    return {"objection_id": made.id, "version": made.version}


def decided(session: Session, outcome: str = "not_upheld", **values: Any) -> Objection:
    made = objection(session, marked=True, **values)
    (officer,) = make.actors(session, count=1)
    return actions.decide(session, actor=officer, outcome=outcome, reason="与决定书一致。", **seen(made))


def test_an_objection_is_kept_with_both_its_days(session: Session) -> None:
    made = objection(session)
    assert (made.state, made.mark_by, made.answer_by) == (
        State.RECEIVED,
        date(2026, 11, 23),
        date(2026, 12, 11),
    )


def test_the_same_form_sent_twice_is_one_objection(session: Session) -> None:
    first = actions.receive(session, actor="public", filing=filing(nonce="one form"))
    second = actions.receive(session, actor="public", filing=filing(nonce="one form"))
    assert first.id == second.id
    assert [event.verb for event in ledger.of_subject(session, Subject("objection", first.id))] == [
        "objection.received"
    ]


def test_what_the_applicant_wrote_is_sealed(session: Session) -> None:
    made = objection(session, name="王小川", contact="13900000000")
    assert TEXT.encode() not in made.sealed_text
    assert sealed.text_of(made, KEY) == TEXT
    assert sealed.contact_of(made, KEY) == "王小川 · 13900000000"


def test_the_receipt_proves_a_reader_and_nobody_else(session: Session) -> None:
    made = filing(applicant="public")
    kept = actions.receive(session, actor="public", filing=made)
    assert prove(secret=SECRET, typed=made.receipt.both).fits(kept.reply_key)
    assert not prove(secret=SECRET, typed=receipts.NOBODYS.both).fits(kept.reply_key)
    assert not prove(secret=SECRET, typed=made.receipt.both).fits(None)


def test_the_ledger_never_holds_the_words_of_an_applicant(session: Session) -> None:
    made = objection(session, marked=True, name="王小川", contact="13900000000")
    for event in ledger.of_subject(session, Subject("objection", made.id)):
        told = f"{event.old}{event.new}{event.reason}"
        assert "四千二百元" not in told
        assert "王小川" not in told


def test_too_short_a_text_is_refused(session: Session) -> None:
    with pytest.raises(DomainError, match="20 to 4,000"):
        actions.receive(session, actor="public", filing=filing(text="不对"))


def test_a_received_objection_is_seen_by_nobody_outside(session: Session) -> None:
    objection(session, target_id=7)
    assert queries.open_marks(session, "sanction", [7]) == {7: []}
    assert ledger.publication_version(session) == 0


def test_a_mark_stands_on_its_record_and_on_no_other(session: Session) -> None:
    objection(session, target_id=7, marked=True)
    marks = queries.open_marks(session, "sanction", [7, 8])
    assert [(each.words, each.since, each.due) for each in marks[7]] == [
        ("金额有异议", TODAY, date(2026, 12, 11))
    ]
    assert marks[8] == []
    assert queries.open_marks(session, "honour", [7]) == {7: []}
    assert ledger.publication_version(session) == 1


def test_a_mark_is_short(session: Session) -> None:
    made = objection(session)
    with pytest.raises(DomainError, match="200 characters"):
        actions.mark(session, actor="command", words="异" * 201, **seen(made))


def test_a_decision_takes_the_mark_away_and_stays_in_the_log(session: Session) -> None:
    made = decided(session, "partly", target_id=7)
    assert queries.open_marks(session, "sanction", [7]) == {7: []}
    (answer,) = queries.answers(session, "sanction", [7])[7]
    assert (answer.outcome, answer.words, answer.decided_on) == ("partly", "与决定书一致。", TODAY)
    assert made.state == State.DECIDED
    assert ledger.publication_version(session) == 2


def test_what_is_no_objection_is_turned_away_unseen(session: Session) -> None:
    made = objection(session, target_id=7)
    actions.refuse(session, actor="command", reason="与本记录无关。", **seen(made))
    assert made.state == State.REFUSED
    assert queries.answers(session, "sanction", [7]) == {7: []}
    assert ledger.publication_version(session) == 0


def test_nobody_decides_about_their_own_notice(session: Session) -> None:
    (author,) = make.actors(session, count=1)
    made = objection(session, marked=True)
    with pytest.raises(NotAllowedError):
        actions.decide(
            session, actor=author, outcome="upheld", reason="写错了", first_persons=[author], **seen(made)
        )


def test_a_review_brings_the_mark_back_until_its_decision(session: Session) -> None:
    made = decided(session, target_id=7)
    actions.ask_review(session, actor="command", reason="不服", **seen(made))
    (mark,) = queries.open_marks(session, "sanction", [7])[7]
    assert mark.due == date(2026, 12, 1)
    (other,) = make.actors(session, count=1)
    actions.review(session, actor=other, outcome="upheld", reason="数字确实有误。", **seen(made))
    assert queries.open_marks(session, "sanction", [7]) == {7: []}
    assert queries.answers(session, "sanction", [7])[7][0].outcome == "upheld"


def test_who_decided_cannot_review(session: Session) -> None:
    made = decided(session)
    actions.ask_review(session, actor="command", reason="不服", **seen(made))
    with pytest.raises(NotAllowedError):
        actions.review(
            session, actor=f"account:{made.decided_by}", outcome="upheld", reason="改判", **seen(made)
        )


def test_the_database_refuses_a_review_by_who_decided(session: Session) -> None:
    made = decided(session)
    same = update(Objection).where(Objection.id == made.id).values(reviewed_by=Objection.decided_by)
    with pytest.raises(IntegrityError), session.begin_nested():
        session.execute(same)


def test_a_review_comes_too_late_after_seven_working_days(session: Session, clock: Brake) -> None:
    made = decided(session)
    with clock(NOON + timedelta(days=13)), pytest.raises(DomainError, match="term for asking"):
        actions.ask_review(session, actor="command", reason="不服", **seen(made))


def test_an_applicant_can_take_an_objection_back(session: Session) -> None:
    made = objection(session, target_id=7, marked=True)
    actions.withdraw(session, actor="command", **seen(made))
    assert queries.open_marks(session, "sanction", [7]) == {7: []}
    assert made.state == State.WITHDRAWN


def test_the_second_of_two_officers_is_told_that_somebody_was_faster(session: Session) -> None:
    made = objection(session)
    held = seen(made)
    actions.mark(session, actor="command", words="金额有异议", **held)
    with pytest.raises(StaleError):
        actions.refuse(session, actor="command", reason="无关", **held)


def test_an_unknown_objection_is_not_found(session: Session) -> None:
    with pytest.raises(NotFoundError):
        actions.withdraw(session, actor="command", objection_id=9, version=1)


def test_an_agency_sees_only_what_it_filed_itself(session: Session) -> None:
    one, other = make.agency(session), make.agency(session, name="江州捷聘人力资源有限公司")
    mine = objection(session, agency_id=one.id, applicant="agency")
    readers = objection(session, agency_id=one.id)
    theirs = objection(session, agency_id=other.id, applicant="agency")
    assert [each.id for each in queries.of_agency(session, one.id)] == [mine.id]
    found = [queries.own(session, each.id, agency_id=one.id) for each in (mine, readers, theirs)]
    assert found == [mine, None, None]


def test_what_waits_stands_by_its_deadline(session: Session, clock: Brake) -> None:
    with clock(NOON + timedelta(days=3)):
        later = objection(session)
    sooner = objection(session)
    assert [each.id for each in queries.in_state(session, State.RECEIVED)] == [sooner.id, later.id]
    assert queries.counts_by_state(session)[State.RECEIVED] == 2


def test_every_public_change_is_one_event_and_one_step(session: Session) -> None:
    made = decided(session)
    events = ledger.of_subject(session, Subject("objection", made.id))
    assert [(event.verb, event.public_version) for event in events] == [
        ("objection.received", None),
        ("objection.marked", 1),
        ("objection.decided", 2),
    ]
    assert list(ledger.faults(session)) == []
