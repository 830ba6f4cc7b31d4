"""Who left an address with a case is told that there is news: no word of it, no link, and no address in the clear."""

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make
from tests.mailboxes import Mailbox, serving

from chengxin.cli import posting
from chengxin.config import Settings
from chengxin.core import clock
from chengxin.core.database import Database
from chengxin.core.intake_keys import intake_recipients, make_intake_keys
from chengxin.core.sealing import Recipients
from chengxin.ledger.models import Parcel
from chengxin.voices.complaints import actions, extending, letters, notifying, pauses
from chengxin.voices.complaints.clocks import Clock
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.complaints.moving import Seen
from chengxin.voices.complaints.rules import Finding

EMAIL = "jinsique@example.invalid"
FACTS = "面试前收六百元内推费，没有开票，交钱后联系不上。"


@pytest.fixture
def key(settings: Settings) -> Recipients:
    make_intake_keys(settings)
    return intake_recipients(settings)


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[tuple[Mailbox, Settings]]:
    with serving() as (kept, port):
        url = f"smtp://127.0.0.1:{port}"
        yield kept, replace(settings, smtp_url=url, mail_from="site@example.invalid")


def filed(session: Session, key: Recipients, **changes: Any) -> Complaint:
    return make.complaint(session, make.filing(key, **{"facts": FACTS, "email": EMAIL, **changes}))


def seen(case: Complaint, actor: str = "account:1", reason: str = "") -> Seen:
    return {"actor": actor, "case_id": case.id, "version": case.version, "reason": reason}


def waiting(session: Session, *, undelivered: bool = False) -> list[str]:
    session.flush()
    rows = select(Parcel.payload).where(Parcel.kind == notifying.KIND)
    return list(session.scalars(rows.where(Parcel.done_at.is_(None)) if undelivered else rows))


def test_a_parcel_holds_the_number_of_the_case_alone(session: Session, key: Recipients) -> None:
    case = filed(session, key)
    actions.accept(session, note="已受理。", intake_key=key, **seen(case))
    assert [json.loads(each) for each in waiting(session)] == [{"case": case.id}]


def test_several_moves_before_a_delivery_make_one_mail(session: Session, key: Recipients) -> None:
    case = filed(session, key)
    case = actions.accept(session, note="已受理。", intake_key=key, **seen(case))
    case = actions.investigate(session, **seen(case))
    actions.decide(session, finding=Finding.UPHELD, reply="查实。", intake_key=key, **seen(case))
    assert len(waiting(session)) == 1


def test_who_left_no_address_gets_no_parcel(session: Session, key: Recipients) -> None:
    case = filed(session, key, email="")
    actions.accept(session, note="已受理。", intake_key=key, **seen(case))
    assert waiting(session) == []


def test_what_the_complainant_does_is_not_told_to_them(session: Session, key: Recipients) -> None:
    actions.withdraw(session, **seen(filed(session, key), actor="public"))
    assert waiting(session) == []


def test_a_letter_of_the_staff_is_told(session: Session, key: Recipients) -> None:
    letters.write(session, text="请补充收据。", intake_key=key, **seen(filed(session, key)))
    assert len(waiting(session)) == 1


def test_a_reporter_is_told_only_when_their_page_says_something_new(
    session: Session, key: Recipients
) -> None:
    case = filed(session, key, track="report")
    case = actions.accept(session, note="", intake_key=key, **seen(case))
    assert len(waiting(session)) == 1
    for parcel in session.scalars(select(Parcel)):
        parcel.done_at = clock.now()
    actions.investigate(session, **seen(case))
    assert len(waiting(session)) == 1


def test_a_reporter_gets_no_mail_for_a_letter_that_their_page_hides(
    session: Session, key: Recipients
) -> None:
    leader, case = make.actors(session, count=2)[1], filed(session, key, track="report")
    case = actions.accept(session, note="", intake_key=key, **seen(case))
    case = actions.investigate(session, **seen(case))
    for parcel in session.scalars(select(Parcel)):
        parcel.done_at = clock.now()
    case = extending.ask_extension(session, **seen(case, reason="还要到外地取证"))
    case = extending.extend(session, note="延长到一月。", intake_key=key, **seen(case, leader))
    case = pauses.suspend(session, note="找不到人。", intake_key=key, **seen(case, reason="下落不明"))
    case = pauses.resume(session, note="找到了。", intake_key=key, **seen(case))
    assert waiting(session, undelivered=True) == []
    letters.write(session, text="请问是哪个门店？", intake_key=key, **seen(case))
    assert len(waiting(session, undelivered=True)) == 1


def test_a_later_answer_is_told_by_mail_though_the_state_stays(session: Session, key: Recipients) -> None:
    case = filed(session, key)
    actions.set_clock(session, clock_set=Clock.PETITION, **seen(case))
    assert len(waiting(session)) == 1


def test_the_mail_arrives_without_a_word_of_the_case(
    settings: Settings, database: Database, key: Recipients, mailbox: tuple[Mailbox, Settings]
) -> None:
    kept, configured = mailbox
    with database.writing() as session:
        case = filed(session, key)
        actions.accept(session, note="已受理。", intake_key=key, **seen(case))
    assert posting.deliver_case_mail(configured, database) == 1
    (mail,) = kept.received
    assert mail["To"] == EMAIL
    text = f"{mail['Subject']} {mail.get_content()}"
    for word in ("投诉", "举报", "complaint", "report", "http", "江州", case.case_no, FACTS, "已受理"):
        assert word not in text


def test_without_the_desk_s_key_mail_waits_and_the_log_says_so(
    database: Database,
    key: Recipients,
    mailbox: tuple[Mailbox, Settings],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept, configured = mailbox
    monkeypatch.setattr(posting, "_told_of_the_key", clock.Pause(timedelta(hours=1)))
    with database.writing() as session:
        actions.accept(session, note="已受理。", intake_key=key, **seen(filed(session, key)))
    private = configured.private_key_file.read_bytes()
    configured.private_key_file.unlink()
    with caplog.at_level(logging.WARNING):
        assert posting.deliver_case_mail(configured, database) == 0
        assert posting.deliver_case_mail(configured, database) == 0
    assert caplog.text.count("does not hold the desk's key") == 1
    configured.private_key_file.write_bytes(private)
    assert posting.deliver_case_mail(configured, database) == 1
    assert len(kept.received) == 1


def test_an_address_that_was_erased_meanwhile_gets_nothing(
    database: Database, key: Recipients, mailbox: tuple[Mailbox, Settings]
) -> None:
    kept, configured = mailbox
    with database.writing() as session:
        case = filed(session, key)
        actions.accept(session, note="已受理。", intake_key=key, **seen(case))
        case.sealed_contact = None
    posting.deliver_case_mail(configured, database)
    assert kept.received == []
    with database.reading() as session:
        assert session.scalars(select(Parcel)).one().done_at is not None


def test_the_address_lies_nowhere_in_the_clear(settings: Settings, key: Recipients) -> None:
    database = Database(settings)
    with database.writing() as session:
        case = filed(session, key)
        actions.accept(session, note="已受理。", intake_key=key, **seen(case))
    database.dispose()
    for file in settings.data_dir.rglob("*"):
        content = file.read_bytes() if file.is_file() else b""
        assert EMAIL.encode() not in content, file
        assert b"jinsique" not in content, file
