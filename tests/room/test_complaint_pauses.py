"""Asking back, handing on and taking back: the clock waits, the letters are sealed, the counts follow."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.errors import DomainError, StaleError
from chengxin.core.proofs import prove
from chengxin.core.sealing import Keyring, SealError
from chengxin.evidence import actions as evidence
from chengxin.evidence.rules import Media, Room, Scan
from chengxin.evidence.sealed import piece_of
from chengxin.ledger import queries as ledger
from chengxin.ledger.queries import publication_version
from chengxin.ledger.rules import Subject
from chengxin.voices.complaints import actions, letters, pauses, queries, sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.rules import State

SECRET = "a secret of the tests"
DESK = Keyring.generate()
TODAY = date(2026, 11, 20)
LATER = datetime(2026, 11, 25, 4, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


def filed(session: Session) -> Complaint:
    return make.complaint(session, make.filing(DESK.recipients))


def asked(session: Session, case: Complaint, note: str = "请补充付款日期。", version: int = 1) -> Complaint:
    return pauses.ask(
        session, actor="account:1", case_id=case.id, version=version, note=note, intake_key=DESK.recipients
    )


def supplied(session: Session, case: Complaint, text: str = "付款日期是十一月二日。") -> Complaint:
    return pauses.supply(
        session,
        actor="public",
        case_id=case.id,
        version=case.version,
        text=text,
        intake_key=DESK.recipients,
    )


def said(session: Session, case: Complaint) -> None:
    letters.say(
        session,
        actor="public",
        case_id=case.id,
        version=case.version,
        text="我明天去取收据。",
        intake_key=DESK.recipients,
    )


def accepted(session: Session, case: Complaint) -> Complaint:
    return actions.accept(
        session,
        actor="account:1",
        case_id=case.id,
        version=case.version,
        note="",
        intake_key=DESK.recipients,
    )


def transferred(session: Session, case: Complaint, note: str) -> Complaint:
    return actions.transfer(
        session,
        actor="account:1",
        case_id=case.id,
        version=case.version,
        note=note,
        intake_key=DESK.recipients,
    )


def withdrawn(session: Session, case: Complaint, version: int | None = None) -> Complaint:
    return actions.withdraw(session, actor="public", case_id=case.id, version=version or case.version)


def verbs(session: Session, case: Complaint) -> list[str]:
    return [event.verb for event in ledger.of_subject(session, Subject("complaint", case.id))]


def test_asking_stops_the_clock_and_writes_to_the_complainant(session: Session) -> None:
    case = asked(session, filed(session))
    proof = prove(secret=SECRET, typed=make.filing(DESK.recipients).receipt.both)
    (message,) = queries.messages_of(session, case.id)
    assert (case.state, case.paused_on) == (State.SUPPLEMENT, TODAY)
    assert sealed.open_as_complainant(case, message, proof.key) == "请补充付款日期。"


def test_asking_needs_a_letter(session: Session) -> None:
    with pytest.raises(DomainError, match="missing"):
        asked(session, filed(session), " ")


def test_an_answer_brings_the_case_back_with_the_days_it_waited(session: Session) -> None:
    case = asked(session, filed(session))
    with frozen(LATER):
        back = supplied(session, case)
    assert (back.state, back.paused_on) == (State.RECEIVED, None)
    assert (back.accept_by, back.answer_by) == (date(2026, 12, 2), date(2026, 12, 16))
    assert verbs(session, case) == ["file", "ask", "supply"]


def test_a_case_accepted_without_the_answer_gets_the_days_it_waited_too(session: Session) -> None:
    case = asked(session, filed(session))
    with frozen(LATER):
        taken = accepted(session, case)
    assert (taken.paused_on, taken.answer_by) == (None, date(2026, 12, 16))


def test_the_desk_reads_an_answer_and_nobody_with_another_key(session: Session) -> None:
    case = supplied(session, asked(session, filed(session)))
    answer = queries.messages_of(session, case.id)[-1]
    assert not answer.from_staff
    assert sealed.open_as_desk(case, answer, DESK) == "付款日期是十一月二日。"
    with pytest.raises(SealError):
        sealed.open_as_desk(case, answer, Keyring.generate())


def test_no_word_of_an_answer_reaches_the_ledger(session: Session) -> None:
    case = supplied(session, asked(session, filed(session)))
    for event in ledger.of_subject(session, Subject("complaint", case.id)):
        assert "付款" not in f"{event.old}{event.new}{event.reason}"


def test_nobody_answers_what_was_not_asked(session: Session) -> None:
    with pytest.raises(DomainError, match="present state"):
        supplied(session, filed(session))


def test_an_empty_answer_is_none(session: Session) -> None:
    with pytest.raises(DomainError, match="asked for"):
        supplied(session, asked(session, filed(session)), " ")


def lapsed(session: Session, case: Complaint) -> str:
    """Let the term for an answer run out, and return where the case stands."""
    with frozen(datetime(2026, 12, 30, 4, tzinfo=UTC)):
        assert pauses.has_lapsing(session)
        assert pauses.lapse_due(session) == 1
        assert not pauses.has_lapsing(session)
    session.refresh(case)
    return case.state


def test_who_sends_nothing_in_time_has_the_case_ended(session: Session) -> None:
    case = asked(session, filed(session))
    assert lapsed(session, case) == State.NOT_ACCEPTED
    assert (case.closed_on, case.refusal) == (date(2026, 12, 30), "not_supplemented")


def test_a_case_that_got_files_since_it_was_asked_goes_on_and_its_clock_runs(session: Session) -> None:
    case = asked(session, filed(session))
    piece = piece_of(
        b"a contract",
        media=Media.PNG,
        title="",
        digest=None,
        scan=Scan.UNSCANNED,
        recipients=DESK.recipients,
    )
    subject = Subject("complaint", case.id)
    evidence.add(session, actor="public", subject=subject, piece=piece, room=Room(10**9, 10**9))
    assert lapsed(session, case) == State.RECEIVED
    assert (case.closed_on, case.paused_on, case.refusal) == (None, None, "")
    assert case.accept_by > date(2026, 12, 30)


def test_a_case_that_got_a_message_since_it_was_asked_goes_on(session: Session) -> None:
    case = asked(session, filed(session))
    said(session, case)
    assert lapsed(session, case) == State.RECEIVED


def test_words_from_before_the_last_question_answer_it_not(session: Session) -> None:
    case = filed(session)
    said(session, case)
    assert lapsed(session, asked(session, case, version=case.version)) == State.NOT_ACCEPTED


def test_handing_on_names_who_has_the_case_and_ends_it(session: Session) -> None:
    case = filed(session)
    with pytest.raises(DomainError, match="which authority"):
        transferred(session, case, "")
    done = transferred(session, case, "已转交市市场监督管理部门。")
    assert (done.state, done.closed_on) == (State.TRANSFERRED, TODAY)
    assert len(queries.messages_of(session, case.id)) == 1


def test_taking_back_an_unaccepted_case_changes_nothing_public(session: Session) -> None:
    done = withdrawn(session, filed(session))
    assert (done.state, done.closed_on) == (State.WITHDRAWN, TODAY)
    assert publication_version(session) == 0


def test_taking_back_an_accepted_case_makes_a_new_edition(session: Session) -> None:
    case = accepted(session, filed(session))
    before = publication_version(session)
    withdrawn(session, case)
    assert publication_version(session) == before + 1


def test_a_case_taken_back_stays_so(session: Session) -> None:
    case = withdrawn(session, filed(session))
    with pytest.raises(DomainError, match="present state"):
        withdrawn(session, case)


def test_of_an_acceptance_and_a_withdrawal_the_later_is_stale(session: Session) -> None:
    case = accepted(session, filed(session))
    with pytest.raises(StaleError):
        withdrawn(session, case, version=1)
    assert case.state == State.ACCEPTED
