"""The schedule carried out: what is over goes without a trace, what is not stays, and every count stays true."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from tests import disputes, make, suggestions
from tests.archive import CLOSED, NOON, Archive

from chengxin.cli import work
from chengxin.config import Settings
from chengxin.core.clock import Pause, frozen
from chengxin.core.database import Database
from chengxin.core.proofs import prove
from chengxin.core.sealing import Keyring
from chengxin.intake.counting import Door, Guard, Usual
from chengxin.ledger.models import Event, Parcel
from chengxin.retention import actions, queries
from chengxin.retention.rules import What
from chengxin.standing.objections import sealed as objections
from chengxin.standing.objections.models import Objection
from chengxin.voices.complaints import actions as cases
from chengxin.voices.complaints import alike, erasing, sealed
from chengxin.voices.complaints import queries as case_queries
from chengxin.voices.complaints.models import Complaint, ComplaintMessage, ComplaintNote, ComplaintSketch
from chengxin.voices.complaints.resealing import sealed_columns
from chengxin.voices.complaints.rules import Dismissal
from chengxin.voices.suggestions.models import Suggestion
from chengxin.voices.suggestions.rules import Act

SECRET = "a secret of the tests"


@pytest.fixture
def archive(database: Database, tmp_path: Path) -> Iterator[Archive]:
    with frozen(NOON):
        made = Archive(database, tmp_path)
        with database.writing() as session:
            make.actors(session, count=1)
        yield made


def test_nothing_goes_before_its_time(archive: Archive) -> None:
    archive.closed()
    assert archive.run(days=180) == {}


def test_the_contact_goes_half_a_year_after_the_end_and_the_words_stay(archive: Archive) -> None:
    number = archive.closed()
    assert archive.run(days=181) == {What.CONTACT: 1}
    case = archive.case(number)
    assert (case.sealed_contact, case.contact_erased_on) == (None, CLOSED + timedelta(181))
    opened = sealed.open_filed(case, archive.keys)
    assert (bool(opened.facts), opened.phone) == (True, "")


def test_the_words_go_with_letters_notes_sketch_and_files_after_three_years(archive: Archive) -> None:
    number = archive.closed()
    erased = archive.run(days=3 * 366)
    case = archive.case(number)
    assert erased[What.WORDS] == 1
    assert sealed.open_filed(case, archive.keys) == sealed.Opened("", "", "", "")
    assert archive.rows(ComplaintMessage) == archive.rows(ComplaintNote) == []
    assert archive.cabinet.files() == []
    assert case.erased_on == CLOSED + timedelta(3 * 366)


def test_no_sealed_column_of_a_case_is_forgotten(archive: Archive) -> None:
    archive.closed()
    with archive.database.reading() as session:
        held = {each.name for each in sealed_columns() if any(session.scalars(select(each.column)))}
    assert {"Complaint.sealed_facts", "ComplaintMessage.for_desk", "ComplaintNote.sealed_text"} <= held
    archive.run(days=3 * 366)
    with archive.database.reading() as session:
        assert not [each.name for each in sealed_columns() if any(session.scalars(select(each.column)))]


def test_a_wish_to_erase_is_fulfilled_sixty_days_after_the_end(archive: Archive) -> None:
    number = archive.closed()
    with archive.database.writing() as session:
        case = session.get_one(Complaint, number)
        erasing.ask_erasure(session, actor="public", case_id=number, version=case.version)
    assert archive.case(number).sealed_contact is None
    assert archive.run(days=59) == {}
    assert archive.run(days=60) == {What.ASKED: 1}
    assert archive.case(number).sealed_facts == b""


def test_what_was_taken_back_goes_after_half_a_year(archive: Archive) -> None:
    with archive.database.writing() as session:
        case = make.complaint(session, make.filing(archive.key))
        cases.withdraw(session, actor="public", case_id=case.id, version=case.version)
    assert archive.run(days=181)[What.UNHANDLED] == 1
    assert archive.case(case.id).sealed_facts == b""


def test_what_was_set_aside_is_kept_as_long_as_the_consent_says_of_every_case(archive: Archive) -> None:
    with archive.database.writing() as session:
        case = make.complaint(session, make.filing(archive.key))
        seen: Any = {"actor": "account:1", "case_id": case.id, "version": case.version, "reason": "辱骂"}
        cases.discard(session, dismissal=Dismissal.ABUSE, **seen)
    assert archive.run(days=3 * 365) == {What.CONTACT: 1}
    assert archive.run(days=3 * 365 + 1) == {What.WORDS: 1}


def test_an_open_case_is_never_touched(archive: Archive) -> None:
    with archive.database.writing() as session:
        case = make.complaint(session, make.filing(archive.key))
    assert archive.run(days=5_000) == {}
    assert sealed.open_filed(archive.case(case.id), archive.keys).phone == "13900000000"


def test_an_old_receipt_answers_like_one_that_never_was(archive: Archive) -> None:
    number = archive.closed()
    receipt = make.filing(archive.key).receipt
    proof = prove(secret=SECRET, typed=receipt.both)
    archive.run(days=3 * 366)
    with archive.database.reading() as session:
        assert case_queries.by_receipt(session, proof) is not None
    archive.run(days=3 * 366 + 30)
    with archive.database.reading() as session:
        assert case_queries.by_receipt(session, proof) is None
    assert archive.case(number).code_hash != proof.code_hash
    assert archive.run(days=3 * 366 + 31) == {}


def test_every_batch_is_proven_in_the_ledger_without_a_word(archive: Archive) -> None:
    numbers = [archive.closed(nonce) for nonce in ("one", "two", "three")]
    archive.run(days=181)
    proofs = [json.loads(event.new or "") for event in archive.rows(Event) if event.verb == "erased"]
    assert [proof["count"] for proof in proofs] == [2, 1]
    assert [number for proof in proofs for number in proof["ids"]] == numbers
    assert {proof["rule"] for proof in proofs} == {What.CONTACT}
    assert all(set(proof) == {"rule", "count", "ids", "files", "until"} for proof in proofs)


def test_figures_and_counts_stay_true_when_the_words_are_gone(archive: Archive) -> None:
    with archive.database.writing() as session:
        agency = make.agency(session).id
    number = archive.closed()
    with archive.database.writing() as session:
        session.get_one(Complaint, number).agency_id = agency

    def counted() -> tuple[object, object]:
        with archive.database.reading() as session:
            year = case_queries.figures(session, today=CLOSED)
            return year, case_queries.quarters(session, agency, today=CLOSED)

    before = counted()
    archive.run(days=3 * 366 + 40)
    assert counted() == before


def test_the_name_of_somebody_in_no_register_goes_with_the_words(archive: Archive) -> None:
    number = archive.closed(respondent="一个叫王小明的人")
    archive.run(days=3 * 366)
    assert archive.case(number).respondent == ""


def test_the_plan_tells_what_a_run_takes_and_changes_nothing(archive: Archive) -> None:
    for nonce in ("one", "two", "three"):
        archive.closed(nonce)
    at = CLOSED + timedelta(181)
    with archive.database.reading() as session:
        planned = {line.rule.what: line.due for line in queries.plan(session, today=at) if line.due}
    assert planned == archive.run(days=181) == {What.CONTACT: 3}


def test_objections_lose_contact_and_words_and_keep_mark_and_decision(archive: Archive) -> None:
    key = Keyring(archive.keys.keys)
    with archive.database.writing() as session:
        made = disputes.objection(session, marked=True, key=key, name="王小明", contact="13900000000")
        made.state, made.decided_on, made.decision = "decided", CLOSED, "维持。"
    assert archive.run(days=181) == {What.OBJECTION_CONTACT: 1}
    assert archive.run(days=3 * 366) == {What.OBJECTION_WORDS: 1}
    (left,) = archive.rows(Objection)
    assert objections.text_of(left, archive.keys) == objections.contact_of(left, archive.keys) == ""
    assert (left.mark, left.decision) == ("金额有异议", "维持。")


def test_suggestions_lose_contact_words_and_receipt_and_keep_what_was_published(archive: Archive) -> None:
    told = {"contact_kind": "named", "name": "王小川", "phone": "13900000000"}
    with archive.database.writing() as session:
        suggestions.suggestion(session, key=archive.key, act=Act.ADOPT, shown=True, note="谢谢。", **told)
    (before,) = archive.rows(Suggestion)
    assert archive.run(days=181) == {What.SUGGESTION_CONTACT: 1}
    assert archive.run(days=3 * 366) == {What.SUGGESTION_WORDS: 1}
    assert archive.run(days=3 * 366) == {}
    (left,) = archive.rows(Suggestion)
    assert left.sealed_text is left.sealed_contact is left.sealed_redaction is None
    assert left.note_for_author is left.note_for_desk is None
    assert (left.public_text, left.reply) == (before.public_text, before.reply)
    assert (left.code_hash != before.code_hash, left.reply_key) == (True, b"")


def test_mail_goes_a_month_after_it_arrived_or_was_last_tried_and_says_so(archive: Archive) -> None:
    later = NOON + timedelta(days=10)
    with archive.database.writing() as session:
        for done_at, due_at in ((NOON, NOON), (None, NOON), (None, later)):
            parcel = Parcel(kind="mail", payload="{}", created_at=NOON, due_at=due_at, done_at=done_at)
            session.add(parcel)
    assert archive.run(days=29) == {}
    assert archive.run(days=31) == {What.MAIL: 2}
    assert [each.due_at for each in archive.rows(Parcel)] == [later]
    [proof] = [json.loads(event.new or "") for event in archive.rows(Event) if event.verb == "erased"]
    assert (proof["rule"], proof["ids"]) == (What.MAIL, [1, 2])


def test_counts_of_a_day_go_after_a_month_and_sketches_after_a_year(archive: Archive) -> None:
    with archive.database.writing() as session:
        case = make.complaint(session, make.filing(archive.key))
        sketch = alike.sketch_of("交钱以后联系不上，没有开票，门店也关了。", secret=SECRET)
        assert sketch is not None
        alike.link(session, case, sketch, today=CLOSED)
        guard = Guard(usual=Usual(daily=10, daily_subject=10), secret=SECRET)
        guard.let_in(session, Door.CASES, "江州远帆")
    assert archive.run(days=29) == {}
    assert archive.run(days=30) == {What.COUNT: 1}
    assert archive.run(days=364) == {}
    assert archive.run(days=365) == {What.SKETCH: 1}
    with archive.database.reading() as session:
        assert session.get(ComplaintSketch, case.id) is None
    told = [json.loads(event.new or "")["ids"] for event in archive.rows(Event) if event.verb == "erased"]
    assert told == [[CLOSED.isoformat()], [case.id]]


def test_what_goes_with_the_words_goes_in_the_same_name(archive: Archive) -> None:
    archive.closed()
    with frozen(NOON + timedelta(days=3 * 366)):
        actions.run(archive.settings, archive.database, actor="command")
    by = {event.verb: event.actor for event in archive.rows(Event) if "erased" in event.verb}
    assert by == {"erased": "command", "evidence.erased": "command"}


def test_the_worker_carries_the_schedule_out_once_an_hour(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "_just_erased", Pause(timedelta(hours=1)))
    for nonce, minutes, expected in (("one", 0, 1), ("two", 59, 0), ("three", 61, 2)):
        archive.closed(nonce)
        with frozen(NOON + timedelta(days=181, minutes=minutes)):
            assert work.erase_what_is_over(archive.settings, archive.database) == expected


@pytest.fixture
def on_sqlite(settings: Settings, tmp_path: Path) -> Iterator[Archive]:
    """Give an archive on SQLite alone: PostgreSQL keeps its files to itself."""
    database = Database(settings)
    with frozen(NOON):
        with database.writing() as session:
            make.actors(session, count=1)
        yield Archive(database, tmp_path)
    database.dispose()


def test_the_files_of_sqlite_hold_no_byte_of_what_was_erased(on_sqlite: Archive, tmp_path: Path) -> None:
    archive = on_sqlite
    number = archive.closed(facts="金丝雀" * 900)
    held = archive.case(number)
    with archive.database.reading() as session:
        letter, *_ = case_queries.messages_of(session, number)
    traces = [
        held.sealed_facts[200:230],
        (held.sealed_contact or b"")[200:230],
        (letter.for_desk or b"")[200:230],
        held.sealed_facts[-40:-10],
    ]

    def found() -> list[bool]:
        kept = b"".join(file.read_bytes() for file in sorted(tmp_path.glob("chengxin.db*")))
        return [trace in kept for trace in traces]

    archive.database.wipe_the_log()
    assert found() == [True] * 4
    archive.run(days=3 * 366)
    assert found() == [False] * 4
