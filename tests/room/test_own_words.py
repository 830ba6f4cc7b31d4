"""What somebody may ask of their own case, on both databases: erase, correct, a copy that only they can open."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from tests import make

from chengxin.core.clock import frozen
from chengxin.core.errors import DomainError, StaleError
from chengxin.core.proofs import Proof, prove
from chengxin.core.sealing import Keyring, SealError, unseal
from chengxin.ledger.models import Event, Parcel
from chengxin.voices.complaints import actions, erasing, own_words, sealed
from chengxin.voices.complaints.models import Complaint
from chengxin.voices.contact.rules import Contact, ContactKind

SECRET = "a secret of the tests"
DESK = Keyring.generate()
TODAY = date(2026, 11, 20)
NEW = Contact(kind=ContactKind.PHONE, phone="13900000001", email="a@example.com")


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with frozen(datetime(2026, 11, 20, 4, tzinfo=UTC)):
        yield


@pytest.fixture
def case(session: Session) -> Complaint:
    made = make.filing(DESK.recipients, name="王小明", contact_kind="named")
    return make.complaint(session, made)


def proof() -> Proof:
    typed = make.filing(DESK.recipients, name="王小明", contact_kind="named").receipt.both
    return prove(secret=SECRET, typed=typed)


def seen(case: Complaint) -> Any:
    return {"actor": "public", "case_id": case.id, "version": case.version}


def test_an_erased_contact_is_gone_and_the_facts_stay(session: Session, case: Complaint) -> None:
    erasing.erase_contact(session, **seen(case))
    opened = sealed.open_filed(case, DESK)
    assert (opened.name, opened.phone, bool(opened.facts)) == ("", "", True)
    assert (case.has_mail, case.contact_erased_on) == (False, TODAY)


def test_a_contact_is_erased_once(session: Session, case: Complaint) -> None:
    erasing.erase_contact(session, **seen(case))
    with pytest.raises(DomainError):
        erasing.erase_contact(session, **seen(case))


def test_everything_is_asked_to_be_erased_once(session: Session, case: Complaint) -> None:
    erasing.ask_erasure(session, **seen(case))
    assert (case.erasure_asked_on, case.sealed_contact) == (TODAY, None)
    with pytest.raises(DomainError):
        erasing.ask_erasure(session, **seen(case))


def test_whoever_looked_at_an_older_version_erases_nothing(session: Session, case: Complaint) -> None:
    old = seen(case)
    own_words.correct_contact(session, contact=NEW, intake_key=DESK.recipients, **seen(case))
    for act in (erasing.erase_contact, erasing.ask_erasure, own_words.ask_copy):
        with pytest.raises(StaleError):
            act(session, **old)
    assert sealed.open_filed(case, DESK).phone == "13900000001"


def test_a_new_contact_replaces_an_erased_one_too(session: Session, case: Complaint) -> None:
    erasing.erase_contact(session, **seen(case))
    own_words.correct_contact(session, contact=NEW, intake_key=DESK.recipients, **seen(case))
    opened = sealed.open_filed(case, DESK)
    assert (opened.name, opened.phone, opened.email) == ("", "13900000001", "a@example.com")
    assert (case.has_mail, case.contact_erased_on) == (True, None)


def test_no_contact_is_taken_for_a_case_that_is_done(session: Session, case: Complaint) -> None:
    actions.withdraw(session, **seen(case))
    with pytest.raises(DomainError):
        own_words.correct_contact(session, contact=NEW, intake_key=DESK.recipients, **seen(case))


def test_a_copy_opens_with_the_phrase_and_with_no_key_of_the_desk(session: Session, case: Complaint) -> None:
    own_words.ask_copy(session, **seen(case))
    assert own_words.make_copy(session, case_id=case.id, keys=DESK)
    copy = own_words.open_copy(case, proof().key)
    assert copy is not None
    assert (copy["name"], copy["facts"]) == ("王小明", sealed.open_filed(case, DESK).facts)
    with pytest.raises(SealError):
        unseal(case.sealed_copy or b"", DESK, context=sealed.context_of(case.code_hash, "copy"))


def test_a_copy_is_made_once_and_only_when_it_was_asked_for(session: Session, case: Complaint) -> None:
    assert not own_words.make_copy(session, case_id=case.id, keys=DESK)
    for _ in range(2):
        own_words.ask_copy(session, **seen(case))
    assert session.scalars(select(Parcel.payload)).all() == [
        json.dumps({"case": case.id}, separators=(",", ":"))
    ]
    assert own_words.make_copy(session, case_id=case.id, keys=DESK)
    assert not own_words.make_copy(session, case_id=case.id, keys=DESK)


def test_no_copy_is_made_after_the_contact_was_erased_meanwhile(session: Session, case: Complaint) -> None:
    own_words.ask_copy(session, **seen(case))
    erasing.erase_contact(session, **seen(case))
    assert not own_words.make_copy(session, case_id=case.id, keys=DESK)


def test_each_of_these_leaves_one_event_without_a_word(session: Session, case: Complaint) -> None:
    own_words.correct_contact(session, contact=NEW, intake_key=DESK.recipients, **seen(case))
    own_words.ask_copy(session, **seen(case))
    own_words.make_copy(session, case_id=case.id, keys=DESK)
    erasing.erase_contact(session, **seen(case))
    erasing.ask_erasure(session, **seen(case))
    events = session.scalars(select(Event).order_by(Event.id)).all()[1:]
    verbs = ["correct_contact", "ask_copy", "make_copy", "erase_contact", "ask_erasure"]
    assert [event.verb for event in events] == verbs
    assert {(event.old, event.new, event.reason, event.public_version) for event in events} == {
        (None, None, "", None)
    }


def test_receipts_that_went_open_nothing_and_stay_apart(session: Session, case: Complaint) -> None:
    other = make.complaint(session, make.filing(DESK.recipients, nonce="another form"))
    erasing.erase_receipts(session, [case.id, other.id])
    session.expire_all()
    assert case.code_hash != other.code_hash
    assert not proof().fits(case.reply_key)
