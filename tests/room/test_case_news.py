"""What whoever filed a case adds is news until its officer has seen it."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core import clock
from chengxin.core.errors import StaleError
from chengxin.core.sealing import Keyring
from chengxin.ledger.models import Event
from chengxin.voices.complaints import actions, afterwards, letters, pauses
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import Refusal

KEY = Keyring.generate().recipients
TEXT = "我又找到了一张收据，日期是七月二日。"


@pytest.fixture
def case(session: Session) -> Complaint:
    return make.complaint(session, make.filing(KEY))


def seen(case: Complaint, actor: str = "public") -> Seen:
    return {"actor": actor, "case_id": case.id, "version": case.version}


def test_a_new_case_is_no_news_beside_itself(case: Complaint) -> None:
    assert case.heard_at is None


def test_a_message_is_news_and_makes_who_decides_meanwhile_look_again(
    session: Session, case: Complaint
) -> None:
    officer = make.actors(session)[0]
    on_the_screen = seen(case, officer)
    letters.say(session, text=TEXT, intake_key=KEY, **seen(case))
    assert case.heard_at is not None
    with pytest.raises(StaleError):
        actions.refuse(
            session, refusal=Refusal.OUT_OF_SCOPE, note="不属于我们的范围。", intake_key=KEY, **on_the_screen
        )


def test_what_was_asked_for_and_a_review_are_news(session: Session, case: Complaint) -> None:
    officer = make.actors(session)[0]
    pauses.ask(session, note="请补充收据。", intake_key=KEY, **seen(case, officer))
    assert not case.heard_at
    pauses.supply(session, text=TEXT, intake_key=KEY, **seen(case))
    assert case.heard_at is not None
    assert letters.see(session, actor=officer, case_id=case.id, heard_at=case.heard_at)
    session.refresh(case)
    note = "不属于我们的范围，可以申请仲裁。"
    actions.refuse(session, refusal=Refusal.OUT_OF_SCOPE, note=note, intake_key=KEY, **seen(case, officer))
    afterwards.ask_review(session, text=TEXT, intake_key=KEY, **seen(case))
    assert case.heard_at is not None


def test_a_case_that_is_taken_back_is_news(session: Session, case: Complaint) -> None:
    actions.withdraw(session, **seen(case))
    assert case.heard_at is not None


def test_files_that_came_with_the_case_are_no_news_and_later_ones_are(
    session: Session, case: Complaint
) -> None:
    letters.hear_files(session, case_id=case.id)
    session.refresh(case)
    assert not case.heard_at
    case.received_on -= timedelta(days=1)
    version = case.version
    session.flush()
    letters.hear_files(session, case_id=case.id)
    session.refresh(case)
    assert (case.heard_at is None, case.version) == (False, version + 1)


def test_seeing_is_noted_once_and_leaves_the_version(session: Session, case: Complaint) -> None:
    officer = make.actors(session)[0]
    letters.say(session, text=TEXT, intake_key=KEY, **seen(case))
    version, heard = case.version, case.heard_at
    assert heard is not None
    assert letters.see(session, actor=officer, case_id=case.id, heard_at=heard)
    assert not letters.see(session, actor=officer, case_id=case.id, heard_at=heard)
    session.refresh(case)
    assert (case.heard_at, case.version) == (None, version)
    events = [each for each in session.scalars(select(Event)) if each.verb == "see"]
    assert [each.actor for each in events] == [officer]


def test_what_came_after_the_page_was_shown_stays_unseen(session: Session, case: Complaint) -> None:
    officer = make.actors(session)[0]
    letters.say(session, text=TEXT, intake_key=KEY, **seen(case))
    heard = case.heard_at
    assert heard is not None
    later = heard + timedelta(seconds=1)
    with clock.frozen(later):
        letters.say(session, text="还有一件事要补充说明。", intake_key=KEY, **seen(case))
    assert not letters.see(session, actor=officer, case_id=case.id, heard_at=heard)
    session.refresh(case)
    assert case.heard_at == later


def test_a_letter_answers_the_news_and_an_act_that_opened_no_page_does_not(
    session: Session, case: Complaint
) -> None:
    officer = make.actors(session)[0]
    letters.say(session, text=TEXT, intake_key=KEY, **seen(case))
    actions.accept(session, note="", intake_key=KEY, **seen(case, officer))
    assert case.heard_at is not None
    letters.write(session, text="收据收到了，谢谢。", intake_key=KEY, **seen(case, officer))
    assert case.heard_at is None
